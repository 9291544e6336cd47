//! The whole path: from the link in a message to a balance of zero and no reminder.

use jiff::SignedDuration;
use saldo_tests::browser::{Browser, Options};
use saldo_tests::postgres::Database;

use crate::stand::{OWED, PAYS, Stand, pay_with};

#[tokio::test]
async fn a_debtor_pays_all_from_a_phone_and_is_not_reminded() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    the_whole_path(&stand, &browser).await;
}

#[tokio::test]
async fn the_whole_path_needs_no_javascript() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::phone().without_javascript()).await else { return };
    the_whole_path(&stand, &browser).await;
}

#[tokio::test]
async fn the_whole_path_works_on_postgresql() {
    let Some(database) = Database::create().await else { return };
    let stand = Stand::on(Some(&database.url)).await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    the_whole_path(&stand, &browser).await;
}

async fn the_whole_path(stand: &Stand, browser: &Browser) {
    let product = &stand.product;
    // The reminder is planned before the payment, and its job waits while the debtor pays.
    product.tick().await;
    assert_eq!(stand.reminders().await, [("planned".to_owned(), "due".to_owned())]);

    browser.goto(&stand.link().await.url).await;
    browser.wait_for_text(".landing-amount", OWED).await;
    browser.click("form[data-forget] button").await;
    browser.wait_for_text("h1", "Estado de cuenta").await;
    assert_eq!(browser.text(".summary .amount-hero").await, OWED);

    browser.click("a[href='/pay']").await;
    browser.wait_for_text("h1", "Elija cuánto pagar").await;
    browser.click("form.pay button").await;
    browser.wait_for_text("h1", "Pago de prueba").await;
    pay_with(browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;

    browser.click("a[href^='/receipt/']").await;
    browser.wait_for_text("h1", "Recibo de pago").await;
    assert_eq!(browser.text(".receipt .amount-hero").await, OWED);
    browser.click("a[href='/statement']").await;
    browser.wait_for_text(".summary-settled", "Está al corriente.").await;
    assert_eq!(browser.text(".summary .amount-hero").await, "$0.00");

    product.work().await;
    assert_eq!(stand.reminders().await, [("suppressed".to_owned(), "paid".to_owned())]);
    // Past every rung of the ladder.
    for _ in 0..60 {
        product.advance(SignedDuration::from_hours(24));
        product.tick().await;
        product.work().await;
    }
    assert_eq!(stand.subjects().await, [format!("Ferretería La Esquina: recibimos su pago de {OWED}")]);
    assert_eq!(stand.payments().await.len(), 1);
}
