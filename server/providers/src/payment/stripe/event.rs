//! Stripe's events in our words. What we do not know becomes [`EventSubject::Other`]: kept and shown, never dropped.

use super::report::{capture, carried, moment, money, of_refund, reason_of};
use super::saved::{self, AUTOPAY};
use super::wire::{Charge, Dispute, Event, PaymentIntent, Refund, Session};
use crate::payment::{EventRefused, RefundReport};
use saldo_domain::calendar::Timestamp;
use saldo_domain::provider::{ChargebackStanding, CheckoutReport, EventSubject, ProviderChargeback, ProviderEvent};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a body whose signature proved genuine.
pub(super) fn read(body: &[u8]) -> Result<ProviderEvent, EventRefused> {
    let event: Event = serde_json::from_slice(body).map_err(|_| EventRefused::BodyUnreadable)?;
    let occurred_at = moment(event.created).ok_or(EventRefused::BodyUnreadable)?;
    let object = event.data.object;
    let object_reference = object.get("id").and_then(Value::as_str).map(str::to_owned);
    let subject =
        subject(&event.kind, object, occurred_at).unwrap_or(EventSubject::Other { kind: event.kind, object_reference });
    Ok(ProviderEvent {
        event_reference: event.id,
        occurred_at,
        live: event.livemode,
        provider_account: event.account,
        subject,
    })
}

fn subject(kind: &str, object: Value, occurred_at: Timestamp) -> Option<EventSubject> {
    match kind.split_once('.')? {
        ("checkout", _) => of_session(kind, &parsed(object)?, occurred_at),
        ("payment_intent", _) => of_payment(kind, &parsed(object)?, occurred_at),
        ("refund", "created" | "updated" | "failed") => of_refund_event(&parsed(object)?, occurred_at),
        ("charge", "refunded") => {
            let charge: Charge = parsed(object)?;
            let newest = charge.refunds?.data.into_iter().max_by_key(|refund| refund.created)?;
            of_refund_event(&newest, occurred_at)
        }
        ("charge", kind) => of_dispute(kind.strip_prefix("dispute.")?, &parsed(object)?, occurred_at),
        _ => None,
    }
}

fn of_session(kind: &str, session: &Session, occurred_at: Timestamp) -> Option<EventSubject> {
    if session.mode.as_deref() == Some("setup") {
        return of_setup(kind, session);
    }
    let report = match (kind, session.payment_status.as_deref()) {
        ("checkout.session.completed", Some("paid")) | ("checkout.session.async_payment_succeeded", _) => {
            CheckoutReport::Captured(capture(session, occurred_at)?)
        }
        ("checkout.session.completed", Some("unpaid")) => CheckoutReport::Pending,
        ("checkout.session.async_payment_failed", _) => CheckoutReport::Failed { reason: reason_of(session) },
        ("checkout.session.expired", _) => CheckoutReport::Expired,
        _ => return None,
    };
    Some(EventSubject::Checkout {
        attempt_id: carried(session.metadata.as_ref(), "attempt_id"),
        checkout_reference: session.id.clone(),
        report,
    })
}

/// Which method was saved is not in the event: it is asked for.
fn of_setup(kind: &str, session: &Session) -> Option<EventSubject> {
    let ended = matches!(kind, "checkout.session.completed" | "checkout.session.expired");
    ended.then(|| EventSubject::Setup { setup_id: saved::setup_id(session), setup_reference: session.id.clone() })
}

/// On a hosted page a failed try leaves the page open for another, so nothing here is its end; a charge of a saved method
/// has only one try.
fn of_payment(kind: &str, payment: &PaymentIntent, occurred_at: Timestamp) -> Option<EventSubject> {
    let autopay =
        payment.metadata.as_ref().and_then(|metadata| metadata.get("kind")).is_some_and(|kind| kind == AUTOPAY);
    let report = match kind {
        "payment_intent.succeeded"
        | "payment_intent.payment_failed"
        | "payment_intent.processing"
        | "payment_intent.requires_action"
        | "payment_intent.canceled"
            if autopay =>
        {
            saved::of_payment(payment, Some(occurred_at))?.into()
        }
        "payment_intent.payment_failed" => CheckoutReport::Open,
        "payment_intent.requires_action" => CheckoutReport::RequiresAction,
        _ => return None,
    };
    Some(EventSubject::Checkout {
        attempt_id: carried(payment.metadata.as_ref(), "attempt_id"),
        checkout_reference: payment.id.clone(),
        report,
    })
}

fn of_refund_event(refund: &Refund, occurred_at: Timestamp) -> Option<EventSubject> {
    match of_refund(refund, None, occurred_at)? {
        RefundReport::Succeeded(refund) => Some(EventSubject::Refund(refund)),
        RefundReport::Failed { refund_reference } => Some(EventSubject::RefundFailed {
            refund_id: carried(refund.metadata.as_ref(), "refund_id"),
            refund_reference,
        }),
        RefundReport::Pending { .. } => None,
    }
}

/// An inquiry (`warning_…`) moves no money, so it is only kept and shown.
fn of_dispute(kind: &str, dispute: &Dispute, occurred_at: Timestamp) -> Option<EventSubject> {
    let standing = match (kind, dispute.status.as_str()) {
        ("funds_reinstated", _) | ("closed" | "updated", "won") => ChargebackStanding::Won,
        ("closed" | "updated" | "created" | "funds_withdrawn", "lost") => ChargebackStanding::Lost,
        ("funds_withdrawn", _) | ("created", "needs_response" | "under_review") => ChargebackStanding::Opened,
        _ => return None,
    };
    Some(EventSubject::Chargeback(ProviderChargeback {
        chargeback_reference: dispute.id.clone(),
        payment_reference: dispute.payment_intent.as_ref()?.id().to_owned(),
        amount: money(dispute.amount, &dispute.currency).ok()?,
        standing,
        at: occurred_at,
    }))
}

fn parsed<T: DeserializeOwned>(object: Value) -> Option<T> {
    serde_json::from_value(object).ok()
}
