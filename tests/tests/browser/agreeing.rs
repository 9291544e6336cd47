//! Discount, full amount or plan, on a phone: what moves with a script, and that all of it works without one.

use jiff::{SignedDuration, Timestamp};
use saldo_tests::browser::{Browser, Options};

use crate::stand::{PAYS, Stand, pay_with};

/// A stand whose María may take a discount on what is not late, and a plan of two to six months.
async fn offering() -> Stand {
    let stand = Stand::open().await;
    stand.product.two_ten(stand.creditor).await;
    stand.product.six_months(stand.creditor).await;
    // Issued today: 2 % until the tenth day, 13 March at midnight in Mexico City.
    stand.owe_more("A-2150", 100_000).await;
    stand
}

const AWAKE: &str = "return 'hydrated' in document.documentElement.dataset";

fn clock(stand: &Stand, at: &str) {
    stand.product.clock.set(at.parse::<Timestamp>().expect("a moment"));
}

/// Follows a link, asks for a code where one is asked for, and enters it.
async fn enter_code(stand: &Stand, browser: &Browser) {
    browser.wait_for_url("/code").await;
    browser.click("#send").await;
    browser.wait_for_text("label[for=code]", "Código de seis dígitos").await;
    let subject = stand.subjects().await.into_iter().find(|subject| subject.contains("código")).expect("a mail");
    let code = subject.rsplit(' ').next().expect("digits").to_owned();
    browser.fill("#code", &code).await;
    browser.click("form[action='/code'] button").await;
}

#[tokio::test]
async fn the_three_ways_stand_beside_each_other_with_one_primary_action() {
    let stand = offering().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    stand.enter(&browser).await;
    assert_eq!(browser.count(".way").await, 3);
    assert_eq!(browser.count("main .button-primary").await, 1);
    assert!(browser.text(".way-first").await.contains("$5,773.25"));
    assert!(browser.text(".way-first").await.contains("Ahorra $20.00"));
    browser.assert_accessible().await;
    browser.click(".way-first a.button-primary").await;
    browser.wait_until(AWAKE, &[]).await;
    browser.wait_for_text(".total", "$5,773.25").await;
    browser.click("form.pay button").await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    browser.goto(&stand.url("/statement")).await;
    browser.wait_for_text(".summary-settled", "Está al corriente.").await;
}

#[tokio::test]
async fn the_countdown_goes_by_the_server_whatever_the_device_says() {
    let stand = offering().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    // The device believes that it is the year 2031, and the next year at each look.
    let lie = "let year = 2030; Date.now = () => Date.UTC(++year, 0); const Real = Date; \
               globalThis.Date = class extends Real { constructor(...given) { given.length ? super(...given) : super(Date.now()); } \
               static now() { return Real.UTC(++year, 0); } };";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({"source": lie})).await;
    clock(&stand, "2026-03-14T03:00:00Z");
    stand.enter(&browser).await;
    browser.wait_for_text(".countdown-time", "2 h 59 min").await;

    // Three seconds before the end. The page counts to zero, asks, and is told that the price still holds.
    clock(&stand, "2026-03-14T05:59:57Z");
    browser.goto(&stand.url("/statement")).await;
    browser.wait_for_text(".countdown-time", "0 s").await;
    assert!(browser.has(".way-first .amount-old").await, "the server's clock stands: the price holds");
    clock(&stand, "2026-03-14T06:00:00Z");
    browser.wait_until("return !document.querySelector('.amount-old')", &[]).await;
    assert!(browser.text("main").await.contains("$5,793.25"), "the page shows the new price by itself");
}

#[tokio::test]
async fn a_discount_that_ends_while_the_page_is_open_is_asked_about_before_charging() {
    for scripted in [true, false] {
        let options = if scripted { Options::phone() } else { Options::phone().without_javascript() };
        let stand = offering().await;
        let Some(browser) = Browser::open(options).await else { return };
        clock(&stand, "2026-03-14T05:00:00Z");
        stand.enter(&browser).await;
        browser.goto(&stand.url("/pay")).await;
        browser.wait_for_text("main", "$5,773.25").await;
        clock(&stand, "2026-03-14T06:00:00Z");
        browser.click("form.pay button").await;
        browser.wait_for_text("h1", "El precio cambió").await;
        assert_eq!(browser.text(".amount-old").await, "$5,773.25");
        assert!(browser.text("main").await.contains("$5,793.25"));
        assert!(stand.payments().await.is_empty());
        if scripted {
            browser.assert_accessible().await;
        }
        browser.click("form[action='/pay'] button").await;
        browser.wait_for_text("main", "$5,793.25").await;
        pay_with(&browser, PAYS).await;
        browser.wait_for_text("h1", "Pago recibido").await;
    }
}

