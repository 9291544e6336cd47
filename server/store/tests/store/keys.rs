use crate::harness::on_both;
use crate::snapshot::an_attempt;
use crate::world::{World, a_creditor, a_debtor, id, mxn, noon, on};
use saldo_domain::attempt::AttemptState;
use saldo_domain::currency::Currency;
use saldo_domain::ids::PaymentId;
use saldo_domain::outcome::Outcome;
use saldo_domain::payment::Payment;
use saldo_store::invoice::{self, InvoiceFilter};
use saldo_store::payment::{self, PaymentRow};
use saldo_store::{PageRequest, StoreFault, account, attempt, creditor, debtor};

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_number_is_there_once_for_each_creditor() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Other").await;
        let (first, second) = (world.invoice("F-1", 100), world.invoice("F-2", 100));
        invoice::insert_many(&tx, world.c(), std::slice::from_ref(&first)).await.unwrap();
        let again = invoice::insert_many(&tx, world.c(), &[second, world.invoice("F-1", 100)]).await;
        assert!(matches!(again, Err(StoreFault::Conflict("invoice_number"))), "{again:?}");
        invoice::insert_many(&tx, other.c(), &[other.invoice("F-1", 100)]).await.unwrap();
        tx.commit().await.unwrap();
        let tx = db.store.read().await.unwrap();
        let list = invoice::list(&tx, world.c(), InvoiceFilter::default(), PageRequest::first(9)).await.unwrap();
        assert_eq!(list.items.len(), 1, "of the refused ones none was written");
        assert_eq!(list.items[0].invoice, first.invoice);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_there_once_for_each_debtor_and_currency() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let mxn = account::ensure(&tx, world.c(), world.d(), Currency::MXN, id()).await.unwrap();
        assert_eq!(mxn, world.account_id);
        let wanted =
            [(world.d(), Currency::USD, id()), (world.d(), Currency::MXN, id()), (world.d(), Currency::USD, id())];
        let ids = account::ensure_many(&tx, world.c(), &wanted).await.unwrap();
        assert_eq!(ids, [wanted[0].2, world.account_id, wanted[0].2]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_providers_payment_is_there_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let row = |id: PaymentId, provider: &str| PaymentRow {
            payment: Payment {
                id,
                account_id: world.account_id,
                amount: mxn(100),
                effective_on: on("2026-02-15"),
                allocations: Vec::new(),
                unapplied: mxn(100),
                refunded: mxn(0),
            },
            debtor_id: world.d(),
            attempt_id: Some(id.0.into()),
            provider: provider.to_owned(),
            provider_reference: "pay_1".to_owned(),
            recorded_at: noon("2026-02-15"),
        };
        let tx = db.store.write().await.unwrap();
        let first = row(id(), "sandbox");
        payment::insert(&tx, world.c(), &first).await.unwrap();
        let again = payment::insert(&tx, world.c(), &row(id(), "sandbox")).await;
        assert!(matches!(again, Err(StoreFault::Conflict("payment"))), "{again:?}");
        payment::insert(&tx, world.c(), &row(id(), "stripe")).await.unwrap();
        let attempt_id = first.attempt_id.unwrap();
        let listed = payment::list_for_attempt(&tx, world.c(), world.d(), attempt_id).await.unwrap();
        assert_eq!(listed, [first]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_that_is_there_is_already_applied() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Other").await;
        let first = an_attempt(&world, AttemptState::Created);
        assert_eq!(attempt::insert(&tx, &first).await.unwrap(), Outcome::Executed(()));
        let mut second = first.clone();
        second.amount = mxn(1);
        assert_eq!(attempt::insert(&tx, &second).await.unwrap(), Outcome::AlreadyApplied);
        assert_eq!(attempt::load(&tx, world.c(), first.id).await.unwrap(), first);
        let mut stolen = an_attempt(&other, AttemptState::Created);
        stolen.id = first.id;
        let refused = attempt::insert(&tx, &stolen).await;
        assert!(matches!(refused, Err(StoreFault::Conflict("attempt"))), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_meet_a_new_debtor_at_once_write_one() {
    on_both(async |db| {
        let world = World::new(db).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let (store, c) = (db.store.clone(), world.c());
            tasks.spawn(async move {
                let tx = store.write().await.unwrap();
                let d = debtor::upsert(&tx, c, &a_debtor("new"), noon("2026-02-01")).await.unwrap();
                let account_id = account::ensure(&tx, c, d, Currency::MXN, id()).await.unwrap();
                tx.commit().await.unwrap();
                (d, account_id)
            });
        }
        let ids = tasks.join_all().await;
        assert!(ids.iter().all(|pair| *pair == ids[0]), "{ids:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_creditors_id_is_there_once() {
    on_both(async |db| {
        let tx = db.store.write().await.unwrap();
        let first = a_creditor("First");
        creditor::insert(&tx, &first, noon("2026-01-01")).await.unwrap();
        let again = creditor::insert(&tx, &first, noon("2026-01-01")).await;
        assert!(matches!(again, Err(StoreFault::Conflict("creditor"))), "{again:?}");
        assert_eq!(creditor::list(&tx).await.unwrap(), std::slice::from_ref(&first));
        assert_eq!(creditor::find_by_name(&tx, "First").await.unwrap(), Some(first.clone()));
        let brand = saldo_domain::creditor::Brand { colour: "#000000".to_owned(), logo: Some("/logo.svg".to_owned()) };
        creditor::update_brand(&tx, first.id, &brand).await.unwrap();
        assert_eq!(creditor::load(&tx, first.id).await.unwrap().brand, brand);
        creditor::update_reply_to(&tx, first.id, "pagos@example.com").await.unwrap();
        let reply_to = creditor::load(&tx, first.id).await.unwrap().reply_to;
        assert_eq!(reply_to.as_deref(), Some("pagos@example.com"));
        assert!(creditor::list_widget_origins(&tx, first.id).await.unwrap().is_empty());
        let origins = ["https://shop.example".to_owned()];
        creditor::set_widget_origins(&tx, first.id, &origins).await.unwrap();
        assert_eq!(creditor::list_widget_origins(&tx, first.id).await.unwrap(), origins);
        assert!(matches!(creditor::load(&tx, id()).await, Err(StoreFault::NotFound("creditor"))));
    })
    .await;
}
