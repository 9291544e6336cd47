use crate::harness::on_both;
use crate::world::{World, id, mxn, noon, on};
use saldo_domain::allocation::{Allocation, AllocationOrder};
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::ledger::LedgerAccount;
use saldo_domain::payment::{GivenBack, apply_credit, give_back, receive};
use saldo_store::refund::{RefundRow, RefundState};
use saldo_store::{PageRequest, StoreFault, Tx, invoice, journal, payment, refund as refunds, snapshot};

async fn receive_money(world: &World, tx: &Tx, minor: i64, reference: &str) -> saldo_domain::ids::PaymentId {
    let snapshot = snapshot::lock_and_load(tx, world.c(), world.d()).await.unwrap();
    let account = snapshot.account(world.account_id).unwrap();
    let order = AllocationOrder::OldestDueFirst;
    let booking = receive(account, mxn(minor), &order, &[], LedgerAccount::ProviderClearing, on("2026-02-15")).unwrap();
    world.pay(tx, &booking, mxn(minor), reference).await
}

async fn credit_left(world: &World, tx: &Tx) -> i64 {
    let snapshot = snapshot::load(tx, world.c(), world.d()).await.unwrap();
    snapshot.account(world.account_id).unwrap().unapplied.minor()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_comes_back_as_it_was_written() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let first = world.issue(&tx, "F-1", 300).await;
        let second = world.issue(&tx, "F-2", 400).await;
        let payment_id = receive_money(&world, &tx, 500, "pay_1").await;
        tx.commit().await.unwrap();

        let tx = db.store.read().await.unwrap();
        let row = payment::load(&tx, world.c(), payment_id).await.unwrap();
        let allocations = [Allocation::new(first, mxn(300)), Allocation::new(second, mxn(200))];
        assert_eq!(row.payment.allocations, allocations);
        assert_eq!((row.payment.amount, row.payment.unapplied, row.payment.refunded), (mxn(500), mxn(0), mxn(0)));
        let found = payment::find_by_reference(&tx, world.c(), "sandbox", "pay_1").await.unwrap();
        assert_eq!(found.as_ref(), Some(&row));
        assert_eq!(payment::find_by_reference(&tx, world.c(), "stripe", "pay_1").await.unwrap(), None);
        assert_eq!(payment::list(&tx, world.c(), None, PageRequest::first(5)).await.unwrap().items, [row]);

        let paid = invoice::load(&tx, world.c(), first).await.unwrap().invoice;
        assert_eq!(paid.status, InvoiceStatus::Paid { paid_on: on("2026-02-15") });
        let open = invoice::load(&tx, world.c(), second).await.unwrap().invoice;
        assert_eq!(open.status, InvoiceStatus::Open { outstanding: mxn(200) });
        assert!(journal::parity(&tx).await.unwrap().agrees());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_takes_credit_first_and_then_what_was_paid_last() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let first = world.issue(&tx, "F-1", 300).await;
        let second = world.issue(&tx, "F-2", 400).await;
        let payment_id = receive_money(&world, &tx, 1_000, "pay_1").await;
        assert_eq!(credit_left(&world, &tx).await, 300);

        let payment = payment::load(&tx, world.c(), payment_id).await.unwrap().payment;
        let booking = give_back(GivenBack::Refund, &payment, mxn(450), |_| mxn(0), on("2026-02-20")).unwrap();
        world.book(&tx, &booking.entries[0], Some("sandbox:re_1:refund")).await.unwrap();
        for change in &booking.items {
            invoice::set_status(&tx, world.c(), change).await.unwrap();
        }
        payment::apply_given_back(&tx, world.c(), payment_id, &booking).await.unwrap();
        tx.commit().await.unwrap();

        let tx = db.store.write().await.unwrap();
        let after = payment::load(&tx, world.c(), payment_id).await.unwrap().payment;
        let allocations = [Allocation::new(first, mxn(300)), Allocation::new(second, mxn(250))];
        assert_eq!(after.allocations, allocations);
        assert_eq!((after.unapplied, after.refunded), (mxn(0), mxn(450)));
        assert_eq!(credit_left(&world, &tx).await, 0);
        assert!(journal::parity(&tx).await.unwrap().agrees());
        let again = payment::apply_given_back(&tx, world.c(), payment_id, &booking).await;
        assert!(matches!(again, Err(StoreFault::Corrupt(_))), "{again:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn applied_credit_is_taken_from_the_oldest_payments() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let one = receive_money(&world, &tx, 100, "pay_1").await;
        let two = receive_money(&world, &tx, 200, "pay_2").await;
        let item = world.issue(&tx, "F-1", 150).await;
        let snapshot = snapshot::load(&tx, world.c(), world.d()).await.unwrap();
        let account = snapshot.account(world.account_id).unwrap();
        let booking = apply_credit(account, on("2026-02-16")).unwrap().unwrap();
        world.book(&tx, &booking.entries[0], None).await.unwrap();
        for change in &booking.items {
            invoice::set_status(&tx, world.c(), change).await.unwrap();
        }
        payment::apply_credit(&tx, world.c(), world.account_id, &booking).await.unwrap();
        tx.commit().await.unwrap();

        let tx = db.store.write().await.unwrap();
        let one = payment::load(&tx, world.c(), one).await.unwrap().payment;
        let two = payment::load(&tx, world.c(), two).await.unwrap().payment;
        assert_eq!(one.allocations, [Allocation::new(item, mxn(100))]);
        assert_eq!(two.allocations, [Allocation::new(item, mxn(50))]);
        assert_eq!((one.unapplied, two.unapplied), (mxn(0), mxn(150)));
        assert_eq!(credit_left(&world, &tx).await, 150);
        assert!(journal::parity(&tx).await.unwrap().agrees());
        payment::apply_credit(&tx, world.c(), world.account_id, &booking).await.unwrap();
        let third = payment::apply_credit(&tx, world.c(), world.account_id, &booking).await;
        assert!(matches!(third, Err(StoreFault::Corrupt(_))), "{third:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_settles_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let payment_id = receive_money(&world, &tx, 100, "pay_1").await;
        let row = |state| RefundRow {
            id: id(),
            payment_id,
            amount: mxn(40),
            state,
            provider_reference: None,
            reason: "twice".to_owned(),
            failure: None,
            created_at: noon("2026-02-20"),
            settled_at: None,
        };
        let (one, two) = (row(RefundState::Requested), row(RefundState::Requested));
        refunds::insert(&tx, world.c(), &one).await.unwrap();
        refunds::insert(&tx, world.c(), &two).await.unwrap();
        assert!(matches!(refunds::insert(&tx, world.c(), &two).await, Err(StoreFault::Conflict("refund"))));
        let open = refunds::list_open(&tx, 10).await.unwrap();
        assert_eq!(open, [(world.c(), one.clone()), (world.c(), two.clone())]);

        let settled_at = noon("2026-02-21");
        assert!(refunds::mark_succeeded(&tx, world.c(), one.id, "re_1", settled_at).await.unwrap());
        assert!(!refunds::mark_succeeded(&tx, world.c(), one.id, "re_1", settled_at).await.unwrap());
        assert!(!refunds::mark_failed(&tx, world.c(), one.id, (None, "late"), settled_at).await.unwrap());
        assert!(
            refunds::mark_failed(&tx, world.c(), two.id, (Some("re_2"), "account closed"), settled_at).await.unwrap()
        );
        let expected = RefundRow {
            state: RefundState::Succeeded,
            provider_reference: Some("re_1".to_owned()),
            settled_at: Some(settled_at),
            ..one.clone()
        };
        assert_eq!(refunds::load(&tx, world.c(), one.id).await.unwrap(), expected);
        let found = refunds::find_by_reference(&tx, world.c(), payment_id, "re_1").await.unwrap();
        assert_eq!(found, Some(expected));
        let failed = refunds::load(&tx, world.c(), two.id).await.unwrap();
        assert_eq!((failed.state, failed.failure.as_deref()), (RefundState::Failed, Some("account closed")));
        let newest = refunds::list(&tx, world.c(), Some(payment_id), PageRequest::first(1)).await.unwrap();
        assert_eq!(newest.items[0].id, two.id);
        assert!(newest.next.is_some());
        assert!(refunds::list_open(&tx, 10).await.unwrap().is_empty());
    })
    .await;
}
