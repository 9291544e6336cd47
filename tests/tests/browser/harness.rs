//! The browser harness sees what it promises to see: each of its assertions is shown a page that breaks it.

use axum::Router;
use axum::response::{Html, Redirect};
use axum::routing::get;
use saldo_tests::browser::{Browser, Options};
use saldo_tests::origin::Origin;

const GOOD: &str = "<!doctype html><html lang=es><title>Saldo</title>\
    <meta name=viewport content=\"width=device-width\"><main><h1>Hola</h1>\
    <form action=/sent method=get><label>Nombre <input name=name></label>\
    <label>Orden <select name=order><option value=a>A<option value=b>B</select></label><button>Enviar</button></form>\
    <p id=script>sin guiones</p><script>document.getElementById('script').textContent = 'con guiones'</script></main>";

fn router() -> Router {
    Router::new()
        .route("/good", get(|| async { Html(GOOD) }))
        .route("/sent", get(|| async { Html("<!doctype html><html lang=es><title>Enviado</title><h1>Enviado</h1>") }))
        .route("/moved", get(|| async { Redirect::to("/good") }))
}

async fn open(options: Options) -> Option<(Browser, Origin)> {
    let browser = Browser::open(options).await?;
    Some((browser, Origin::serve(router()).await))
}

#[tokio::test]
async fn a_form_is_filled_and_sent_with_and_without_javascript() {
    for (options, script) in
        [(Options::phone(), "con guiones"), (Options::default().without_javascript(), "sin guiones")]
    {
        let Some((browser, origin)) = open(options).await else { return };
        browser.goto(&format!("{}/good", origin.url)).await;
        assert_eq!(browser.text("#script").await, script);
        browser.fill("input[name=name]", "Ana").await;
        browser.choose("select", "b").await;
        browser.click("button").await;
        assert_eq!(browser.text("h1").await, "Enviado");
        assert_eq!(browser.url().await, format!("{}/sent?name=Ana&order=b", origin.url));
        browser.back().await;
        browser.wait_for_text("h1", "Hola").await;
    }
}

#[tokio::test]
async fn size_colours_and_language_are_as_asked() {
    let Some((browser, origin)) = open(Options::phone().dark().speaking("pt-BR")).await else { return };
    browser.goto(&format!("{}/good", origin.url)).await;
    let dark = browser.execute("return matchMedia('(prefers-color-scheme: dark)').matches", &[]).await;
    let width = browser.execute("return innerWidth", &[]).await;
    let language = browser.execute("return navigator.language", &[]).await;
    assert_eq!((dark, width, language), (true.into(), 360.into(), "pt-BR".into()));
    let picture = browser.screenshot("harness").await;
    assert!(std::fs::read(picture).expect("written").starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn a_request_to_a_third_party_is_noticed() {
    let Some((browser, origin)) = open(Options::default()).await else { return };
    let other = Origin::serve(router()).await;
    browser.goto(&format!("{}/moved", origin.url)).await;
    browser.assert_only_asked(&[&origin.url]).await;
    assert!(browser.requests().await.iter().any(|request| request.url.ends_with("/moved")));

    browser.execute("return fetch(arguments[0], {mode: 'no-cors'}).then(() => 1)", &[other.url.clone().into()]).await;
    let foreign = browser.requests().await.into_iter().filter(|request| request.origin() == other.url).count();
    assert_eq!(foreign, 1);
}

#[tokio::test]
async fn a_secret_in_history_and_referer_is_noticed() {
    let Some((browser, origin)) = open(Options::default()).await else { return };
    browser.goto(&format!("{}/good?token=s3cret", origin.url)).await;
    browser.click("button").await;
    assert_eq!(browser.text("h1").await, "Enviado");
    let referers: Vec<String> = browser.requests().await.into_iter().filter_map(|request| request.referer).collect();
    assert!(referers.iter().any(|referer| referer.contains("s3cret")), "{referers:?}");
    assert!(browser.history().await.iter().any(|url| url.contains("s3cret")));
    browser.assert_unseen("another").await;
}

#[tokio::test]
async fn axe_passes_a_good_page_and_names_each_fault_of_a_bad_one() {
    let Some((browser, origin)) = open(Options::default()).await else { return };
    browser.goto(&format!("{}/good", origin.url)).await;
    browser.assert_accessible().await;

    browser.execute("document.documentElement.lang = ''; document.querySelector('input').parentNode.before(document.querySelector('input'))", &[]).await;
    let Some(found) = browser.violations().await else { return };
    let rules: Vec<&str> = found.iter().map(|violation| violation.rule.as_str()).collect();
    assert_eq!(rules, ["html-has-lang", "label"]);
}

#[tokio::test]
async fn errors_in_the_console_are_heard() {
    let Some((browser, origin)) = open(Options::default()).await else { return };
    browser.goto(&format!("{}/good", origin.url)).await;
    browser.console_errors().await;
    browser.execute("setTimeout(() => { document.title = 'thrown'; throw new Error('planted') })", &[]).await;
    browser.wait_until("return document.title === 'thrown'", &[]).await;
    let errors = browser.console_errors().await;
    assert!(errors.iter().any(|error| error.contains("planted")), "{errors:?}");
}
