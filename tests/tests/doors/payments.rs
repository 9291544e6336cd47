//! A payment has three ways into the books, and is booked once.

use futures::future::join_all;
use jiff::SignedDuration;
use saldo_app::jobs;
use saldo_providers::payment::sandbox::SignedEvent;
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Answer, Api, Visitor, assert_parity, on_both};

/// What can happen after the debtor has paid.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Return,
    Webhook,
    WebhookAgain,
    Reconcile,
}

fn permutations(steps: &[Step]) -> Vec<Vec<Step>> {
    if steps.len() < 2 {
        return vec![steps.to_vec()];
    }
    let mut all = Vec::new();
    for (place, first) in steps.iter().enumerate() {
        let mut rest = steps.to_vec();
        rest.remove(place);
        all.extend(permutations(&rest).into_iter().map(|rest| [vec![*first], rest].concat()));
    }
    all
}

/// The sandbox's events of now, taken off its hands.
fn take_events(product: &Product) -> Vec<SignedEvent> {
    let sandbox = product.sandbox.as_ref().expect("the sandbox takes payments");
    let events = sandbox.due_events(product.app.now()).expect("events");
    for event in &events {
        sandbox.mark_delivered(&event.delivery_id).expect("it is known");
    }
    events
}

/// Posts an event to the webhook, as the provider does.
async fn post(product: &Product, business: &Business, event: &SignedEvent) -> Answer {
    let url = format!("{}/v1/webhooks/sandbox/{}", product.url, business.creditor.id);
    let mut request = product.client().post(url).body(event.body.clone());
    for (name, value) in &event.headers {
        request = request.header(name, value);
    }
    Answer::of(request.send().await.expect("an answer")).await
}

