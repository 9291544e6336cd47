//! Two tabs, a double click, the Back button: one capture.

use saldo_tests::browser::{Browser, Options};

use crate::stand::{PAYS, Stand, pay_with};

#[tokio::test]
async fn a_second_tab_is_led_to_the_payment_of_the_first() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    stand.enter(&browser).await;
    browser.goto(&stand.url("/pay")).await;
    let first = browser.tab().await;
    let second = browser.open_tab().await;
    browser.goto(&stand.url("/pay")).await;

    browser.switch_to(&first).await;
    browser.click("form.pay button").await;
    browser.wait_for_url("/sandbox/").await;
    let checkout = browser.url().await;

    browser.switch_to(&second).await;
    browser.click("form.pay button").await;
    browser.wait_for_text("h1", "Ya hay un pago en proceso").await;
    browser.click("main a.button-primary").await;
    browser.wait_for_url("/sandbox/").await;
    assert_eq!(browser.url().await, checkout);
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;

    browser.switch_to(&first).await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    stand.product.work().await;
    assert_eq!(stand.payments().await.len(), 1);
}

#[tokio::test]
async fn the_payment_of_another_tab_can_be_given_up_for_a_new_one() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    stand.enter(&browser).await;
    stand.check_out(&browser).await;
    browser.goto(&stand.url("/pay")).await;
    browser.click("form.pay button").await;
    browser.click("form[action$='/cancel'] button").await;
    browser.wait_for_text("h1", "Elija cuánto pagar").await;
    browser.click("form.pay button").await;
    browser.wait_for_url("/sandbox/").await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    assert_eq!(stand.payments().await.len(), 1);
}

#[tokio::test]
async fn the_back_button_and_a_double_click_capture_once() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    stand.enter(&browser).await;
    browser.goto(&stand.url("/pay")).await;
    let form = browser
        .execute("return new URLSearchParams(new FormData(document.querySelector('form.pay'))).toString()", &[])
        .await;
    browser
        .execute("const button = document.querySelector('form.pay button'); button.click(); button.click()", &[])
        .await;
    browser.wait_for_url("/sandbox/").await;
    browser.fill("#number", PAYS).await;
    let twice =
        "const button = document.querySelector(\"form[action$='/card'] button\"); button.click(); button.click()";
    browser.execute(twice, &[]).await;
    browser.wait_for_text("h1", "Pago recibido").await;

    // The same form once more, as a browser that kept the page would send it.
    let again = "const form = document.createElement('form'); form.method = 'post'; form.action = '/pay';
        new URLSearchParams(arguments[0]).forEach((value, name) => {
            const field = document.createElement('input');
            field.name = name; field.value = value; form.append(field);
        });
        document.body.append(form); form.submit()";
    browser.execute(again, &[form]).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    for _ in 0..2 {
        browser.back().await;
    }
    browser.goto(&stand.url("/pay")).await;
    browser.wait_for_text("h1", "Está al corriente.").await;
    stand.product.work().await;
    assert_eq!(stand.payments().await.len(), 1);
}
