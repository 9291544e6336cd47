//! The payment provider is away for an hour, its events with it; then all of them come at once.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use jiff::SignedDuration;
use saldo_providers::Secret;
use saldo_providers::doubles::stripe::{Misbehaviour, Operation, PayWith, StripeDouble, StripeDoubleConfig};
use saldo_providers::payment::stripe::{Stripe, StripeConfig};
use saldo_tests::postgres::Database;
use saldo_tests::product::{Business, Product, Setup};
use serde_json::json;

use crate::support::{Api, Visitor, assert_parity};

/// Who pays in the hour.
const PAYERS: usize = 12;

struct Hour {
    product: Product,
    double: StripeDouble,
    business: Business,
    payers: Vec<(Visitor, String)>,
}

impl Hour {
    /// Twelve debtors stand on the provider's page.
    async fn before(database: Option<&str>) -> Self {
        let setup = Setup::new(database);
        let clock = setup.clock();
        let secret = Secret::new("whsec_hour");
        let now = Arc::new(move || saldo_app::ambient::Clock::now(clock.as_ref()));
        let double = StripeDouble::start(StripeDoubleConfig::new(secret.clone(), now)).await.expect("a port is free");
        let mut wish = StripeConfig::new(Secret::new("sk_test_hour"), vec![secret]);
        wish.base_url = Some(double.base_url());
        wish.timeout = Duration::from_secs(20);
        wish.retries_max = 0;
        let product = setup.provider(Arc::new(Stripe::try_new(wish).expect("a Stripe"))).start().await;
        let business = product.business().await;
        let mut payers: Vec<(Visitor, String)> = Vec::new();
        for place in 0..PAYERS {
            let debtor =
                product.debtor(&business.creditor, &format!("P{place}"), &format!("Payer {place}"), "MX").await;
            product.invoice((&business.creditor, &debtor), &format!("P-{place}"), "2026-03-20", (10_000, "MXN")).await;
            let link = product.link_for(business.creditor.id, &debtor).await;
            let visitor = Visitor::sign_in(&product, &link).await;
            let form = visitor.pay_form().await;
            visitor.pay(&form, None).await.expect(303);
            payers.push((visitor, form.attempt));
        }
        Self { product, double, business, payers }
    }

    /// All of them pay; the provider takes the money, and then nobody can ask it, nor does it tell.
    async fn begins(&self) {
        self.double.hold_events(true);
        for (_, attempt) in &self.payers {
            let id = attempt.parse().expect("an id");
            let creditor = self.business.creditor.id;
            let tx = self.product.app.store().read_of(creditor).await.expect("the database answers");
            let row = saldo_store::attempt::load(&tx, creditor, id).await.expect("it is there");
            assert!(self.double.pay(&row.checkout.expect("it was handed over").reference, PayWith::Card));
        }
        for _ in 0..1_000 {
            self.double.misbehave(Operation::Find, Misbehaviour::FailBefore(503));
            self.double.misbehave(Operation::Open, Misbehaviour::FailBefore(503));
        }
    }

    /// What people see meanwhile.
    async fn is_felt(&self, ana: &Visitor) {
        for (visitor, attempt) in &self.payers {
            let back = visitor.get(&format!("/pay/{attempt}")).await.expect(200);
            assert!(!back.body.contains("/receipt/"), "unknown is not guessed");
            assert!(visitor.get("/statement").await.expect(200).body.contains("100.00"));
        }
        let refused = ana.pay(&ana.pay_form().await, None).await.expect(503);
        assert!(refused.body.contains("El procesador de pagos no responde"), "{}", refused.body);
        assert!(refused.body.contains("No se le cobró nada"), "{}", refused.body);
        assert_eq!(refused.header("retry-after"), "60");
    }

    /// It is back, and tells everything at once, twice and backwards.
    async fn ends(&self) {
        self.double.behave();
        self.double.deliver_twice(true);
        self.double.deliver_backwards(true);
        self.double.hold_events(false);
        let url = format!("{}/v1/webhooks/stripe/{}", self.product.url, self.business.creditor.id);
        let posts = self.double.take_events().into_iter().map(|event| {
            let request = self.product.client().post(&url).header("stripe-signature", self.double.sign(&event.body));
            async move { request.body(event.body).send().await.expect("an answer").status().as_u16() }
        });
        let statuses = join_all(posts).await;
        assert!(statuses.len() >= PAYERS * 2 && statuses.iter().all(|status| *status == 200), "{statuses:?}");
        self.product.work().await;
    }

    async fn payments(&self) -> usize {
        let api = Api::new(&self.product, &self.business.key);
        let payments = api.get("/v1/payments?limit=100").await.expect(200).json();
        payments["items"].as_array().expect("items").len()
    }
}

async fn an_hour_without_the_provider(database: Option<&str>) {
    let hour = Hour::before(database).await;
    let (product, double) = (&hour.product, &hour.double);
    let ana = crate::support::ana(product, &hour.business).await;
    hour.begins().await;
    let before = double.requests().len();
    hour.is_felt(&ana).await;
    for _ in 0..12 {
        product.advance(SignedDuration::from_mins(5));
        product.tick().await;
        product.work().await;
    }
    let asked = double.requests().len() - before;
    assert!(asked < PAYERS * 6, "a provider that is down is left alone: {asked} requests");
    assert_eq!(hour.payments().await, 0);
    hour.ends().await;
    for (visitor, attempt) in &hour.payers {
        let state = visitor.get(&format!("/pay/{attempt}/state")).await.expect(200).json();
        assert_eq!(state, json!({"state": "succeeded", "booked": true}));
    }
    assert_eq!(hour.payments().await, PAYERS, "each once");
    ana.pay(&ana.pay_form().await, None).await.expect(303);
    assert_parity(product).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_without_the_provider_loses_no_payment_and_books_each_once() {
    eprintln!("on SQLite");
    an_hour_without_the_provider(None).await;
    if let Some(database) = Database::create().await {
        eprintln!("on PostgreSQL");
        an_hour_without_the_provider(Some(&database.url)).await;
    }
}
