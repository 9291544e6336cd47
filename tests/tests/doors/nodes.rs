//! Three worker processes of the real binary share one PostgreSQL and 20,000 debtors who are due, while one of them is killed
//! every few seconds and debtors pay: one message for each debtor and step, none after a payment's commit, none outside of
//! contact hours.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::SignedDuration;
use saldo_domain::ids::DebtorId;
use saldo_tests::postgres::Database;

use crate::nodes_stand::{CONCURRENCY, Kind, Paid, Stand, message_id};

/// How often a node dies.
const DEATH_EVERY: Duration = Duration::from_secs(4);
/// Nobody dies after so many: then what they left is finished.
const DEATHS: usize = 8;
/// How many reminders the product hands over as one group.
const GROUP: usize = 64;
/// The whole run.
const PATIENCE: usize = 2_000;

#[tokio::test(flavor = "multi_thread")]
async fn three_nodes_that_die_send_each_message_once_and_none_that_may_not_leave() {
    let Some(database) = Database::create().await else { return };
    let Some(mut stand) = Stand::new(&database).await else { return };
    let mut nodes = vec![stand.node(), stand.node(), stand.node()];
    let mut paid: HashMap<DebtorId, Paid> = HashMap::new();
    let (mut deaths, mut last_death) = (0, stand.elapsed());
    let mut quiet = 0;
    for _ in 0..PATIENCE {
        for debtor in stand.next_payers().await {
            if let std::collections::hash_map::Entry::Vacant(place) = paid.entry(debtor) {
                place.insert(stand.pay(debtor).await);
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        if deaths < DEATHS && stand.elapsed() - last_death > DEATH_EVERY {
            let place = deaths % nodes.len();
            nodes[place].kill();
            nodes[place] = stand.node();
            (deaths, last_death) = (deaths + 1, stand.elapsed());
        }
        quiet = if stand.is_quiet().await && stand.is_closed() { quiet + 1 } else { 0 };
        if quiet == 3 {
            break;
        }
    }
    assert_eq!(quiet, 3, "they never finished: {}\n{}", stand.standing().await, nodes[0].output());
    for node in nodes {
        node.terminate();
    }
    assert!(deaths >= 3, "{deaths} deaths in {:?}", stand.elapsed());
    check(&stand, &paid, deaths).await;
}

async fn check(stand: &Stand, paid: &HashMap<DebtorId, Paid>, deaths: usize) {
    let rows = stand.reminders().await;
    let mut mails: HashMap<String, u32> = HashMap::new();
    for mail in stand.sink.received() {
        *mails.entry(message_id(&mail.data)).or_default() += 1;
    }
    let doubled: Vec<_> = mails.iter().filter(|(_, count)| **count > 1).collect();
    assert!(doubled.is_empty(), "sent twice: {doubled:?}");

    let steps: HashSet<_> = rows.iter().map(|row| (row.debtor_id, row.step_key.clone())).collect();
    assert_eq!(steps.len(), rows.len(), "a step of a debtor has two rows");
    let (mut sent, mut unknown) = (0, 0);
    for row in &rows {
        let left = mails.contains_key(&row.id.to_string());
        match row.state.as_str() {
            "sent" => {
                assert!(left, "said to be sent, and never arrived: {row:?}");
                sent += 1;
            }
            "unknown" => unknown += 1,
            _ => assert!(!left, "it arrived and nobody says so: {row:?}"),
        }
    }
    let by_debtor: HashMap<DebtorId, &crate::nodes_stand::Row> = rows.iter().map(|row| (row.debtor_id, row)).collect();
    let mut silenced = 0;
    for (debtor, kind) in &stand.debtors {
        let handed_off_at = by_debtor.get(debtor).and_then(|row| row.handed_off_at);
        match (kind, handed_off_at, paid.get(debtor)) {
            (Kind::Open, Some(at), Some(paid)) => {
                assert!(paid.too_late, "handed off at {at}, after the payment's commit before {}", paid.committed_at);
                assert!(at <= paid.committed_at, "{at}: {paid:?}");
            }
            (Kind::Open, None, Some(_)) => silenced += 1,
            (Kind::Open, at, None) => assert!(at.is_some(), "{debtor} was forgotten"),
            (Kind::Closed, at, _) => assert_eq!(at, None, "a message in the night"),
            (Kind::Closing, Some(at), _) => assert!(at < stand.closes_at, "{at} is past {}", stand.closes_at),
            (Kind::Closing, None, _) => {}
        }
    }
    let closing =
        stand.debtors.iter().filter(|(id, kind)| *kind == Kind::Closing && !by_debtor.contains_key(id)).count();
    eprintln!(
        "{sent} sent, {unknown} unknown, {} paid of whom {silenced} heard nothing, {closing} were too late, in {:?}",
        paid.len(),
        stand.elapsed()
    );
    let lost_max = deaths * CONCURRENCY * GROUP;
    assert!(unknown <= lost_max, "{unknown} are unknown: more than the groups that {deaths} nodes had in their hands");
    assert!(silenced > 20, "{silenced} payments came before their message: the run shows nothing");
    assert!(stand.seeded_at() + SignedDuration::from_secs(1) < stand.closes_at, "closed before it began");
}
