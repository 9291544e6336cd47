//! Both providers with a debtor who pays at them and a clock that is moved by hand.

use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AttemptId, CreditorId, RefundId};
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;
use saldo_domain::provider::{CheckoutReport, EventSubject, ProviderEvent};
use saldo_providers::Secret;
use saldo_providers::doubles::Clock;
use saldo_providers::doubles::stripe::{PayWith, SavedCard, StripeDouble, StripeDoubleConfig};
use saldo_providers::payment::sandbox::{Sandbox, SandboxConfig};
use saldo_providers::payment::stripe::{Stripe, StripeConfig};
use saldo_providers::payment::{OpenCheckout, PaymentProvider, RefundReason, RefundRequest};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use uuid::Uuid;

pub const WEBHOOK_SECRET: &str = "whsec_never_print_me";
pub const SECRET_KEY: &str = "sk_test_never_print_me";

/// How the debtor pays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    Card,
    Declined,
    NoMoney,
    Challenged,
    DebitThatPays,
    DebitThatReturns,
}

/// Which card the debtor saves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Saves {
    Card,
    DeclinesLater,
    AsksLater,
}

/// A provider with its outside.
pub trait Rig: Sync {
    fn provider(&self) -> &dyn PaymentProvider;
    fn clock(&self) -> &HandClock;
    fn pay(&self, reference: &str, how: How);
    fn answer_challenge(&self, reference: &str, accept: bool);
    /// Days later the bank answers.
    fn let_the_bank_answer(&self, reference: &str, how: How);
    fn deliver_twice(&self);
    fn save(&self, reference: &str, card: Saves);
    fn open_chargeback(&self, payment_reference: &str);
    fn end_chargeback(&self, payment_reference: &str, won: bool);
    /// Signature and body of what the provider tells.
    fn deliveries(&self) -> Vec<(String, Vec<u8>)>;

    fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// What it tells, verified.
    fn events(&self) -> Vec<ProviderEvent> {
        let verify = |(signature, body): (String, Vec<u8>)| {
            self.provider().verify_event(Some(&signature), &body, self.now()).unwrap()
        };
        self.deliveries().into_iter().map(verify).collect()
    }

    /// The reports about one attempt, in the order in which they came.
    fn reports(&self, attempt: AttemptId) -> Vec<CheckoutReport> {
        let of = |event: ProviderEvent| match event.subject {
            EventSubject::Checkout { attempt_id: Some(id), report, .. } if id == attempt => Some(report),
            _ => None,
        };
        self.events().into_iter().filter_map(of).collect()
    }
}

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct HandClock(Arc<AtomicI64>);

impl HandClock {
    pub fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_790_000_000)))
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }

    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn for_double(&self) -> Clock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}

pub struct StripeRig {
    pub double: StripeDouble,
    pub stripe: Stripe,
    clock: HandClock,
}

impl StripeRig {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut StripeConfig)) -> Self {
        let clock = HandClock::new();
        let config = StripeDoubleConfig::new(Secret::new(WEBHOOK_SECRET), clock.for_double());
        let double = StripeDouble::start(config).await.unwrap();
        let mut config = StripeConfig::new(Secret::new(SECRET_KEY), vec![Secret::new(WEBHOOK_SECRET)]);
        config.base_url = Some(double.base_url());
        config.retry_pause = Duration::from_millis(1);
        change(&mut config);
        Self { double, stripe: Stripe::try_new(config).unwrap(), clock }
    }

    /// Nothing was sent that Stripe's own description does not know. Where it is absent, the double says "skipped".
    pub fn judge(&self) {
        assert_eq!(self.double.violations(), Vec::<String>::new());
    }
}

impl Rig for StripeRig {
    fn provider(&self) -> &dyn PaymentProvider {
        &self.stripe
    }

    fn clock(&self) -> &HandClock {
        &self.clock
    }

    fn pay(&self, reference: &str, how: How) {
        let with = match how {
            How::Card => PayWith::Card,
            How::Declined => PayWith::Declined,
            How::NoMoney => PayWith::InsufficientFunds,
            How::Challenged => PayWith::Challenged,
            How::DebitThatPays | How::DebitThatReturns => PayWith::Debit,
        };
        self.double.pay(reference, with);
    }

    fn answer_challenge(&self, reference: &str, accept: bool) {
        assert!(self.double.answer_challenge(reference, accept));
    }

    fn let_the_bank_answer(&self, reference: &str, how: How) {
        self.clock.pass(3 * 86_400);
        assert!(self.double.settle_debit(reference, how == How::DebitThatPays));
    }

