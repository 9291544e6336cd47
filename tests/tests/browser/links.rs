//! The personal link: what it shows before Continue, where its secret goes, what stands where it no longer works.

use jiff::SignedDuration;
use reqwest::header::HeaderValue;
use saldo_app::flows::access_link;
use saldo_tests::browser::{Browser, Options};

use crate::stand::{OWED, PAYS, Stand, pay_with, token};

const GONE: &str = "Este enlace ya no funciona";

#[tokio::test]
async fn opening_a_link_changes_nothing_and_shows_little() {
    let stand = Stand::open().await;
    let link = stand.link().await;
    let client = stand.product.client();
    for request in [client.get(&link.url), client.head(&link.url), client.get(&link.url)] {
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        assert!(answer.headers().get("set-cookie").is_none());
        assert_eq!(answer.headers()["cache-control"], "no-store");
        assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
        let page = answer.text().await.expect("text");
        for private in ["María", "López", "A-2041", "Cemento", "correo.example"] {
            assert!(!page.contains(private), "{private} stands on the landing page");
        }
    }
    let app = &stand.product.app;
    let known = access_link::list(app, stand.creditor, stand.debtor).await.expect("links");
    assert!(known.iter().all(|row| row.last_opened_at.is_none()));

    let entered = client.post(&link.url).send().await.expect("an answer");
    assert_eq!(
        (entered.status().as_u16(), &entered.headers()["location"]),
        (303, &HeaderValue::from_static("/statement"))
    );
    let known = access_link::list(app, stand.creditor, stand.debtor).await.expect("links");
    assert!(known.iter().all(|row| row.last_opened_at.is_some()));
}

#[tokio::test]
async fn after_continue_the_secret_stands_nowhere() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    let link = stand.link().await;
    browser.goto(&link.url).await;
    browser.click("form[data-forget] button").await;
    browser.wait_for_url("/statement").await;
    let until_now = browser.requests().await.len();
    browser.assert_unseen(token(&link)).await;
    stand.check_out(&browser).await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    browser.click("a[href^='/receipt/']").await;
    browser.wait_for_text("h1", "Recibo de pago").await;

    browser.assert_unseen(token(&link)).await;
    let later = browser.requests().await.split_off(until_now);
    assert!(later.len() > 5, "{later:#?}");
    assert!(later.iter().all(|request| !request.url.contains(token(&link))), "{later:#?}");
    assert!(!browser.source().await.contains(token(&link)));
    browser.assert_only_asked(&[&stand.product.url]).await;
}

#[tokio::test]
async fn a_link_that_no_longer_works_brings_a_fresh_one_by_mail() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::phone()).await else { return };
    let revoked = stand.link().await;
    access_link::revoke(&stand.product.app, stand.creditor, revoked.row.id).await.expect("it is withdrawn");
    let expired = stand.link().await;

    for (count, link) in [(1, &revoked), (2, &expired)] {
        if count == 2 {
            stand.product.advance(SignedDuration::from_hours(24 * 401));
        }
        browser.goto(&link.url).await;
        browser.wait_for_text("h1", GONE).await;
        browser.click("form[action$='/renew'] button").await;
        browser.wait_for_text("h1", "Revise su correo").await;
        stand.product.work().await;
        assert_eq!(stand.subjects().await, vec!["Ferretería La Esquina: su enlace nuevo"; count]);
    }

    browser.goto(&stand.url("/mailbox")).await;
    browser.click(".mail-subject").await;
    browser.click("details:has(.mail-text) summary").await;
    let text = browser.text(".mail-text").await;
    let fresh = text.split_whitespace().find(|word| word.contains("/l/")).expect("the mail holds a link");
    browser.goto(fresh).await;
    browser.click("form[data-forget] button").await;
    browser.wait_for_text(".summary", OWED).await;
}

#[tokio::test]
async fn a_forged_link_is_answered_alike_and_brings_no_mail() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let link = stand.link().await;
    let (head, signature) = link.url.rsplit_once('.').expect("a signed token");
    let flipped = if signature.starts_with('A') { 'B' } else { 'A' };
    for forged in [format!("{head}.{flipped}{}", &signature[1..]), format!("{head}."), stand.url("/l/nothing")] {
        browser.goto(&forged).await;
        browser.wait_for_text("h1", GONE).await;
        if browser.has("form[action$='/renew'] button").await {
            browser.click("form[action$='/renew'] button").await;
            browser.wait_for_text("h1", "Revise su correo").await;
        }
    }
    stand.product.work().await;
    assert!(stand.subjects().await.is_empty());
}

#[tokio::test]
async fn whoever_has_left_must_open_the_link_again() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    stand.enter(&browser).await;
    browser.click("form[action='/leave'] button").await;
    browser.wait_for_text("h1", "Salió de su cuenta").await;
    for private in ["/statement", "/pay"] {
        browser.goto(&stand.url(private)).await;
        browser.wait_for_text("h1", GONE).await;
    }
    browser.back().await;
    assert!(!browser.text("body").await.contains(OWED));
}

#[tokio::test]
async fn a_debtor_reads_its_own_language() {
    let stand = Stand::open().await.brazilian().await;
    // The browser asks for another language than the debtor's.
    let Some(browser) = Browser::open(Options::phone().speaking("es-MX")).await else { return };
    stand.enter(&browser).await;
    assert_eq!(browser.attribute("html", "lang").await.as_deref(), Some("pt-BR"));
    assert_eq!(browser.text(".summary .amount-hero").await.replace('\u{a0}', " "), "R$ 1.250,90");
    let page = browser.text("body").await;
    for spanish in ["Estado de cuenta", "Saldo por pagar", "Venció"] {
        assert!(!page.contains(spanish), "{spanish}");
    }

    browser.click("form[action='/language'] [value=en]").await;
    browser.wait_until("return document.documentElement.lang === 'en-BR'", &[]).await;
}
