//! The finance console: in by a link that works once, a file becomes accounts, an account is looked after.

use std::fs;

use saldo_app::flows::console_session;
use saldo_tests::browser::{Browser, Options};
use tempfile::TempDir;

use crate::stand::{OWED, PAYS, Stand, pay_with};

pub const HEADER: &str = "clave cliente,nombre,correo,factura,emisión,vencimiento,monto,moneda,concepto\n";
pub const ROWS: &str = "\
    C-7,Óptica Sur,pagos@optica.example,F-1,15/01/2026,14/02/2026,\"1,250.00\",MXN,Armazones\n\
    C-7,Óptica Sur,pagos@optica.example,F-2,28/02/2026,30/03/2026,349.90,MXN,Micas\n\
    C-8,Café Bravo,hola@bravo.example,F-3,20/02/2026,22/03/2026,800.00,MXN,Molino\n";

/// Opens a sign-in link and confirms.
pub async fn sign_in(stand: &Stand, browser: &Browser) {
    let link = console_session::create_link(&stand.product.app, stand.creditor).await.expect("a sign-in link");
    browser.goto(&link).await;
    browser.click("main form button").await;
    browser.wait_for_text(".nav-wide .nav-link[aria-current]", "Resumen").await;
}

/// Chooses a file on the page of imports and sends it.
pub async fn upload(stand: &Stand, browser: &Browser, folder: &TempDir, name: &str, text: &str) {
    let file = folder.path().join(name);
    fs::write(&file, text).expect("the folder is writable");
    browser.goto(&stand.url("/console/imports")).await;
    browser.press("#file", file.to_str().expect("a plain path")).await;
    browser.click("form[enctype] button").await;
    browser.wait_for_text("h1", "Revise las columnas").await;
}

#[tokio::test]
async fn a_sign_in_link_works_once() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    browser.goto(&stand.url("/console")).await;
    browser.wait_for_text("h1", "Entrar a la consola").await;

    let link = console_session::create_link(&stand.product.app, stand.creditor).await.expect("a sign-in link");
    for _ in 0..2 {
        // A mail scanner that opens it uses nothing up.
        browser.goto(&link).await;
        browser.wait_for_text("h1", "Consola de Ferretería La Esquina").await;
    }
    browser.click("main form button").await;
    browser.wait_for_text(".nav-wide .nav-link[aria-current]", "Resumen").await;
    browser.wait_for_text("main", OWED).await;

    browser.goto(&link).await;
    browser.wait_for_text("h1", "Este enlace ya se usó o no es válido").await;
    browser.goto(&stand.url("/console")).await;
    browser.click("form[action='/console/sign-out'] button").await;
    browser.wait_for_url("/left").await;
    browser.goto(&stand.url("/console/debtors")).await;
    browser.wait_for_text("h1", "Entrar a la consola").await;
}

