//! Fail points around every call to the outside: before it leaves, and when its answer is here.

use async_trait::async_trait;
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::ids::CreditorId;
use saldo_domain::money::Money;
use saldo_domain::provider::{CheckoutReport, ProviderEvent, SetupReport};
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{HandedOver, MessageChannel, Outgoing};
use saldo_providers::outbound::{Network, Stream};
use saldo_providers::payment::{
    AmountRefused, ChargeReport, ChargeSaved, Checkout, EventRefused, FindCharge, Mode, OpenCheckout, OpenSetup,
    PaymentProvider, ProviderFault, RefundReport, RefundRequest,
};
use saldo_store::fail_point::pass;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// A payment provider whose calls are fail points: `call::open_checkout::before`.
#[derive(Debug)]
pub(crate) struct WatchedProvider(pub(crate) Arc<dyn PaymentProvider>);

/// A channel whose hand-overs are fail points: `call::hand_over::before`.
#[derive(Debug)]
pub(crate) struct WatchedChannel(pub(crate) Arc<dyn MessageChannel>);

/// A network whose connections are fail points: `call::connect::before`.
pub(crate) struct WatchedNetwork(pub(crate) Arc<dyn Network>);

macro_rules! watched {
    ($call:ident, $answer:expr) => {{
        pass(concat!("call::", stringify!($call), "::before")).await;
        let answer = $answer.await;
        pass(concat!("call::", stringify!($call), "::after")).await;
        answer
    }};
}

#[async_trait]
impl PaymentProvider for WatchedProvider {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn mode(&self) -> Mode {
        self.0.mode()
    }

    fn account(&self) -> Option<&str> {
        self.0.account()
    }

    fn checkout_life(&self) -> (SignedDuration, SignedDuration) {
        self.0.checkout_life()
    }

    fn minor_units(&self, currency: Currency) -> Result<u8, AmountRefused> {
        self.0.minor_units(currency)
    }

    fn to_provider_minor(&self, amount: Money) -> Result<i64, AmountRefused> {
        self.0.to_provider_minor(amount)
    }

    fn money_of_provider_minor(&self, minor: i64, currency: Currency) -> Result<Money, AmountRefused> {
        self.0.money_of_provider_minor(minor, currency)
    }

    fn signature_header(&self) -> &'static str {
        self.0.signature_header()
    }

    fn verify_event(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<ProviderEvent, EventRefused> {
        self.0.verify_event(signature, body, now)
    }

    async fn open_checkout(&self, request: &OpenCheckout, now: Timestamp) -> Result<Checkout, ProviderFault> {
        watched!(open_checkout, self.0.open_checkout(request, now))
    }

    async fn find_checkout(&self, reference: &str, now: Timestamp) -> Result<CheckoutReport, ProviderFault> {
        watched!(find_checkout, self.0.find_checkout(reference, now))
    }

    async fn expire_checkout(&self, reference: &str, now: Timestamp) -> Result<CheckoutReport, ProviderFault> {
        watched!(expire_checkout, self.0.expire_checkout(reference, now))
    }

    async fn refund(&self, request: &RefundRequest, now: Timestamp) -> Result<RefundReport, ProviderFault> {
        watched!(refund, self.0.refund(request, now))
    }

    async fn find_refund(
        &self,
        request: &RefundRequest,
        now: Timestamp,
    ) -> Result<Option<RefundReport>, ProviderFault> {
        watched!(find_refund, self.0.find_refund(request, now))
    }

    async fn open_setup(&self, request: &OpenSetup, now: Timestamp) -> Result<Checkout, ProviderFault> {
        watched!(open_setup, self.0.open_setup(request, now))
    }

    async fn find_setup(&self, reference: &str, now: Timestamp) -> Result<SetupReport, ProviderFault> {
        watched!(find_setup, self.0.find_setup(reference, now))
    }

    async fn charge_saved(&self, request: &ChargeSaved, now: Timestamp) -> Result<ChargeReport, ProviderFault> {
        watched!(charge_saved, self.0.charge_saved(request, now))
    }

    async fn find_charge(&self, request: &FindCharge, now: Timestamp) -> Result<Option<ChargeReport>, ProviderFault> {
        watched!(find_charge, self.0.find_charge(request, now))
    }

    async fn detach_method(&self, method_reference: &str, now: Timestamp) -> Result<(), ProviderFault> {
        watched!(detach_method, self.0.detach_method(method_reference, now))
    }
}

#[async_trait]
impl Network for WatchedNetwork {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        self.0.resolve(host).await
    }

    async fn connect(&self, address: SocketAddr, tls_name: Option<&str>) -> io::Result<Box<dyn Stream>> {
        watched!(connect, self.0.connect(address, tls_name))
    }
}

#[async_trait]
impl MessageChannel for WatchedChannel {
    fn channel(&self) -> Channel {
        self.0.channel()
    }

    async fn hand_over(&self, creditor: CreditorId, message: &Outgoing) -> HandedOver {
        watched!(hand_over, self.0.hand_over(creditor, message))
    }

    async fn hand_over_many(&self, messages: &[(CreditorId, Outgoing)]) -> Vec<HandedOver> {
        watched!(hand_over_many, self.0.hand_over_many(messages))
    }
}
