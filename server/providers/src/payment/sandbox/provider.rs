use super::saved::{Charged, Setup, SetupState};
use super::state::{Entry, Standing};
use super::{SIGNATURE_HEADER, Sandbox, SandboxFault};
use crate::payment::signature::{hex, verify};
use crate::payment::{
    AmountRefused, ChargeReport, ChargeSaved, Checkout, EventRefused, FindCharge, Mode, OpenCheckout, OpenSetup,
    PaymentProvider, ProviderFault, RefundReport, RefundRequest,
};
use async_trait::async_trait;
use hmac::{Hmac, Mac};
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_domain::provider::{CheckoutReport, ProviderEvent, ProviderRefund, SetupReport};
use sha2::Sha256;

impl From<SandboxFault> for ProviderFault {
    /// What could not be kept did not happen.
    fn from(fault: SandboxFault) -> Self {
        Self::Retry { detail: fault.to_string() }
    }
}

impl Sandbox {
    /// A name that only the sandbox can make, always the same for the same thing.
    pub(super) fn name_of(&self, prefix: &str, thing: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.config.secret.expose().as_bytes())
            .expect("HMAC takes a key of any length");
        mac.update(prefix.as_bytes());
        mac.update(thing.as_bytes());
        let digest = mac.finalize().into_bytes();
        format!("{prefix}_{}", hex(&digest[..16]))
    }

    fn checkout(&self, reference: String) -> Checkout {
        let url = format!("{}/sandbox/{reference}", self.config.page_base_url);
        Checkout { reference, url }
    }
}

fn not_found(what: &str) -> ProviderFault {
    ProviderFault::refused("resource_missing", format!("no such {what}"))
}

