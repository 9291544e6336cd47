use crate::support::{Answer, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_installation_is_healthy_and_ready() {
    on_both(async |product| {
        let get = async |path: &str| {
            let answer = product.client().get(format!("{}{path}", product.url)).send().await.expect("an answer");
            Answer::of(answer).await.expect(200)
        };
        assert_eq!(get("/healthz").await.body, "ok");
        let ready = get("/readyz").await.json();
        assert_eq!((&ready["database"], &ready["ledger_parity"]), (&true.into(), &true.into()), "{ready}");
        product.business().await;
        let figures = get("/metrics").await.body;
        assert!(figures.contains("route=\"/healthz\",status=\"200\""), "{figures}");
        assert!(figures.ends_with("# EOF\n"), "{figures}");
    })
    .await;
}
