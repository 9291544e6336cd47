//! What a bank may answer.

use jiff::SignedDuration;
use saldo_tests::browser::{Browser, Options};

use crate::stand::{OWED, PAYS, Stand, pay_with};

async fn at_the_provider() -> Option<(Stand, Browser)> {
    let stand = Stand::open().await;
    let browser = Browser::open(Options::phone()).await?;
    stand.enter(&browser).await;
    stand.check_out(&browser).await;
    Some((stand, browser))
}

#[tokio::test]
async fn a_declined_card_says_why_and_another_one_pays() {
    let Some((stand, browser)) = at_the_provider().await else { return };
    for (number, why) in
        [("4000 0000 0000 0002", "Su banco no autorizó el cargo."), ("4000 0000 0000 9995", "fondos suficientes")]
    {
        pay_with(&browser, number).await;
        browser.wait_for_text("[role=alert] a[href='#number']", why).await;
        assert_eq!(browser.attribute("#number", "aria-invalid").await.as_deref(), Some("true"));
    }
    assert!(stand.payments().await.is_empty());

    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    assert_eq!(stand.payments().await.len(), 1);
}

#[tokio::test]
async fn whoever_leaves_the_provider_unpaid_finds_the_way_back() {
    let Some((stand, browser)) = at_the_provider().await else { return };
    browser.click("form[action$='/cancel'] button").await;
    browser.wait_for_text("main", "No se le cobró nada").await;
    browser.click("a[href^='/pay?account=']").await;
    browser.click("form.pay button").await;
    browser.wait_for_url("/sandbox/").await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    assert_eq!(stand.payments().await.len(), 1);
}

#[tokio::test]
async fn a_bank_debit_is_pending_until_the_bank_has_answered() {
    let Some((stand, browser)) = at_the_provider().await else { return };
    browser.click("form[action$='/debit'] button").await;
    browser.wait_for_text("h1", "Su pago está en camino").await;
    stand.product.work().await;
    assert!(stand.payments().await.is_empty());
    browser.goto(&stand.url("/statement")).await;
    browser.wait_for_text(".summary", &format!("Tiene un pago de {OWED} en proceso")).await;
    assert_eq!(browser.text(".summary .amount-hero").await, OWED);

    browser.click("a[href^='/pay/']").await;
    browser.wait_for_text("h1", "Su pago está en camino").await;
    stand.product.advance(SignedDuration::from_hours(1));
    stand.product.work().await;
    // The page asks by itself.
    browser.wait_for_text("h1", "Pago recibido").await;
    assert_eq!(stand.payments().await.len(), 1);
}

#[tokio::test]
async fn a_bank_debit_that_comes_back_leaves_the_balance_as_it_was() {
    let Some((stand, browser)) = at_the_provider().await else { return };
    browser.click("label[for=outcome-fails]").await;
    browser.click("form[action$='/debit'] button").await;
    browser.wait_for_text("h1", "Su pago está en camino").await;
    stand.product.advance(SignedDuration::from_hours(1));
    stand.product.work().await;
    browser.wait_for_text("h1", "El pago no se realizó").await;
    browser.wait_for_text("main", "su saldo sigue igual").await;
    browser.goto(&stand.url("/statement")).await;
    assert_eq!(browser.text(".summary .amount-hero").await, OWED);
}

#[tokio::test]
async fn a_bank_that_asks_for_proof_is_answered() {
    let Some((stand, browser)) = at_the_provider().await else { return };
    pay_with(&browser, "4000 0025 0000 3155").await;
    browser.wait_for_text("h2", "El banco quiere confirmar que es usted").await;
    assert!(stand.payments().await.is_empty());
    browser.click("form[action$='/challenge']:has([value=approve]) button").await;
    browser.wait_for_text("h1", "Pago recibido").await;
    assert_eq!(stand.payments().await.len(), 1);
}