#[async_trait]
impl PaymentProvider for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn mode(&self) -> Mode {
        Mode::Test
    }

    fn account(&self) -> Option<&str> {
        None
    }

    /// Stripe's limits, so that what works here works there.
    fn checkout_life(&self) -> (SignedDuration, SignedDuration) {
        (SignedDuration::from_mins(30), SignedDuration::from_hours(24))
    }

    fn minor_units(&self, currency: Currency) -> Result<u8, AmountRefused> {
        Ok(currency.exponent())
    }

    fn signature_header(&self) -> &'static str {
        SIGNATURE_HEADER
    }

    fn verify_event(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<ProviderEvent, EventRefused> {
        verify(std::slice::from_ref(&self.config.secret), signature, body, now)?;
        serde_json::from_slice(body).map_err(|_| EventRefused::BodyUnreadable)
    }

    async fn open_checkout(&self, request: &OpenCheckout, now: Timestamp) -> Result<Checkout, ProviderFault> {
        self.to_provider_minor(request.amount)?;
        let reference = self.name_of("sbx", &request.attempt_id.to_string());
        let asked = Entry {
            creditor_id: request.creditor_id,
            attempt_id: request.attempt_id,
            amount: request.amount,
            description: request.description.clone(),
            locale: request.locale.clone(),
            success_url: request.success_url.clone(),
            cancel_url: request.cancel_url.clone(),
            expires_at: request.expires_at,
            standing: Standing::Open,
            last_decline: None,
        };
        let same = self.turn(now, |turn| {
            let known = turn.state.checkouts.entry(reference.clone()).or_insert_with(|| asked.clone());
            (known.amount, known.expires_at) == (asked.amount, asked.expires_at)
        })?;
        if same {
            Ok(self.checkout(reference))
        } else {
            Err(ProviderFault::refused("idempotency_error", "the attempt was opened with other terms"))
        }
    }

    async fn find_checkout(&self, reference: &str, now: Timestamp) -> Result<CheckoutReport, ProviderFault> {
        self.turn(now, |turn| turn.state.checkouts.get(reference).map(Entry::report))?
            .ok_or_else(|| not_found("checkout"))
    }

    async fn expire_checkout(&self, reference: &str, now: Timestamp) -> Result<CheckoutReport, ProviderFault> {
        self.turn(now, |turn| {
            turn.end(reference, Standing::Expired);
            turn.state.checkouts.get(reference).map(Entry::report)
        })?
        .ok_or_else(|| not_found("checkout"))
    }

    async fn refund(&self, request: &RefundRequest, now: Timestamp) -> Result<RefundReport, ProviderFault> {
        self.to_provider_minor(request.amount)?;
        let refund_reference = self.name_of("ref", &request.refund_id.to_string());
        self.turn(now, |turn| {
            if let Some(known) = turn.state.refunds.get(&request.refund_id) {
                return Ok(RefundReport::Succeeded(known.clone()));
            }
            let captured = turn.captured(&request.payment_reference);
            let (creditor_id, captured) = captured.ok_or_else(|| not_found("payment"))?;
            let left = turn
                .state
                .refunds
                .values()
                .filter(|known| known.payment_reference == request.payment_reference)
                .try_fold(captured, |left: Money, known| left.minus(known.amount));
            if !left.and_then(|left| left.minus(request.amount)).is_ok_and(|rest| rest.minor() >= 0) {
                return Err(ProviderFault::refused("refund_above_payment", "more than what is left of the payment"));
            }
            let refund = ProviderRefund {
                refund_reference,
                payment_reference: request.payment_reference.clone(),
                refund_id: Some(request.refund_id),
                amount: request.amount,
                refunded_at: now,
            };
            turn.give_back(creditor_id, refund.clone(), request.refund_id);
            Ok(RefundReport::Succeeded(refund))
        })?
    }

    async fn find_refund(
        &self,
        request: &RefundRequest,
        _now: Timestamp,
    ) -> Result<Option<RefundReport>, ProviderFault> {
        Ok(self.look(|state| state.refunds.get(&request.refund_id).cloned()).map(RefundReport::Succeeded))
    }

    async fn open_setup(&self, request: &OpenSetup, now: Timestamp) -> Result<Checkout, ProviderFault> {
        let reference = self.name_of("sbs", &request.setup_id.to_string());
        let asked = Setup {
            creditor_id: request.creditor_id,
            setup_id: request.setup_id,
            locale: request.locale.clone(),
            success_url: request.success_url.clone(),
            cancel_url: request.cancel_url.clone(),
            expires_at: request.expires_at,
            state: SetupState::Open,
            last_decline: None,
        };
        self.turn(now, |turn| {
            turn.state.saved.setups.entry(reference.clone()).or_insert(asked);
        })?;
        let url = format!("{}/sandbox/setups/{reference}", self.config.page_base_url);
        Ok(Checkout { reference, url })
    }

    async fn find_setup(&self, reference: &str, now: Timestamp) -> Result<SetupReport, ProviderFault> {
        self.turn(now, |turn| {
            let saved = &turn.state.saved;
            let setup = saved.setups.get(reference).ok_or_else(|| not_found("setup"))?;
            match &setup.state {
                SetupState::Open | SetupState::Challenged(_) => Ok(SetupReport::Open),
                SetupState::Expired | SetupState::Canceled => Ok(SetupReport::Expired),
                SetupState::Saved { method_reference } => saved
                    .methods
                    .get(method_reference)
                    .map(|method| SetupReport::Saved(method.facts.clone()))
                    .ok_or_else(|| not_found("saved method")),
            }
        })?
    }

    async fn charge_saved(&self, request: &ChargeSaved, now: Timestamp) -> Result<ChargeReport, ProviderFault> {
        self.to_provider_minor(request.amount)?;
        let payment_reference = self.name_of("pay", &request.attempt_id.to_string());
        self.turn(now, |turn| turn.charge(request, payment_reference))?
    }

    async fn find_charge(&self, request: &FindCharge, now: Timestamp) -> Result<Option<ChargeReport>, ProviderFault> {
        Ok(self.turn(now, |turn| turn.state.saved.charges.get(&request.attempt_id).map(Charged::report))?)
    }

    async fn detach_method(&self, method_reference: &str, now: Timestamp) -> Result<(), ProviderFault> {
        self.turn(now, |turn| {
            if let Some(method) = turn.state.saved.methods.get_mut(method_reference) {
                method.detached = true;
            }
        })?;
        Ok(())
    }
}
