//! How Stripe's faults are told: what may have happened is never guessed, and nothing happens twice.

use crate::rig::{How, Rig, SECRET_KEY, StripeRig, WEBHOOK_SECRET, attempt, give_back, mxn, order};
use saldo_domain::provider::{CheckoutReport, EventSubject};
use saldo_providers::Secret;
use saldo_providers::doubles::stripe::{Misbehaviour, Operation};
use saldo_providers::payment::stripe::{Stripe, StripeConfig};
use saldo_providers::payment::{PaymentProvider, ProviderFault, RefundReport, sign};
use std::time::Duration;

use Misbehaviour::{AnswerGarbage, AnswerHugely, BreakOff, FailAfter, FailBefore, TimeOut};
use Operation::{Find, Open, Refund};

#[derive(Debug, PartialEq, Eq)]
enum Told {
    Done,
    Unknown,
    Retry,
    Refused,
}

fn told<T>(answer: &Result<T, ProviderFault>) -> Told {
    match answer {
        Ok(_) => Told::Done,
        Err(ProviderFault::Unknown { .. }) => Told::Unknown,
        Err(ProviderFault::Retry { .. }) => Told::Retry,
        Err(ProviderFault::Refused { .. }) => Told::Refused,
    }
}

async fn impatient() -> StripeRig {
    StripeRig::start_with(|config| config.timeout = Duration::from_millis(300)).await
}

#[tokio::test]
async fn opening_through_faults_makes_one_checkout() {
    let unanswered = FailAfter { status: 500, replayed: false };
    let remembered = FailAfter { status: 500, replayed: true };
    let table: [(&str, Vec<Misbehaviour>, Told, usize); 15] = [
        ("429 before", vec![FailBefore(429)], Told::Done, 1),
        ("429 after having opened it", vec![FailAfter { status: 429, replayed: false }], Told::Done, 1),
        ("500 after having opened it", vec![unanswered], Told::Done, 1),
        ("500 that Stripe repeats", vec![remembered], Told::Unknown, 1),
        ("500 again and again", vec![FailBefore(500); 3], Told::Unknown, 0),
        ("429 again and again", vec![FailBefore(429); 3], Told::Retry, 0),
        ("409 while a twin is under way", vec![FailBefore(409)], Told::Done, 1),
        ("409 again and again", vec![FailBefore(409); 3], Told::Unknown, 0),
        ("500, then 429 to the end", vec![unanswered, FailBefore(429), FailBefore(429)], Told::Unknown, 1),
        ("no answer, nothing done", vec![TimeOut { after_work: false }], Told::Unknown, 0),
        ("no answer, but done", vec![TimeOut { after_work: true }], Told::Unknown, 1),
        ("an answer that breaks off", vec![BreakOff], Told::Done, 1),
        ("answers that break off again and again", vec![BreakOff; 3], Told::Unknown, 1),
        ("an endless answer", vec![AnswerHugely], Told::Unknown, 1),
        ("an answer that is not JSON", vec![AnswerGarbage], Told::Unknown, 1),
    ];
    for (case, misbehaviours, expected, opened) in table {
        let rig = impatient().await;
        misbehaviours.into_iter().for_each(|misbehaviour| rig.double.misbehave(Open, misbehaviour));
        let request = order(1, mxn(5_000), rig.now());
        let first = rig.stripe.open_checkout(&request, rig.now());
        let first = tokio::time::timeout(Duration::from_secs(5), first).await.expect("nobody waits so long");
        assert_eq!(told(&first), expected, "{case}: {first:?}");
        assert_eq!(rig.double.checkout_count(), opened, "{case}");
        if case != "500 that Stripe repeats" {
            assert_eq!(told(&rig.stripe.open_checkout(&request, rig.now()).await), Told::Done, "{case}, asked again");
            assert_eq!(rig.double.checkout_count(), 1, "{case}, asked again");
        }
        let keys: Vec<_> = rig.double.requests().into_iter().map(|request| request.idempotency_key).collect();
        assert!(keys.iter().all(|key| *key == Some(attempt(1).to_string())), "{case}: {keys:?}");
        rig.judge();
    }
}

#[tokio::test]
async fn asking_changes_nothing_so_its_faults_are_only_to_be_repeated() {
    let rig = impatient().await;
    let reference = rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await.unwrap().reference;
    let never = [TimeOut { after_work: true }, AnswerHugely, AnswerGarbage].map(|misbehaviour| vec![misbehaviour]);
    for misbehaviours in never.into_iter().chain([vec![BreakOff; 3], vec![FailBefore(500); 3]]) {
        let case = format!("{misbehaviours:?}");
        misbehaviours.into_iter().for_each(|misbehaviour| rig.double.misbehave(Find, misbehaviour));
        let answer = rig.stripe.find_checkout(&reference, rig.now()).await;
        assert_eq!(told(&answer), Told::Retry, "{case}: {answer:?}");
    }
    rig.double.misbehave(Find, FailBefore(503));
    assert_eq!(rig.stripe.find_checkout(&reference, rig.now()).await, Ok(CheckoutReport::Open));
}

