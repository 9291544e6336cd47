//! Saved methods, charges of autopay, chargebacks; another creditor neither sees nor changes them.

use crate::harness::on_both;
use crate::world::{World, id, mxn, noon, on};
use saldo_domain::allocation::{Allocation, AllocationOrder};
use saldo_domain::ids::PaymentId;
use saldo_domain::ledger::LedgerAccount;
use saldo_domain::payment::receive;
use saldo_domain::provider::{ChargebackStanding, MethodExpiry, SavedMethodFacts};
use saldo_store::autopay::{AutopayCharge, AutopayPlan};
use saldo_store::chargeback::ChargebackRow;
use saldo_store::given_back::GivenBackRow;
use saldo_store::method_setup::{MethodSetupRow, SetupState};
use saldo_store::saved_method::SavedMethodRow;
use saldo_store::{PageRequest, StoreFault, Tx, autopay, chargeback, given_back, method_setup, saved_method, snapshot};

fn a_setup(world: &World) -> MethodSetupRow {
    MethodSetupRow {
        id: id(),
        debtor_id: world.d(),
        provider: "sandbox".to_owned(),
        reference: None,
        created_at: noon("2026-03-01"),
        expires_at: noon("2026-03-02"),
        state: SetupState::Open,
        ended_at: None,
    }
}

fn a_method(world: &World, reference: &str) -> SavedMethodRow {
    SavedMethodRow {
        id: id(),
        debtor_id: world.d(),
        provider: "sandbox".to_owned(),
        facts: SavedMethodFacts {
            holder_reference: "cus_1".to_owned(),
            method_reference: reference.to_owned(),
            kind: "card".to_owned(),
            brand: "visa".to_owned(),
            last4: "4242".to_owned(),
            expires: Some(MethodExpiry { year: 2034, month: 12 }),
        },
        saved_at: noon("2026-03-01"),
        removed_at: None,
    }
}

async fn a_payment(tx: &Tx, world: &World) -> PaymentId {
    world.issue(tx, "F-1", 300).await;
    let known = snapshot::load(tx, world.c(), world.d()).await.unwrap();
    let (order, into) = (AllocationOrder::OldestDueFirst, LedgerAccount::ProviderClearing);
    let booking = receive(&known.accounts[0], mxn(300), &order, &[], into, on("2026-02-15")).unwrap();
    world.pay(tx, &booking, mxn(300), "pay_1").await
}

