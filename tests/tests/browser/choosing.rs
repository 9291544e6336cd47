//! Paying less than everything.

use saldo_tests::browser::{Browser, Options};

use crate::stand::{PAYS, Stand, pay_with};

async fn choosing(options: Options) -> Option<(Stand, Browser)> {
    let stand = Stand::open().await;
    let browser = Browser::open(options).await?;
    stand.enter(&browser).await;
    browser.goto(&stand.url("/pay")).await;
    Some((stand, browser))
}

#[tokio::test]
async fn chosen_items_are_summed_while_they_are_chosen_and_paid() {
    let Some((stand, browser)) = choosing(Options::phone()).await else { return };
    browser.wait_until("return 'hydrated' in document.documentElement.dataset", &[]).await;
    browser.wait_for_text(".total", "$4,793.25").await;
    browser.click("label[for=choice-items]").await;
    browser.click(".pick:nth-child(1) label").await;
    browser.click(".pick:nth-child(2) label").await;
    browser.wait_for_text(".total", "$2,482.50").await;
    browser.click("form.pay button").await;
    browser.wait_for_text("main", "$2,482.50").await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    browser.goto(&stand.url("/statement")).await;
    assert_eq!(browser.text(".summary .amount-hero").await, "$2,310.75");
    assert_eq!(browser.text(".items").await.matches("A-2103").count(), 1);
}

#[tokio::test]
async fn an_amount_above_the_balance_is_refused_at_its_field_and_a_smaller_one_is_paid() {
    for options in [Options::default(), Options::default().without_javascript()] {
        let Some((stand, browser)) = choosing(options).await else { return };
        browser.click("label[for=choice-amount]").await;
        browser.fill("#amount", "9,999.99").await;
        browser.click("form.pay button").await;
        browser.wait_for_text("[role=alert] a[href='#amount']", "El monto supera lo que debe: $4,793.25.").await;
        assert_eq!(browser.attribute("#amount", "aria-invalid").await.as_deref(), Some("true"));
        assert_eq!(
            browser.attribute("#amount", "aria-describedby").await.as_deref(),
            Some("amount-problem amount-hint")
        );
        assert_eq!(browser.text("#amount-problem").await, "El monto supera lo que debe: $4,793.25.");
        assert_eq!(browser.value("#amount").await, "9,999.99");

        browser.fill("#amount", "1000").await;
        browser.click("form.pay button").await;
        browser.wait_for_text("main", "$1,000.00").await;
        pay_with(&browser, PAYS).await;
        browser.wait_for_text("h1", "Pago recibido").await;
        browser.goto(&stand.url("/statement")).await;
        assert_eq!(browser.text(".summary .amount-hero").await, "$3,793.25");
    }
}

#[tokio::test]
async fn what_cannot_be_an_amount_is_refused_in_words() {
    let Some((_stand, browser)) = choosing(Options::default()).await else { return };
    for (typed, told) in [
        ("mil", "No pudimos leer el monto."),
        ("0", "Escriba un monto mayor que cero."),
        ("10.555", "llevan 2 decimales como máximo"),
    ] {
        browser.click("label[for=choice-amount]").await;
        browser.fill("#amount", typed).await;
        browser.click("form.pay button").await;
        browser.wait_for_text("#amount-problem", told).await;
    }
    browser.click("label[for=choice-items]").await;
    browser.click("form.pay button").await;
    browser.wait_for_text("main", "Elija al menos una factura.").await;
}
