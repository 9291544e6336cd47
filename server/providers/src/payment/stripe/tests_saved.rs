//! How Stripe's events about saved methods and disputes are read.

use super::tests::{ATTEMPT, at, money, read, session};
use saldo_domain::provider::{
    Capture, ChargebackStanding, CheckoutReport, EventSubject, FailureReason, ProviderChargeback,
};
use serde_json::json;

#[test]
fn a_charge_of_a_saved_method_ends_with_its_only_try() {
    let error = |code: &str, decline: &str| json!({"code": code, "decline_code": decline});
    let failed = |reason| CheckoutReport::Failed { reason };
    let captured = CheckoutReport::Captured(Capture {
        payment_reference: "pi_1".to_owned(),
        amount: money("CLP", 500),
        captured_at: at(0),
    });
    let table = [
        ("succeeded", "succeeded", json!(null), captured),
        ("processing", "processing", json!(null), CheckoutReport::Pending),
        (
            "payment_failed",
            "requires_payment_method",
            error("card_declined", "insufficient_funds"),
            failed(FailureReason::InsufficientFunds),
        ),
        (
            "payment_failed",
            "requires_payment_method",
            error("authentication_required", "authentication_required"),
            failed(FailureReason::AuthenticationFailed),
        ),
        ("requires_action", "requires_action", json!(null), failed(FailureReason::AuthenticationFailed)),
        ("canceled", "canceled", json!(null), failed(FailureReason::Other)),
    ];
    for (word, status, error, report) in table {
        let object = json!({
            "id": "pi_1", "status": status, "amount_received": 500, "currency": "clp", "last_payment_error": error,
            "latest_charge": "ch_1", "metadata": {"attempt_id": ATTEMPT, "kind": "autopay"},
        });
        let attempt_id = Some(ATTEMPT.parse().unwrap());
        let expected = EventSubject::Checkout { attempt_id, checkout_reference: "pi_1".to_owned(), report };
        assert_eq!(read(&format!("payment_intent.{word}"), &object), expected, "{word}");
    }
}

#[test]
fn a_page_for_saving_tells_that_it_has_ended() {
    let table = [
        ("checkout.session.completed", json!({"setup_id": ATTEMPT}), Some(ATTEMPT.parse().unwrap())),
        ("checkout.session.expired", json!({"setup_id": ATTEMPT}), Some(ATTEMPT.parse().unwrap())),
        ("checkout.session.completed", json!({}), None),
    ];
    for (kind, metadata, setup_id) in table {
        let object = session(json!({
            "mode": "setup", "payment_status": "no_payment_required", "payment_intent": null, "metadata": metadata,
        }));
        assert_eq!(read(kind, &object), EventSubject::Setup { setup_id, setup_reference: "cs_1".to_owned() }, "{kind}");
    }
}

#[test]
fn a_dispute_moves_money_only_where_it_says_so() {
    use ChargebackStanding::{Lost, Opened, Won};
    let table = [
        ("created", "needs_response", Some(Opened)),
        ("created", "warning_needs_response", None),
        ("updated", "under_review", None),
        ("updated", "warning_under_review", None),
        ("funds_withdrawn", "needs_response", Some(Opened)),
        ("funds_withdrawn", "lost", Some(Lost)),
        ("created", "lost", Some(Lost)),
        ("closed", "lost", Some(Lost)),
        ("closed", "won", Some(Won)),
        ("closed", "warning_closed", None),
        ("closed", "prevented", None),
        ("funds_reinstated", "won", Some(Won)),
        ("funds_reinstated", "under_review", Some(Won)),
    ];
    for (word, status, standing) in table {
        let kind = format!("charge.dispute.{word}");
        let object =
            json!({"id": "du_1", "amount": 500, "currency": "isk", "status": status, "payment_intent": "pi_1"});
        let expected = match standing {
            Some(standing) => EventSubject::Chargeback(ProviderChargeback {
                chargeback_reference: "du_1".to_owned(),
                payment_reference: "pi_1".to_owned(),
                amount: money("ISK", 5),
                standing,
                at: at(0),
            }),
            None => EventSubject::Other { kind: kind.clone(), object_reference: Some("du_1".to_owned()) },
        };
        assert_eq!(read(&kind, &object), expected, "{word} {status}");
    }
}
