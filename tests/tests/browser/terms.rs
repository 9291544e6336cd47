//! From the console's terms to the last consequence: a discount in its last minute and one minute late; a plan whose first
//! instalment is paid by hand, its second by a saved card, and whose third fails three times and breaks it; a chargeback
//! that reopens what was paid.

use jiff::Timestamp;
use saldo_domain::ids::DebtorId;
use saldo_domain::plan::{PaymentPlan, PlanState};
use saldo_store::{journal, payment_plan};
use saldo_tests::browser::{Browser, Options};

use crate::console::sign_in;
use crate::stand::{PAYS, Stand, add_debtor, issue, pay_with};

/// A test card that pays once and is declined when it is charged again.
const PAYS_ONCE: &str = "3056 9300 0902 0004";

#[tokio::test]
async fn terms_are_published_taken_broken_and_charged_back() {
    let mut stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    publish(&stand, &browser).await;

    let lucia = owes(&stand, "C-2001", "Lucía Prado", "B-1", 100_000).await;
    let rosa = owes(&stand, "C-2002", "Rosa Medina", "B-2", 100_000).await;
    let pedro = owes(&stand, "C-2003", "Pedro Salas", "B-3", 120_000).await;

    stand.debtor = lucia;
    takes_the_discount_in_its_last_minute(&stand, &browser).await;
    stand.debtor = rosa;
    is_refused_one_minute_later(&stand, &browser).await;
    stand.debtor = pedro;
    keeps_two_instalments_and_breaks_on_the_third(&stand, &browser).await;
    stand.debtor = lucia;
    a_chargeback_reopens_what_was_paid(&stand, &browser).await;
}

/// Finance publishes 2/10 net 30 and a template of six months.
async fn publish(stand: &Stand, browser: &Browser) {
    sign_in(stand, browser).await;
    browser.goto(&stand.url("/console/terms/new/discount")).await;
    browser.fill("#name", "2/10 neto 30").await;
    browser.click("button[value=save]").await;
    browser.wait_for_text("#reading", "10").await;
    browser.click("form[action$='/publish'] button").await;
    browser.wait_for_text("h1", "2/10 neto 30").await;

    browser.goto(&stand.url("/console/terms/new/plan_template")).await;
    browser.fill("#name", "Seis meses").await;
    browser.fill("#instalments_min", "6").await;
    browser.fill("#grace_days", "3").await;
    browser.fill("#missed_max", "0").await;
    browser.click("button[value=save]").await;
    browser.wait_for_text("#reading", "6").await;
    browser.click("form[action$='/publish'] button").await;
    browser.wait_for_text("h1", "Seis meses").await;
}

