use crate::harness::on_both;
use crate::world::{World, a_debtor, id, mxn, noon, on};
use saldo_domain::ageing::AgingBucket;
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::locale::Language;
use saldo_domain::payment::ItemChange;
use saldo_store::invoice::{self, InvoiceFilter, StatusWord};
use saldo_store::totals::{self, CurrencyTotals};
use saldo_store::{Dialect, PAGE_MAX, PageRequest, account, debtor};

#[tokio::test(flavor = "multi_thread")]
async fn debtors_are_listed_with_what_they_owe() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let late = world.issue(&tx, "F-1", 300).await;
        invoice::set_due_on(&tx, world.c(), late, on("2026-02-28")).await.unwrap();
        world.issue(&tx, "F-2", 400).await;
        let paid = world.issue(&tx, "F-3", 500).await;
        let change = ItemChange { invoice_id: paid, status: InvoiceStatus::Paid { paid_on: on("2026-02-15") } };
        invoice::set_status(&tx, world.c(), &change).await.unwrap();
        let second = a_debtor("c-002");
        debtor::upsert(&tx, world.c(), &second, noon("2026-01-02")).await.unwrap();
        let ids = [second.id, id(), world.d()];
        let rows = debtor::list_owing(&tx, world.c(), &ids, on("2026-03-01")).await.unwrap();
        assert_eq!(rows.iter().map(|row| &row.debtor).collect::<Vec<_>>(), [&second, &world.debtor]);
        assert_eq!((&rows[1].outstanding[..], &rows[1].overdue[..]), (&[mxn(700)][..], &[mxn(300)][..]));
        assert!(rows[0].outstanding.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_each_row_once_and_are_bounded() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let mut all = Vec::new();
        for number in 0..8 {
            all.push(world.issue(&tx, &format!("P-{number}"), 100).await);
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = PageRequest::new(after, 3);
            let page = invoice::list(&tx, world.c(), InvoiceFilter::default(), page).await.unwrap();
            seen.extend(page.items.into_iter().map(|row| row.invoice.id));
            after = page.next.map(|next| next.to_string().parse().unwrap());
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
        assert_eq!(PageRequest::first(u64::MAX), PageRequest::first(PAGE_MAX));
        assert_eq!(PageRequest::first(0), PageRequest::first(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_version_of_a_debtor_keeps_its_id_and_what_it_does_not_know() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let update = Debtor {
            name: "Otro nombre".to_owned(),
            email: None,
            phone: Some("+52 55".to_owned()),
            language: None,
            country: Some("MX".to_owned()),
            zone: None,
            ..a_debtor("c-001")
        };
        let fresh = a_debtor("c-009");
        let ids =
            debtor::upsert_many(&tx, world.c(), &[fresh.clone(), update.clone()], noon("2026-02-01")).await.unwrap();
        assert_eq!(ids, [fresh.id, world.d()]);
        let kept = debtor::load(&tx, world.c(), world.d()).await.unwrap();
        let expected = Debtor {
            id: world.d(),
            email: world.debtor.email.clone(),
            language: Some(Language::Pt),
            zone: world.debtor.zone.clone(),
            ..update
        };
        assert_eq!(kept, expected);
        let found = debtor::find_by_email(&tx, world.c(), "C-001@example.COM").await.unwrap();
        assert_eq!(found, std::slice::from_ref(&expected));
        assert_eq!(debtor::find_by_reference(&tx, world.c(), "c-001").await.unwrap(), Some(expected));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_waiting_debtors_come_first() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Other").await;
        let third = a_debtor("c-003");
        debtor::upsert(&tx, world.c(), &third, noon("2026-01-02")).await.unwrap();
        debtor::set_next_contact(&tx, world.c(), world.d(), Some(noon("2026-03-02"))).await.unwrap();
        debtor::set_next_contact(&tx, other.c(), other.d(), Some(noon("2026-03-01"))).await.unwrap();
        debtor::set_next_contact(&tx, world.c(), third.id, Some(noon("2026-03-03"))).await.unwrap();
        tx.commit().await.unwrap();

        let tx = db.store.write().await.unwrap();
        let due = debtor::list_due(&tx, noon("2026-03-02"), 10).await.unwrap();
        assert_eq!(due, [(other.c(), other.d()), (world.c(), world.d())]);
        if db.store.dialect() == Dialect::Postgres {
            let second = db.store.write().await.unwrap();
            assert!(debtor::list_due(&second, noon("2026-03-02"), 10).await.unwrap().is_empty(), "held by the first");
        }
        assert_eq!(debtor::set_next_contact_many(&tx, other.c(), &[other.d()], None).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let tx = db.store.read().await.unwrap();
        assert_eq!(debtor::list_due(&tx, noon("2026-03-09"), 1).await.unwrap(), [(world.c(), world.d())]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_are_listed_by_status_and_debtor() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let second = a_debtor("c-002");
        debtor::upsert(&tx, world.c(), &second, noon("2026-01-02")).await.unwrap();
        let account_id = account::ensure(&tx, world.c(), second.id, Currency::MXN, id()).await.unwrap();
        let neighbour = World { debtor: second.clone(), account_id, ..world.clone() };
        let states = [
            (StatusWord::Open, None),
            (StatusWord::Paid, Some(InvoiceStatus::Paid { paid_on: on("2026-02-15") })),
            (StatusWord::Void, Some(InvoiceStatus::Void { voided_on: on("2026-02-16") })),
            (StatusWord::WrittenOff, Some(InvoiceStatus::WrittenOff { written_off_on: on("2026-02-17") })),
        ];
        for (word, status) in states {
            let invoice_id = world.issue(&tx, word.name(), 100).await;
            if let Some(status) = status {
                invoice::set_status(&tx, world.c(), &ItemChange { invoice_id, status }).await.unwrap();
                assert_eq!(invoice::load(&tx, world.c(), invoice_id).await.unwrap().invoice.status, status);
            }
        }
        neighbour.issue(&tx, "N-1", 100).await;
        let count = async |status, debtor_id| {
            let filter = InvoiceFilter { status, debtor_id };
            invoice::list(&tx, world.c(), filter, PageRequest::first(10)).await.unwrap().items.len()
        };
        assert_eq!(count(None, None).await, 5);
        assert_eq!(count(Some(StatusWord::Open), None).await, 2);
        assert_eq!(count(Some(StatusWord::Open), Some(second.id)).await, 1);
        assert_eq!(count(Some(StatusWord::Void), Some(world.d())).await, 1);
        assert_eq!(count(Some(StatusWord::Void), Some(second.id)).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_add_up_what_is_open_by_age() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        assert_eq!(totals::load(&tx, world.c(), on("2026-06-01")).await.unwrap(), []);
        // As of 2026-06-01: not due, due today, then each bucket's first and last day.
        let due = [
            ("2026-06-02", 1),
            ("2026-06-01", 2),
            ("2026-05-31", 10),
            ("2026-05-02", 20),
            ("2026-05-01", 100),
            ("2026-04-02", 200),
            ("2026-04-01", 1_000),
            ("2026-03-03", 2_000),
            ("2026-03-02", 10_000),
        ];
        for (due_on, minor) in due {
            let invoice_id = world.issue(&tx, due_on, minor).await;
            invoice::set_due_on(&tx, world.c(), invoice_id, on(due_on)).await.unwrap();
        }
        let expected = CurrencyTotals {
            outstanding: mxn(13_333),
            overdue: mxn(13_330),
            credit: mxn(0),
            debtor_count: 1,
            item_count: 9,
            ageing: [
                (AgingBucket::Current, mxn(3)),
                (AgingBucket::D1To30, mxn(30)),
                (AgingBucket::D31To60, mxn(300)),
                (AgingBucket::D61To90, mxn(3_000)),
                (AgingBucket::Over90, mxn(10_000)),
            ],
        };
        assert_eq!(totals::load(&tx, world.c(), on("2026-06-01")).await.unwrap(), [expected]);
    })
    .await;
}
