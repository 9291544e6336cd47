use super::{Stripe, StripeConfig, event, request};
use crate::Secret;
use crate::payment::{OpenCheckout, PaymentProvider};
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AttemptId, CreditorId, RefundId};
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;
use saldo_domain::provider::{Capture, CheckoutReport, EventSubject, FailureReason, ProviderRefund};
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) const ATTEMPT: &str = "0192f000-0000-7000-8000-000000000001";
const REFUND: &str = "0192f000-0000-7000-8000-000000000002";
const CREATED: i64 = 1_790_000_000;

fn stripe() -> Stripe {
    Stripe::try_new(StripeConfig::new(Secret::new("sk_test_x"), vec![Secret::new("whsec_x")])).unwrap()
}

pub(super) fn money(code: &str, minor: i64) -> Money {
    Money::new(minor, Currency::try_new(code).unwrap())
}

#[test]
fn amounts_are_written_in_stripes_minor_units() {
    let refused = |code: &str| Err(code.to_owned());
    // Currency, our minor units, Stripe's.
    let table = [
        ("USD", 1_000, Ok(1_000)),
        ("MXN", 123_450, Ok(123_450)),
        ("COP", 1_250_000, Ok(1_250_000)),
        ("CLP", 12_500, Ok(12_500)),
        ("PYG", 150_000, Ok(150_000)),
        ("JPY", 500, Ok(500)),
        ("ISK", 5, Ok(500)),
        ("UGX", 5, Ok(500)),
        ("HUF", 1_045, Ok(1_045)),
        ("TWD", 80_045, Ok(80_045)),
        ("MGA", 5_000, Ok(50)),
        ("MGA", 5_020, refused("amount_not_payable")),
        ("KWD", 5_120, Ok(5_120)),
        ("KWD", 5_124, refused("amount_not_payable")),
        ("TND", 10, Ok(10)),
        ("IRR", 1_000, refused("currency_unsupported")),
        ("CLF", 1_000, refused("currency_unsupported")),
        ("USD", 0, refused("amount_not_positive")),
        ("USD", -1, refused("amount_not_positive")),
        ("UGX", i64::MAX, refused("amount_overflow")),
    ];
    for (code, ours, expected) in table {
        let answer = stripe().to_provider_minor(money(code, ours)).map_err(|refused| refused.code().to_owned());
        assert_eq!(answer, expected, "{code} {ours}");
        if let Ok(theirs) = answer {
            assert_eq!(
                stripe().money_of_provider_minor(theirs, Currency::try_new(code).unwrap()),
                Ok(money(code, ours))
            );
        }
    }
    assert!(stripe().money_of_provider_minor(550, Currency::try_new("ISK").unwrap()).is_err());
}

#[test]
fn the_page_speaks_the_nearest_language() {
    let table = [
        (Language::Es, "MX", "es-419"),
        (Language::Es, "", "es-419"),
        (Language::Es, "ES", "es"),
        (Language::Pt, "BR", "pt-BR"),
        (Language::Pt, "PT", "pt"),
        (Language::En, "US", "en"),
        (Language::En, "GB", "en-GB"),
    ];
    for (language, country, expected) in table {
        let order = OpenCheckout {
            attempt_id: AttemptId(Uuid::nil()),
            creditor_id: CreditorId(Uuid::nil()),
            debtor_email: None,
            amount: money("MXN", 100),
            description: "x".repeat(9_999),
            locale: Locale::new(language, country),
            success_url: "https://a".to_owned(),
            cancel_url: "https://b".to_owned(),
            expires_at: at(3_600),
        };
        let body = request::open(&order, 100).unwrap().body.unwrap();
        assert!(body.split('&').any(|pair| pair == format!("locale={expected}")), "{expected}: {body}");
        assert!(!body.contains("customer_email"));
        assert!(body.len() < 2_000, "the description is cut");
    }
}

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(CREATED + seconds).unwrap()
}

