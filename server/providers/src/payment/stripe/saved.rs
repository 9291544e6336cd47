//! Saved methods in Stripe's words: pages on which they are saved, charges while the debtor is away, and what those say.
//! async-stripe's own builders for payments are far larger than the few fields that are sent here, so these are written by
//! hand; Stripe's description of its API judges them in the tests.

use super::currency;
use super::report::{carried, moment, money, reason_of_error, taken_at, unreadable};
use super::request::{checked, locale};
use super::wire::{Declined, Expandable, PaymentIntent, Session, SetupIntent};
use crate::payment::{ChargeReport, ChargeSaved, FindCharge, OpenSetup, ProviderFault};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::SavedMethodId;
use saldo_domain::provider::{Capture, FailureReason, MethodExpiry, SavedMethodFacts, SetupReport};
use serde::Serialize;
use std::collections::BTreeMap;
use stripe_checkout::checkout_session::RetrieveCheckoutSession;
use stripe_client_core::{RequestBuilder, StripeMethod, StripeRequest};
use stripe_shared::CheckoutSessionLocale;

/// Only cards: they are saved at once, and answer at once when they are charged.
const KINDS: [&str; 1] = ["card"];
/// What marks a charge of a saved method in Stripe's metadata, against the payment of a hosted page.
pub(super) const AUTOPAY: &str = "autopay";
/// Many more than one debtor's charges of a few days.
const CHARGES_MAX: u8 = 100;
/// How much Stripe's clock may be behind ours.
const CLOCKS_DIFFER_SECONDS: i64 = 300;

#[derive(Serialize)]
struct Setup<'a> {
    mode: &'static str,
    payment_method_types: [&'static str; 1],
    customer_creation: &'static str,
    client_reference_id: String,
    metadata: &'a BTreeMap<&'static str, String>,
    setup_intent_data: SetupData<'a>,
    locale: CheckoutSessionLocale,
    expires_at: i64,
    success_url: &'a str,
    cancel_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_email: Option<&'a str>,
}

#[derive(Serialize)]
struct SetupData<'a> {
    metadata: &'a BTreeMap<&'static str, String>,
}

pub(super) fn open(request: &OpenSetup) -> RequestBuilder {
    let setup_id = request.setup_id.to_string();
    let metadata = BTreeMap::from([("setup_id", setup_id.clone()), ("creditor_id", request.creditor_id.to_string())]);
    RequestBuilder::new(StripeMethod::Post, "/checkout/sessions").form(&Setup {
        mode: "setup",
        payment_method_types: KINDS,
        customer_creation: "always",
        client_reference_id: setup_id,
        metadata: &metadata,
        setup_intent_data: SetupData { metadata: &metadata },
        locale: locale(&request.locale),
        expires_at: request.expires_at.as_second(),
        success_url: &request.success_url,
        cancel_url: &request.cancel_url,
        customer_email: request.debtor_email.as_deref(),
    })
}

pub(super) fn find(reference: &str) -> Result<RequestBuilder, ProviderFault> {
    let expand = vec!["setup_intent.payment_method".to_owned()];
    Ok(RetrieveCheckoutSession::new(checked(reference)?).expand(expand).build())
}

