//! The lists from outside: every order walks the whole set once, filters mean what they say, nobody reads another's rows.

use crate::harness::on_both;
use crate::world::{World, a_debtor, id, mxn, noon, on};
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::payment::{ItemChange, Payment};
use saldo_store::list::{self, AskFault, Asked, DEBTORS, Frame, INVOICES, Listing, PAYMENTS, Wanted};
use saldo_store::payment::{self, PaymentRow};
use saldo_store::{Tx, account, debtor, figures, invoice};
use uuid::Uuid;

fn frame(limit: u64) -> Frame {
    Frame { today: on("2026-03-10"), limit }
}

pub fn ask(change: impl FnOnce(&mut Asked)) -> Asked {
    let mut asked = Asked::default();
    change(&mut asked);
    asked
}

pub fn wanted(listing: &'static Listing, asked: &Asked, limit: u64) -> Wanted {
    let (wanted, fault) = listing.wanted(asked, frame(limit));
    assert_eq!(fault, None, "{asked:?}");
    wanted
}

async fn all(tx: &Tx, world: &World, listing: &'static Listing, asked: Asked, limit: u64) -> Vec<Uuid> {
    let (mut asked, mut seen) = (asked, Vec::new());
    loop {
        let page = list::page(tx, world.c(), listing, &wanted(listing, &asked, limit)).await.unwrap();
        seen.extend(page.ids);
        asked.after = page.next;
        if asked.after.is_none() {
            return seen;
        }
    }
}

/// Ten invoices of two debtors, many with the same date and amount; three paid ones.
pub async fn populate(tx: &Tx, world: &World) -> (Vec<Uuid>, Debtor) {
    let other = Debtor { name: "Ángela Núñez 100%".to_owned(), ..a_debtor("x-77") };
    debtor::upsert(tx, world.c(), &other, noon("2026-01-02")).await.unwrap();
    let account_id = account::ensure(tx, world.c(), other.id, Currency::MXN, id()).await.unwrap();
    let neighbour = World { debtor: other.clone(), account_id, ..world.clone() };
    let mut ids = Vec::new();
    for number in 0..10 {
        let owner = if number % 2 == 0 { world } else { &neighbour };
        let invoice_id = owner.issue(tx, &format!("FAC-{number:02}"), 100 + number % 3).await;
        let due_on = on(["2026-03-01", "2026-03-20", "2026-03-05"][usize::try_from(number).unwrap() % 3]);
        invoice::set_due_on(tx, world.c(), invoice_id, due_on).await.unwrap();
        if number >= 7 {
            let change = ItemChange { invoice_id, status: InvoiceStatus::Paid { paid_on: on("2026-03-02") } };
            invoice::set_status(tx, world.c(), &change).await.unwrap();
        }
        ids.push(invoice_id.0);
    }
    (ids, other)
}

async fn pay(tx: &Tx, world: &World, reference: &str, minor: i64, day: &str, unapplied: i64) -> Uuid {
    let payment = Payment {
        id: id(),
        account_id: world.account_id,
        amount: mxn(minor),
        effective_on: on(day),
        allocations: Vec::new(),
        unapplied: mxn(unapplied),
        refunded: mxn(0),
    };
    let row = PaymentRow {
        debtor_id: world.d(),
        attempt_id: None,
        provider: "sandbox".to_owned(),
        provider_reference: reference.to_owned(),
        recorded_at: noon(day),
        payment,
    };
    payment::insert(tx, world.c(), &row).await.unwrap();
    row.payment.id.0
}

