//! A business's own page with the kit in it, on an origin of its own, and the real server.

use saldo_app::flows::{update_creditor, widget_session};
use saldo_contract::creditor::UpdateCreditor;
use saldo_contract::widget::CreateWidgetSession;
use saldo_portal::routes::shop;
use saldo_tests::browser::{Browser, Options};
use saldo_tests::origin::Origin;

use crate::stand::{OWED, PAYS, Stand, pay_with};
use crate::widgets::fake::Site;
use crate::widgets::{SHOWS, elements};

async fn list(stand: &Stand, origin: &str) {
    let wish = UpdateCreditor { widget_origins: Some(vec![origin.to_owned()]), ..UpdateCreditor::default() };
    update_creditor::update(&stand.product.app, stand.creditor, wish).await.expect("the origin is listed");
}

const PRESS: &str = "document.querySelector(arguments[0]).shadowRoot.querySelector('.pay').click()";

#[tokio::test]
async fn the_widget_shows_the_balance_and_leads_to_the_payment() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let pages = |origin: &str| shop(stand.product.app.clone(), stand.creditor, stand.debtor, origin.to_owned());
    let site = Origin::serve_as(pages).await;
    list(&stand, &site.url).await;

    browser.goto(&format!("{}/", site.url)).await;
    browser.wait_until(SHOWS, &["saldo-balance".into(), OWED.into()]).await;
    browser.wait_until(SHOWS, &["saldo-balance".into(), "3 facturas abiertas".into()]).await;
    browser.assert_only_asked(&[&site.url, &stand.product.url]).await;
    assert_eq!(browser.console_errors().await, Vec::<String>::new());
    browser.screenshot("widget").await;

    browser.execute(PRESS, &["saldo-balance".into()]).await;
    browser.wait_for_url("/pay").await;
    browser.click("form.pay button").await;
    browser.wait_for_url("/sandbox/").await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    browser.goto(&format!("{}/", site.url)).await;
    browser.wait_until(SHOWS, &["saldo-balance".into(), "$0.00".into()]).await;
}

#[tokio::test]
async fn a_payment_in_another_tab_shows_on_the_businesss_page() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let loader = format!("<script async crossorigin src={}></script>", stand.url("/widgets/v1/saldo.js"));
    let site = Site::new(&loader, "<div id=place></div>").serve().await;
    list(&stand, &site.url).await;
    let wish = CreateWidgetSession { debtor_id: stand.debtor.0, origin: site.url.clone(), scopes: None };
    let token = widget_session::create(&stand.product.app, stand.creditor, wish).await.expect("a token").token;
    browser.goto(&site.url).await;
    let put = "document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0])";
    let body = elements("theme=auto").replace("token=good", &format!("token={token}"));
    browser.execute(put, &[body.into()]).await;
    browser.wait_until(SHOWS, &["saldo-balance".into(), OWED.into()]).await;
    browser.wait_until(SHOWS, &["saldo-statement".into(), "Cemento gris, 40 bultos".into()]).await;
    browser.wait_until(SHOWS, &["saldo-choices".into(), OWED.into()]).await;
    browser.screenshot("widgets-real").await;
    browser.assert_accessible().await;
    let first = browser.tab().await;

    browser.open_tab().await;
    stand.enter(&browser).await;
    stand.check_out(&browser).await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    browser.switch_to(&first).await;
    browser.wait_until(SHOWS, &["saldo-balance".into(), "$0.00".into()]).await;
}

#[tokio::test]
async fn a_token_taken_to_another_site_shows_the_fallback_and_no_balance() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    list(&stand, "https://shop.example").await;
    let taken = shop(stand.product.app.clone(), stand.creditor, stand.debtor, "https://shop.example".to_owned());
    let site = Origin::serve(taken).await;

    browser.goto(&format!("{}/", site.url)).await;
    let retry = "return document.querySelector('saldo-balance').shadowRoot?.querySelector('.retry') != null";
    browser.wait_until(retry, &[]).await;
    browser.wait_until("return document.querySelector('saldo-balance a').checkVisibility()", &[]).await;
    assert_eq!(browser.execute(SHOWS, &["saldo-balance".into(), OWED.into()]).await, false);
    browser.assert_only_asked(&[&site.url, &stand.product.url]).await;
}
