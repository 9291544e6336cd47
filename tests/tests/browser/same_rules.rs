//! The browser runs the server's own rules: one table of questions, answered natively and in Chromium.

use axum::Router;
use axum::http::header;
use axum::response::Html;
use axum::routing::get;
use saldo_tests::browser::{Browser, Options};
use saldo_tests::origin::Origin;
use saldo_tests::wasm;

/// Fetches the module, runs it and reads its text.
const RUN: &str =
    "return fetch('/table.wasm').then(answer => WebAssembly.instantiateStreaming(answer)).then(({instance}) => {
    const place = BigInt.asUintN(64, instance.exports.table());
    const bytes = new Uint8Array(instance.exports.memory.buffer, Number(place >> 32n), Number(place & 0xffffffffn));
    return new TextDecoder().decode(bytes);
})";

fn serve(module: Vec<u8>) -> Router {
    let wasm = move || {
        let module = module.clone();
        async move { ([(header::CONTENT_TYPE, "application/wasm")], module) }
    };
    Router::new()
        .route("/", get(|| async { Html("<!doctype html><title>Tabla</title>") }))
        .route("/table.wasm", get(wasm))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_of_every_answer_is_the_same_in_a_browser() {
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let Some(module) = tokio::task::spawn_blocking(|| wasm::build("saldo-table")).await.expect("it builds") else {
        return;
    };
    let origin = Origin::serve(serve(module)).await;
    browser.goto(&origin.url).await;
    let in_the_browser = browser.execute(RUN, &[]).await;
    let in_the_browser = in_the_browser.as_str().expect("the table is text");

    let here = saldo_table::text();
    let count = here.lines().count();
    assert!(count >= 500, "{count} cases");
    assert_eq!(in_the_browser.lines().count(), count);
    for (ours, theirs) in here.lines().zip(in_the_browser.lines()) {
        for (field, other) in ours.split('\t').zip(theirs.split('\t')) {
            assert_eq!(field, other, "{ours}\n{theirs}");
        }
        assert_eq!(ours, theirs);
    }
    // The questions are hard enough only if most of them have an answer, and some a refusal.
    let refused = here.lines().filter(|line| line.contains("\trefused=")).count();
    let saved = here.lines().filter(|line| line.contains("\tsaved=")).count();
    assert!((10..count / 2).contains(&refused), "{refused} of {count} are refusals");
    assert!(saved >= 60, "{saved} prices save something");
}
