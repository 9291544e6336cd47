//! From finance's ladder to silence: it is edited, rehearsed and published; messages come at the debtor's own hours; a
//! promise is left alone, a broken one is spoken of; who has paid hears of the payment and of nothing else.

use jiff::{SignedDuration, Timestamp};
use saldo_app::flows::put_debtor;
use saldo_app::flows::read_mailbox::DemoMail;
use saldo_contract::debtor::PutDebtor;
use saldo_domain::ids::DebtorId;
use saldo_tests::browser::{Browser, Options};

use crate::console::sign_in;
use crate::stand::{PAYS, Stand, issue, pay_with};

const REFERENCE: &str = "C-3001";

#[tokio::test]
async fn a_ladder_is_rehearsed_and_published_and_heard_until_the_money_is_there() {
    let mut stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    stand.debtor = lucia_owes(&stand).await;
    finance_moves_a_rung_and_the_hours(&stand, &browser).await;

    // Three days before, not before ten o'clock in Tijuana, where clocks went forward on the 8th.
    at(&stand, "2026-03-09T16:59:00Z").await;
    assert_eq!(told(&stand).await, 0, "it is 9:59 there");
    at(&stand, "2026-03-09T17:00:00Z").await;
    assert_eq!(told(&stand).await, 1);
    at(&stand, "2026-03-12T17:00:00Z").await;
    assert_eq!(told(&stand).await, 2, "on the day");
    let mail = mails(&stand).await.remove(0);
    assert!(mail.text.contains("Lucía") && mail.text.contains("$900.00"), "{}", mail.text);

    promises(&stand, &browser, "2026-03-18").await;
    for day in 13..=18 {
        at(&stand, &format!("2026-03-{day}T18:00:00Z")).await;
        assert_eq!(told(&stand).await, 2, "left alone on the {day}th");
    }
    at(&stand, "2026-03-19T16:59:00Z").await;
    assert_eq!(told(&stand).await, 2);
    at(&stand, "2026-03-19T17:00:00Z").await;
    assert_eq!(told(&stand).await, 3, "the promise was not kept");

    pays(&stand, &browser).await;
    let after = mails(&stand).await;
    assert_eq!(after.len(), 4);
    assert!(after[0].subject.contains("Pago") || after[0].subject.contains("pago"), "{}", after[0].subject);
    for day in 1..=45 {
        let on: Timestamp = "2026-03-19T18:00:00Z".parse().expect("a moment");
        at(&stand, &(on + SignedDuration::from_hours(24 * day)).to_string()).await;
    }
    assert_eq!(mails(&stand).await.len(), 4, "nothing more but the receipt");
}

/// Lives in Tijuana and owes 900.00 pesos by Thursday, 12 March.
async fn lucia_owes(stand: &Stand) -> DebtorId {
    let wish = PutDebtor {
        reference: REFERENCE.to_owned(),
        name: "Lucía Prado".to_owned(),
        email: Some("c-3001@correo.example".to_owned()),
        phone: None,
        postal_address: None,
        language: Some("es".to_owned()),
        country: Some("MX".to_owned()),
        time_zone: Some("America/Tijuana".to_owned()),
        tags: None,
    };
    let debtor = put_debtor::put(&stand.product.app, stand.creditor, wish).await.expect("a debtor");
    let words = ["L-1", "Tablas", "2026-02-10", "2026-03-12"];
    issue(&stand.product, stand.creditor, REFERENCE, words, (90_000, "MXN")).await;
    debtor.id
}

/// The first rung comes three days before instead of seven, between ten and five.
async fn finance_moves_a_rung_and_the_hours(stand: &Stand, browser: &Browser) {
    sign_in(stand, browser).await;
    browser.goto(&stand.url("/console/terms")).await;
    let ladder = "const link = [...document.querySelectorAll('main a')].find(a => a.textContent.includes('Recordatorios habituales')); link.click()";
    browser.execute(ladder, &[]).await;
    browser.wait_for_text("h1", "Recordatorios habituales").await;
    browser.click("form[action$='/revise'] button").await;
    browser.wait_until("return !!document.querySelector('#step_1')", &[]).await;
    browser.click("#step_1 > summary").await;
    browser.fill("#step_1_days", "3").await;
    browser.fill("#own_from", "10:00").await;
    browser.fill("#own_until", "17:00").await;
    browser.click("button[value=save]").await;
    browser.wait_for_text("#reading", "3").await;

    browser.click("form[action$='/rehearse'] button").await;
    browser.wait_for_url("/console/reminders/rehearsals/").await;
    stand.product.work().await;
    browser.reload().await;
    browser.wait_for_text("#messages", "Lucía Prado").await;
    browser.assert_accessible().await;
    browser.click("#publish form[action$='/publish'] button").await;
    browser.wait_for_text("h1", "Recordatorios habituales").await;
}

async fn promises(stand: &Stand, browser: &Browser, on: &str) {
    stand.enter(browser).await;
    browser.goto(&stand.url("/promise")).await;
    browser.execute(&format!("document.querySelector('#promised-on').value = '{on}'"), &[]).await;
    browser.click("form[action='/promise'] button").await;
    browser.wait_for_text("main", "18").await;
}

async fn pays(stand: &Stand, browser: &Browser) {
    stand.enter(browser).await;
    stand.check_out(browser).await;
    pay_with(browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    stand.product.work().await;
}

/// The clock at a moment, with everything done that is due.
async fn at(stand: &Stand, moment: &str) {
    stand.product.clock.set(moment.parse().expect("a moment"));
    for _ in 0..3 {
        stand.product.tick().await;
        stand.product.work().await;
    }
}

/// What Lucía got, newest first.
async fn mails(stand: &Stand) -> Vec<DemoMail> {
    stand.mails().await.into_iter().filter(|mail| mail.recipient.contains("c-3001@")).collect()
}

async fn told(stand: &Stand) -> usize {
    mails(stand).await.len()
}
