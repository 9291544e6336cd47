//! The statement: what is owed, how long, and why it is this amount.

use crate::attempt::attempt;
use crate::table::rows;
use crate::things::{
    account, account_id, answer, date, id, item, items, money, mxn, plain, snapshot, tries, utc, wall, zone,
};
use proptest::prelude::*;
use saldo_domain::ageing::AgingBucket;
use saldo_domain::ledger::EntryKind;
use saldo_domain::money::Money;
use saldo_domain::snapshot::{AccountSnapshot, Movement};
use saldo_domain::statement::build;

fn movement(kind: EntryKind, on: &str, effect: Money) -> Movement {
    let recorded_at = utc("2026-03-05T15:00:00Z");
    Movement { kind, effective_on: date(on), recorded_at, effect, invoice_numbers: vec!["F-1".to_owned()] }
}

#[test]
fn the_totals_are_those_of_the_open_items() {
    let open = rows(
        "
        number | due        | open       | days past due | bucket
        F-1    | 2026-01-20 | 10.00 MXN  | 44            | D31To60
        F-2    | 2026-03-01 | 20.50 MXN  | 4             | D1To30
        F-3    | 2026-03-05 | 30.00 MXN  | 0             | Current
        F-4    | 2026-03-20 | 40.00 MXN  | -15           | Current
        ",
    );
    let mut shuffled = items(&open);
    shuffled.reverse();
    let mut snapshot = snapshot(shuffled);
    snapshot.accounts[0].unapplied = mxn("5.00");
    let statement = build(&snapshot, utc("2026-03-05T15:00:00Z")).unwrap();
    assert_eq!(statement.as_of, date("2026-03-05"));
    let found = &statement.accounts[0];
    assert_eq!((found.account_id, found.balance_version, found.currency.code()), (account_id(), 7, "MXN"));
    assert_eq!((plain(found.outstanding), plain(found.overdue)), ("100.50".to_owned(), "30.50".to_owned()));
    assert_eq!(plain(found.credit), "5.00");
    assert_eq!(found.next_due_on, Some(date("2026-03-05")), "today is still to come");
    assert_eq!(found.lines.len(), open.len());
    for (row, line) in open.iter().zip(&found.lines) {
        row.expect("number", &line.item.number);
        row.expect("days past due", line.days_past_due);
        row.expect("bucket", format!("{:?}", line.bucket));
    }
}

#[test]
fn the_timeline_explains_the_balance_line_by_line() {
    let table = rows(
        "
        kind          | on         | effect   | balance after
        Issue         | 2026-02-01 | 100.00   | 150.00
        Issue         | 2026-02-10 | 200.00   | 350.00
        Payment       | 2026-02-15 | -120.00  | 230.00
        Refund        | 2026-02-20 | 20.00    | 250.00
        CreditNote    | 2026-02-25 | -200.00  | 50.00
        Payment       | 2026-03-01 | -60.00   | -10.00
        CreditApplied | 2026-03-02 | 0.00     | -10.00
        ",
    );
    let kinds = [
        EntryKind::Issue,
        EntryKind::Issue,
        EntryKind::Payment,
        EntryKind::Refund,
        EntryKind::CreditNote,
        EntryKind::Payment,
        EntryKind::CreditApplied,
    ];
    let movements = table.iter().zip(kinds).map(|(row, kind)| movement(kind, row.get("on"), mxn(row.get("effect"))));
    let mut snapshot = snapshot(Vec::new());
    snapshot.accounts[0] = AccountSnapshot {
        carried_forward: mxn("50.00"),
        unapplied: mxn("10.00"),
        movements: movements.collect(),
        ..account(Vec::new())
    };
    let statement = build(&snapshot, utc("2026-03-05T15:00:00Z")).unwrap();
    let found = &statement.accounts[0];
    assert_eq!(plain(found.carried_forward), "50.00");
    for (row, entry) in table.iter().zip(&found.timeline) {
        row.expect("kind", format!("{:?}", entry.movement.kind));
        row.expect("balance after", plain(entry.balance_after));
    }
    let last = found.timeline.last().unwrap().balance_after;
    assert_eq!(Ok(last), found.outstanding.minus(found.credit));
}

#[test]
fn days_turn_at_midnight_on_the_debtors_wall() {
    let table = rows(
        "
        debtor lives in     | moment               | as of      | past due | bucket  | overdue
        -                   | 2026-03-11T05:59:59Z | 2026-03-10 | 0        | Current | 0.00
        -                   | 2026-03-11T06:00:00Z | 2026-03-11 | 1        | D1To30  | 100.00
        America/Sao_Paulo   | 2026-03-11T02:59:59Z | 2026-03-10 | 0        | Current | 0.00
        America/Sao_Paulo   | 2026-03-11T03:00:00Z | 2026-03-11 | 1        | D1To30  | 100.00
        America/Los_Angeles | 2026-03-11T06:59:59Z | 2026-03-10 | 0        | Current | 0.00
        America/Los_Angeles | 2026-03-11T07:00:00Z | 2026-03-11 | 1        | D1To30  | 100.00
        Pacific/Kiritimati  | 2026-03-10T10:00:00Z | 2026-03-11 | 1        | D1To30  | 100.00
        UTC                 | 2026-03-10T23:59:59Z | 2026-03-10 | 0        | Current | 0.00
        ",
    );
    for row in table {
        let mut snapshot = snapshot(vec![item("F-1", date("2026-03-10"), mxn("100.00"))]);
        snapshot.debtor.zone = Some(row.get("debtor lives in")).filter(|name| *name != "-").map(zone);
        let statement = build(&snapshot, utc(row.get("moment"))).unwrap();
        row.expect("as of", statement.as_of);
        let line = &statement.accounts[0].lines[0];
        row.expect("past due", line.days_past_due);
        row.expect("bucket", format!("{:?}", line.bucket));
        row.expect("overdue", plain(statement.accounts[0].overdue));
    }
}

