//! Finance's editors of ladders and messages, with scripts and without.

use saldo_tests::browser::{Browser, Options};

use crate::console::sign_in;
use crate::stand::Stand;

#[tokio::test]
async fn a_ladder_is_read_back_while_it_is_typed() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    sign_in(&stand, &browser).await;
    browser.goto(&stand.url("/console/terms/new/dunning")).await;
    browser.fill("#name", "Suave").await;
    browser.click("#step_1 summary").await;
    browser.fill("#step_1_days", "9").await;
    browser.wait_for_text("#live", "9 días antes del vencimiento").await;
    browser.fill("#step_1_days", "pronto").await;
    browser.wait_for_text("#live", "número entero").await;
    browser.fill("#step_1_days", "9").await;
    browser.wait_for_text("#live", "9 días antes del vencimiento").await;
    browser.assert_accessible().await;
    edit(&stand, &browser).await;
    browser.assert_only_asked(&[&stand.product.url]).await;
}

#[tokio::test]
async fn a_ladder_is_edited_and_published_without_scripts() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::phone().without_javascript()).await else { return };
    sign_in_on_a_phone(&stand, &browser).await;
    browser.goto(&stand.url("/console/terms/new/dunning")).await;
    browser.fill("#name", "Suave").await;
    edit(&stand, &browser).await;
}

/// A rung is added, moved by a day, another one is removed; the draft is kept and published.
async fn edit(stand: &Stand, browser: &Browser) {
    browser.fill("#tag", "piloto").await;
    browser.click("button[value=step_add]").await;
    assert_eq!(browser.value("#step_12_days").await, "37", "a week after the last one");
    browser.click("button[value=step_later_12]").await;
    assert_eq!(browser.value("#step_12_days").await, "38");
    assert_eq!(browser.value("#name").await, "Suave", "nothing that was typed is lost");
    browser.choose("#step_12_channel_1", "whatsapp").await;
    browser.choose("#step_12_channel_2", "letter").await;
    browser.choose("#step_12_escalation", "final_notice").await;
    browser.click("#step_2 summary").await;
    browser.click("button[value=step_remove_2]").await;
    browser.click("button[value=save]").await;
    let reading = browser.text("#reading").await;
    for part in ["38 días después del vencimiento: WhatsApp, si no se puede carta", "último aviso", "piloto"] {
        assert!(reading.contains(part), "{part}: {reading}");
    }
    assert!(!reading.contains("El día del vencimiento"), "{reading}");
    browser.click("form[action$='/publish'] button").await;
    browser.wait_for_url(&stand.url("/console/terms/")).await;
    assert!(browser.text(".page-head").await.contains("Vigente"));
}

#[tokio::test]
async fn a_message_is_shown_as_it_is_written() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    sign_in(&stand, &browser).await;
    browser.goto(&stand.url("/console/terms/new/message_template")).await;
    browser.fill("#name", "Mora").await;
    browser.fill("#body_es_email", "Buen día, {{ name }}: debe {{ amount }}.").await;
    browser.wait_for_text("#preview", "Buen día, María López: debe").await;
    browser.fill("#body_es_email", "Debe {{ precio }}.").await;
    browser.wait_for_text("#live", "No existe la variable «precio»").await;
    browser.fill("#body_es_email", "Debe {{ amount }}.").await;
    browser.wait_for_text("#preview", "Debe $").await;
    browser.assert_accessible().await;
    write(&browser).await;
    browser.assert_only_asked(&[&stand.product.url]).await;
}

#[tokio::test]
async fn a_message_is_previewed_with_a_button_without_scripts() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::phone().without_javascript()).await else { return };
    sign_in_on_a_phone(&stand, &browser).await;
    browser.goto(&stand.url("/console/terms/new/message_template")).await;
    browser.fill("#name", "Mora").await;
    browser.fill("#body_es_email", "Buen día, {{ name }}.").await;
    browser.click("button[value=preview]").await;
    assert!(browser.text("#preview").await.contains("Buen día, María López."));
    write(&browser).await;
}

/// Another text is written, refused for its link, mended, kept and published.
async fn write(browser: &Browser) {
    browser.click("button[value=at_pt_sms]").await;
    assert!(browser.text("#preview").await.contains("em aberto"), "the built-in words stand in");
    browser.fill("#body_pt_sms", "Pague em banco.com").await;
    browser.click("button[value=save]").await;
    assert!(browser.text("#body_pt_sms-problem").await.contains("{{ link }}"));
    browser.fill("#body_pt_sms", "Deve {{ amount }}: {{ link }}").await;
    browser.click("button[value=save]").await;
    assert!(browser.text("#reading").await.contains("2 textos propios"));
    browser.click("form[action$='/publish'] button").await;
    assert!(browser.text(".page-head").await.contains("Vigente"));
}

/// The navigation of a phone is closed: only the page's own words are looked for.
async fn sign_in_on_a_phone(stand: &Stand, browser: &Browser) {
    let link = saldo_app::flows::console_session::create_link(&stand.product.app, stand.creditor).await;
    browser.goto(&link.expect("a sign-in link")).await;
    browser.click("main form button").await;
    assert!(browser.url().await.ends_with("/console"), "signed in");
}