fn a_chargeback(world: &World, payment_id: PaymentId) -> ChargebackRow {
    ChargebackRow {
        id: id(),
        debtor_id: world.d(),
        payment_id,
        provider: "sandbox".to_owned(),
        reference: "du_1".to_owned(),
        amount: mxn(300),
        standing: ChargebackStanding::Opened,
        opened_at: noon("2026-03-01"),
        ended_at: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_ends_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        let setup = a_setup(&world);
        assert!(method_setup::insert(&tx, world.c(), &setup).await.unwrap());
        assert!(!method_setup::insert(&tx, world.c(), &setup).await.unwrap(), "the same form");
        assert_eq!(method_setup::find(&tx, stranger.c(), setup.id).await.unwrap(), None);
        let foreign = method_setup::set_reference(&tx, stranger.c(), setup.id, "cs_2").await;
        assert!(matches!(foreign, Err(StoreFault::NotFound(_))));
        method_setup::set_reference(&tx, world.c(), setup.id, "cs_1").await.unwrap();
        let open = method_setup::list_to_reconcile(&tx, noon("2026-03-01"), 10).await.unwrap();
        assert_eq!(open, [(world.c(), MethodSetupRow { reference: Some("cs_1".to_owned()), ..setup.clone() })]);
        assert_eq!(method_setup::list_to_reconcile(&tx, noon("2026-02-28"), 10).await.unwrap(), []);
        let end = async |c, state| method_setup::mark_ended(&tx, c, setup.id, state, noon("2026-03-02")).await.unwrap();
        assert!(!end(stranger.c(), SetupState::Saved).await);
        assert!(end(world.c(), SetupState::Saved).await);
        assert!(!end(world.c(), SetupState::Expired).await);
        assert_eq!(method_setup::load(&tx, world.c(), setup.id).await.unwrap().state, SetupState::Saved);
        assert_eq!(method_setup::list_to_reconcile(&tx, noon("2026-03-09"), 10).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_is_kept_by_its_looks_and_removed_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        let (first, second) = (a_method(&world, "pm_1"), a_method(&world, "pm_2"));
        for method in [&first, &second] {
            assert!(saved_method::insert(&tx, world.c(), method).await.unwrap());
        }
        assert!(!saved_method::insert(&tx, world.c(), &a_method(&world, "pm_1")).await.unwrap(), "the same method");
        assert_eq!(saved_method::load(&tx, world.c(), first.id).await.unwrap(), first);
        assert_eq!(saved_method::list_live(&tx, world.c(), world.d()).await.unwrap(), [second.clone(), first.clone()]);
        assert_eq!(saved_method::list_live(&tx, stranger.c(), world.d()).await.unwrap(), []);
        assert!(saved_method::load(&tx, stranger.c(), first.id).await.is_err());
        let remove = async |c| saved_method::mark_removed(&tx, c, second.id, noon("2026-03-05")).await.unwrap();
        assert!(!remove(stranger.c()).await);
        assert!(remove(world.c()).await);
        assert!(!remove(world.c()).await);
        assert_eq!(saved_method::list_live(&tx, world.c(), world.d()).await.unwrap(), [first]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_are_kept_by_plan_instalment_and_number() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        let plan = AutopayPlan { creditor_id: world.c(), debtor_id: world.d(), plan_id: id() };
        autopay::set_look(&tx, plan, Some(noon("2026-03-01"))).await.unwrap();
        autopay::set_look(&tx, plan, Some(noon("2026-03-02"))).await.unwrap();
        assert_eq!(autopay::list_due(&tx, noon("2026-03-01"), 10).await.unwrap(), []);
        assert_eq!(autopay::list_due(&tx, noon("2026-03-02"), 10).await.unwrap(), [plan]);
        autopay::set_look(&tx, plan, None).await.unwrap();
        assert_eq!(autopay::list_due(&tx, noon("2026-04-02"), 10).await.unwrap(), []);
        autopay::wake(&tx, stranger.c(), world.d(), noon("2026-03-03")).await.unwrap();
        assert_eq!(autopay::list_due(&tx, noon("2026-04-02"), 10).await.unwrap(), []);
        autopay::wake(&tx, world.c(), world.d(), noon("2026-03-03")).await.unwrap();
        assert_eq!(autopay::list_due(&tx, noon("2026-04-02"), 10).await.unwrap(), [plan]);

        let announced = AutopayCharge {
            plan_id: plan.plan_id,
            instalment: 1,
            try_number: 1,
            debtor_id: world.d(),
            announced_at: Some(noon("2026-03-01")),
            method_id: None,
            attempt_id: None,
            charged_at: None,
            told_at: None,
        };
        autopay::put(&tx, world.c(), &announced).await.unwrap();
        let charged = AutopayCharge {
            method_id: Some(id()),
            attempt_id: Some(id()),
            charged_at: Some(noon("2026-03-04")),
            ..announced.clone()
        };
        autopay::put(&tx, world.c(), &charged).await.unwrap();
        let again = AutopayCharge { try_number: 2, announced_at: None, ..charged.clone() };
        autopay::put(&tx, world.c(), &again).await.unwrap();
        assert_eq!(autopay::list(&tx, world.c(), plan.plan_id).await.unwrap(), [charged, again]);
        assert_eq!(autopay::list(&tx, stranger.c(), plan.plan_id).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chargeback_has_one_row_and_ends_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        let payment_id = a_payment(&tx, &world).await;
        let row = a_chargeback(&world, payment_id);
        chargeback::insert(&tx, world.c(), &row).await.unwrap();
        let twin = chargeback::insert(&tx, world.c(), &a_chargeback(&world, payment_id)).await;
        assert!(matches!(twin, Err(StoreFault::Conflict("chargeback"))), "{twin:?}");
        let find = async |c| chargeback::find_by_reference(&tx, c, "sandbox", "du_1").await.unwrap();
        assert_eq!(find(world.c()).await, Some(row.clone()));
        assert_eq!(find(stranger.c()).await, None);
        let page = PageRequest::first(10);
        assert_eq!(
            chargeback::list(&tx, world.c(), Some(world.d()), page).await.unwrap().items,
            std::slice::from_ref(&row)
        );
        assert_eq!(chargeback::list(&tx, stranger.c(), None, page).await.unwrap().items, []);
        let end =
            async |c, standing| chargeback::mark_ended(&tx, c, row.id, standing, noon("2026-03-09")).await.unwrap();
        assert!(!end(stranger.c(), ChargebackStanding::Won).await);
        assert!(end(world.c(), ChargebackStanding::Lost).await);
        assert!(!end(world.c(), ChargebackStanding::Won).await, "what has ended stays");
        assert_eq!(find(world.c()).await.map(|row| row.standing), Some(ChargebackStanding::Lost));

        let given = GivenBackRow {
            movement_key: "sandbox:du_1:chargeback".to_owned(),
            payment_id,
            amount: mxn(300),
            taken: vec![Allocation::new(id(), mxn(300))],
            restored_at: None,
        };
        assert!(given_back::insert(&tx, world.c(), &given).await.unwrap());
        assert!(!given_back::insert(&tx, world.c(), &given).await.unwrap());
        assert_eq!(given_back::find(&tx, world.c(), &given.movement_key).await.unwrap(), Some(given.clone()));
        assert_eq!(given_back::find(&tx, stranger.c(), &given.movement_key).await.unwrap(), None);
        let restore =
            async |c| given_back::mark_restored(&tx, c, &given.movement_key, noon("2026-03-09")).await.unwrap();
        assert!(!restore(stranger.c()).await);
        assert!(restore(world.c()).await);
        assert!(!restore(world.c()).await);
    })
    .await;
}