#[tokio::test]
async fn a_refund_of_unknown_outcome_is_found_by_its_id() {
    let table = [
        (TimeOut { after_work: true }, true),
        (TimeOut { after_work: false }, false),
        (FailAfter { status: 500, replayed: true }, true),
        (AnswerGarbage, true),
    ];
    for (misbehaviour, given) in table {
        let rig = impatient().await;
        let checkout = rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await.unwrap();
        rig.pay(&checkout.reference, How::Card);
        let Ok(CheckoutReport::Captured(capture)) = rig.stripe.find_checkout(&checkout.reference, rig.now()).await
        else {
            panic!("not paid")
        };
        rig.double.misbehave(Refund, misbehaviour);
        let request = give_back(3, &capture.payment_reference, mxn(1_000));
        assert_eq!(told(&rig.stripe.refund(&request, rig.now()).await), Told::Unknown, "{misbehaviour:?}");
        let found = rig.stripe.find_refund(&request, rig.now()).await.unwrap();
        assert_eq!(found.is_some(), given, "{misbehaviour:?}: {found:?}");
        let another = give_back(4, &capture.payment_reference, mxn(1_000));
        assert_eq!(rig.stripe.find_refund(&another, rig.now()).await, Ok(None));
        assert_eq!(rig.double.counts().1, usize::from(given), "{misbehaviour:?}");
        rig.judge();
    }
}

#[tokio::test]
async fn a_pending_refund_is_told_when_it_ends() {
    for (paid, expected) in [(true, "refund"), (false, "refund_failed")] {
        let rig = StripeRig::start().await;
        let checkout = rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await.unwrap();
        rig.pay(&checkout.reference, How::Card);
        let Ok(CheckoutReport::Captured(capture)) = rig.stripe.find_checkout(&checkout.reference, rig.now()).await
        else {
            panic!("not paid")
        };
        rig.double.keep_refunds_pending(true);
        let request = give_back(3, &capture.payment_reference, mxn(1_000));
        let answer = rig.stripe.refund(&request, rig.now()).await.unwrap();
        let RefundReport::Pending { refund_reference } = answer else { panic!("{answer:?}") };
        let is_refund = |event: &saldo_domain::provider::ProviderEvent| {
            matches!(event.subject, EventSubject::Refund(_) | EventSubject::RefundFailed { .. })
        };
        assert!(!rig.events().iter().any(is_refund));
        assert!(rig.double.settle_refund(&refund_reference, paid));
        let told: Vec<&str> = rig
            .events()
            .iter()
            .map(|event| match &event.subject {
                EventSubject::Refund(refund) if refund.refund_id == Some(request.refund_id) => "refund",
                EventSubject::RefundFailed { refund_id, .. } if *refund_id == Some(request.refund_id) => {
                    "refund_failed"
                }
                _ => "other",
            })
            .collect();
        assert_eq!(told, [expected]);
    }
}

#[tokio::test]
async fn a_refund_asked_for_on_another_day_is_given_once_and_tells_its_end() {
    let rig = StripeRig::start().await;
    let checkout = rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await.unwrap();
    rig.pay(&checkout.reference, How::Card);
    let Ok(CheckoutReport::Captured(capture)) = rig.stripe.find_checkout(&checkout.reference, rig.now()).await else {
        panic!("not paid")
    };
    rig.double.keep_refunds_pending(true);
    let request = give_back(3, &capture.payment_reference, mxn(1_000));
    let RefundReport::Pending { refund_reference } = rig.stripe.refund(&request, rig.now()).await.unwrap() else {
        panic!("not pending")
    };
    rig.clock().pass(2 * 86_400);
    rig.double.forget_keys();
    rig.double.settle_refund(&refund_reference, true);
    let again = rig.stripe.refund(&request, rig.now()).await.unwrap();
    assert!(matches!(again, RefundReport::Succeeded(_)), "{again:?}");
    assert_eq!(rig.double.counts().1, 1);
}

#[tokio::test]
async fn a_second_capture_is_told_under_a_name_of_its_own() {
    let rig = StripeRig::start().await;
    let checkout = rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await.unwrap();
    rig.pay(&checkout.reference, How::Card);
    assert!(rig.double.pay_again(&checkout.reference));
    let mut payments: Vec<String> = rig
        .reports(attempt(1))
        .into_iter()
        .filter_map(|report| match report {
            CheckoutReport::Captured(capture) => Some(capture.payment_reference),
            _ => None,
        })
        .collect();
    payments.dedup();
    assert_eq!(payments.len(), 2, "{payments:?}");
}

