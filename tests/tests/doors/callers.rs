//! What callers may repeat, and how often they may ask.

use futures::future::join_all;
use saldo_tests::product::{Product, Setup};
use serde_json::json;

use crate::support::{Answer, Api, on_both, on_both_with};
use crate::world::fresh;

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_makes_one_thing_and_answers_alike() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let wish = json!({"debtor_id": business.ana.id});
        let key = fresh();
        let first = api.post_once("/v1/access-links", &wish, &key).await.expect(201);
        let again = api.post_once("/v1/access-links", &wish, &key).await.expect(201);
        assert_eq!(again.body, first.body);
        assert_eq!(again.header("content-type"), first.header("content-type"));
        let other = json!({"debtor_id": business.bruno.id});
        let refused = api.post_once("/v1/access-links", &other, &key).await.expect(422);
        assert_eq!(refused.code(), "idempotency_mismatch");
        let missing = api.post("/v1/access-links", &wish).await.expect(400);
        assert_eq!(missing.code(), "idempotency_key_missing");
        for unusable in ["", " ", &"k".repeat(129)] {
            let refused = api.post_once("/v1/access-links", &wish, unusable).await.expect(400);
            assert_eq!(refused.code(), "idempotency_key_missing");
        }
        let listed = api.get(&format!("/v1/access-links?debtor_id={}", business.ana.id)).await.json();
        assert_eq!(listed.as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_many_times_at_once_has_one_answer() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let (wish, key) = (json!({"debtor_id": business.ana.id}), fresh());
        let answers = join_all((0..6).map(|_| api.post_once("/v1/access-links", &wish, &key))).await;
        let first = answers[0].clone().expect(201);
        for answer in answers {
            assert_eq!(answer.expect(201).body, first.body);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_one_creditor_is_no_key_of_another() {
    on_both(async |product| {
        let business = product.business().await;
        let theirs = product.creditor("Otra Casa").await;
        let zoe = product.debtor(&theirs, "ZOE", "Zoe Prado", "MX").await;
        let their_api = Api::new(&product, &product.key(theirs.id, &["links"]).await);
        let (api, key) = (Api::new(&product, &business.key), fresh());
        let ours = api.post_once("/v1/access-links", &json!({"debtor_id": business.ana.id}), &key).await.expect(201);
        let theirs = their_api.post_once("/v1/access-links", &json!({"debtor_id": zoe.id}), &key).await.expect(201);
        assert_ne!(ours.body, theirs.body);
    })
    .await;
}

fn narrow(setup: Setup) -> Setup {
    setup.set("SALDO_LIMITS__API_PER_MINUTE", "3").set("SALDO_LIMITS__DOORS_PER_MINUTE", "4")
}

async fn door(product: &Product, path: &str) -> u16 {
    product.client().get(format!("{}{path}", product.url)).send().await.expect("an answer").status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_is_told_so() {
    on_both_with(narrow, async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        for _ in 0..3 {
            api.get("/v1/creditor").await.expect(200);
        }
        assert_eq!(api.get("/v1/creditor").await.expect(429).code(), "too_many_requests");
        let other = Api::new(&product, &product.key(business.creditor.id, &["read"]).await);
        other.get("/v1/creditor").await.expect(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_links_is_told_to_wait_and_pages_stay_open() {
    on_both_with(narrow, async |product| {
        for _ in 0..4 {
            assert_eq!(door(&product, "/l/guess").await, 410);
        }
        for path in ["/l/guess", "/s/0123456789012345678901", "/console/sign-in/guess", "/optout/guess"] {
            assert_eq!(door(&product, path).await, 429, "{path}");
        }
        let posted = product.client().post(format!("{}/l/guess/renew", product.url)).send().await.expect("an answer");
        assert_eq!(Answer::of(posted).await.status, 429);
        for path in ["/left", "/healthz"] {
            assert_eq!(door(&product, path).await, 200, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_debtor_who_reads_pages_does_not_use_up_the_doors() {
    on_both_with(narrow, async |product| {
        let business = product.business().await;
        let ana = crate::support::ana(&product, &business).await;
        for _ in 0..8 {
            ana.get("/statement").await.expect(200);
        }
        crate::support::ana(&product, &business).await;
    })
    .await;
}
