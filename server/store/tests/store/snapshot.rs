use crate::harness::on_both;
use crate::world::{World, id, mxn, noon, on};
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::attempt::{AttemptState, Checkout, PaymentAttempt};
use saldo_domain::currency::Currency;
use saldo_domain::ledger::{EntryKind, JournalEntry, LedgerAccount};
use saldo_domain::money::Money;
use saldo_domain::payment::receive;
use saldo_domain::provider::{Capture, FailureReason};
use saldo_domain::snapshot::Movement;
use saldo_domain::statement;
use saldo_store::journal::NewEntry;
use saldo_store::snapshot::MOVEMENTS_MAX;
use saldo_store::{account, attempt, invoice, journal, snapshot};

pub fn an_attempt(world: &World, state: AttemptState) -> PaymentAttempt {
    PaymentAttempt {
        concessions: Vec::new(),
        origin: saldo_domain::attempt::AttemptOrigin::Debtor,
        id: id(),
        creditor_id: world.c(),
        debtor_id: world.d(),
        account_id: world.account_id,
        provider: "sandbox".to_owned(),
        amount: mxn(700),
        order: AllocationOrder::Selected(vec![id(), id()]),
        balance_version: 3,
        created_at: noon("2026-02-20"),
        expires_at: noon("2026-02-21"),
        checkout: Some(Checkout { reference: "cs_1".to_owned(), url: "https://pay.example/cs_1".to_owned() }),
        state,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_is_what_was_written() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let first = world.issue(&tx, "F-1", 300).await;
        let second = world.issue(&tx, "F-2", 400).await;
        let usd = account::ensure(&tx, world.c(), world.d(), Currency::USD, id()).await.unwrap();
        let before = snapshot::lock_and_load(&tx, world.c(), world.d()).await.unwrap();
        let booking = receive(
            before.account(world.account_id).unwrap(),
            mxn(350),
            &AllocationOrder::Selected(vec![first]),
            &[],
            LedgerAccount::ProviderClearing,
            on("2026-02-15"),
        )
        .unwrap();
        world.pay(&tx, &booking, mxn(350), "pay_1").await;
        let open = an_attempt(&world, AttemptState::Pending { since: noon("2026-02-20") });
        attempt::insert(&tx, &open).await.unwrap();
        let failed = AttemptState::Failed { failed_at: noon("2026-02-20"), reason: FailureReason::Declined };
        attempt::insert(&tx, &an_attempt(&world, failed)).await.unwrap();
        tx.commit().await.unwrap();

        let tx = db.store.read().await.unwrap();
        let snapshot = snapshot::load_with_movements(&tx, world.c(), world.d()).await.unwrap();
        assert_eq!((&snapshot.creditor, &snapshot.debtor), (&world.creditor, &world.debtor));
        assert_eq!(snapshot.open_attempts, [open]);
        assert_eq!(snapshot.accounts.iter().map(|account| account.id).collect::<Vec<_>>(), [world.account_id, usd]);
        let account = &snapshot.accounts[0];
        assert_eq!((account.balance_version, account.unapplied), (3, mxn(50)));
        let item = invoice::load(&tx, world.c(), second).await.unwrap().invoice.open_item().unwrap();
        assert_eq!(account.items, [item]);
        assert_eq!(account.carried_forward, mxn(0));
        let movement = |kind, effective_on: &str, effect, numbers: &[&str]| Movement {
            kind,
            effective_on: on(effective_on),
            recorded_at: noon("2026-02-10"),
            effect: mxn(effect),
            invoice_numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
        };
        let movements = [
            movement(EntryKind::Issue, "2026-02-01", 300, &["F-1"]),
            movement(EntryKind::Issue, "2026-02-01", 400, &["F-2"]),
            movement(EntryKind::Payment, "2026-02-15", -350, &["F-1"]),
        ];
        assert_eq!(account.movements, movements);
        assert!(snapshot.accounts[1].items.is_empty() && snapshot.accounts[1].movements.is_empty());

        let statement = statement::build(&snapshot, noon("2026-03-05")).unwrap();
        let last = statement.accounts[0].timeline.last().unwrap().balance_after;
        assert_eq!(last, mxn(350), "what is open less the credit");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn above_two_hundred_movements_the_rest_is_carried_forward() {
    on_both(async |db| {
        let world = World::new(db).await;
        let usd = {
            let tx = db.store.write().await.unwrap();
            let usd = account::ensure(&tx, world.c(), world.d(), Currency::USD, id()).await.unwrap();
            let count = MOVEMENTS_MAX + 50;
            let invoices: Vec<_> = (1..=count).map(|n| world.invoice(&format!("F-{n:03}"), n)).collect();
            invoice::insert_many(&tx, world.c(), &invoices).await.unwrap();
            let entries: Vec<_> = invoices
                .iter()
                .map(|new| {
                    JournalEntry::issue(world.account_id, new.invoice.id, new.invoice.amount, on("2026-02-01")).unwrap()
                })
                .collect();
            let new = |entry| NewEntry {
                id: id(),
                entry,
                debtor_id: Some(world.d()),
                movement_key: None,
                recorded_at: noon("2026-02-01"),
            };
            let new: Vec<_> = entries.iter().map(new).collect();
            journal::insert_entries(&tx, world.c(), &new).await.unwrap();
            tx.commit().await.unwrap();
            usd
        };
        let tx = db.store.read().await.unwrap();
        let snapshot = snapshot::load_with_movements(&tx, world.c(), world.d()).await.unwrap();
        let account = snapshot.account(world.account_id).unwrap();
        assert_eq!(account.movements.len(), 200);
        assert_eq!(account.movements[0].invoice_numbers, ["F-051"]);
        assert_eq!(account.movements[199].invoice_numbers, ["F-250"]);
        assert_eq!(account.carried_forward, mxn((1..=50).sum()));
        assert_eq!(snapshot.account(usd).unwrap().carried_forward, Money::zero(Currency::USD));
        let statement = statement::build(&snapshot, noon("2026-03-05")).unwrap();
        let last = statement.accounts[0].timeline.last().unwrap().balance_after;
        assert_eq!(last, mxn((1..=250).sum()));
        assert_eq!(last, statement.accounts[0].outstanding);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_of_an_attempt_comes_back_and_only_open_ones_are_reconciled() {
    on_both(async |db| {
        let world = World::new(db).await;
        let moment = noon("2026-02-20");
        let capture =
            Capture { payment_reference: "pi_1".to_owned(), amount: mxn(700), captured_at: noon("2026-02-20") };
        let states = [
            AttemptState::Created,
            AttemptState::Pending { since: moment },
            AttemptState::RequiresAction { since: moment },
            AttemptState::Succeeded { capture },
            AttemptState::Failed { failed_at: moment, reason: FailureReason::InsufficientFunds },
            AttemptState::Canceled { canceled_at: moment },
            AttemptState::Expired { expired_at: moment },
        ];
        let tx = db.store.write().await.unwrap();
        let mut written = Vec::new();
        for state in states {
            let mut attempt = an_attempt(&world, AttemptState::Created);
            attempt.checkout = None;
            attempt::insert(&tx, &attempt).await.unwrap();
            attempt.state = state;
            attempt.checkout = Some(Checkout { reference: "cs".to_owned(), url: "https://pay.example".to_owned() });
            attempt::update(&tx, &attempt).await.unwrap();
            assert_eq!(attempt::load(&tx, world.c(), attempt.id).await.unwrap(), attempt);
            assert_eq!(attempt::find_any(&tx, attempt.id).await.unwrap(), Some(attempt.clone()));
            written.push(attempt);
        }
        assert!(attempt::list_to_reconcile(&tx, noon("2026-02-19"), 10).await.unwrap().is_empty());
        assert_eq!(attempt::list_to_reconcile(&tx, moment, 10).await.unwrap(), written[..3]);
        assert_eq!(attempt::list_to_reconcile(&tx, moment, 2).await.unwrap(), written[..2]);
        let page = saldo_store::PageRequest::first(10);
        let listed = attempt::list(&tx, world.c(), Some(world.d()), page).await.unwrap().items;
        written.reverse();
        assert_eq!(listed, written);
    })
    .await;
}