#[derive(Serialize)]
struct Charge<'a> {
    amount: i64,
    currency: stripe_types::Currency,
    customer: &'a str,
    payment_method: &'a str,
    payment_method_types: [&'static str; 1],
    confirm: bool,
    off_session: bool,
    description: String,
    metadata: BTreeMap<&'static str, String>,
    expand: [&'static str; 1],
}

pub(super) fn charge(request: &ChargeSaved, minor: i64) -> Result<RequestBuilder, ProviderFault> {
    let metadata = BTreeMap::from([
        ("attempt_id", request.attempt_id.to_string()),
        ("creditor_id", request.creditor_id.to_string()),
        ("kind", AUTOPAY.to_owned()),
    ]);
    Ok(RequestBuilder::new(StripeMethod::Post, "/payment_intents").form(&Charge {
        amount: minor,
        currency: currency::name(request.amount.currency())?,
        customer: &request.holder_reference,
        payment_method: &request.method_reference,
        payment_method_types: KINDS,
        confirm: true,
        off_session: true,
        description: request.description.chars().take(super::request::DESCRIPTION_CHARS_MAX).collect(),
        metadata,
        expand: ["latest_charge"],
    }))
}

#[derive(Serialize)]
struct Charges<'a> {
    customer: &'a str,
    created: Since,
    limit: u8,
    expand: [&'static str; 1],
}

#[derive(Serialize)]
struct Since {
    gte: i64,
}

/// A list is consistent at once; Stripe's search lags behind.
pub(super) fn list_charges(request: &FindCharge) -> RequestBuilder {
    RequestBuilder::new(StripeMethod::Get, "/payment_intents").query(&Charges {
        customer: &request.holder_reference,
        created: Since { gte: request.started_at.as_second() - CLOCKS_DIFFER_SECONDS },
        limit: CHARGES_MAX,
        expand: ["data.latest_charge"],
    })
}

pub(super) fn detach(method_reference: &str) -> Result<RequestBuilder, ProviderFault> {
    Ok(RequestBuilder::new(StripeMethod::Post, format!("/payment_methods/{}/detach", checked(method_reference)?)))
}

pub(super) fn find_method(method_reference: &str) -> Result<RequestBuilder, ProviderFault> {
    Ok(RequestBuilder::new(StripeMethod::Get, format!("/payment_methods/{}", checked(method_reference)?)))
}

/// The setup that a session belongs to; none where it is none of ours.
pub(super) fn setup_id(session: &Session) -> Option<SavedMethodId> {
    carried(session.metadata.as_ref(), "setup_id")
}

/// What a retrieved session says. Its setup and method must have been expanded.
pub(super) fn of_session(session: &Session) -> Result<SetupReport, ProviderFault> {
    let setup = session.setup_intent.as_ref().and_then(Expandable::object);
    match (session.status.as_deref(), setup.and_then(|setup| setup.status.as_deref())) {
        (_, Some("succeeded")) => facts(session, setup)
            .map(SetupReport::Saved)
            .ok_or_else(|| unreadable("a setup without its method or its holder")),
        (Some("expired"), _) => Ok(SetupReport::Expired),
        (Some("complete"), Some("requires_payment_method" | "canceled")) => {
            let error = setup.and_then(|setup| setup.last_setup_error.as_ref());
            Ok(SetupReport::Failed { reason: error.map_or(FailureReason::Other, reason_of_error) })
        }
        (Some("open" | "complete"), _) => Ok(SetupReport::Open),
        _ => Err(unreadable("a session of no known status")),
    }
}

fn facts(session: &Session, setup: Option<&SetupIntent>) -> Option<SavedMethodFacts> {
    let method = setup?.payment_method.as_ref()?.object()?;
    let holder = setup?.customer.as_ref().or(session.customer.as_ref())?;
    let card = method.card.as_ref();
    Some(SavedMethodFacts {
        holder_reference: holder.id().to_owned(),
        method_reference: method.id.clone(),
        kind: method.kind.clone(),
        brand: card.map(|card| card.brand.clone()).unwrap_or_default(),
        last4: card.map(|card| card.last4.clone()).unwrap_or_default(),
        expires: card.map(|card| MethodExpiry { year: card.exp_year, month: card.exp_month }),
    })
}

/// What a bank's no says.
pub(super) fn declined(declined: &Declined) -> ChargeReport {
    ChargeReport::failed(reason_of_error(&declined.error))
}

/// What a charge's payment says; none where it is unreadable. `otherwise_at` is when it was taken, where it does not say.
pub(super) fn of_payment(payment: &PaymentIntent, otherwise_at: Option<Timestamp>) -> Option<ChargeReport> {
    match payment.status.as_deref()? {
        "succeeded" => Some(ChargeReport::Captured(Capture {
            payment_reference: payment.id.clone(),
            amount: money(payment.amount_received?, payment.currency.as_deref()?).ok()?,
            captured_at: charged_at(payment).or(otherwise_at).or_else(|| taken_at(payment))?,
        })),
        "processing" => Some(ChargeReport::Pending),
        "requires_action" => Some(ChargeReport::AuthenticationNeeded),
        "requires_payment_method" | "canceled" => Some(match &payment.last_payment_error {
            Some(error) => ChargeReport::failed(reason_of_error(error)),
            None => ChargeReport::Failed { reason: FailureReason::Other },
        }),
        _ => None,
    }
}

fn charged_at(payment: &PaymentIntent) -> Option<Timestamp> {
    payment.latest_charge.as_ref().and_then(Expandable::object).and_then(|charge| moment(charge.created?))
}

/// The payment among a holder's payments that an attempt made.
pub(super) fn of_list(payments: &[PaymentIntent], request: &FindCharge) -> Result<Option<ChargeReport>, ProviderFault> {
    let ours = |payment: &&PaymentIntent| carried(payment.metadata.as_ref(), "attempt_id") == Some(request.attempt_id);
    payments
        .iter()
        .find(ours)
        .map(|payment| of_payment(payment, None).ok_or_else(|| unreadable("a charge of no known status")))
        .transpose()
}
