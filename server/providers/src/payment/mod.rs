//! The boundary to payment providers: hosted checkouts, refunds and signed events, in the words of [`saldo_domain::provider`].

mod amount;
mod fault;
pub mod sandbox;
mod saved;
mod signature;
pub mod stripe;

pub use amount::AmountRefused;
pub use fault::{EventRefused, ProviderFault};
pub use saldo_domain::attempt::Checkout;
pub use saved::{ChargeReport, ChargeSaved, FindCharge, OpenSetup};
pub use signature::{TOLERANCE_SECONDS, sign};

use amount::rescale;
use async_trait::async_trait;
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AttemptId, CreditorId, RefundId};
use saldo_domain::locale::Locale;
use saldo_domain::money::Money;
use saldo_domain::provider::{CheckoutReport, ProviderEvent, ProviderRefund, SetupReport};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether a provider moves real money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only test numbers work; a banner says so.
    Test,
    /// Real money.
    Live,
}

impl Mode {
    /// Whether real money moves.
    pub fn is_live(self) -> bool {
        self == Self::Live
    }
}

/// A hosted payment page to be opened for one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCheckout {
    /// The attempt: also the idempotency key, and what the provider carries back in every event.
    pub attempt_id: AttemptId,
    /// Who is owed.
    pub creditor_id: CreditorId,
    /// Filled in on the provider's page, where known.
    pub debtor_email: Option<String>,
    /// What is to be taken, from the ledger.
    pub amount: Money,
    /// What the debtor reads beside the amount.
    pub description: String,
    /// The debtor's language and country.
    pub locale: Locale,
    /// Where the provider leads the debtor after paying.
    pub success_url: String,
    /// Where it leads on giving up.
    pub cancel_url: String,
    /// When the page ends. A repeated request of one attempt must carry the same moment: derive it from the attempt.
    pub expires_at: Timestamp,
}

/// Money to be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// Our refund: also the idempotency key.
    pub refund_id: RefundId,
    /// The payment, as [`saldo_domain::provider::Capture::payment_reference`] names it.
    pub payment_reference: String,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: RefundReason,
}

/// Why money is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// The debtor asked for it.
    RequestedByDebtor,
    /// It was paid twice.
    Duplicate,
    /// Anything else.
    Other,
}

/// Where a refund stands at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundReport {
    /// Given back.
    Succeeded(ProviderRefund),
    /// Asked for; an event or [`PaymentProvider::find_refund`] tells how it ended.
    Pending {
        /// The provider's name of the refund.
        refund_reference: String,
    },
    /// It did not reach the debtor.
    Failed {
        /// The provider's name of the refund.
        refund_reference: String,
    },
}

/// A payment service provider. `now` is the caller's clock: an implementation never asks for the time itself.
#[async_trait]
pub trait PaymentProvider: Send + Sync + fmt::Debug {
    /// The name under which attempts and movements are kept: `stripe`, `sandbox`.
    fn name(&self) -> &'static str;

    /// Whether real money moves. An event whose `live` differs is to be refused and shown.
    fn mode(&self) -> Mode;

    /// The provider's account that events must name; none where they name none.
    fn account(&self) -> Option<&str>;

    /// The shortest and the longest time that a checkout may stay open, counted from `now`.
    fn checkout_life(&self) -> (SignedDuration, SignedDuration);

    /// How many decimals the provider counts for a currency; it may differ from ISO 4217.
    ///
    /// # Errors
    /// `currency_unsupported`.
    fn minor_units(&self, currency: Currency) -> Result<u8, AmountRefused>;

    /// An amount in the provider's minor units.
    ///
    /// # Errors
    /// `currency_unsupported`; `amount_not_payable` when it needs more decimals than the provider takes;
    /// `amount_not_positive`; `amount_overflow`.
    fn to_provider_minor(&self, amount: Money) -> Result<i64, AmountRefused> {
        if !amount.is_positive() {
            return Err(AmountRefused::NotPositive);
        }
        let digits = self.minor_units(amount.currency())?;
        rescale(amount.minor(), amount.currency().exponent(), digits, amount.currency())
    }

    /// An amount that the provider wrote, in our minor units.
    ///
    /// # Errors
    /// `currency_unsupported`; `amount_not_payable` when the currency has no such fraction; `amount_overflow`.
    fn money_of_provider_minor(&self, minor: i64, currency: Currency) -> Result<Money, AmountRefused> {
        let digits = self.minor_units(currency)?;
        rescale(minor, digits, currency.exponent(), currency).map(|minor| Money::new(minor, currency))
    }

    /// The name of the header that carries an event's signature, in lower case.
    fn signature_header(&self) -> &'static str;

    /// Reads an event after its signature over the raw body proved genuine.
    ///
    /// # Errors
    /// [`EventRefused`]: nothing of the body may be believed then.
    fn verify_event(&self, signature: Option<&str>, body: &[u8], now: Timestamp)
    -> Result<ProviderEvent, EventRefused>;

    /// Opens a hosted page. Asked again for the same attempt, it answers the same page.
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn open_checkout(&self, request: &OpenCheckout, now: Timestamp) -> Result<Checkout, ProviderFault>;

    /// What became of a checkout: asked by the return page and the reconciler.
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn find_checkout(&self, reference: &str, now: Timestamp) -> Result<CheckoutReport, ProviderFault>;

    /// Ends a checkout so that nobody can pay it any more. One that had ended before is a success: the report says how,
    /// and it may be a capture.
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn expire_checkout(&self, reference: &str, now: Timestamp) -> Result<CheckoutReport, ProviderFault>;

    /// Gives money back. Asked again for the same refund, it gives it back once.
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn refund(&self, request: &RefundRequest, now: Timestamp) -> Result<RefundReport, ProviderFault>;

    /// What became of a refund: asked where [`PaymentProvider::refund`] answered [`ProviderFault::Unknown`].
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn find_refund(&self, request: &RefundRequest, now: Timestamp)
    -> Result<Option<RefundReport>, ProviderFault>;

    /// Opens a hosted page on which the debtor saves a payment method. Asked again for the same setup, it answers the same
    /// page.
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn open_setup(&self, request: &OpenSetup, now: Timestamp) -> Result<Checkout, ProviderFault>;

    /// What became of a page of [`PaymentProvider::open_setup`].
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn find_setup(&self, reference: &str, now: Timestamp) -> Result<SetupReport, ProviderFault>;

    /// Charges a saved method while the debtor is away. Asked again for the same attempt, it charges once and tells what
    /// became of it. A bank's no is an answer, not a fault.
    ///
    /// # Errors
    /// [`ProviderFault`]; after `Unknown` ask [`PaymentProvider::find_charge`], or charge again under the same attempt.
    async fn charge_saved(&self, request: &ChargeSaved, now: Timestamp) -> Result<ChargeReport, ProviderFault>;

    /// What became of a charge; none when the provider never got it.
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn find_charge(&self, request: &FindCharge, now: Timestamp) -> Result<Option<ChargeReport>, ProviderFault>;

    /// Makes the provider forget a saved method. One that it does not know any more is a success.
    ///
    /// # Errors
    /// [`ProviderFault`].
    async fn detach_method(&self, method_reference: &str, now: Timestamp) -> Result<(), ProviderFault>;
}
