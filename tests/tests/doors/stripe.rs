//! The same with Stripe's way of doing things, and with a Stripe that misbehaves.

use futures::future::join_all;
use jiff::SignedDuration;
use saldo_domain::ids::AttemptId;
use saldo_providers::Secret;
use saldo_providers::doubles::stripe::{Misbehaviour, Operation, PayWith, StripeDouble, StripeDoubleConfig};
use saldo_providers::payment::stripe::{Stripe, StripeConfig};
use saldo_tests::postgres::Database;
use saldo_tests::product::{Business, Product, Setup};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

use crate::support::{Api, Visitor, assert_parity};

struct Stand {
    product: Product,
    double: StripeDouble,
    business: Business,
    api: Api,
    ana: Visitor,
}

async fn on_both(test: impl AsyncFn(Stand)) {
    eprintln!("on SQLite");
    test(stand(None).await).await;
    if let Some(database) = Database::create().await {
        eprintln!("on PostgreSQL");
        test(stand(Some(&database.url)).await).await;
    }
}

async fn stand(database: Option<&str>) -> Stand {
    let setup = Setup::new(database);
    let clock = setup.clock();
    let secret = Secret::new("whsec_doors");
    let now = Arc::new(move || saldo_app::ambient::Clock::now(clock.as_ref()));
    let double = StripeDouble::start(StripeDoubleConfig::new(secret.clone(), now)).await.expect("a port is free");
    let mut wish = StripeConfig::new(Secret::new("sk_test_doors"), vec![secret]);
    wish.base_url = Some(double.base_url());
    wish.account = Some("acct_ours".to_owned());
    wish.timeout = Duration::from_secs(4);
    // One request is one answer: the tests say how often Stripe fails.
    wish.retries_max = 0;
    let product = setup.provider(Arc::new(Stripe::try_new(wish).expect("a Stripe"))).start().await;
    let business = product.business().await;
    let api = Api::new(&product, &business.key);
    let ana = crate::support::ana(&product, &business).await;
    Stand { product, double, business, api, ana }
}

impl Stand {
    fn webhook(&self) -> String {
        format!("{}/v1/webhooks/stripe/{}", self.product.url, self.business.creditor.id)
    }

    /// Lets Stripe deliver and works on what came.
    async fn deliver(&self) {
        let statuses = self.double.post_events_to(&self.webhook()).await;
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
        self.product.work().await;
    }

    /// Hands the debtor over and answers attempt and checkout.
    async fn hand_over(&self) -> (String, String) {
        let form = self.ana.pay_form().await;
        self.ana.pay(&form, None).await.expect(303);
        let id: AttemptId = form.attempt.parse().expect("an id");
        let tx = self.product.app.store().read().await.expect("the database answers");
        let attempt = saldo_store::attempt::load(&tx, self.business.creditor.id, id).await.expect("it is there");
        (form.attempt, attempt.checkout.expect("it was handed over").reference)
    }

    /// Posts an event of Stripe's with changes, genuinely signed.
    async fn post_changed(&self, body: &[u8], change: impl FnOnce(&mut Value)) {
        let mut event: Value = serde_json::from_slice(body).expect("an event");
        change(&mut event);
        let body = event.to_string().into_bytes();
        let request = self.product.client().post(self.webhook()).header("stripe-signature", self.double.sign(&body));
        let answer = request.body(body).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        self.product.work().await;
    }

    async fn payments(&self) -> Vec<Value> {
        let payments = self.api.get("/v1/payments").await.expect(200).json();
        payments["items"].as_array().expect("items").clone()
    }

    async fn account(&self) -> Value {
        let path = format!("/v1/debtors/{}/statement", self.business.ana.id);
        self.api.get(&path).await.expect(200).json()["accounts"][0].clone()
    }