async fn takes_the_discount_in_its_last_minute(stand: &Stand, browser: &Browser) {
    // 23:59 of the tenth day in Mexico City.
    set(stand, "2026-03-14T05:59:00Z");
    stand.enter(browser).await;
    browser.wait_for_text(".way", "$980.00").await;
    browser.goto(&stand.url("/pay")).await;
    browser.click("form.pay button").await;
    browser.wait_for_url("/sandbox/").await;
    pay_with(browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    browser.goto(&stand.url("/statement")).await;
    assert_eq!(browser.text(".summary .amount-hero").await, "$0.00");
    browser.wait_for_text(".steps", "Descuento").await;
    let paid = stand.payments().await;
    assert_eq!(paid.iter().map(|one| one.amount.minor()).collect::<Vec<_>>(), [98_000]);
    agree(stand, browser, "$0.00").await;
}

async fn is_refused_one_minute_later(stand: &Stand, browser: &Browser) {
    stand.enter(browser).await;
    browser.goto(&stand.url("/pay")).await;
    browser.wait_for_text("main", "$980.00").await;
    set(stand, "2026-03-14T06:00:00Z");
    browser.click("form.pay button").await;
    browser.wait_for_text("main", "$1,000.00").await;
    assert!(!browser.url().await.contains("/sandbox/"), "the price is asked about first");
    assert!(stand.payments().await.is_empty());
    browser.goto(&stand.url("/statement")).await;
    assert_eq!(browser.text(".summary .amount-hero").await, "$1,000.00");
    agree(stand, browser, "$1,000.00").await;
}

async fn keeps_two_instalments_and_breaks_on_the_third(stand: &Stand, browser: &Browser) {
    stand.enter(browser).await;
    browser.goto(&stand.url("/methods")).await;
    browser.click("#send").await;
    browser.wait_for_text("label[for=code]", "Código de seis dígitos").await;
    browser.fill("#code", &code(stand).await).await;
    browser.click("form[action='/code'] button").await;
    browser.wait_for_url("/methods").await;
    browser.click("form[action='/methods/setups'] button").await;
    browser.wait_for_url("/sandbox/").await;
    pay_with(browser, PAYS_ONCE).await;
    browser.wait_for_url("/methods").await;
    stand.product.work().await;

    browser.goto(&stand.url("/plan/new")).await;
    browser.click("button[formaction='/plan/confirm']").await;
    browser.wait_for_url("/plan/confirm").await;
    browser.click("#autopay").await;
    browser.click("#agree").await;
    browser.click("form.pay button[type=submit]").await;
    browser.wait_for_text("main", "$200.00").await;
    let plan = plan(stand).await;
    assert_eq!(plan.schedule.instalments.len(), 6);
    assert!(plan.terms.autopay && plan.is_active(), "{plan:?}");

    browser.goto(&stand.url(&format!("/plan/{}", plan.id))).await;
    browser.click("#plan-pay button").await;
    browser.wait_for_url("/sandbox/").await;
    pay_with(browser, PAYS).await;
    browser.wait_for_text("h1", "Pago recibido").await;
    assert_eq!(paid_minor(stand).await, [20_000]);

    let due_on = |number: usize| plan.schedule.instalments[number].due_on;
    on(stand, due_on(1), -3, 10).await;
    on(stand, due_on(1), 0, 10).await;
    assert_eq!(paid_minor(stand).await, [20_000, 20_000], "the saved card pays the second");
    on(stand, due_on(2), -3, 10).await;
    for day in 0..=3 {
        on(stand, due_on(2), day, 10).await;
        let standing = self::plan(stand).await;
        assert!(standing.is_active(), "within its grace on day {day}: {:?}", standing.state);
    }
    assert_eq!(failed(stand).await, 3, "the day itself and two more");
    on(stand, due_on(2), 4, 8).await;
    let PlanState::Broken { instalment, missed, .. } = self::plan(stand).await.state else { panic!("not broken") };
    assert_eq!((instalment, missed.minor()), (3, 20_000));

    stand.enter(browser).await;
    assert_eq!(browser.text(".summary .amount-hero").await, "$800.00");
    agree(stand, browser, "$800.00").await;
}

async fn a_chargeback_reopens_what_was_paid(stand: &Stand, browser: &Browser) {
    let account = saldo_app::flows::show_account::show(&stand.product.app, stand.creditor, stand.debtor).await;
    let reference = account.expect("an account").payments[0].provider_reference.clone();
    let sandbox = stand.product.sandbox.as_ref().expect("the sandbox takes payments");
    assert!(sandbox.open_chargeback(&reference, stand.product.app.now()).expect("a memory"));
    stand.product.work().await;
    stand.enter(browser).await;
    assert_eq!(browser.text(".summary .amount-hero").await, "$1,000.00", "the discount went with the money");
    agree(stand, browser, "$1,000.00").await;
}

/// Statement, console and ledger say the same.
async fn agree(stand: &Stand, browser: &Browser, owed: &str) {
    sign_in(stand, browser).await;
    browser.goto(&stand.url(&format!("/console/debtors/{}", stand.debtor))).await;
    assert_eq!(browser.text("main .figure-main .amount-hero").await, owed);
    let tx = stand.product.app.store().read().await.expect("a database");
    let parity = journal::parity(&tx).await.expect("the books add up");
    assert!(parity.agrees(), "{parity:?}");
}

async fn owes(stand: &Stand, reference: &str, name: &str, number: &str, minor: i64) -> DebtorId {
    let debtor = add_debtor(&stand.product, stand.creditor, reference, name, ["es", "MX"]).await;
    let words = [number, "Material", "2026-03-03", "2026-04-02"];
    issue(&stand.product, stand.creditor, reference, words, (minor, "MXN")).await;
    debtor
}

fn set(stand: &Stand, moment: &str) {
    stand.product.clock.set(moment.parse().expect("a moment"));
}

/// Some days after a date, at an hour on the wall in Mexico City (UTC-6), with everything done that is due.
async fn on(stand: &Stand, date: jiff::civil::Date, days: i64, hour: i64) {
    let midnight: Timestamp = format!("{date}T06:00:00Z").parse().expect("a moment");
    stand.product.clock.set(midnight + jiff::SignedDuration::from_hours(24 * days + hour));
    for _ in 0..4 {
        stand.product.tick().await;
        stand.product.work().await;
    }
}

/// The code of the latest mail.
async fn code(stand: &Stand) -> String {
    let subject = stand.subjects().await.remove(0);
    subject.rsplit(' ').next().expect("a code").to_owned()
}

async fn plan(stand: &Stand) -> PaymentPlan {
    let tx = stand.product.app.store().read().await.expect("a database");
    let plans = payment_plan::load_for_debtor(&tx, stand.creditor, stand.debtor).await.expect("plans");
    plans.into_iter().next_back().expect("a plan")
}

/// What was captured, the oldest first.
async fn paid_minor(stand: &Stand) -> Vec<i64> {
    let mut amounts: Vec<i64> = stand.payments().await.iter().map(|one| one.amount.minor()).collect();
    amounts.reverse();
    amounts
}

async fn failed(stand: &Stand) -> usize {
    let account = saldo_app::flows::show_account::show(&stand.product.app, stand.creditor, stand.debtor).await;
    let attempts = account.expect("an account").attempts;
    attempts.iter().filter(|one| one.state.name() == "failed").count()
}
