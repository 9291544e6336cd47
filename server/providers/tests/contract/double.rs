//! Stripe's double does what it is told.

use crate::rig::{HandClock, How, Rig, StripeRig, WEBHOOK_SECRET, mxn, order};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use saldo_providers::Secret;
use saldo_providers::doubles::stripe::{StripeDouble, StripeDoubleConfig};
use saldo_providers::payment::PaymentProvider;
use saldo_providers::payment::stripe::{Stripe, StripeConfig};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

type Inbox = Arc<Mutex<Vec<(String, Bytes)>>>;

async fn receive(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut inbox = inbox.lock().unwrap();
    inbox.push((headers["stripe-signature"].to_str().unwrap().to_owned(), body));
    // The second delivery is not accepted.
    if inbox.len() == 2 { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK }
}

async fn paid(rig: &StripeRig, number: u128) {
    let checkout = rig.stripe.open_checkout(&order(number, mxn(5_000), rig.now()), rig.now()).await.unwrap();
    rig.pay(&checkout.reference, How::Card);
}

#[tokio::test]
async fn events_are_posted_until_they_are_accepted() {
    let rig = StripeRig::start().await;
    paid(&rig, 1).await;
    let inbox = Inbox::default();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/webhooks", listener.local_addr().unwrap());
    let routes = Router::new().route("/webhooks", post(receive)).with_state(inbox.clone());
    let server = tokio::spawn(async move { axum::serve(listener, routes).await });
    assert_eq!(rig.double.post_events_to(&url).await, [200, 503]);
    assert_eq!(rig.double.post_events_to(&url).await, [200]);
    assert_eq!(rig.double.post_events_to(&url).await, Vec::<u16>::new());
    server.abort();
    let inbox = inbox.lock().unwrap();
    assert_eq!(inbox[1].1, inbox[2].1, "what was refused comes again");
    for (signature, body) in inbox.iter() {
        assert!(rig.stripe.verify_event(Some(signature), body, rig.now()).is_ok());
    }
}

#[tokio::test]
async fn an_address_where_nobody_listens_loses_no_event() {
    let rig = StripeRig::start().await;
    paid(&rig, 1).await;
    assert_eq!(rig.double.post_events_to("http://127.0.0.1:1/webhooks").await, [0, 0]);
    assert_eq!(rig.double.take_events().len(), 2);
}

#[tokio::test]
async fn events_come_as_disordered_as_asked() {
    let rig = StripeRig::start().await;
    paid(&rig, 1).await;
    rig.double.hold_events(true);
    assert_eq!(rig.double.take_events(), []);
    rig.double.hold_events(false);
    rig.double.deliver_backwards(true);
    rig.double.deliver_twice(true);
    let kinds: Vec<String> = rig.double.take_events().into_iter().map(|event| event.kind).collect();
    let expected = ["checkout.session.completed", "checkout.session.completed"];
    assert_eq!(kinds[..2], expected);
    assert_eq!(kinds[2..], ["payment_intent.succeeded", "payment_intent.succeeded"]);
}

#[tokio::test]
async fn a_live_double_tells_real_money_and_its_account() {
    let clock = HandClock::new();
    let mut config = StripeDoubleConfig::new(Secret::new(WEBHOOK_SECRET), clock.for_double());
    (config.live, config.account) = (true, Some("acct_9".to_owned()));
    let double = StripeDouble::start(config).await.unwrap();
    let stripe = StripeConfig::new(Secret::new("sk_live_x"), vec![Secret::new(WEBHOOK_SECRET)]);
    let stripe = Stripe::try_new(StripeConfig { base_url: Some(double.base_url()), ..stripe }).unwrap();
    double.emit("payout.paid", serde_json::json!({"id": "po_1"}));
    let event = double.take_events().remove(0);
    let event = stripe.verify_event(Some(&double.sign(&event.body)), &event.body, clock.now()).unwrap();
    assert!(event.live && stripe.mode().is_live());
    assert_eq!(event.provider_account.as_deref(), Some("acct_9"));
}
