//! What every answer carries, and what is not taken from elsewhere.

use crate::support::{Answer, Api, ana, on_both};
use crate::world;
use saldo_tests::product::Product;

async fn get(product: &Product, path: &str) -> Answer {
    let answer = product.client().get(format!("{}{path}", product.url)).send().await.expect("an answer");
    Answer::of(answer).await
}

fn assert_guarded(path: &str, answer: &Answer) {
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    assert!(answer.header("strict-transport-security").contains("max-age"), "{path}");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'") || policy.contains("frame-ancestors 'self'"), "{path}: {policy}");
    let framed = if policy.contains("frame-ancestors 'self'") { "SAMEORIGIN" } else { "DENY" };
    assert_eq!(answer.header("x-frame-options"), framed, "{path}: {policy}");
    assert!(!policy.contains("script-src 'unsafe") && !policy.contains('*'), "{path}: {policy}");
    assert!(!answer.header("cache-control").is_empty(), "{path}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_security_headers() {
    on_both(async |product| {
        let business = product.business().await;
        let link = product.link_for(business.creditor.id, &business.ana).await;
        let link = link.strip_prefix(&product.url).expect("ours").to_owned();
        product.tick().await;
        product.work().await;
        for path in [
            link.as_str(),
            "/l/none",
            "/left",
            "/mailbox",
            "/nowhere",
            "/statement",
            "/console",
            "/healthz",
            "/readyz",
            "/metrics",
            "/openapi.json",
            "/docs/api/",
            "/v1/creditor",
            "/v1/nowhere",
            "/sandbox/none",
        ] {
            assert_guarded(path, &get(&product, path).await);
        }
        let visitor = ana(&product, &business).await;
        let attempt = visitor.pay_with_card().await;
        for path in ["/statement", "/pay", &format!("/pay/{attempt}"), &format!("/pay/{attempt}/state")] {
            let answer = visitor.get(path).await.expect(200);
            assert_guarded(path, &answer);
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
        let finance = world::console(&product, &business.creditor).await;
        for path in ["/console", "/console/debtors", "/console/imports", "/console/events", "/console/jobs"] {
            assert_guarded(path, &finance.get(path).await.expect(200));
        }
        let api = Api::new(&product, &business.key).get("/v1/debtors").await.expect(200);
        assert_guarded("/v1/debtors", &api);
        assert_eq!(api.header("cache-control"), "no-store");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_another_site_sends_is_refused() {
    on_both(async |product| {
        let business = product.business().await;
        let link = product.link_for(business.creditor.id, &business.ana).await;
        let visitor = ana(&product, &business).await;
        let finance = world::console(&product, &business.creditor).await;
        let form = visitor.pay_form().await;
        let fields = [("attempt", form.attempt), ("account", form.account), ("balance_version", form.balance_version)];
        let debtor = format!("/console/debtors/{}/links", business.ana.id);
        for site in ["cross-site", "same-site"] {
            for (client, path) in [
                (&visitor.client, "/pay"),
                (&visitor.client, "/leave"),
                (&visitor.client, "/language"),
                (&visitor.client, link.strip_prefix(&product.url).expect("ours")),
                (&finance.client, debtor.as_str()),
                (&finance.client, "/console/sign-out"),
                (&finance.client, "/console/imports"),
            ] {
                let request =
                    client.post(format!("{}{path}", product.url)).header("sec-fetch-site", site).form(&fields);
                assert_eq!(request.send().await.expect("an answer").status(), 403, "{path} from {site}");
            }
        }
        let request = visitor.client.post(format!("{}/pay", product.url)).header("sec-fetch-site", "same-origin");
        assert_eq!(request.form(&fields).send().await.expect("an answer").status(), 303);
        let elsewhere = visitor.post("/language", &[("language", "en"), ("back", "//evil.example")]).await.expect(303);
        assert_eq!(elsewhere.header("location"), "/");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_documented_as_what_they_are() {
    let product = Product::start(None).await;
    let document = get(&product, "/openapi.json").await.expect(200).json();
    let mut refusals = 0;
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            for (status, response) in operation["responses"].as_object().expect("responses") {
                let Some(content) = response["content"].as_object() else { continue };
                let is_problem = content.keys().all(|kind| kind == "application/problem+json");
                assert_eq!(is_problem, status.starts_with(['4', '5']), "{method} {path} {status}");
                refusals += usize::from(is_problem);
            }
        }
    }
    assert!(refusals > 100, "{refusals}");
    for path in ["/v1/webhooks/stripe/nobody", "/v1/webhooks/%FF/nobody"] {
        let refused = get(&product, path).await.expect(404);
        assert_eq!(
            (refused.header("content-type"), &*refused.code()),
            ("application/problem+json", "not_found"),
            "{path}"
        );
    }
}