pub(super) fn read(kind: &str, object: &Value) -> EventSubject {
    let event = json!({
        "id": "evt_1", "object": "event", "type": kind, "created": CREATED, "livemode": true, "account": "acct_1",
        "data": {"object": object, "previous_attributes": {"a": 1}}, "something_new": {"b": [1, 2]},
    });
    let event = event::read(event.to_string().as_bytes()).unwrap();
    assert_eq!((event.event_reference.as_str(), event.live), ("evt_1", true));
    assert_eq!((event.provider_account.as_deref(), event.occurred_at), (Some("acct_1"), at(0)));
    event.subject
}

pub(super) fn session(fields: Value) -> Value {
    let mut session = json!({
        "id": "cs_1", "object": "checkout.session", "amount_total": 12_500, "currency": "clp", "status": "complete",
        "payment_intent": "pi_1", "payment_status": "paid", "metadata": {"attempt_id": ATTEMPT},
        "payment_method_types": ["card"], "a_field_of_tomorrow": {"x": null},
    });
    for (name, value) in fields.as_object().unwrap() {
        session[name] = value.clone();
    }
    session
}

#[test]
fn a_session_event_says_what_became_of_the_attempt() {
    let captured = CheckoutReport::Captured(Capture {
        payment_reference: "pi_1".to_owned(),
        amount: money("CLP", 12_500),
        captured_at: at(0),
    });
    let failed = |reason| CheckoutReport::Failed { reason };
    let table = [
        ("checkout.session.completed", json!({}), captured.clone()),
        ("checkout.session.completed", json!({"payment_intent": {"id": "pi_1"}}), captured.clone()),
        ("checkout.session.completed", json!({"payment_status": "unpaid"}), CheckoutReport::Pending),
        ("checkout.session.async_payment_succeeded", json!({}), captured),
        (
            "checkout.session.async_payment_failed",
            json!({"payment_method_types": ["card", "us_bank_account"]}),
            failed(FailureReason::DebitReturned),
        ),
        (
            "checkout.session.async_payment_failed",
            json!({"payment_method_types": ["card", "oxxo"]}),
            failed(FailureReason::Other),
        ),
        (
            "checkout.session.async_payment_failed",
            json!({"payment_method_types": ["sepa_debit", "oxxo"]}),
            failed(FailureReason::Other),
        ),
        ("checkout.session.expired", json!({"status": "expired", "payment_intent": null}), CheckoutReport::Expired),
    ];
    for (kind, fields, expected) in table {
        let subject = read(kind, &session(fields.clone()));
        let expected = EventSubject::Checkout {
            attempt_id: Some(ATTEMPT.parse().unwrap()),
            checkout_reference: "cs_1".to_owned(),
            report: expected,
        };
        assert_eq!(subject, expected, "{kind} {fields}");
    }
}

#[test]
fn a_session_that_is_not_ours_has_no_attempt() {
    for metadata in [json!({}), json!(null), json!({"attempt_id": "order 7"}), json!({"order": ATTEMPT})] {
        let subject = read("checkout.session.completed", &session(json!({"metadata": metadata})));
        assert!(matches!(subject, EventSubject::Checkout { attempt_id: None, .. }), "{subject:?}");
    }
}

#[test]
fn a_failed_or_challenged_try_is_not_the_end() {
    let table = [
        ("payment_intent.payment_failed", CheckoutReport::Open),
        ("payment_intent.requires_action", CheckoutReport::RequiresAction),
    ];
    for (kind, report) in table {
        let subject = read(kind, &json!({"id": "pi_1", "metadata": {"attempt_id": ATTEMPT}}));
        let attempt_id = Some(ATTEMPT.parse().unwrap());
        assert_eq!(subject, EventSubject::Checkout { attempt_id, checkout_reference: "pi_1".to_owned(), report });
    }
}

