//! Stripe: hosted Checkout Sessions, refunds and webhooks.

mod client;
mod currency;
mod event;
mod report;
mod request;
mod saved;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_saved;
mod wire;

use super::{
    AmountRefused, ChargeReport, ChargeSaved, Checkout, EventRefused, FindCharge, Mode, OpenCheckout, OpenSetup,
    PaymentProvider, ProviderFault, RefundReport, RefundRequest, signature,
};
use crate::Secret;
use async_trait::async_trait;
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_domain::provider::{CheckoutReport, ProviderEvent, SetupReport};
use std::fmt;
use std::time::Duration;

/// How to reach a Stripe account.
#[derive(Debug, Clone)]
pub struct StripeConfig {
    /// The account's secret or restricted key. Its prefix says whether real money moves.
    pub secret_key: Secret,
    /// The webhook endpoint's signing secrets: more than one while a secret is rolled.
    pub webhook_secrets: Vec<Secret>,
    /// A connected account to act for; none for the key's own account.
    pub account: Option<String>,
    /// Where the API is, without `/v1`; none for Stripe itself. Plain `http` only to this machine.
    pub base_url: Option<String>,
    /// For connecting and answering together, per try. 10 s.
    pub timeout: Duration,
    /// How often a failed request is repeated under the same idempotency key before the caller hears of it. 2.
    pub retries_max: u32,
    /// The pause before the first repetition; it doubles. 300 ms.
    pub retry_pause: Duration,
}

impl StripeConfig {
    /// Stripe itself, with the usual limits.
    pub fn new(secret_key: Secret, webhook_secrets: Vec<Secret>) -> Self {
        Self {
            secret_key,
            webhook_secrets,
            account: None,
            base_url: None,
            timeout: Duration::from_secs(10),
            retries_max: 2,
            retry_pause: Duration::from_millis(300),
        }
    }
}

/// A Stripe account as a [`PaymentProvider`].
pub struct Stripe {
    client: client::Client,
    webhook_secrets: Vec<Secret>,
    account: Option<String>,
    mode: Mode,
}

impl Stripe {
    /// Prepares the client. Nothing is sent.
    ///
    /// # Errors
    /// `provider_misconfigured` for a key that is no secret key, no webhook secret, or an unusable base URL.
    pub fn try_new(config: StripeConfig) -> Result<Self, ProviderFault> {
        let key = config.secret_key.expose();
        let mode = match key.split_once('_').and_then(|(kind, rest)| Some((kind, rest.split_once('_')?.0))) {
            Some(("sk" | "rk", "test")) => Mode::Test,
            Some(("sk" | "rk", "live")) => Mode::Live,
            _ => return Err(ProviderFault::refused("provider_misconfigured", "not a secret key of Stripe")),
        };
        let secrets = &config.webhook_secrets;
        if secrets.is_empty() || secrets.iter().any(|secret| secret.expose().is_empty()) {
            return Err(ProviderFault::refused("provider_misconfigured", "no webhook secret, or an empty one"));
        }
        let client = client::Client::try_new(&config)?;
        Ok(Self { client, webhook_secrets: config.webhook_secrets, account: config.account, mode })
    }

    /// Asks whether the key is taken, for a check of the configuration; answers what time Stripe has, where it says so.
    ///
    /// # Errors
    /// `provider_credentials` for a key that is not taken; [`ProviderFault::Retry`] without an answer.
    pub async fn check(&self) -> Result<Option<Timestamp>, ProviderFault> {
        self.client.check().await
    }
}

impl fmt::Debug for Stripe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stripe").field("mode", &self.mode).field("account", &self.account).finish_non_exhaustive()
    }
}

