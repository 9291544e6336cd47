//! What crosses the wire: complete pages that are small, and nothing from anybody else.

use saldo_tests::browser::{Browser, Options};

use crate::stand::{OWED, PAYS, Stand, pay_with};

/// Bytes of the statement's first response, before compression.
const STATEMENT_MAX: usize = 40 * 1024;

#[tokio::test]
async fn the_statement_is_complete_in_its_first_response_and_small() {
    let stand = Stand::open().await;
    let client = stand.product.client();
    client.post(stand.link().await.url).send().await.expect("a session");
    let answer = client.get(stand.url("/statement")).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let policy = answer.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
    let page = answer.text().await.expect("text");
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert!(page.len() < STATEMENT_MAX, "{} bytes", page.len());
    for shown in [OWED, "A-2041", "Cemento gris, 40 bultos", "$1,840.00", "$642.50", "$2,310.75", "href=\"/pay\""] {
        assert!(page.contains(shown), "{shown} is not in the first response");
    }
    assert!(!page.contains("<script>") && !page.contains(" style="), "inline script or style");
}

#[tokio::test]
async fn the_way_of_a_payment_asks_nobody_but_us_and_breaks_nothing() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    stand.enter(&browser).await;
    stand.check_out(&browser).await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    browser.click("a[href^='/receipt/']").await;
    browser.wait_for_text("h1", "Recibo de pago").await;
    stand.product.work().await;
    browser.goto(&stand.url("/mailbox")).await;
    browser.click(".mail-subject").await;
    browser.wait_until("return document.querySelector('iframe') !== null", &[]).await;
    browser.assert_only_asked(&[&stand.product.url]).await;
    assert_eq!(browser.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_page_of_the_api_is_ours_alone() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    browser.goto(&stand.url("/docs/api")).await;
    browser.wait_for_text("body", "/v1/debtors").await;
    browser.assert_only_asked(&[&stand.product.url]).await;
    assert_eq!(browser.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_a_debtor_downloads_for_the_form_is_within_its_budget() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    stand.enter(&browser).await;
    browser.goto(&stand.url("/pay")).await;
    browser.wait_until("return 'hydrated' in document.documentElement.dataset", &[]).await;
    let asked = "return performance.getEntriesByType('resource').map(entry => entry.name)
        .filter(name => name.endsWith('.js') || name.endsWith('.wasm'))";
    let files = browser.execute(asked, &[]).await;
    let files: Vec<&str> = files.as_array().into_iter().flatten().filter_map(|name| name.as_str()).collect();
    assert!(files.len() >= 3, "{files:?}");
    let client = stand.product.client();
    let mut bytes = 0;
    for file in files {
        let answer = client.get(file).header("accept-encoding", "br").send().await.expect("an answer");
        assert_eq!(answer.headers()["content-encoding"], "br", "{file}");
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable", "{file}");
        bytes += answer.bytes().await.expect("bytes").len();
    }
    assert!(bytes <= 78 * 1024, "{bytes} bytes of WASM and JavaScript");
}