#[test]
fn a_refund_event_says_whether_the_money_is_back() {
    let refund = |status: &str| {
        json!({
            "id": "re_1", "object": "refund", "amount": 500, "currency": "isk", "status": status, "created": CREATED - 5,
            "payment_intent": "pi_1", "metadata": {"refund_id": REFUND},
        })
    };
    let refund_id: Option<RefundId> = Some(REFUND.parse().unwrap());
    let back = EventSubject::Refund(ProviderRefund {
        refund_reference: "re_1".to_owned(),
        payment_reference: "pi_1".to_owned(),
        refund_id,
        amount: money("ISK", 5),
        refunded_at: at(-5),
    });
    let failed = EventSubject::RefundFailed { refund_id, refund_reference: "re_1".to_owned() };
    let other =
        |kind: &str, id: &str| EventSubject::Other { kind: kind.to_owned(), object_reference: Some(id.to_owned()) };
    let table = [
        ("refund.created", refund("succeeded"), back.clone()),
        ("refund.updated", refund("succeeded"), back.clone()),
        ("refund.created", refund("pending"), other("refund.created", "re_1")),
        ("refund.updated", refund("requires_action"), other("refund.updated", "re_1")),
        ("refund.failed", refund("failed"), failed.clone()),
        ("refund.updated", refund("canceled"), failed),
        ("charge.refunded", json!({"id": "ch_1"}), other("charge.refunded", "ch_1")),
        ("charge.refunded", json!({"id": "ch_1", "refunds": {"data": [refund("succeeded")]}}), back),
    ];
    for (kind, object, expected) in table {
        assert_eq!(read(kind, &object), expected, "{kind} {object}");
    }
}

#[test]
fn what_is_unknown_or_incomplete_is_kept_and_not_guessed() {
    let table = [
        ("payout.paid", json!({"id": "po_1"}), Some("po_1")),
        ("charge.dispute.created", json!({"id": "du_1"}), Some("du_1")),
        ("checkout.session.completed", session(json!({"payment_intent": null})), Some("cs_1")),
        ("checkout.session.completed", session(json!({"amount_total": null})), Some("cs_1")),
        ("checkout.session.completed", session(json!({"currency": "zzz"})), Some("cs_1")),
        ("checkout.session.completed", session(json!({"currency": "isk", "amount_total": 550})), Some("cs_1")),
        ("checkout.session.completed", session(json!({"payment_status": "no_payment_required"})), Some("cs_1")),
        ("checkout.session.tomorrow", session(json!({})), Some("cs_1")),
        ("payment_intent.succeeded", json!({"id": "pi_1"}), Some("pi_1")),
        ("balance.available", json!({}), None),
        ("word", json!([]), None),
    ];
    for (kind, object, reference) in table {
        let expected = EventSubject::Other { kind: kind.to_owned(), object_reference: reference.map(str::to_owned) };
        assert_eq!(read(kind, &object), expected, "{object}");
    }
    for body in ["", "{}", "[]", "null", r#"{"id":"evt_1"}"#, "\u{feff}{}"] {
        assert!(event::read(body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn no_value_in_any_field_breaks_the_reading() {
    let refund = json!({
        "id": "re_1", "amount": 500, "currency": "isk", "status": "succeeded", "created": CREATED, "payment_intent": "pi_1",
        "metadata": {"refund_id": REFUND},
    });
    let payment =
        json!({"id": "pi_1", "created": CREATED, "metadata": {"attempt_id": ATTEMPT}, "latest_charge": "ch_1"});
    let objects = [
        ("checkout.session.completed", session(json!({}))),
        ("checkout.session.completed", session(json!({"payment_intent": payment}))),
        ("payment_intent.payment_failed", payment.clone()),
        ("refund.updated", refund.clone()),
        ("charge.refunded", json!({"id": "ch_1", "refunds": {"data": [refund]}})),
    ];
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(1.5),
        json!(""),
        json!("x"),
        json!([]),
        json!({}),
        json!([{}]),
        json!({"data": [null]}),
    ];
    for (kind, object) in &objects {
        for field in object.as_object().unwrap().keys() {
            for value in &values {
                let mut odd = object.clone();
                odd[field] = value.clone();
                if let EventSubject::Checkout { report: CheckoutReport::Captured(capture), .. } = read(kind, &odd) {
                    let is_amount = field == "amount_total" && value.is_i64();
                    assert!(is_amount || capture.amount == money("CLP", 12_500), "{field} = {value}");
                }
            }
        }
    }
}