#[tokio::test(flavor = "multi_thread")]
async fn each_order_walks_the_whole_set_once_in_both_directions() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (mut expected, _) = populate(&tx, &world).await;
        expected.sort_unstable();
        for order in INVOICES.orders {
            let mut walks = Vec::new();
            for sort in [order.name.to_owned(), format!("-{}", order.name)] {
                for limit in [1, 3, 50] {
                    let seen = all(&tx, &world, INVOICES, ask(|ask| ask.sort = Some(sort.clone())), limit).await;
                    let mut sorted = seen.clone();
                    sorted.sort_unstable();
                    assert_eq!(sorted, expected, "{sort} by {limit}");
                    walks.push(seen);
                }
            }
            let mut back = walks[3].clone();
            back.reverse();
            assert_eq!(walks[0], back, "{}", order.name);
            assert_eq!((&walks[0], &walks[3]), (&walks[1], &walks[5]), "{}", order.name);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_come_while_one_walks_are_seen_once_or_not_at_all() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (before, _) = populate(&tx, &world).await;
        for sort in ["due", "-due", "amount", "-amount", "number", "-number"] {
            let (mut asked, mut seen, mut round) = (ask(|ask| ask.sort = Some(sort.to_owned())), Vec::new(), 0);
            loop {
                let page = list::page(&tx, world.c(), INVOICES, &wanted(INVOICES, &asked, 2)).await.unwrap();
                seen.extend(page.ids);
                asked.after = page.next;
                if asked.after.is_none() {
                    break;
                }
                if round < 3 {
                    world.issue(&tx, &format!("{}-{sort}-{round}", ["A", "FAC-03", "Z"][round]), 101).await;
                }
                round += 1;
            }
            let mut once = seen.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), seen.len(), "{sort}: a row came twice");
            assert!(before.iter().all(|id| seen.contains(id)), "{sort}: a row was lost");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_and_searches_find_what_they_say() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (_, other) = populate(&tx, &world).await;
        let state = |name: &str| ask(|ask| ask.state = Some(name.to_owned()));
        let search = |text: &str| ask(|ask| ask.search = Some(text.to_owned()));
        let period = |from: &str, until: &str| {
            ask(|ask| (ask.from, ask.until) = (Some(from.to_owned()), Some(until.to_owned())))
        };
        let cases = [
            (state("open"), 7),
            (state("overdue"), 5),
            (state("paid"), 3),
            (state("void"), 0),
            (state("disputed"), 0),
            (ask(|ask| ask.debtor = Some(other.id.to_string())), 5),
            (search("fac-0"), 10),
            (search("FAC-07"), 1),
            (search("núñ angel"), 5),
            (search("x-77"), 5),
            (search("nobody"), 0),
            (search("%"), 0),
            (search("' OR 1=1 --"), 0),
            (period("2026-03-01", "2026-03-05"), 7),
            (period("2026-03-02", ""), 6),
            (Asked { state: Some("paid".to_owned()), ..search("angela") }, 2),
        ];
        for (asked, expected) in cases {
            assert_eq!(all(&tx, &world, INVOICES, asked.clone(), 2).await.len(), expected, "{asked:?}");
        }
        for (asked, expected) in
            [(state("owing"), 2), (state("overdue"), 2), (search("angela"), 1), (search("c-001@ex"), 1)]
        {
            assert_eq!(all(&tx, &world, DEBTORS, asked.clone(), 1).await.len(), expected, "{asked:?}");
        }
        let renamed = Debtor { name: "Beatriz".to_owned(), ..other.clone() };
        debtor::upsert(&tx, world.c(), &renamed, noon("2026-01-03")).await.unwrap();
        assert_eq!(all(&tx, &world, DEBTORS, search("angela"), 5).await, Vec::<Uuid>::new());
        assert_eq!(all(&tx, &world, DEBTORS, search("beat"), 5).await, [other.id.0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_are_found_by_state_period_and_reference_and_added_up_by_day() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let first = pay(&tx, &world, "pi_A1", 500, "2026-03-01", 0).await;
        let second = pay(&tx, &world, "pi_B2", 300, "2026-03-01", 300).await;
        let third = pay(&tx, &world, "pi_a3", 900, "2026-03-09", 0).await;
        let by = |sort: &str| ask(|ask| ask.sort = Some(sort.to_owned()));
        assert_eq!(all(&tx, &world, PAYMENTS, by("amount"), 2).await, [second, first, third]);
        assert_eq!(all(&tx, &world, PAYMENTS, by("-date"), 1).await, [third, second, first]);
        assert_eq!(all(&tx, &world, PAYMENTS, ask(|ask| ask.search = Some("PI_A".to_owned())), 9).await.len(), 2);
        assert_eq!(all(&tx, &world, PAYMENTS, ask(|ask| ask.state = Some("unapplied".to_owned())), 9).await, [second]);
        let collected = figures::collected(&tx, world.c(), on("2026-03-01"), on("2026-03-09")).await.unwrap();
        assert_eq!(collected, [(on("2026-03-01"), mxn(800)), (on("2026-03-09"), mxn(900))]);
        assert_eq!(figures::discounts_since(&tx, world.c(), noon("2026-01-01")).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_named_and_counts_as_not_asked() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (everything, _) = populate(&tx, &world).await;
        let text = |text: &str| Some(text.to_owned());
        let of_due = list::page(&tx, world.c(), INVOICES, &wanted(INVOICES, &ask(|_| {}), 2)).await.unwrap().next;
        let cases = [
            (ask(|ask| ask.state = text("nice")), AskFault::State),
            (ask(|ask| ask.debtor = text("7")), AskFault::Debtor),
            (ask(|ask| ask.from = text("yesterday")), AskFault::Period),
            (ask(|ask| (ask.from, ask.until) = (text("2026-03-09"), text("2026-03-01"))), AskFault::Period),
            (ask(|ask| ask.sort = text("colour")), AskFault::Sort),
            (ask(|ask| (ask.sort, ask.from) = (text("amount"), text("2026-01-01"))), AskFault::Sort),
            (ask(|ask| ask.after = text("00ff")), AskFault::Cursor),
            (ask(|ask| (ask.after, ask.sort) = (of_due.clone(), text("number"))), AskFault::Cursor),
            (ask(|ask| (ask.after, ask.sort) = (of_due.clone(), text("due"))), AskFault::Cursor),
        ];
        for (asked, expected) in cases {
            let (wanted, fault) = INVOICES.wanted(&asked, frame(50));
            assert_eq!(fault, Some(expected), "{asked:?}");
            assert!(!list::page(&tx, world.c(), INVOICES, &wanted).await.unwrap().ids.is_empty(), "{asked:?}");
        }
        // A cursor whose digits were changed reads on from elsewhere, or from the start, and is never an error.
        let cursor = of_due.unwrap();
        for at in 0..cursor.len() {
            let mut changed = cursor.clone().into_bytes();
            changed[at] = if changed[at] == b'7' { b'1' } else { b'7' };
            let asked = ask(|ask| ask.after = String::from_utf8(changed).ok());
            let (wanted, _) = INVOICES.wanted(&asked, frame(50));
            assert!(list::page(&tx, world.c(), INVOICES, &wanted).await.unwrap().ids.len() <= everything.len());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_creditor_finds_nothing() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let foreign = World::in_tx(&tx, "Other").await;
        let (_, other) = populate(&tx, &world).await;
        pay(&tx, &world, "pi_1", 500, "2026-03-01", 5).await;
        for asked in [
            ask(|_| {}),
            ask(|ask| ask.search = Some("angela".to_owned())),
            ask(|ask| ask.search = Some("fac".to_owned())),
            ask(|ask| ask.debtor = Some(other.id.to_string())),
        ] {
            for listing in [INVOICES, PAYMENTS] {
                assert_eq!(all(&tx, &foreign, listing, asked.clone(), 5).await, Vec::<Uuid>::new(), "{asked:?}");
            }
        }
        assert_eq!(all(&tx, &foreign, DEBTORS, ask(|_| {}), 5).await, [foreign.d().0]);
        let angela = ask(|ask| ask.search = Some("angela".to_owned()));
        assert!(all(&tx, &foreign, DEBTORS, angela, 5).await.is_empty());
        assert!(debtor::list_names(&tx, foreign.c(), &[other.id]).await.unwrap().is_empty());
        assert!(debtor::list_owing(&tx, foreign.c(), &[other.id], on("2026-03-10")).await.unwrap().is_empty());
        assert_eq!(figures::collected(&tx, foreign.c(), on("2026-01-01"), on("2026-12-31")).await.unwrap(), []);
    })
    .await;
}
