//! A saved card pays the instalments of a plan: announced, taken on the day, tried again, told; never twice.

use saldo_app::flows::{method_setup, remove_method};
use saldo_domain::actor::Actor;
use saldo_domain::attempt::AttemptState;
use saldo_domain::currency::Currency;
use saldo_domain::ids::SavedMethodId;
use saldo_domain::money::Money;
use saldo_domain::provider::Capture;
use saldo_providers::Secret;
use saldo_providers::channel::MemoryChannel;
use saldo_providers::doubles::stripe::{Misbehaviour, Operation, SavedCard, StripeDouble, StripeDoubleConfig};
use saldo_providers::payment::stripe::{Stripe, StripeConfig};
use saldo_tests::product::Setup;
use std::sync::Arc;

use crate::autopay_stand::{Stand, agree, on_both, pay_by_hand};
use crate::methods::{save, session};
use crate::support::{Api, assert_parity, hours};

#[tokio::test(flavor = "multi_thread")]
async fn each_instalment_is_announced_taken_and_receipted() {
    on_both("4242424242424242", async |stand| {
        stand.at("2026-03-07", 8).await;
        assert_eq!(stand.mails("se cobrará"), 0);
        stand.at("2026-03-07", 9).await;
        assert_eq!((stand.mails("se cobrará"), stand.tries().await.len()), (1, 0));
        stand.at("2026-03-10", 8).await;
        assert_eq!(stand.tries().await.len(), 0, "not before nine");
        stand.at("2026-03-10", 9).await;
        assert_eq!(stand.tries().await, ["1.1 succeeded"]);
        assert_eq!(stand.plan().await, (41_150, "active".to_owned()));
        let receipts = stand.mails("recibimos");
        assert_eq!(receipts, 1);
        for (day, hour) in [("2026-03-14", 9), ("2026-03-17", 9), ("2026-03-21", 9), ("2026-03-24", 9)] {
            stand.at(day, hour).await;
        }
        assert_eq!(stand.tries().await, ["1.1 succeeded", "2.1 succeeded", "3.1 succeeded"]);
        assert_eq!(stand.plan().await.0, 123_450);
        assert_eq!(stand.mails("se cobrará"), 3);
        assert_parity(&stand.product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_meanwhile_is_taken_off_and_nothing_due_is_not_charged() {
    on_both("4242424242424242", async |stand| {
        stand.at("2026-03-07", 9).await;
        let capture = |minor: i64, reference: &str| Capture {
            payment_reference: reference.to_owned(),
            amount: Money::new(minor, Currency::MXN),
            captured_at: stand.product.app.now(),
        };
        pay_by_hand(&stand, capture(11_150, "by-hand-1")).await;
        stand.at("2026-03-10", 9).await;
        let taken = stand.attempts().await;
        assert_eq!(taken.iter().map(|one| one.amount.minor()).collect::<Vec<_>>(), [30_000]);
        pay_by_hand(&stand, capture(41_150, "by-hand-2")).await;
        stand.at("2026-03-14", 9).await;
        stand.at("2026-03-17", 9).await;
        assert_eq!(stand.tries().await, ["1.1 succeeded"], "the second is paid");
        assert_parity(&stand.product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_charge_is_tried_three_times_more_and_then_told() {
    on_both("3056 9300 0902 0004", async |stand| {
        stand.at("2026-03-07", 9).await;
        stand.at("2026-03-10", 9).await;
        assert_eq!(stand.tries().await, ["1.1 succeeded"]);
        stand.at("2026-03-14", 9).await;
        let schedule = [("2026-03-17", 1), ("2026-03-18", 2), ("2026-03-19", 3), ("2026-03-20", 3), ("2026-03-21", 4)];
        for (day, count) in schedule {
            stand.at(day, 8).await;
            stand.at(day, 9).await;
            stand.at(day, 15).await;
            let tries = stand.tries().await;
            assert_eq!(tries.len() - 1, count, "{day}: {tries:?}");
            assert!(tries[1..].iter().all(|one| one.starts_with("2.") && one.ends_with("failed")), "{day}: {tries:?}");
        }
        assert_eq!(stand.mails("no se pudo cobrar la cuota"), 1);
        assert_eq!(stand.plan().await, (41_150, "active".to_owned()));
        stand.at("2026-03-23", 9).await;
        assert_eq!(stand.plan().await, (41_150, "broken".to_owned()), "its grace is over");
        stand.at("2026-03-24", 9).await;
        assert_eq!(stand.tries().await.len(), 5, "a broken plan is charged no more");
        assert_parity(&stand.product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_that_asks_for_the_debtor_is_not_tried_again() {
    on_both("4000 0027 6000 3184", async |stand| {
        stand.at("2026-03-07", 9).await;
        stand.at("2026-03-10", 9).await;
        stand.at("2026-03-11", 9).await;
        stand.at("2026-03-12", 9).await;
        assert_eq!(stand.tries().await, ["1.1 failed"]);
        assert_eq!(stand.mails("su banco le pide confirmar"), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_method_stops_it_and_another_one_goes_on() {
    on_both("4242424242424242", async |stand| {
        let (creditor, debtor) = (stand.business.creditor.id, stand.business.ana.id);
        let api = Api::new(&stand.product, &stand.business.key);
        stand.at("2026-03-07", 9).await;
        let methods = remove_method::list(&stand.product.app, creditor, debtor).await.expect("a list");
        let actor = Actor::Debtor { id: debtor };
        let removed = remove_method::remove(&stand.product.app, creditor, None, methods[0].id, actor).await;
        removed.expect("removed");
        stand.at("2026-03-10", 9).await;
        assert_eq!(stand.tries().await.len(), 0);
        save(&stand.product, &stand.business.creditor, &stand.business.ana, "5555555555554444").await;
        stand.work().await;
        assert_eq!(stand.tries().await, ["1.1 succeeded"]);
        let told = api.get(&format!("/v1/debtors/{debtor}/methods")).await.expect(200).json();
        assert_eq!(told["items"][0]["brand"], "mastercard");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chargeback_stops_it_and_a_won_one_lets_it_go_on() {
    on_both("4000 0000 0000 0259", async |stand| {
        stand.at("2026-03-07", 9).await;
        stand.at("2026-03-10", 9).await;
        assert_eq!(stand.tries().await, ["1.1 succeeded"]);
        assert_eq!(stand.plan().await.0, 0, "the chargeback reopens the instalment by itself");
        stand.at("2026-03-14", 9).await;
        assert_eq!(stand.mails("se cobrará"), 1, "nothing more is announced");
        let reference = match &stand.attempts().await[0].state {
            AttemptState::Succeeded { capture } => capture.payment_reference.clone(),
            other => panic!("{other:?}"),
        };
        let sandbox = stand.product.sandbox.as_ref().expect("the sandbox takes payments");
        assert!(sandbox.end_chargeback(&reference, true, stand.product.app.now()).expect("a memory"));
        stand.product.work().await;
        stand.work().await;
        assert_eq!(stand.plan().await.0, 41_150);
        assert_eq!(stand.mails("se cobrará"), 2, "the next one is announced");
        assert_parity(&stand.product).await;
    })
    .await;
}

/// A provider that cannot be reached between the attempt's row and the charge, or whose answer is lost: as a node that dies.
#[tokio::test(flavor = "multi_thread")]
async fn a_charge_whose_answer_is_lost_is_made_once() {
    let lost = [
        ("before the charge", Misbehaviour::FailBefore(500)),
        ("after the charge", Misbehaviour::FailAfter { status: 500, replayed: false }),
        ("after the charge, and the key remembers it", Misbehaviour::FailAfter { status: 500, replayed: true }),
        ("without an answer", Misbehaviour::BreakOff),
    ];
    for (case, misbehaviour) in lost {
        let channel = MemoryChannel::new();
        let setup = Setup::new(None).mail(&channel);
        let clock = setup.clock();
        let secret = Secret::new("whsec_autopay");
        let now = Arc::new(move || saldo_app::ambient::Clock::now(clock.as_ref()));
        let double = StripeDouble::start(StripeDoubleConfig::new(secret.clone(), now)).await.expect("a port is free");
        let mut wish = StripeConfig::new(Secret::new("sk_test_autopay"), vec![secret]);
        (wish.base_url, wish.retries_max) = (Some(double.base_url()), 0);
        let product = setup.provider(Arc::new(Stripe::try_new(wish).expect("a Stripe"))).start().await;
        let business = product.business().await;
        let plan = agree(&product, &business).await;
        let id = SavedMethodId(product.app.ambient().uuid_v7());
        let url = method_setup::start(&product.app, session(&business.creditor, &business.ana), id).await;
        let url = url.expect("a page");
        assert!(double.save(url.rsplit('/').next().expect("a reference"), SavedCard::Pays));
        let state = method_setup::finish(&product.app, business.creditor.id, id).await.expect("an answer");
        assert_eq!(state, method_setup::SetupState::Saved);
        let stand = Stand { product, business, plan, channel };
        stand.at("2026-03-07", 9).await;
        double.misbehave(Operation::Charge, misbehaviour);
        stand.at("2026-03-10", 9).await;
        assert_eq!(stand.tries().await, ["1.1 created"], "{case}");
        for _ in 0..3 {
            stand.product.advance(hours(1));
            stand.work().await;
        }
        assert_eq!(stand.tries().await, ["1.1 succeeded"], "{case}");
        assert_eq!((stand.plan().await.0, double.counts().0), (41_150, 1), "{case}");
        assert_eq!(double.violations(), Vec::<String>::new());
        assert_parity(&stand.product).await;
    }
}