#[tokio::test]
async fn the_picker_follows_the_choice_by_the_servers_own_rules() {
    let stand = offering().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    stand.enter(&browser).await;
    browser.click("a[href^='/plan/new']").await;
    browser.wait_until(AWAKE, &[]).await;
    browser.execute("window.stays = true", &[]).await;
    let rows = async || {
        browser
            .execute(
                "return [...document.querySelectorAll('.schedule tbody tr')].map(row => row.textContent).join('|')",
                &[],
            )
            .await
    };
    let six = rows().await;
    browser.choose("#count", "3").await;
    browser.wait_until("return document.querySelectorAll('.schedule tbody tr').length === 3", &[]).await;
    browser.execute("const date = document.querySelector('#first_on'); date.value = '2026-03-31'; date.dispatchEvent(new Event('change', {bubbles: true}))", &[]).await;
    browser.wait_for_text(".schedule tbody", "30 de abril de 2026").await;
    let drawn = rows().await;
    assert_ne!(drawn, six);
    assert_eq!(browser.execute("return window.stays === true", &[]).await, true, "the page was not asked for again");
    // What the server draws for the same choice.
    browser
        .execute(
            "document.querySelector('.picker-ask').hidden = false; document.querySelector('form.pay').requestSubmit()",
            &[],
        )
        .await;
    browser.wait_until("return !window.stays", &[]).await;
    browser.wait_for_text(".schedule tbody", "30 de abril de 2026").await;
    assert_eq!(rows().await, drawn);
    browser.assert_accessible().await;
}

#[tokio::test]
async fn a_plan_is_agreed_to_and_its_first_instalment_paid_with_and_without_a_script() {
    for scripted in [true, false] {
        let options = if scripted { Options::phone() } else { Options::phone().without_javascript() };
        let stand = offering().await;
        let Some(browser) = Browser::open(options).await else { return };
        stand.enter(&browser).await;
        browser.click("a[href^='/plan/new']").await;
        browser.wait_for_text("h1", "Pagar en partes").await;
        browser.choose("#count", "3").await;
        browser.click("button[formaction='/plan/confirm']").await;
        enter_code(&stand, &browser).await;
        browser.wait_for_text("h1", "Revise y acepte su plan").await;
        assert_eq!(browser.count(".schedule tbody tr").await, 3);
        if scripted {
            browser.assert_accessible().await;
        }
        browser.click("label[for=agree]").await;
        browser.click("form[action='/plan'] button").await;
        browser.wait_for_text("h1", "Su plan de pagos").await;
        if scripted {
            browser.assert_accessible().await;
        }
        browser.click("#plan-pay button").await;
        pay_with(&browser, PAYS).await;
        browser.wait_for_text("h1", "Pago recibido").await;
        browser.goto(&stand.url("/statement")).await;
        browser.wait_for_text(".summary", "Plan de pagos").await;
        browser.click(".summary .note a[href^='/plan/']").await;
        browser.wait_for_text(".schedule", "Pagado").await;
    }
}

#[tokio::test]
async fn a_broken_plan_is_explained_with_what_can_be_done() {
    let stand = offering().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    stand.enter(&browser).await;
    browser.click("a[href^='/plan/new']").await;
    browser.choose("#count", "6").await;
    browser.click("button[formaction='/plan/confirm']").await;
    enter_code(&stand, &browser).await;
    browser.click("label[for=agree]").await;
    browser.click("form[action='/plan'] button").await;
    browser.wait_for_text("h1", "Su plan de pagos").await;
    let plan = browser.url().await;
    // Two instalments and their grace pass.
    for _ in 0..50 {
        stand.product.advance(SignedDuration::from_hours(24));
        stand.product.tick().await;
        stand.product.work().await;
    }
    stand.enter(&browser).await;
    browser.wait_for_text(".summary", "terminó antes de tiempo").await;
    browser.goto(&plan).await;
    browser.wait_for_text("main", "Qué puede hacer ahora").await;
    browser.assert_accessible().await;
}