    async fn finish(&self) {
        assert_eq!(self.double.violations(), Vec::<String>::new());
        assert_parity(&self.product).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_capture_of_one_checkout_is_visible_credit() {
    on_both(async |stand| {
        let (_, checkout) = stand.hand_over().await;
        assert!(stand.double.pay(&checkout, PayWith::Card));
        assert!(stand.double.pay_again(&checkout));
        stand.deliver().await;
        let payments = stand.payments().await;
        assert_eq!(payments.len(), 2, "{payments:?}");
        // The latest comes first.
        assert_eq!(payments[1]["unapplied"]["minor"], 0);
        assert_eq!(payments[0]["unapplied"], json!({"minor": 123_450, "currency": "MXN"}));
        let account = stand.account().await;
        assert_eq!((&account["outstanding"]["minor"], &account["credit"]["minor"]), (&json!(0), &json!(123_450)));
        let page = stand.ana.get("/statement").await.expect(200).body;
        assert!(page.contains("1,234.50"), "the debtor sees the credit");
        stand.finish().await;
    })
    .await;
}

/// What is changed of an event, the code that it is refused with, and how.
type Change = (&'static str, &'static str, fn(&mut Value));

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused_and_shown_and_books_nothing() {
    on_both(async |stand| {
        let (_, checkout) = stand.hand_over().await;
        assert!(stand.double.pay(&checkout, PayWith::Card));
        let events = stand.double.take_events();
        let paid = events.iter().find(|event| event.kind == "checkout.session.completed").expect("an event");
        let changes: [Change; 4] = [
            ("evt_amount", "report_mismatch", |event| event["data"]["object"]["amount_total"] = json!(123_451)),
            ("evt_currency", "currency_mismatch", |event| event["data"]["object"]["currency"] = json!("usd")),
            ("evt_account", "account_mismatch", |event| event["account"] = json!("acct_theirs")),
            ("evt_live", "live_mode_mismatch", |event| event["livemode"] = json!(true)),
        ];
        for (id, note, change) in changes {
            stand
                .post_changed(&paid.body, |event| {
                    event["id"] = json!(id);
                    change(event);
                })
                .await;
            let shown = stand.api.get("/v1/inbound-events?state=refused").await.expect(200).json();
            let shown = shown["items"].as_array().expect("items").clone();
            let row =
                shown.iter().find(|row| row["event_reference"] == id).unwrap_or_else(|| panic!("{id}: {shown:?}"));
            assert_eq!(row["note"], note);
            assert_eq!(stand.payments().await.len(), 0, "{id}");
        }
        stand.post_changed(&paid.body, |_| {}).await;
        assert_eq!(stand.payments().await.len(), 1);
        stand.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_about_nothing_of_ours_is_kept_and_shown_as_unmatched() {
    on_both(async |stand| {
        let (attempt, checkout) = stand.hand_over().await;
        assert!(stand.double.pay(&checkout, PayWith::Card));
        let events = stand.double.take_events();
        let paid = events.iter().find(|event| event.kind == "checkout.session.completed").expect("an event");
        let other = AttemptId(uuid::Uuid::now_v7()).to_string();
        let text = String::from_utf8(paid.body.clone()).expect("text").replace(&attempt, &other);
        stand.post_changed(text.as_bytes(), |event| event["id"] = json!("evt_unknown")).await;
        for _ in 0..8 {
            stand.product.advance(SignedDuration::from_mins(10));
            stand.product.work().await;
        }
        stand
            .post_changed(&paid.body, |event| {
                event["id"] = json!("evt_foreign");
                event["data"]["object"]["metadata"] = json!({});
            })
            .await;
        let shown = stand.api.get("/v1/inbound-events?state=unmatched").await.expect(200).json();
        let shown: Vec<&Value> =
            shown["items"].as_array().expect("items").iter().map(|row| &row["event_reference"]).collect();
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert!(shown.contains(&&json!("evt_unknown")) && shown.contains(&&json!("evt_foreign")), "{shown:?}");
        assert_eq!(stand.payments().await.len(), 0);
        stand.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_holds_nothing_and_the_next_try_pays() {
    on_both(async |stand| {
        for misbehaviour in
            [Misbehaviour::FailBefore(503), Misbehaviour::TimeOut { after_work: false }, Misbehaviour::AnswerGarbage]
        {
            stand.double.misbehave(Operation::Open, misbehaviour);
            let form = stand.ana.pay_form().await;
            stand.ana.pay(&form, None).await.expect(503);
            let retry = stand.ana.pay(&form, None).await.expect(303);
            assert_eq!(retry.header("location"), format!("/pay/{}", form.attempt));
            let page = stand.ana.get(retry.header("location")).await.expect(200);
            assert!(!page.body.contains("/receipt/"));
        }
        let (_, checkout) = stand.hand_over().await;
        assert!(stand.double.pay(&checkout, PayWith::Card));
        stand.deliver().await;
        assert_eq!(stand.payments().await.len(), 1);
        assert_eq!(stand.account().await["outstanding"]["minor"], 0);
        stand.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_many_times_at_once_is_one_checkout_at_stripe() {
    on_both(async |stand| {
        let form = stand.ana.pay_form().await;
        let clicks = join_all((0..6).map(|_| stand.ana.pay(&form, None))).await;
        assert!(clicks.iter().all(|answer| answer.status == 303), "{clicks:?}");
        let first = clicks[0].header("location");
        assert!(clicks.iter().all(|answer| answer.header("location") == first), "{clicks:?}");
        assert_eq!(stand.double.checkout_count(), 1);
        stand.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_are_lost_doubled_or_late_change_nothing_in_the_end() {
    on_both(async |stand| {
        let (_, checkout) = stand.hand_over().await;
        stand.double.drop_next_events(10);
        assert!(stand.double.pay(&checkout, PayWith::Card));
        stand.deliver().await;
        assert_eq!(stand.payments().await.len(), 0, "every event was lost");
        stand.product.advance(SignedDuration::from_mins(5));
        stand.product.tick().await;
        assert_eq!(stand.payments().await.len(), 1, "the reconciler asks");
        assert_eq!(stand.account().await["outstanding"]["minor"], 0);
        stand.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_debit_that_comes_backwards_and_twice_is_one_payment() {
    on_both(async |stand| {
        stand.double.deliver_twice(true);
        stand.double.deliver_backwards(true);
        let (attempt, checkout) = stand.hand_over().await;
        assert!(stand.double.pay(&checkout, PayWith::Debit));
        assert!(stand.double.settle_debit(&checkout, true));
        stand.deliver().await;
        let state = stand.ana.get(&format!("/pay/{attempt}/state")).await.expect(200).json();
        assert_eq!(state, json!({"state": "succeeded", "booked": true}));
        assert_eq!(stand.payments().await.len(), 1);
        stand.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_failed_after_it_was_given_is_booked_once() {
    on_both(async |stand| {
        let (_, checkout) = stand.hand_over().await;
        assert!(stand.double.pay(&checkout, PayWith::Card));
        stand.deliver().await;
        let payment = stand.payments().await[0]["id"].clone();
        stand.double.drop_next_events(10);
        stand.double.misbehave(Operation::Refund, Misbehaviour::FailAfter { status: 500, replayed: true });
        let wish = json!({"payment_id": payment, "amount": {"minor": 23_450, "currency": "MXN"}, "reason": "returned"});
        stand.api.post_once("/v1/refunds", &wish, &crate::world::fresh()).await.expect(201);
        for _ in 0..6 {
            stand.product.work().await;
            stand.product.advance(SignedDuration::from_mins(10));
        }
        let refunds = stand.api.get("/v1/refunds").await.expect(200).json();
        assert_eq!(refunds["items"][0]["state"], "succeeded", "{refunds}");
        assert_eq!(stand.double.counts(), (1, 1));
        assert_eq!(stand.account().await["outstanding"]["minor"], 23_450);
        stand.finish().await;
    })
    .await;
}
