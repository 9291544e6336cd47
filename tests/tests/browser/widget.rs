//! A business's own page with the balance in it, on an origin of its own.

use saldo_app::flows::update_creditor;
use saldo_contract::creditor::UpdateCreditor;
use saldo_portal::routes::shop;
use saldo_tests::browser::{Browser, Options};
use saldo_tests::origin::Origin;

use crate::stand::{OWED, PAYS, Stand, pay_with};

const INSIDE: &str = "const widget = document.querySelector('saldo-balance');
    return widget.shadowRoot !== null && widget.shadowRoot.textContent.includes(arguments[0])";

async fn list(stand: &Stand, origin: &str) {
    let wish = UpdateCreditor { widget_origins: Some(vec![origin.to_owned()]), ..UpdateCreditor::default() };
    update_creditor::update(&stand.product.app, stand.creditor, wish).await.expect("the origin is listed");
}

#[tokio::test]
async fn the_widget_shows_the_balance_and_leads_to_the_payment() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let pages = |origin: &str| shop(stand.product.app.clone(), stand.creditor, stand.debtor, origin.to_owned());
    let site = Origin::serve_as(pages).await;
    list(&stand, &site.url).await;

    browser.goto(&format!("{}/", site.url)).await;
    browser.wait_until(INSIDE, &[OWED.into()]).await;
    browser.wait_until(INSIDE, &["3 facturas pendientes".into()]).await;
    browser.assert_only_asked(&[&site.url, &stand.product.url]).await;
    assert_eq!(browser.console_errors().await, Vec::<String>::new());
    browser.screenshot("widget").await;

    let href = "return document.querySelector('saldo-balance').shadowRoot.querySelector('a').href";
    let way = browser.execute(href, &[]).await;
    browser.goto(way.as_str().expect("an address")).await;
    browser.click("form[data-forget] button").await;
    browser.wait_for_url("/statement").await;
    stand.check_out(&browser).await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    browser.goto(&format!("{}/", site.url)).await;
    browser.wait_until(INSIDE, &["$0.00".into()]).await;
}

#[tokio::test]
async fn a_token_taken_to_another_site_shows_the_fallback_and_no_balance() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    list(&stand, "https://shop.example").await;
    let taken = shop(stand.product.app.clone(), stand.creditor, stand.debtor, "https://shop.example".to_owned());
    let site = Origin::serve(taken).await;

    browser.goto(&format!("{}/", site.url)).await;
    browser.wait_until(INSIDE, &["Reintentar".into()]).await;
    browser.wait_until("return document.querySelector('saldo-balance a').checkVisibility()", &[]).await;
    let shown = browser.execute(INSIDE, &[OWED.into()]).await;
    assert_eq!(shown, false);
    browser.assert_only_asked(&[&site.url, &stand.product.url]).await;
}
