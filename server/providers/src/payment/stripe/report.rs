//! What Stripe's objects say, in our words. Used for answers and for events alike.

use super::currency;
use super::wire::{Charge, Expandable, PaymentError, PaymentIntent, Refund, Session};
use crate::payment::amount::rescale;
use crate::payment::{AmountRefused, ProviderFault, RefundReport};
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_domain::provider::{Capture, CheckoutReport, FailureReason, ProviderRefund};
use std::collections::HashMap;
use std::str::FromStr;

/// Methods that pull from a bank account and may come back days later.
const DEBITS: [&str; 8] = [
    "acss_debit",
    "au_becs_debit",
    "bacs_debit",
    "nz_bank_account",
    "pay_by_bank",
    "sepa_debit",
    "us_bank_account",
    "upi",
];
/// Methods that the debtor completes elsewhere (a shop, the own bank), which end unpaid rather than come back.
const VOUCHERS: [&str; 5] = ["boleto", "customer_balance", "konbini", "multibanco", "oxxo"];

/// An amount that Stripe wrote.
pub(super) fn money(minor: i64, code: &str) -> Result<Money, AmountRefused> {
    let usd = AmountRefused::CurrencyUnsupported { currency: Currency::USD };
    let currency = Currency::try_new(code).map_err(|_| usd)?;
    let minor = rescale(minor, currency::decimals(currency)?, currency.exponent(), currency)?;
    Ok(Money::new(minor, currency))
}

/// An id of ours that Stripe carries.
pub(super) fn carried<T: FromStr>(metadata: Option<&HashMap<String, String>>, key: &str) -> Option<T> {
    metadata?.get(key)?.parse().ok()
}

/// A moment that Stripe wrote.
pub(super) fn moment(seconds: i64) -> Option<Timestamp> {
    Timestamp::from_second(seconds).ok()
}

/// What a retrieved session says. Its payment must have been expanded.
pub(super) fn of_session(session: &Session) -> Result<CheckoutReport, ProviderFault> {
    let payment = session.payment_intent.as_ref().and_then(Expandable::object);
    let payment_status = payment.and_then(|payment| payment.status.as_deref());
    if session.payment_status.as_deref() == Some("paid") || payment_status == Some("succeeded") {
        let taken_at = payment.and_then(taken_at).ok_or_else(|| unreadable("a paid session without its payment"))?;
        return capture(session, taken_at)
            .map(CheckoutReport::Captured)
            .ok_or_else(|| unreadable("a paid session without amount or payment"));
    }
    match (session.status.as_deref(), payment_status) {
        (Some("expired"), _) => Ok(CheckoutReport::Expired),
        (Some("complete"), Some("requires_payment_method" | "canceled")) => {
            Ok(CheckoutReport::Failed { reason: reason_of(session) })
        }
        (Some("complete"), _) | (Some("open"), Some("processing")) => Ok(CheckoutReport::Pending),
        (Some("open"), Some("requires_action")) => Ok(CheckoutReport::RequiresAction),
        (Some("open"), _) => Ok(CheckoutReport::Open),
        _ => Err(unreadable("a session of no known status")),
    }
}

/// The money of a paid session; none where the object does not say how much or which payment.
pub(super) fn capture(session: &Session, captured_at: Timestamp) -> Option<Capture> {
    let payment = session.payment_intent.as_ref()?;
    let received = payment.object().and_then(|payment| Some((payment.amount_received?, payment.currency.as_deref()?)));
    let (minor, currency) = match received {
        Some((minor, currency)) if minor > 0 => (minor, currency),
        _ => (session.amount_total?, session.currency.as_deref()?),
    };
    Some(Capture { payment_reference: payment.id().to_owned(), amount: money(minor, currency).ok()?, captured_at })
}

/// When Stripe took the money: its charge's moment.
pub(super) fn taken_at(payment: &PaymentIntent) -> Option<Timestamp> {
    let charged =
        payment.latest_charge.as_ref().and_then(Expandable::object).and_then(|charge: &Charge| charge.created);
    moment(charged.or(payment.created)?)
}

/// Why a session that was submitted did not bring money: as its payment says, else as its methods allow to say.
pub(super) fn reason_of(session: &Session) -> FailureReason {
    let payment = session.payment_intent.as_ref().and_then(Expandable::object);
    match payment.and_then(|payment| payment.last_payment_error.as_ref()) {
        Some(error) => reason_of_error(error),
        None => {
            let offers = |methods: &[&str]| session.payment_method_types.iter().any(|kind| methods.contains(&&**kind));
            if offers(&DEBITS) && !offers(&VOUCHERS) { FailureReason::DebitReturned } else { FailureReason::Other }
        }
    }
}

pub(super) fn reason_of_error(error: &PaymentError) -> FailureReason {
    let method = error.payment_method.as_ref().and_then(|method| method.kind.as_deref()).unwrap_or_default();
    if DEBITS.contains(&method) {
        return FailureReason::DebitReturned;
    }
    match (error.code.as_deref(), error.decline_code.as_deref()) {
        (_, Some("insufficient_funds")) => FailureReason::InsufficientFunds,
        (Some("payment_intent_authentication_failure" | "authentication_required"), _)
        | (_, Some("authentication_required")) => FailureReason::AuthenticationFailed,
        (Some("card_declined"), _) => FailureReason::Declined,
        _ => FailureReason::Other,
    }
}

/// Where a refund stands; none where it belongs to no payment that we could name.
pub(super) fn of_refund(
    refund: &Refund,
    payment_reference: Option<&str>,
    otherwise_at: Timestamp,
) -> Option<RefundReport> {
    let refund_reference = refund.id.clone();
    match refund.status.as_deref() {
        Some("failed" | "canceled") => Some(RefundReport::Failed { refund_reference }),
        Some("succeeded") => {
            let named = refund.payment_intent.as_ref().map(|payment| payment.id().to_owned());
            Some(RefundReport::Succeeded(ProviderRefund {
                refund_reference,
                payment_reference: named.or_else(|| payment_reference.map(str::to_owned))?,
                refund_id: carried(refund.metadata.as_ref(), "refund_id"),
                amount: money(refund.amount, &refund.currency).ok()?,
                refunded_at: refund.created.and_then(moment).unwrap_or(otherwise_at),
            }))
        }
        _ => Some(RefundReport::Pending { refund_reference }),
    }
}

pub(super) fn unreadable(what: &str) -> ProviderFault {
    ProviderFault::Retry { detail: format!("the answer has an unexpected form: {what}") }
}
