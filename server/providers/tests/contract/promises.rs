//! What every payment provider promises.

use crate::rig::{How, Rig, SECRET_KEY, WEBHOOK_SECRET, attempt, give_back, mxn, order};
use saldo_domain::currency::Currency;
use saldo_domain::ids::RefundId;
use saldo_domain::money::Money;
use saldo_domain::provider::{Capture, CheckoutReport, EventSubject, FailureReason};
use saldo_providers::payment::{EventRefused, ProviderFault, RefundReport};
use uuid::Uuid;

async fn opened(rig: &impl Rig, number: u128) -> String {
    rig.provider().open_checkout(&order(number, mxn(123_450), rig.now()), rig.now()).await.unwrap().reference
}

async fn report(rig: &impl Rig, reference: &str) -> CheckoutReport {
    rig.provider().find_checkout(reference, rig.now()).await.unwrap()
}

async fn paid(rig: &impl Rig, number: u128) -> Capture {
    let reference = opened(rig, number).await;
    rig.pay(&reference, How::Card);
    match report(rig, &reference).await {
        CheckoutReport::Captured(capture) => capture,
        other => panic!("not paid: {other:?}"),
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, ProviderFault>) -> String {
    answer.unwrap_err().code().to_owned()
}

pub async fn one_attempt_opens_one_checkout(rig: &impl Rig) {
    let request = order(1, mxn(123_450), rig.now());
    let first = rig.provider().open_checkout(&request, rig.now()).await.unwrap();
    rig.clock().pass(40 * 60);
    let second = rig.provider().open_checkout(&request, rig.now()).await.unwrap();
    let other = rig.provider().open_checkout(&order(2, mxn(123_450), rig.now()), rig.now()).await.unwrap();
    assert_eq!(first, second);
    assert_ne!(first.reference, other.reference);
    assert!(first.url.contains(&first.reference), "{}", first.url);
}

pub async fn an_attempt_with_other_terms_is_refused(rig: &impl Rig) {
    opened(rig, 1).await;
    let again = rig.provider().open_checkout(&order(1, mxn(999), rig.now()), rig.now()).await;
    assert!(matches!(again, Err(ProviderFault::Refused { .. })), "{again:?}");
}

pub async fn an_open_checkout_says_so(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    assert_eq!(report(rig, &reference).await, CheckoutReport::Open);
    assert_eq!(rig.reports(attempt(1)), []);
}

pub async fn event_and_question_name_the_same_capture(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    rig.clock().pass(61);
    rig.pay(&reference, How::Card);
    let asked = report(rig, &reference).await;
    let CheckoutReport::Captured(capture) = &asked else { panic!("not paid: {asked:?}") };
    assert_eq!(capture.amount, mxn(123_450));
    assert_eq!(capture.captured_at, rig.now());
    let told = rig.events();
    assert!(told.iter().all(|event| !event.live && event.provider_account.is_none()));
    let told: Vec<_> = told
        .into_iter()
        .filter_map(|event| match event.subject {
            EventSubject::Checkout { attempt_id, checkout_reference, report } => {
                Some((attempt_id, checkout_reference, report))
            }
            _ => None,
        })
        .collect();
    assert!(!told.is_empty());
    for event in told {
        assert_eq!(event, (Some(attempt(1)), reference.clone(), asked.clone()));
    }
}

pub async fn every_currency_comes_back_as_it_was_asked(rig: &impl Rig) {
    let table = [
        ("MXN", 123_450),
        ("COP", 1_250_000),
        ("PEN", 99_90),
        ("CLP", 12_500),
        ("ARS", 500_000),
        ("UYU", 7_001),
        ("PYG", 150_000),
        ("BOB", 6_960),
        ("BRL", 10_01),
        ("USD", 50),
        ("EUR", 19_99),
        ("ISK", 5),
        ("UGX", 40),
        ("MGA", 50_00),
        ("KWD", 5_120),
    ];
    for (number, (code, minor)) in (1..).zip(table) {
        let amount = Money::new(minor, Currency::try_new(code).unwrap());
        let checkout = rig.provider().open_checkout(&order(number, amount, rig.now()), rig.now()).await.unwrap();
        rig.pay(&checkout.reference, How::Card);
        let CheckoutReport::Captured(capture) = report(rig, &checkout.reference).await else { panic!("{code}") };
        assert_eq!(capture.amount, amount, "{code}");
        let told = rig.reports(attempt(number));
        assert!(told.contains(&CheckoutReport::Captured(capture)), "{code}: {told:?}");
    }
}

pub async fn a_declined_card_leaves_the_checkout_open(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    for how in [How::Declined, How::NoMoney] {
        rig.pay(&reference, how);
        assert_eq!(report(rig, &reference).await, CheckoutReport::Open);
    }
    assert!(rig.reports(attempt(1)).iter().all(|report| *report == CheckoutReport::Open));
    rig.pay(&reference, How::Card);
    assert!(matches!(report(rig, &reference).await, CheckoutReport::Captured(_)));
}

pub async fn a_challenge_waits_for_the_debtor_and_then_pays(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    rig.pay(&reference, How::Challenged);
    assert_eq!(report(rig, &reference).await, CheckoutReport::RequiresAction);
    assert!(rig.reports(attempt(1)).contains(&CheckoutReport::RequiresAction));
    rig.answer_challenge(&reference, true);
    let asked = report(rig, &reference).await;
    assert!(matches!(asked, CheckoutReport::Captured(_)), "{asked:?}");
    assert!(rig.reports(attempt(1)).contains(&asked));
}

pub async fn a_refused_challenge_leaves_the_checkout_open(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    rig.pay(&reference, How::Challenged);
    rig.answer_challenge(&reference, false);
    assert_eq!(report(rig, &reference).await, CheckoutReport::Open);
    rig.pay(&reference, How::Card);
    assert!(matches!(report(rig, &reference).await, CheckoutReport::Captured(_)));
}

pub async fn a_pending_debit_pays_later(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    rig.pay(&reference, How::DebitThatPays);
    assert_eq!(report(rig, &reference).await, CheckoutReport::Pending);
    assert!(rig.reports(attempt(1)).contains(&CheckoutReport::Pending));
    rig.let_the_bank_answer(&reference, How::DebitThatPays);
    let CheckoutReport::Captured(asked) = report(rig, &reference).await else { panic!("not paid") };
    assert_eq!(asked.amount, mxn(123_450));
    let told = rig.reports(attempt(1)).into_iter().find_map(|report| match report {
        CheckoutReport::Captured(capture) => Some(capture.payment_reference),
        _ => None,
    });
    assert_eq!(told, Some(asked.payment_reference));
}

pub async fn a_debit_that_comes_back_fails_and_says_why(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    rig.pay(&reference, How::DebitThatReturns);
    rig.let_the_bank_answer(&reference, How::DebitThatReturns);
    let failed = CheckoutReport::Failed { reason: FailureReason::DebitReturned };
    assert_eq!(report(rig, &reference).await, failed);
    assert!(rig.reports(attempt(1)).contains(&failed));
}

pub async fn a_checkout_that_nobody_uses_expires(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    rig.clock().pass(60 * 60);
    assert_eq!(report(rig, &reference).await, CheckoutReport::Expired);
    assert!(rig.reports(attempt(1)).contains(&CheckoutReport::Expired));
}

pub async fn an_expired_checkout_takes_no_money(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    let ended = rig.provider().expire_checkout(&reference, rig.now()).await.unwrap();
    assert_eq!(ended, CheckoutReport::Expired);
    rig.pay(&reference, How::Card);
    assert_eq!(report(rig, &reference).await, CheckoutReport::Expired);
    let again = rig.provider().expire_checkout(&reference, rig.now()).await.unwrap();
    assert_eq!(again, CheckoutReport::Expired);
    assert!(rig.reports(attempt(1)).iter().all(|report| *report == CheckoutReport::Expired));
}

pub async fn expiring_a_paid_checkout_tells_the_capture(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    rig.pay(&reference, How::Card);
    let ended = rig.provider().expire_checkout(&reference, rig.now()).await.unwrap();
    assert_eq!(ended, report(rig, &reference).await);
    assert!(matches!(ended, CheckoutReport::Captured(_)), "{ended:?}");
}

pub async fn repeated_deliveries_share_their_name(rig: &impl Rig) {
    rig.deliver_twice();
    let reference = opened(rig, 1).await;
    rig.pay(&reference, How::Card);
    let events = rig.events();
    assert!(events.len() >= 2);
    for event in &events {
        let same = events.iter().filter(|other| other.event_reference == event.event_reference);
        assert!(same.clone().all(|other| other == event));
        assert_eq!(same.count(), 2, "{}", event.event_reference);
    }
}

pub async fn a_refund_is_given_once(rig: &impl Rig) {
    let payment = paid(rig, 1).await.payment_reference;
    let request = give_back(7, &payment, mxn(23_450));
    assert_eq!(rig.provider().find_refund(&request, rig.now()).await.unwrap(), None);
    let first = rig.provider().refund(&request, rig.now()).await.unwrap();
    let second = rig.provider().refund(&request, rig.now()).await.unwrap();
    assert_eq!(first, second);
    let RefundReport::Succeeded(refund) = &first else { panic!("{first:?}") };
    assert_eq!(refund.payment_reference, payment);
    assert_eq!(refund.refund_id, Some(request.refund_id));
    assert_eq!(refund.amount, mxn(23_450));
    assert_eq!(rig.provider().find_refund(&request, rig.now()).await.unwrap(), Some(first));
}

pub async fn part_refunds_never_exceed_the_payment(rig: &impl Rig) {
    let payment = paid(rig, 1).await.payment_reference;
    let refund = |number, minor| give_back(number, &payment, mxn(minor));
    assert!(rig.provider().refund(&refund(1, 100_000), rig.now()).await.is_ok());
    let above = rig.provider().refund(&refund(2, 23_451), rig.now()).await;
    assert!(matches!(above, Err(ProviderFault::Refused { .. })), "{above:?}");
    assert!(rig.provider().refund(&refund(3, 23_450), rig.now()).await.is_ok());
    let nothing = rig.provider().refund(&refund(4, 1), rig.now()).await;
    assert!(matches!(nothing, Err(ProviderFault::Refused { .. })), "{nothing:?}");
    let zero = rig.provider().refund(&refund(5, 0), rig.now()).await;
    assert_eq!(code(zero), "amount_not_positive");
}

pub async fn a_refund_event_names_our_refund(rig: &impl Rig) {
    let payment = paid(rig, 1).await.payment_reference;
    let answer = rig.provider().refund(&give_back(7, &payment, mxn(1_000)), rig.now()).await.unwrap();
    let RefundReport::Succeeded(answered) = answer else { panic!("{answer:?}") };
    let told: Vec<_> = rig
        .events()
        .into_iter()
        .filter_map(|event| match event.subject {
            EventSubject::Refund(refund) => Some(refund),
            _ => None,
        })
        .collect();
    assert!(!told.is_empty());
    assert!(told.iter().all(|refund| *refund == answered));
    assert_eq!(answered.refund_id, Some(RefundId(Uuid::from_u128(0xF007))));
}

pub async fn what_does_not_exist_is_refused(rig: &impl Rig) {
    let unknown = "cs_test_000000000000000000000000000000";
    assert_eq!(code(rig.provider().find_checkout(unknown, rig.now()).await), "resource_missing");
    assert_eq!(code(rig.provider().expire_checkout(unknown, rig.now()).await), "resource_missing");
    let refund = give_back(1, "pi_unknown", mxn(1));
    assert_eq!(code(rig.provider().refund(&refund, rig.now()).await), "resource_missing");
    for odd in ["", "../refunds", "cs?x", "cs/1"] {
        let answer = rig.provider().find_checkout(odd, rig.now()).await;
        assert!(matches!(answer, Err(ProviderFault::Refused { .. })), "{odd}: {answer:?}");
    }
}

pub async fn a_forged_changed_or_old_event_is_refused(rig: &impl Rig) {
    let reference = opened(rig, 1).await;
    rig.pay(&reference, How::Card);
    let (signature, body) = rig.deliveries().remove(0);
    let verify = |signature: Option<&str>, body: &[u8]| rig.provider().verify_event(signature, body, rig.now());
    assert!(verify(Some(&signature), &body).is_ok());
    assert_eq!(verify(None, &body), Err(EventRefused::SignatureMissing));
    assert_eq!(verify(Some("t=1"), &body), Err(EventRefused::SignatureMalformed));
    let mut changed = body.clone();
    *changed.last_mut().unwrap() = b' ';
    assert_eq!(verify(Some(&signature), &changed), Err(EventRefused::SignatureWrong));
    rig.clock().pass(301);
    let late = rig.provider().verify_event(Some(&signature), &body, rig.now());
    assert_eq!(late, Err(EventRefused::TooOld));
}

pub async fn nothing_secret_is_printed(rig: &impl Rig) {
    let printed = format!("{:?}", rig.provider());
    for secret in [WEBHOOK_SECRET, SECRET_KEY, "never_print_me"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