#[async_trait]
impl PaymentProvider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn mode(&self) -> Mode {
        self.mode
    }

    fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// As Stripe's reference for `expires_at` says.
    fn checkout_life(&self) -> (SignedDuration, SignedDuration) {
        (SignedDuration::from_mins(30), SignedDuration::from_hours(24))
    }

    fn minor_units(&self, currency: Currency) -> Result<u8, AmountRefused> {
        currency::decimals(currency)
    }

    fn to_provider_minor(&self, amount: Money) -> Result<i64, AmountRefused> {
        if !amount.is_positive() {
            return Err(AmountRefused::NotPositive);
        }
        let digits = currency::decimals(amount.currency())?;
        let minor = super::rescale(amount.minor(), amount.currency().exponent(), digits, amount.currency())?;
        if minor % currency::step(amount.currency()) == 0 {
            Ok(minor)
        } else {
            Err(AmountRefused::NotPayable { amount })
        }
    }

    fn signature_header(&self) -> &'static str {
        "stripe-signature"
    }

    fn verify_event(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<ProviderEvent, EventRefused> {
        signature::verify(&self.webhook_secrets, signature, body, now)?;
        event::read(body)
    }

    async fn open_checkout(&self, request: &OpenCheckout, _now: Timestamp) -> Result<Checkout, ProviderFault> {
        let minor = self.to_provider_minor(request.amount)?;
        let key = request.attempt_id.to_string();
        let session: wire::Session = self.client.send(request::open(request, minor)?, Some(&key)).await?;
        match session.url {
            Some(url) => Ok(Checkout { reference: session.id, url }),
            // A page that has ended has no address; the key was used before and the page is over.
            None => Err(ProviderFault::refused("checkout_ended", "the checkout of this attempt has ended")),
        }
    }

    async fn find_checkout(&self, reference: &str, _now: Timestamp) -> Result<CheckoutReport, ProviderFault> {
        let session: wire::Session = self.client.send(request::find(reference)?, None).await?;
        report::of_session(&session)
    }

    async fn expire_checkout(&self, reference: &str, now: Timestamp) -> Result<CheckoutReport, ProviderFault> {
        let expired = self.client.send::<wire::Session>(request::expire(reference)?, None).await;
        match expired {
            Ok(session) => report::of_session(&session),
            // Stripe refuses to end what has ended: how it ended is the answer.
            Err(ProviderFault::Refused { code, .. }) if code != "resource_missing" => {
                self.find_checkout(reference, now).await
            }
            Err(fault) => Err(fault),
        }
    }

    /// Stripe forgets a key after a day, and answers under a key what it answered at first, be it a failure or a pending
    /// refund; so it is asked for this refund before it is asked to give it.
    async fn refund(&self, request: &RefundRequest, now: Timestamp) -> Result<RefundReport, ProviderFault> {
        let minor = self.to_provider_minor(request.amount)?;
        if let Some(known) = self.find_refund(request, now).await? {
            return Ok(known);
        }
        let key = request.refund_id.to_string();
        let refund: wire::Refund = self.client.send(request::refund(request, minor), Some(&key)).await?;
        report::of_refund(&refund, Some(&request.payment_reference), now)
            .ok_or(ProviderFault::Unknown { detail: "the refund has an unexpected form".to_owned() })
    }

    async fn find_refund(
        &self,
        request: &RefundRequest,
        now: Timestamp,
    ) -> Result<Option<RefundReport>, ProviderFault> {
        let refunds: wire::List<wire::Refund> =
            self.client.send(request::list_refunds(&request.payment_reference), None).await?;
        let ours = refunds
            .data
            .iter()
            .find(|refund| report::carried(refund.metadata.as_ref(), "refund_id") == Some(request.refund_id));
        ours.map(|refund| {
            report::of_refund(refund, Some(&request.payment_reference), now)
                .ok_or_else(|| report::unreadable("a refund"))
        })
        .transpose()
    }

    async fn open_setup(&self, request: &OpenSetup, _now: Timestamp) -> Result<Checkout, ProviderFault> {
        let key = request.setup_id.to_string();
        let session: wire::Session = self.client.send(saved::open(request), Some(&key)).await?;
        match session.url {
            Some(url) => Ok(Checkout { reference: session.id, url }),
            None => Err(ProviderFault::refused("checkout_ended", "the page of this setup has ended")),
        }
    }

    async fn find_setup(&self, reference: &str, _now: Timestamp) -> Result<SetupReport, ProviderFault> {
        let session: wire::Session = self.client.send(saved::find(reference)?, None).await?;
        saved::of_session(&session)
    }

    /// Stripe forgets a key after a day, so it is asked for this charge before it is asked to make it.
    async fn charge_saved(&self, request: &ChargeSaved, now: Timestamp) -> Result<ChargeReport, ProviderFault> {
        let minor = self.to_provider_minor(request.amount)?;
        if let Some(known) = self.find_charge(&request.to_find(), now).await? {
            return Ok(known);
        }
        let key = request.attempt_id.to_string();
        match self.client.charge(saved::charge(request, minor)?, &key).await? {
            Ok(payment) => saved::of_payment(&payment, None)
                .ok_or(ProviderFault::Unknown { detail: "the charge has an unexpected form".to_owned() }),
            Err(declined) => Ok(saved::declined(&declined)),
        }
    }

    async fn find_charge(&self, request: &FindCharge, _now: Timestamp) -> Result<Option<ChargeReport>, ProviderFault> {
        let payments: wire::List<wire::PaymentIntent> = self.client.send(saved::list_charges(request), None).await?;
        saved::of_list(&payments.data, request)
    }

    async fn detach_method(&self, method_reference: &str, _now: Timestamp) -> Result<(), ProviderFault> {
        let key = format!("detach-{method_reference}");
        let request = saved::detach(method_reference)?;
        match self.client.send::<wire::Named>(request, Some(&key)).await {
            Ok(_) => Ok(()),
            Err(ProviderFault::Refused { code, .. }) if code == "resource_missing" => Ok(()),
            // Stripe refuses to detach what belongs to nobody: that is what was asked for.
            Err(ProviderFault::Refused { code, detail }) => {
                let method: wire::MethodHolder = self.client.send(saved::find_method(method_reference)?, None).await?;
                if method.customer.is_none() { Ok(()) } else { Err(ProviderFault::Refused { code, detail }) }
            }
            Err(fault) => Err(fault),
        }
    }
}
