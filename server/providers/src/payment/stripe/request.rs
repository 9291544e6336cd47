//! Our requests in Stripe's words, typed by async-stripe.

use super::currency;
use crate::payment::{OpenCheckout, ProviderFault, RefundReason, RefundRequest};
use saldo_domain::locale::{Language, Locale};
use std::collections::HashMap;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAdaptivePricing, CreateCheckoutSessionLineItems,
    CreateCheckoutSessionLineItemsPriceData, CreateCheckoutSessionPaymentIntentData, ExpireCheckoutSession,
    ProductData, RetrieveCheckoutSession,
};
use stripe_client_core::{RequestBuilder, StripeRequest};
use stripe_core::refund::{CreateRefund, CreateRefundReason, ListRefund};
use stripe_shared::{CheckoutSessionLocale, CheckoutSessionMode, CheckoutSessionSubmitType};

/// What an answer about a checkout must bring along: the payment and its charge.
const WITH_PAYMENT: [&str; 1] = ["payment_intent.latest_charge"];
/// Stripe's own limit to a description on its page.
pub(super) const DESCRIPTION_CHARS_MAX: usize = 250;
/// Many more than one payment's refunds.
const REFUNDS_MAX: i64 = 100;

pub(super) fn open(request: &OpenCheckout, minor: i64) -> Result<RequestBuilder, ProviderFault> {
    let attempt = request.attempt_id.to_string();
    let metadata = HashMap::from([
        ("attempt_id".to_owned(), attempt.clone()),
        ("creditor_id".to_owned(), request.creditor_id.to_string()),
    ]);
    let description: String = request.description.chars().take(DESCRIPTION_CHARS_MAX).collect();

    let mut price = CreateCheckoutSessionLineItemsPriceData::new(currency::name(request.amount.currency())?);
    price.unit_amount = Some(minor);
    price.product_data = Some(ProductData::new(description.clone()));
    let mut line = CreateCheckoutSessionLineItems::new();
    line.price_data = Some(price);
    line.quantity = Some(1);
    let mut payment = CreateCheckoutSessionPaymentIntentData::new();
    payment.metadata = Some(metadata.clone());
    payment.description = Some(description);
    // The amount and its currency are the ledger's: Stripe shall not offer another.
    let mut pricing = CreateCheckoutSessionAdaptivePricing::new();
    pricing.enabled = Some(false);

    let mut session = CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .submit_type(CheckoutSessionSubmitType::Pay)
        .line_items(vec![line])
        .payment_intent_data(payment)
        .metadata(metadata)
        .client_reference_id(attempt)
        .adaptive_pricing(pricing)
        .locale(locale(&request.locale))
        .expires_at(request.expires_at.as_second())
        .success_url(request.success_url.clone())
        .cancel_url(request.cancel_url.clone());
    if let Some(email) = &request.debtor_email {
        session = session.customer_email(email.clone());
    }
    Ok(session.build())
}

pub(super) fn find(reference: &str) -> Result<RequestBuilder, ProviderFault> {
    let expand = WITH_PAYMENT.map(str::to_owned).to_vec();
    Ok(RetrieveCheckoutSession::new(checked(reference)?).expand(expand).build())
}

pub(super) fn expire(reference: &str) -> Result<RequestBuilder, ProviderFault> {
    let expand = WITH_PAYMENT.map(str::to_owned).to_vec();
    Ok(ExpireCheckoutSession::new(checked(reference)?).expand(expand).build())
}

pub(super) fn refund(request: &RefundRequest, minor: i64) -> RequestBuilder {
    let refund = CreateRefund::new()
        .payment_intent(request.payment_reference.clone())
        .amount(minor)
        .metadata(HashMap::from([("refund_id".to_owned(), request.refund_id.to_string())]));
    match request.reason {
        RefundReason::RequestedByDebtor => refund.reason(CreateRefundReason::RequestedByCustomer).build(),
        RefundReason::Duplicate => refund.reason(CreateRefundReason::Duplicate).build(),
        RefundReason::Other => refund.build(),
    }
}

pub(super) fn list_refunds(payment_reference: &str) -> RequestBuilder {
    ListRefund::new().payment_intent(payment_reference.to_owned()).limit(REFUNDS_MAX).build()
}

/// A reference becomes part of a path, so it must be a plain word.
pub(super) fn checked(reference: &str) -> Result<&str, ProviderFault> {
    let plain = reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && (1..=255).contains(&reference.len()) {
        Ok(reference)
    } else {
        Err(ProviderFault::refused("reference_invalid", "not a reference of Stripe"))
    }
}

/// The nearest of the languages that Stripe's page speaks.
pub(super) fn locale(locale: &Locale) -> CheckoutSessionLocale {
    match (locale.language, locale.country.as_str()) {
        (Language::Es, "ES") => CheckoutSessionLocale::Es,
        (Language::Es, _) => CheckoutSessionLocale::EsMinus419,
        (Language::Pt, "PT") => CheckoutSessionLocale::Pt,
        (Language::Pt, _) => CheckoutSessionLocale::PtMinusBr,
        (Language::En, "GB") => CheckoutSessionLocale::EnMinusGb,
        (Language::En, _) => CheckoutSessionLocale::En,
    }
}
