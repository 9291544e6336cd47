//! A chargeback opens what was paid; a won one pays it again, a lost one stays. Whatever the order and repetition.

use saldo_providers::payment::sandbox::SignedEvent;
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Answer, Api, Visitor, ana, assert_parity, on_both};
use crate::world::{console, first_id, text};

struct Stand<'a> {
    product: &'a Product,
    business: Business,
    api: Api,
    ana: Visitor,
    reference: String,
}

impl<'a> Stand<'a> {
    async fn new(product: &'a Product) -> Self {
        let business = product.business().await;
        let api = Api::new(product, &business.key);
        let ana = ana(product, &business).await;
        ana.pay_with_card().await;
        product.work().await;
        let payment = api.get("/v1/payments").await.expect(200).json();
        let reference = text(&payment["items"][0]["provider_reference"]);
        Self { product, business, api, ana, reference }
    }

    fn open(&self) {
        let sandbox = self.product.sandbox.as_ref().expect("the sandbox takes payments");
        assert!(sandbox.open_chargeback(&self.reference, self.product.app.now()).expect("a memory"));
    }

    fn end(&self, won: bool) {
        let sandbox = self.product.sandbox.as_ref().expect("the sandbox takes payments");
        assert!(sandbox.end_chargeback(&self.reference, won, self.product.app.now()).expect("a memory"));
    }

    /// What the sandbox tells, taken off its hands.
    fn take(&self) -> Vec<SignedEvent> {
        let sandbox = self.product.sandbox.as_ref().expect("the sandbox takes payments");
        let events = sandbox.due_events(self.product.app.now()).expect("events");
        events.iter().for_each(|event| sandbox.mark_delivered(&event.delivery_id).expect("known"));
        events
    }

    async fn deliver(&self, event: &SignedEvent) {
        let url = format!("{}/v1/webhooks/sandbox/{}", self.product.url, self.business.creditor.id);
        let mut request = self.product.client().post(url).body(event.body.clone());
        for (name, value) in &event.headers {
            request = request.header(name, value);
        }
        Answer::of(request.send().await.expect("an answer")).await.expect(200);
    }

    /// Statement, API, console and ledger agree on what is open and on how the chargeback stands.
    async fn agrees(&self, open: i64, standing: &str) {
        let path = format!("/v1/debtors/{}/statement", self.business.ana.id);
        let statement = self.api.get(&path).await.expect(200).json();
        assert_eq!(owed(&statement), open, "{statement}");
        let rows = self.api.get("/v1/chargebacks").await.expect(200).json();
        assert_eq!(rows["items"].as_array().map(Vec::len), Some(1), "{rows}");
        assert_eq!(rows["items"][0]["standing"], standing, "{rows}");
        let page = self.ana.get("/statement").await.expect(200).body;
        assert_eq!(page.contains("summary-settled"), open == 0, "{page}");
        let finance = console(self.product, &self.business.creditor).await;
        finance.get(&format!("/console/debtors/{}", self.business.ana.id)).await.expect(200);
        assert_parity(self.product).await;
    }
}

fn owed(statement: &Value) -> i64 {
    let accounts = statement["accounts"].as_array().expect("accounts");
    accounts.iter().map(|account| account["outstanding"]["minor"].as_i64().expect("minor units")).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chargeback_opens_the_items_and_a_won_one_pays_them_again() {
    on_both(async |product| {
        let stand = Stand::new(&product).await;
        stand.open();
        product.work().await;
        stand.agrees(123_450, "opened").await;
        let payment = stand.api.get("/v1/payments").await.json();
        assert_eq!(payment["items"][0]["refunded"]["minor"], 123_450);
        stand.end(true);
        product.work().await;
        stand.agrees(0, "won").await;
        let payment = stand.api.get("/v1/payments").await.json();
        assert_eq!(payment["items"][0]["refunded"]["minor"], 0);
        assert_eq!(first_id(&payment), text(&payment["items"][0]["id"]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_chargeback_stays() {
    on_both(async |product| {
        let stand = Stand::new(&product).await;
        stand.open();
        stand.end(false);
        product.work().await;
        stand.agrees(123_450, "lost").await;
        let page = stand.api.get("/v1/inbound-events").await.expect(200).json();
        assert!(!page.to_string().contains("refused"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_and_reordered_events_book_a_chargeback_once() {
    for (won, open, standing) in [(true, 0, "won"), (false, 123_450, "lost")] {
        on_both(async |product| {
            let stand = Stand::new(&product).await;
            stand.open();
            stand.end(won);
            let events = stand.take();
            assert_eq!(events.len(), 4, "each comes twice");
            for event in events.iter().rev() {
                stand.deliver(event).await;
                product.work().await;
            }
            stand.agrees(open, standing).await;
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_paid_meanwhile_makes_a_won_chargeback_visible_credit() {
    on_both(async |product| {
        let stand = Stand::new(&product).await;
        stand.open();
        product.work().await;
        stand.ana.pay_with_card().await;
        product.work().await;
        stand.end(true);
        product.work().await;
        let payments = stand.api.get("/v1/payments").await.expect(200).json();
        let credit: i64 = payments["items"]
            .as_array()
            .expect("payments")
            .iter()
            .map(|payment| payment["unapplied"]["minor"].as_i64().expect("minor units"))
            .sum();
        assert_eq!(credit, 123_450, "{payments}");
        assert_parity(&product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_did_not_arrive_counts_again() {
    on_both(async |product| {
        let stand = Stand::new(&product).await;
        let payment = first_id(&stand.api.get("/v1/payments").await.json());
        let wish = json!({"payment_id": payment, "amount": {"minor": 4_000, "currency": "MXN"}, "reason": "too much"});
        let refund = stand.api.post_once("/v1/refunds", &wish, "key-1").await.expect(201).json();
        product.work().await;
        let path = format!("/v1/debtors/{}/statement", stand.business.ana.id);
        assert_eq!(owed(&stand.api.get(&path).await.json()), 4_000);
        let id = text(&refund["id"]).parse().expect("an id");
        for counted in [true, false] {
            let creditor = stand.business.creditor.id;
            let tx = product.app.store().write_of(creditor).await.expect("a database");
            let done = saldo_app::flows::record_refund::take_back(&product.app, &tx, creditor, id).await;
            assert_eq!(done.expect("a booking"), counted);
            tx.commit().await.expect("a commit");
        }
        assert_eq!(owed(&stand.api.get(&path).await.json()), 0);
        let refund = stand.api.get(&format!("/v1/refunds/{}", text(&refund["id"]))).await.expect(200).json();
        assert_eq!(refund["state"], "failed");
        assert_parity(&product).await;
    })
    .await;
}