async fn take(product: &Product, business: &Business, visitor: &Visitor, paid: (&str, &SignedEvent), step: Step) {
    match step {
        Step::Return => drop(visitor.get(&format!("/pay/{}", paid.0)).await.expect(200)),
        Step::Webhook | Step::WebhookAgain => {
            post(product, business, paid.1).await.expect(200);
            while jobs::run_due(&product.app).await.expect("jobs") > 0 {}
        }
        Step::Reconcile => product.tick().await,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn return_page_webhook_and_reconciler_book_a_payment_once_in_every_order() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let orders = permutations(&[Step::Return, Step::Webhook, Step::WebhookAgain, Step::Reconcile]);
        assert_eq!(orders.len(), 24);
        for (place, order) in orders.into_iter().enumerate() {
            let reference = format!("P{place}");
            let debtor = product.debtor(&business.creditor, &reference, "Paga Una Vez", "MX").await;
            let of = (&business.creditor, &debtor);
            product.invoice(of, &format!("{reference}-1"), "2026-03-20", (12_345, "MXN")).await;
            let link = product.link_for(business.creditor.id, &debtor).await;
            let visitor = Visitor::sign_in(&product, &link).await;
            let attempt = visitor.pay_with_card().await;
            let events = take_events(&product);
            product.advance(SignedDuration::from_mins(3));
            for step in &order {
                take(&product, &business, &visitor, (&attempt, &events[0]), *step).await;
                let payments = api.get(&format!("/v1/payments?debtor_id={}", debtor.id)).await.expect(200).json();
                let booked = payments["items"].as_array().expect("items");
                assert_eq!(booked.len(), 1, "{order:?} after {step:?}: {payments}");
                assert_eq!(booked[0]["amount"], json!({"minor": 12_345, "currency": "MXN"}));
            }
            let statement = api.get(&format!("/v1/debtors/{}/statement", debtor.id)).await.expect(200).json();
            assert_eq!(statement["accounts"][0]["outstanding"]["minor"], 0, "{order:?}: {statement}");
            assert_eq!(statement["accounts"][0]["credit"]["minor"], 0, "{order:?}: {statement}");
        }
        assert_parity(&product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn return_page_webhook_and_reconciler_at_the_same_moment_book_one_payment() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let ana = crate::support::ana(&product, &business).await;
        let attempt = ana.pay_with_card().await;
        let events = take_events(&product);
        product.advance(SignedDuration::from_mins(3));
        let (product, paid) = (&product, (attempt.as_str(), &events[0]));
        let steps = [Step::Return, Step::Webhook, Step::Reconcile, Step::WebhookAgain, Step::Return, Step::Reconcile];
        join_all(steps.map(|step| take(product, &business, &ana, paid, step))).await;
        product.work().await;
        let payments = api.get("/v1/payments").await.expect(200).json();
        assert_eq!(payments["items"].as_array().map(Vec::len), Some(1), "{payments}");
        let dead = product.client().get(format!("{}/readyz", product.url)).send().await.expect("an answer");
        assert_eq!(Answer::of(dead).await.expect(200).json()["jobs_dead"], 0);
        assert_parity(product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_a_double_click_and_the_back_button_make_one_capture() {
    on_both(async |product| {
        let business = product.business().await;
        let ana = crate::support::ana(&product, &business).await;
        let form = ana.pay_form().await;
        let clicks = join_all((0..8).map(|_| ana.pay(&form, None))).await;
        let pages: Vec<&str> = clicks.iter().map(|answer| answer.header("location")).collect();
        assert!(clicks.iter().all(|answer| answer.status == 303), "{pages:?}");
        assert!(pages.iter().all(|page| page == &pages[0] && page.contains("/sandbox/")), "{pages:?}");

        let other_tab = ana.pay_form().await;
        assert_ne!(other_tab.attempt, form.attempt);
        let answer = ana.pay(&other_tab, None).await.expect(303);
        assert_eq!(answer.header("location"), format!("/pay/{}/under-way", form.attempt));
        ana.get(answer.header("location")).await.expect(200);

        ana.post(&format!("{}/card", pages[0]), &[("number", "4242 4242 4242 4242")]).await.expect(303);
        ana.post(&format!("{}/card", pages[0]), &[("number", "4242 4242 4242 4242")]).await.expect(303);
        product.work().await;
        let again = ana.pay(&form, None).await.expect(303);
        assert_eq!(again.header("location"), format!("/pay/{}", form.attempt));
        ana.pay(&other_tab, None).await.expect(409);
        let payments = Api::new(&product, &business.key).get("/v1/payments").await.json();
        assert_eq!(payments["items"].as_array().map(Vec::len), Some(1), "{payments}");
        assert_parity(&product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_amount_comes_from_the_ledger_and_not_from_the_form() {
    on_both(async |product| {
        let business = product.business().await;
        let ana = crate::support::ana(&product, &business).await;
        for (amount, status) in [("0", 422), ("-5", 422), ("1,234.51", 422), ("words", 422), ("1,234.50", 303)] {
            let form = ana.pay_form().await;
            let answer = ana.pay(&form, Some(amount)).await;
            assert_eq!(answer.status, status, "{amount}: {}", answer.body);
        }
        let bruno = product.link_for(business.creditor.id, &business.bruno).await;
        let bruno = Visitor::sign_in(&product, &bruno).await;
        let seen = bruno.pay_form().await;
        let of = (&business.creditor, &business.bruno);
        product.invoice(of, "B-2", "2026-04-17", (100, "MXN")).await;
        let answer = bruno.pay(&seen, None).await.expect(409);
        assert!(answer.body.contains("100.90"), "the balance that changed is shown: {}", answer.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_card_and_a_failed_debit_book_nothing() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let ana = crate::support::ana(&product, &business).await;
        let form = ana.pay_form().await;
        let page = ana.pay(&form, None).await.expect(303).header("location").to_owned();
        ana.post(&format!("{page}/card"), &[("number", "4000 0000 0000 0002")]).await.expect(422);
        product.work().await;
        ana.post(&format!("{page}/debit"), &[("outcome", "fails")]).await.expect(303);
        product.work().await;
        let state = ana.get(&format!("/pay/{}/state", form.attempt)).await.expect(200).json();
        assert_eq!(state, json!({"state": "pending", "booked": false}));
        product.advance(SignedDuration::from_secs(30));
        product.work().await;
        let state = ana.get(&format!("/pay/{}/state", form.attempt)).await.expect(200).json();
        assert_eq!(state, json!({"state": "failed", "booked": false}));
        assert_eq!(api.get("/v1/payments").await.json()["items"], json!([]));
        let after: Value = api.get(&format!("/v1/debtors/{}", business.ana.id)).await.json();
        assert_eq!(after["outstanding"], json!([{"minor": 123_450, "currency": "MXN"}]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_with_a_wrong_signature_is_refused_and_leaves_nothing() {
    on_both(async |product| {
        let business = product.business().await;
        let ana = crate::support::ana(&product, &business).await;
        ana.pay_with_card().await;
        let mut event = take_events(&product).remove(0);
        let genuine = event.clone();
        event.body.push(b' ');
        assert_eq!(post(&product, &business, &event).await.expect(400).code(), "event_refused");
        event.headers.clear();
        assert_eq!(post(&product, &business, &event).await.expect(400).code(), "event_refused");
        product.advance(SignedDuration::from_secs(301));
        assert_eq!(post(&product, &business, &genuine).await.expect(400).code(), "event_refused");
        let api = Api::new(&product, &business.key);
        assert_eq!(api.get("/v1/inbound-events").await.json()["items"], json!([]));
        let unknown = format!("{}/v1/webhooks/paypal/{}", product.url, business.creditor.id);
        let answer = Answer::of(product.client().post(unknown).body("{}").send().await.expect("an answer")).await;
        assert_eq!(answer.expect(404).code(), "provider_unknown");
    })
    .await;
}
