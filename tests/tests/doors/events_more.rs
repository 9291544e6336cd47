//! The API of subscribers: addresses that are never asked, secrets, what is given up, and once more.

use std::sync::Arc;

use jiff::SignedDuration;
use saldo_app::jobs;
use saldo_tests::product::{Business, Product};
use serde_json::json;

use crate::access_api_table::{Names, Route, list, route};
use crate::events::{events, subscribe};
use crate::events_stand::{Internet, Mood, Receiver};
use crate::support::{Api, on_both_with};
use crate::world::text;

/// The rows of the table of callers; in an order in which each finds what it needs.
pub fn rows() -> Vec<Route> {
    vec![
        list("/v1/events"),
        list("/v1/subscribers"),
        route("POST", "/v1/subscribers", "write", Names::Nothing, 201),
        route("GET", "/v1/subscribers/{subscriber_id}", "read", Names::Row(|ids| &ids.subscriber), 200),
        route("GET", "/v1/subscribers/{subscriber_id}/deliveries", "read", Names::Row(|ids| &ids.subscriber), 200),
        route("POST", "/v1/subscribers/{subscriber_id}/rotate", "write", Names::Row(|ids| &ids.subscriber), 200),
        route("POST", "/v1/subscribers/{subscriber_id}/disable", "write", Names::Row(|ids| &ids.subscriber), 200),
        route("POST", "/v1/subscribers/{subscriber_id}/enable", "write", Names::Row(|ids| &ids.subscriber), 200),
        route("POST", "/v1/subscribers/{subscriber_id}/test", "write", Names::Row(|ids| &ids.subscriber), 202),
        route("POST", "/v1/subscribers/{subscriber_id}/replay", "write", Names::Row(|ids| &ids.subscriber), 202),
        route("DELETE", "/v1/subscribers/{subscriber_id}", "write", Names::Row(|ids| &ids.subscriber), 204),
    ]
}

/// Addresses at which no creditor's program is, in every notation that leads there.
const NEVER: [(&str, &str); 40] = [
    ("http://books.example/", "not_https"),
    ("ftp://books.example/", "not_https"),
    ("file:///etc/passwd", "not_https"),
    ("javascript:alert(1)", "not_https"),
    ("gopher://books.example:70/_", "not_https"),
    ("books.example", "not_an_url"),
    ("//books.example/", "not_an_url"),
    ("https://", "not_an_url"),
    ("https://books.example/#part", "not_an_url"),
    ("https://books .example/", "not_an_url"),
    ("https://ana:secret@books.example/", "credentials_in_url"),
    ("https://ana@books.example/", "credentials_in_url"),
    ("https://books.example:22/", "port"),
    ("https://books.example:5432/", "port"),
    ("https://books.example:80/", "port"),
    ("https://127.0.0.1/", "private_address"),
    ("https://127.1/", "private_address"),
    ("https://2130706433/", "private_address"),
    ("https://0x7f000001/", "private_address"),
    ("https://0x7f.0.0.1/", "private_address"),
    ("https://0177.0.0.1/", "private_address"),
    ("https://017700000001/", "private_address"),
    ("https://\u{ff11}27.0.0.1/", "private_address"),
    ("https://10.0.0.1/", "private_address"),
    ("https://192.168.0.1:8443/", "private_address"),
    ("https://169.254.169.254/latest/meta-data", "private_address"),
    ("https://100.64.0.1/", "private_address"),
    ("https://0/", "private_address"),
    ("https://[::1]/", "private_address"),
    ("https://[::]/", "private_address"),
    ("https://[::ffff:127.0.0.1]/", "private_address"),
    ("https://[::ffff:7f00:1]/", "private_address"),
    ("https://[64:ff9b::127.0.0.1]/", "private_address"),
    ("https://[2002:7f00:1::]/", "private_address"),
    ("https://[fd00::1]/", "private_address"),
    ("https://[fe80::1]/", "private_address"),
    ("https://localhost/", "private_address"),
    ("https://metadata.google.internal/", "private_address"),
    ("https://inside.example/", "private_address"),
    ("https://nowhere.example/", "no_address"),
];

pub async fn stand(product: &Product) -> (Business, Api) {
    let business = product.business().await;
    let api = Api::new(product, &business.key);
    (business, api)
}

pub async fn deliver(product: &Product) -> usize {
    jobs::deliver_events(&product.app).await.expect("subscribers are told")
}