#[tokio::test]
async fn a_file_becomes_accounts_and_a_second_time_changes_nothing() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let folder = TempDir::new().expect("a folder");
    sign_in(&stand, &browser).await;

    upload(&stand, &browser, &folder, "cartera.csv", &format!("{HEADER}{ROWS}")).await;
    assert_eq!(browser.value("#column_3").await, "invoice_number");
    browser.click("form[action$='/mapping'] button").await;
    browser.wait_for_text("h1", "Vista previa").await;
    browser.wait_for_text("main", "Se agregan 2 deudores nuevos.").await;
    browser.wait_for_text("main", "$2,399.90").await;
    browser.click("form[action$='/confirm'] button").await;
    browser.wait_for_text("h1", "Guardando las facturas").await;
    stand.product.work().await;
    // The page asks by itself.
    browser.wait_for_text("h1", "Importación terminada").await;
    browser.click(".nav-wide a[href='/console/debtors']").await;
    browser.wait_for_text("table", "Óptica Sur").await;
    browser.fill("#q", "óptica").await;
    browser.press("#q", "\u{e007}").await;
    browser.wait_until("return document.querySelectorAll('tbody tr').length === 1", &[]).await;
    browser.click("tbody a").await;
    browser.wait_for_text("h1", "Óptica Sur").await;
    browser.wait_for_text("main", "$1,599.90").await;

    upload(&stand, &browser, &folder, "cartera.csv", &format!("{HEADER}{ROWS}")).await;
    browser.click("form[action$='/mapping'] button").await;
    browser.wait_for_text("h1", "Vista previa").await;
    browser.click("form[action$='/confirm'] button").await;
    stand.product.work().await;
    browser.wait_for_text("main", "no cambió nada").await;
    assert_eq!(browser.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_bad_row_is_named_and_nothing_of_its_file_is_booked() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default().without_javascript()).await else { return };
    let folder = TempDir::new().expect("a folder");
    sign_in(&stand, &browser).await;
    let bad = "C-9,Bad Row,nobody,F-4,20/02/2026,22/03/2026,-5.00,MXN,Molino\n";
    upload(&stand, &browser, &folder, "mala.csv", &format!("{HEADER}{ROWS}{bad}")).await;
    browser.click("form[action$='/mapping'] button").await;
    browser.wait_for_text("main", "No se guardó nada de este archivo.").await;
    browser.wait_for_text("tbody tr", "El monto es negativo: “-5.00”.").await;
    assert!(browser.text("tbody").await.contains("5 monto"), "{}", browser.text("tbody").await);
    assert!(!browser.has("form[action$='/confirm']").await);
    stand.product.work().await;
    browser.goto(&stand.url("/console/debtors?q=Óptica")).await;
    browser.wait_for_text("main", "Nada coincide").await;
}

#[tokio::test]
async fn a_link_made_in_the_console_is_paid_and_the_money_given_back() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    sign_in(&stand, &browser).await;
    let account = stand.url(&format!("/console/debtors/{}", stand.debtor));
    browser.goto(&account).await;
    browser.click("form[action$='/links'] button").await;
    let link = browser.value("#fresh-link").await;

    browser.goto(&link).await;
    browser.click("form[data-forget] button").await;
    browser.wait_for_url("/statement").await;
    stand.check_out(&browser).await;
    pay_with(&browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    stand.product.work().await;

    browser.goto(&account).await;
    assert_eq!(browser.text(".figure-main .amount").await, "$0.00");
    browser.click("details:has(form[action$='/refund']) summary").await;
    browser.fill("form[action$='/refund'] input[name=amount]", "5,000.00").await;
    browser.fill("form[action$='/refund'] input[name=reason]", "Entrega incompleta").await;
    browser.click("form[action$='/refund'] button").await;
    browser.wait_for_text("[role=alert]", "Es más de lo que queda de ese pago.").await;
    browser.fill("form[action$='/refund'] input[name=amount]", "642.50").await;
    browser.fill("form[action$='/refund'] input[name=reason]", "Entrega incompleta").await;
    browser.click("form[action$='/refund'] button").await;
    stand.product.work().await;
    browser.goto(&account).await;
    browser.wait_for_text("main", "Devuelto $642.50").await;
    assert_eq!(browser.text(".figure-main .amount").await, "$642.50");

    browser.goto(&stand.url("/statement")).await;
    assert_eq!(browser.text(".summary .amount-hero").await, "$642.50");
}

#[tokio::test]
async fn a_withdrawn_link_ends_the_sessions_that_it_began() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    stand.enter(&browser).await;
    sign_in(&stand, &browser).await;
    browser.goto(&stand.url(&format!("/console/debtors/{}", stand.debtor))).await;
    browser.click("form[action$='/revoke'] button").await;
    browser.wait_for_text("#links", "Revocado").await;
    browser.goto(&stand.url("/statement")).await;
    browser.wait_for_text("h1", "Este enlace ya no funciona").await;
}