#[test]
fn the_day_of_the_deadline_is_the_day_of_the_statement() {
    for (name, due) in
        [("America/Santiago", "2026-04-04"), ("America/Nuuk", "2026-03-28"), ("America/Asuncion", "2024-03-23")]
    {
        let mut snapshot = snapshot(vec![item("F-1", date(due), mxn("100.00"))]);
        snapshot.debtor.zone = Some(zone(name));
        let deadline = zone(name).end_of(date(due)).unwrap();
        let overdue = |at| plain(build(&snapshot, at).unwrap().accounts[0].overdue);
        assert_eq!(overdue(deadline), "0.00", "{name}");
        assert_eq!(overdue(deadline + jiff::SignedDuration::from_secs(1)), "100.00", "{name}");
    }
}

#[test]
fn currencies_stand_apart() {
    let mut snapshot = snapshot(vec![item("F-1", date("2026-03-01"), mxn("100.00"))]);
    let mut dollars = account(vec![item("U-1", date("2026-03-20"), money("7.00 USD"))]);
    dollars.id = id("dollars");
    snapshot.accounts.push(dollars);
    let mut open = attempt("pending");
    open.account_id = id("dollars");
    snapshot.open_attempts.push(open);

    let statement = build(&snapshot, utc("2026-03-05T15:00:00Z")).unwrap();
    let [pesos, dollars] = statement.accounts.as_slice() else { panic!("two accounts") };
    assert_eq!((plain(pesos.outstanding), plain(pesos.overdue)), ("100.00".to_owned(), "100.00".to_owned()));
    assert_eq!((plain(dollars.outstanding), plain(dollars.overdue)), ("7.00".to_owned(), "0.00".to_owned()));
    assert_eq!((pesos.next_due_on, dollars.next_due_on), (None, Some(date("2026-03-20"))));
    assert_eq!(pesos.under_way.len(), 0);
    let under_way = &dollars.under_way[0];
    assert_eq!((under_way.amount, under_way.state.name()), (mxn("100.00"), "pending"));
}

#[test]
fn a_paid_account_shows_zero_in_every_place() {
    let statement = build(&snapshot(Vec::new()), wall("2026-03-05 10:00", &zone("UTC"))).unwrap();
    let found = &statement.accounts[0];
    for amount in [found.outstanding, found.overdue, found.credit, found.carried_forward] {
        assert_eq!(plain(amount), "0.00");
    }
    assert_eq!(
        found.ageing.map(|(bucket, amount)| (bucket, amount.minor())),
        AgingBucket::ALL.map(|bucket| (bucket, 0))
    );
    assert_eq!((found.next_due_on, found.timeline.len(), found.lines.len()), (None, 0, 0));
}

#[test]
fn a_ledger_that_cannot_be_summed_is_not_shown() {
    let on = date("2026-03-01");
    let most = Money::new(i64::MAX, mxn("0.00").currency());
    let too_much = snapshot(vec![item("F-1", on, most), item("F-2", on, mxn("0.01"))]);
    let mixed = snapshot(vec![item("F-1", on, mxn("1.00")), item("F-2", on, money("1.00 USD"))]);
    let mut torn = snapshot(Vec::new());
    torn.accounts[0].carried_forward = most;
    torn.accounts[0].movements = vec![movement(EntryKind::Issue, "2026-03-01", mxn("0.01"))];
    for (snapshot, code) in [(too_much, "amount_overflow"), (mixed, "currency_mismatch"), (torn, "amount_overflow")] {
        assert_eq!(answer(build(&snapshot, utc("2026-03-05T15:00:00Z")), |_| String::new()), code);
    }
}

proptest! {
    #![proptest_config(tries(256))]

    #[test]
    fn the_parts_of_a_statement_agree(open in prop::collection::vec((-200_i32..200, 1_i64..1_000_000), 0..12), seconds in 0_i64..86_400) {
        let today = date("2026-03-05");
        let due = |days: i32| saldo_domain::calendar::plus_days(today, days).unwrap();
        let pesos = |minor| Money::new(minor, mxn("0.00").currency());
        let snapshot = snapshot(open.iter().map(|(days, minor)| item("F", due(*days), pesos(*minor))).collect());
        let now = utc("2026-03-05T06:00:00Z") + jiff::SignedDuration::from_secs(seconds);
        let found = &build(&snapshot, now).unwrap().accounts[0];
        let lines = |late: bool| found.lines.iter().filter(move |line| !late || line.days_past_due > 0);
        prop_assert_eq!(found.outstanding.minor(), lines(false).map(|line| line.item.outstanding.minor()).sum::<i64>());
        prop_assert_eq!(found.overdue.minor(), lines(true).map(|line| line.item.outstanding.minor()).sum::<i64>());
        prop_assert!(found.lines.is_sorted_by(|a, b| a.item.due_on <= b.item.due_on));
        prop_assert_eq!(found.next_due_on, found.lines.iter().find(|line| line.days_past_due <= 0).map(|line| line.item.due_on));
    }
}