    fn deliver_twice(&self) {
        self.double.deliver_twice(true);
    }

    fn save(&self, reference: &str, card: Saves) {
        let card = match card {
            Saves::Card => SavedCard::Pays,
            Saves::DeclinesLater => SavedCard::Declines,
            Saves::AsksLater => SavedCard::AsksForProof,
        };
        assert!(self.double.save(reference, card));
    }

    fn open_chargeback(&self, payment_reference: &str) {
        assert!(self.double.open_chargeback(payment_reference));
    }

    fn end_chargeback(&self, payment_reference: &str, won: bool) {
        assert!(self.double.end_chargeback(payment_reference, won));
    }

    fn deliveries(&self) -> Vec<(String, Vec<u8>)> {
        self.double.take_events().into_iter().map(|event| (self.double.sign(&event.body), event.body)).collect()
    }
}

pub struct SandboxRig {
    pub sandbox: Sandbox,
    clock: HandClock,
}

impl SandboxRig {
    pub fn start() -> Self {
        let mut config = SandboxConfig::new(Secret::new(WEBHOOK_SECRET), "http://127.0.0.1:1");
        config.duplicates = true;
        Self { sandbox: Sandbox::open(config).unwrap(), clock: HandClock::new() }
    }
}

impl Rig for SandboxRig {
    fn provider(&self) -> &dyn PaymentProvider {
        &self.sandbox
    }

    fn clock(&self) -> &HandClock {
        &self.clock
    }

    fn pay(&self, reference: &str, how: How) {
        let number = match how {
            How::Card => "4242 4242 4242 4242",
            How::Declined => "4000000000000002",
            How::NoMoney => "4000000000009995",
            How::Challenged => "4000002500003155",
            How::DebitThatPays => "000123456789",
            How::DebitThatReturns => "000111111116",
        };
        self.sandbox.pay(reference, number, self.now()).unwrap();
    }

    fn answer_challenge(&self, reference: &str, accept: bool) {
        self.sandbox.answer_challenge(reference, accept, self.now()).unwrap();
    }

    fn let_the_bank_answer(&self, _: &str, _: How) {
        self.clock.pass(3 * 86_400);
    }

    fn deliver_twice(&self) {}

    fn save(&self, reference: &str, card: Saves) {
        let number = match card {
            Saves::Card => "4242424242424242",
            Saves::DeclinesLater => "4000000000000341",
            Saves::AsksLater => "4000002760003184",
        };
        self.sandbox.save(reference, number, self.now()).unwrap();
        self.sandbox.answer_setup_challenge(reference, true, self.now()).unwrap();
    }

    fn open_chargeback(&self, payment_reference: &str) {
        assert!(self.sandbox.open_chargeback(payment_reference, self.now()).unwrap());
    }

    fn end_chargeback(&self, payment_reference: &str, won: bool) {
        assert!(self.sandbox.end_chargeback(payment_reference, won, self.now()).unwrap());
    }

    fn deliveries(&self) -> Vec<(String, Vec<u8>)> {
        let header = self.sandbox.signature_header();
        let mut deliveries = Vec::new();
        for event in self.sandbox.due_events(self.now()).unwrap() {
            self.sandbox.mark_delivered(&event.delivery_id).unwrap();
            let signature = event.headers.into_iter().find(|(name, _)| name == header).unwrap().1;
            deliveries.push((signature, event.body));
        }
        deliveries
    }
}

pub fn attempt(number: u128) -> AttemptId {
    AttemptId(Uuid::from_u128(number))
}

pub fn mxn(minor: i64) -> Money {
    Money::new(minor, Currency::MXN)
}

pub fn order(number: u128, amount: Money, now: Timestamp) -> OpenCheckout {
    OpenCheckout {
        attempt_id: attempt(number),
        creditor_id: CreditorId(Uuid::from_u128(9)),
        debtor_email: Some("ana@example.mx".to_owned()),
        amount,
        description: "Ferretería Núñez & Cía: 2 facturas".to_owned(),
        locale: Locale::new(Language::Es, "MX"),
        success_url: "https://pay.example.mx/done?a=1&b={CHECKOUT_SESSION_ID}".to_owned(),
        cancel_url: "https://pay.example.mx/back".to_owned(),
        expires_at: now + jiff::SignedDuration::from_mins(60),
    }
}

pub fn give_back(number: u128, payment_reference: &str, amount: Money) -> RefundRequest {
    RefundRequest {
        refund_id: RefundId(Uuid::from_u128(0xF000 + number)),
        payment_reference: payment_reference.to_owned(),
        amount,
        reason: RefundReason::RequestedByDebtor,
    }
}
