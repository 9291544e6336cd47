//! Server-sent events: a payment on any node is told within seconds, and nothing of it but that.

use std::time::Duration;

use reqwest::Response;
use saldo_tests::product::Setup;
use serde_json::json;

use crate::support::{ana, on_both};
use crate::widget_stand::{OTHER, SHOP, Shop, ask};
use crate::world::text;

async fn listen(shop: &Shop<'_>, url: &str, body: &serde_json::Value) -> Response {
    let request = shop.product.client().post(format!("{url}/v1/widget/events")).header("origin", SHOP);
    let request = request.header("content-type", "text/plain").body(body.to_string());
    request.send().await.expect("an answer")
}

/// What comes until it holds a word, for a few seconds at most.
async fn until(stream: &mut Response, word: &str) -> String {
    let mut heard = String::new();
    let reading = async {
        while let Some(chunk) = stream.chunk().await.expect("the stream goes on") {
            heard.push_str(&String::from_utf8_lossy(&chunk));
            if heard.contains(word) {
                return true;
            }
        }
        false
    };
    let found = tokio::time::timeout(Duration::from_secs(8), reading).await;
    assert_eq!(found, Ok(true), "no {word}: {heard}");
    heard
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_told_to_pages_of_every_node() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        // Another node on the same database, for what only PostgreSQL shares; on SQLite it is the same file.
        let other = Setup::new(Some(&product.database)).start().await;
        let token = shop.all().await;
        let view = shop.view(&token).await.expect(200).json();
        let wish = json!({"token": token, "known": view["revision"]});
        let mut here = listen(&shop, &product.url, &wish).await;
        let mut there = listen(&shop, &other.url, &wish).await;
        assert_eq!(here.headers()["content-type"], "text/event-stream");
        assert_eq!(here.headers()["access-control-allow-origin"], SHOP);
        for stream in [&mut here, &mut there] {
            let first = until(stream, "\n\n").await;
            assert!(first.starts_with(':'), "nothing has changed: {first}");
        }
        ana(&product, &shop.business).await.pay_with_card().await;
        product.work().await;
        for stream in [&mut here, &mut there] {
            let heard = until(stream, "event: changed").await;
            assert!(!heard.contains("1,234") && !heard.contains("Ana"), "{heard}");
        }
        drop(there);
        // A page that comes with an old revision is told at once.
        let mut late = listen(&shop, &product.url, &wish).await;
        until(&mut late, "event: changed").await;
        product.app.watchers().stop();
        let rest = tokio::time::timeout(Duration::from_secs(5), here.bytes()).await;
        assert!(rest.is_ok(), "a node that stops ends its streams");
        drop(other);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_end_with_the_token_and_are_few() {
    on_both(async |product| {
        let shop = Shop::open(&product).await;
        let wish = json!({"token": shop.all().await});
        product.advance(jiff::SignedDuration::from_secs(899));
        let mut short = listen(&shop, &product.url, &wish).await;
        until(&mut short, "event: expired").await;
        drop(short);
        let wish = json!({"token": shop.all().await});
        let mut held = Vec::new();
        for _ in 0..8 {
            let stream = listen(&shop, &product.url, &wish).await;
            assert_eq!(stream.status(), 200);
            held.push(stream);
        }
        let ninth = shop.ask("/v1/widget/events", Some(SHOP), &wish).await.expect(429);
        assert_eq!(ninth.code(), "too_many_requests");
        for (origin, code) in [(None, "origin_unlisted"), (Some(OTHER), "origin_unlisted")] {
            assert_eq!(ask(&product, "/v1/widget/events", origin, &wish).await.expect(403).code(), code);
        }
        drop(held);
        assert!(!text(&wish["token"]).is_empty());
    })
    .await;
}