#[tokio::test(flavor = "multi_thread")]
async fn no_subscriber_is_made_at_an_address_that_is_never_asked() {
    let internet = Internet::new().await;
    internet.point("books.example", &["93.184.216.1"]);
    internet.point("inside.example", &["93.184.216.1", "10.0.0.1"]);
    on_both_with(
        |setup| setup.network(Arc::new(internet.clone())),
        async |product| {
            let (_, api) = stand(&product).await;
            for (url, why) in NEVER {
                let answer = api.post("/v1/subscribers", &json!({"name": "books", "url": url})).await.expect(422);
                assert_eq!(answer.code(), "subscriber_url", "{url}");
                let title = text(&answer.json()["title"]);
                assert!(title.ends_with(why), "{url}: {title}");
            }
            let unknown = json!({"name": "books", "url": "https://books.example/", "types": ["invoice.eaten"]});
            api.post("/v1/subscribers", &unknown).await.expect(400);
            for place in 0..20 {
                subscribe(&api, &format!("books {place}"), "https://books.example/", &[]).await;
            }
            let more = json!({"name": "books", "url": "https://books.example/"});
            assert_eq!(api.post("/v1/subscribers", &more).await.expect(409).code(), "subscribers_full");
            assert!(internet.forbidden().is_empty(), "nothing was asked");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_secret_signs_beside_the_former_one_for_a_day() {
    let internet = Internet::new().await;
    on_both_with(
        |setup| setup.network(Arc::new(internet.clone())),
        async |product| {
            let (_, api) = stand(&product).await;
            let books = Receiver::start().await;
            internet.host("books.example", "93.184.216.1", &books);
            let told = subscribe(&api, "books", "https://books.example/", &[]).await;
            let path = |action: &str| format!("/v1/subscribers/{}/{action}", told.id);
            let made = api.post(&path("rotate"), &json!({})).await.expect(200).json();
            let fresh = text(&made["secret"]);
            assert_ne!(fresh, told.secret);
            let listed = api.get("/v1/subscribers").await.expect(200).body;
            assert!(!listed.contains("whsec_"), "a secret is shown once: {listed}");
            for (hours, both) in [(0, true), (25, false)] {
                product.advance(SignedDuration::from_hours(hours));
                api.post(&path("test"), &json!({})).await.expect(202);
                deliver(&product).await;
                let arrival = books.arrivals().pop().expect("it arrived");
                assert!(arrival.is_signed_with(&fresh));
                assert_eq!(arrival.is_signed_with(&told.secret), both, "{hours} hours later");
                assert_eq!(arrival.json()["type"], "subscriber.test");
            }
            let log = api.get("/v1/audit?subject_kind=subscriber").await.expect(200).body;
            assert!(!log.contains("whsec_") && log.contains("subscriber_secret_rotated"), "{log}");
        },
    )
    .await;
}

pub async fn one_more_invoice(product: &Product, business: &Business, number: &str) {
    product.invoice((&business.creditor, &business.ana), number, "2026-05-01", (100, "MXN")).await;
}

/// The mails to the creditor that name a subscriber.
async fn mails(product: &Product, words: &str) -> usize {
    product.work().await;
    let tx = product.app.store().read_across(saldo_store::Across::Operator).await.expect("the store");
    let mails = saldo_store::mail::list(&tx, 100).await.expect("mails");
    mails.iter().filter(|mail| mail.subject.contains(words)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_410_is_told_no_more_until_a_person_wants_it() {
    let internet = Internet::new().await;
    on_both_with(
        |setup| setup.network(Arc::new(internet.clone())),
        async |product| {
            let (business, api) = stand(&product).await;
            let books = Receiver::start().await;
            internet.host("books.example", "93.184.216.1", &books);
            let told = subscribe(&api, "books", "https://books.example/", &["invoice.issued"]).await;
            let path = |action: &str| format!("/v1/subscribers/{}{action}", told.id);
            books.set(Mood::Status(410));
            one_more_invoice(&product, &business, "G-1").await;
            deliver(&product).await;
            let page = api.get(&path("")).await.expect(200).json();
            assert_eq!(page["state"], "gone", "{page}");
            assert_eq!(mails(&product, "books").await, 1, "finance is told");
            one_more_invoice(&product, &business, "G-2").await;
            product.advance(SignedDuration::from_hours(24));
            assert_eq!(deliver(&product).await, 0);
            books.set(Mood::Well);
            api.post(&path("/enable"), &json!({})).await.expect(200);
            let since = json!({"since": "2026-03-03T00:00:00Z"});
            assert_eq!(api.post(&path("/replay"), &since).await.expect(202).json()["count"], 2);
            deliver(&product).await;
            let taken = books.arrivals().iter().filter(|arrival| arrival.taken).count();
            assert_eq!(taken, 2, "what happened meanwhile comes with a replay");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_taken_for_five_days_is_given_up_shown_and_replayed() {
    let internet = Internet::new().await;
    on_both_with(
        |setup| setup.network(Arc::new(internet.clone())),
        async |product| {
            let (business, api) = stand(&product).await;
            let books = Receiver::start().await;
            internet.host("books.example", "93.184.216.1", &books);
            let told = subscribe(&api, "books", "https://books.example/", &["invoice.issued"]).await;
            let path = |action: &str| format!("/v1/subscribers/{}{action}", told.id);
            books.set(Mood::Status(500));
            for number in ["D-1", "D-2", "D-3", "D-4", "D-5", "D-6"] {
                one_more_invoice(&product, &business, number).await;
            }
            for _ in 0..6 * 48 {
                deliver(&product).await;
                product.advance(SignedDuration::from_mins(30));
            }
            let offers = books.arrivals().len();
            assert!(offers < 6 * 48 + 50, "a dead subscriber is left alone: {offers} offers");
            let page = api.get(&path("")).await.expect(200).json();
            assert_eq!((&page["waiting"], &page["dead"]), (&json!(0), &json!(6)), "{page}");
            assert_eq!(mails(&product, "books").await, 1, "finance is told once");
            let dead = api.get(&path("/deliveries?state=dead")).await.expect(200).json();
            let one = &dead["items"][0];
            assert_eq!((&one["status"], &one["error"]), (&json!(500), &json!("status")), "{one}");
            books.set(Mood::Well);
            let again = json!({"event_id": one["event_id"]});
            assert_eq!(api.post(&path("/replay"), &again).await.expect(202).json()["count"], 1);
            deliver(&product).await;
            assert_eq!(books.arrivals().last().map(|arrival| arrival.taken), Some(true));
            for wrong in [json!({}), json!({"event_id": one["event_id"], "since": "2026-03-03T00:00:00Z"})] {
                api.post(&path("/replay"), &wrong).await.expect(400);
            }
            assert_eq!(events(&api, "&type=invoice.issued").await.len(), 6);
            api.get("/v1/events?type=nothing").await.expect(400);
        },
    )
    .await;
}