#[tokio::test]
async fn a_lost_event_is_made_good_by_asking() {
    let rig = StripeRig::start().await;
    let checkout = rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await.unwrap();
    rig.double.drop_next_events(10);
    rig.pay(&checkout.reference, How::Card);
    assert_eq!(rig.events(), []);
    let asked = rig.stripe.find_checkout(&checkout.reference, rig.now()).await.unwrap();
    assert!(matches!(asked, CheckoutReport::Captured(_)));
}

#[tokio::test]
async fn what_is_sent_names_the_attempt_and_fixes_the_amount() {
    let rig = StripeRig::start().await;
    let request = order(1, mxn(123_450), rig.now());
    rig.stripe.open_checkout(&request, rig.now()).await.unwrap();
    let sent = rig.double.requests().remove(0);
    let form = &sent.form;
    let id = attempt(1).to_string();
    assert_eq!(form["metadata"]["attempt_id"], id.as_str());
    assert_eq!(form["payment_intent_data"]["metadata"], form["metadata"]);
    assert_eq!(form["metadata"]["creditor_id"], request.creditor_id.to_string());
    assert_eq!(form["client_reference_id"], id.as_str());
    assert_eq!(form["mode"], "payment");
    assert_eq!(form["locale"], "es-419");
    assert_eq!(form["adaptive_pricing"]["enabled"], "false");
    assert_eq!(form["line_items"][0]["price_data"]["unit_amount"], "123450");
    assert_eq!(form["line_items"][0]["price_data"]["currency"], "mxn");
    assert_eq!(form["line_items"][0]["price_data"]["product_data"]["name"], request.description);
    assert_eq!(form["success_url"], request.success_url);
    assert_eq!(form["expires_at"], request.expires_at.as_second().to_string());
    assert_eq!(form["customer_email"], "ana@example.mx");
    assert_eq!(sent.account, None);
    rig.judge();
}

#[tokio::test]
async fn a_connected_account_is_named_in_every_request() {
    let rig = StripeRig::start_with(|config| config.account = Some("acct_1".to_owned())).await;
    rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await.unwrap();
    assert_eq!(rig.double.requests()[0].account.as_deref(), Some("acct_1"));
    assert_eq!(rig.stripe.account(), Some("acct_1"));
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_to_be_asked_again() {
    // Nothing listens on port 1.
    let rig = StripeRig::start_with(|config| config.base_url = Some("http://127.0.0.1:1".to_owned())).await;
    let answer = rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await;
    assert_eq!(told(&answer), Told::Retry, "{answer:?}");
}

#[tokio::test]
async fn a_fault_never_tells_the_key() {
    let rig = StripeRig::start().await;
    let answer = rig.stripe.open_checkout(&order(1, mxn(1), rig.now()), rig.now()).await;
    let fault = answer.unwrap_err();
    assert_eq!(fault.code(), "amount_too_small");
    assert!(!format!("{fault} {fault:?}").contains("never_print_me"));
}

#[tokio::test]
async fn an_event_signed_with_either_rolled_secret_is_genuine() {
    let secrets = ["whsec_new", WEBHOOK_SECRET].map(Secret::new).to_vec();
    let rig = StripeRig::start_with(|config| config.webhook_secrets = secrets.clone()).await;
    let checkout = rig.stripe.open_checkout(&order(1, mxn(5_000), rig.now()), rig.now()).await.unwrap();
    rig.pay(&checkout.reference, How::Card);
    let (_, body) = rig.deliveries().remove(0);
    for secret in &secrets {
        let signature = sign(secret, &body, rig.now());
        assert!(rig.stripe.verify_event(Some(&signature), &body, rig.now()).is_ok());
    }
}

#[test]
fn a_wrong_configuration_is_refused_before_anything_is_sent() {
    let config = || StripeConfig::new(Secret::new(SECRET_KEY), vec![Secret::new(WEBHOOK_SECRET)]);
    let with = |change: fn(&mut StripeConfig)| {
        let mut config = config();
        change(&mut config);
        Stripe::try_new(config).map(|stripe| stripe.mode().is_live()).map_err(|fault| fault.code().to_owned())
    };
    let refused = Err("provider_misconfigured".to_owned());
    assert_eq!(with(|_| {}), Ok(false));
    assert_eq!(with(|config| config.secret_key = Secret::new("rk_live_x")), Ok(true));
    assert_eq!(with(|config| config.secret_key = Secret::new("pk_live_x")), refused);
    assert_eq!(with(|config| config.secret_key = Secret::new("")), refused);
    assert_eq!(with(|config| config.webhook_secrets.clear()), refused);
    assert_eq!(with(|config| config.webhook_secrets.push(Secret::new(""))), refused);
    assert_eq!(with(|config| config.base_url = Some("http://stripe.example".to_owned())), refused);
    assert_eq!(with(|config| config.base_url = Some("stripe".to_owned())), refused);
}
