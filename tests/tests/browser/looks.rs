//! Every page is looked at, light and dark, narrow and wide: axe-core finds nothing, nothing runs out at the side, and a
//! picture is kept in `target/screenshots`.

use std::sync::Mutex;

use jiff::SignedDuration;
use saldo_app::flows::{access_link, opt_out};
use saldo_tests::browser::{Browser, Options};
use serde_json::json;
use tempfile::TempDir;

use crate::console::{HEADER, ROWS, sign_in, upload};
use crate::stand::{PAYS, Stand, pay_with};

struct Tour<'a> {
    stand: &'a Stand,
    browser: &'a Browser,
    theme: &'static str,
    found: Mutex<Vec<String>>,
}

impl Tour<'_> {
    /// Looks at the page that stands, on a phone and on a desk.
    async fn look(&self, name: &str) {
        for (width, height) in [(360, 740), (1280, 900)] {
            self.look_at(name, width, height).await;
        }
    }

    async fn look_at(&self, name: &str, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.browser.devtools("Emulation.setDeviceMetricsOverride", size).await;
        let name = format!("{name}-{}-{width}", self.theme);
        self.browser.screenshot(&name).await;
        let beyond = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let beyond = self.browser.execute(beyond, &[]).await.as_i64().unwrap_or_default();
        if beyond > 0 {
            self.note(format!("{name}: {beyond} px run out at the side\n"));
        }
        for violation in self.browser.violations().await.unwrap_or_default() {
            self.note(format!("{name}: {violation}"));
        }
    }

    async fn look_at_path(&self, name: &str, path: &str) {
        self.browser.goto(&self.stand.url(path)).await;
        self.look(name).await;
    }

    fn note(&self, fault: String) {
        self.found.lock().expect("no test panics in here").push(fault);
    }

    async fn end(self) {
        let found = self.found.into_inner().expect("no test panics in here");
        assert!(found.is_empty(), "{}", found.concat());
        self.browser.assert_only_asked(&[&self.stand.product.url]).await;
    }
}

async fn in_both_themes(tour: impl AsyncFn(&Tour<'_>)) {
    for (theme, options) in [("light", Options::phone()), ("dark", Options::phone().dark())] {
        let stand = Stand::open().await;
        let Some(browser) = Browser::open(options).await else { return };
        let looked = Tour { stand: &stand, browser: &browser, theme, found: Mutex::default() };
        tour(&looked).await;
        looked.end().await;
    }
}

#[tokio::test]
async fn the_pages_before_a_payment() {
    in_both_themes(async |tour| {
        let (stand, browser) = (tour.stand, tour.browser);
        browser.goto(&stand.link().await.url).await;
        tour.look("landing").await;
        browser.click("form[data-forget] button").await;
        browser.wait_for_url("/statement").await;
        tour.look("statement").await;
        tour.look_at("statement", 768, 1024).await;
        tour.look_at_path("statement-history", "/statement?history=all").await;
        tour.look_at_path("pay", "/pay").await;
        browser.click("label[for=choice-amount]").await;
        browser.fill("#amount", "99999").await;
        browser.click("form.pay button").await;
        browser.wait_for_text("#amount-problem", "supera").await;
        tour.look("pay-refused").await;
        browser.goto(&stand.url("/pay")).await;
        stand.owe_more("A-2150", 9_900).await;
        browser.click("form.pay button").await;
        browser.wait_for_text("h1", "El saldo cambió").await;
        tour.look("pay-changed").await;
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_a_payment() {
    in_both_themes(async |tour| {
        let (stand, browser) = (tour.stand, tour.browser);
        stand.enter(browser).await;
        stand.check_out(browser).await;
        tour.look("sandbox").await;
        pay_with(browser, "4000 0000 0000 0002").await;
        browser.wait_for_text("[role=alert]", "no autorizó").await;
        tour.look("sandbox-declined").await;
        browser.goto(&stand.url("/pay")).await;
        browser.click("form.pay button").await;
        browser.wait_for_text("h1", "Ya hay un pago en proceso").await;
        tour.look("under-way").await;
        browser.click("main a.button-primary").await;
        browser.click("form[action$='/cancel'] button").await;
        browser.wait_for_text("h1", "Pago cancelado").await;
        tour.look("return-canceled").await;
        stand.check_out(browser).await;
        browser.click("form[action$='/debit'] button").await;
        browser.wait_for_text("h1", "Su pago está en camino").await;
        tour.look("return-pending").await;
        tour.look_at_path("statement-pending", "/statement").await;
        stand.product.advance(SignedDuration::from_hours(1));
        stand.product.work().await;
        browser.click("a[href^='/receipt/'], .summary a[href^='/pay/']").await;
        browser.wait_for_text("h1", "Pago recibido").await;
        tour.look("return-paid").await;
        browser.click("a[href^='/receipt/']").await;
        browser.wait_for_text("h1", "Recibo de pago").await;
        tour.look("receipt").await;
        tour.look_at_path("statement-settled", "/statement").await;
        tour.look_at_path("pay-nothing", "/pay").await;
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_a_challenge_a_failed_debit_and_an_unfinished_payment() {
    in_both_themes(async |tour| {
        let (stand, browser) = (tour.stand, tour.browser);
        stand.enter(browser).await;
        stand.check_out(browser).await;
        let back = browser.url().await;
        browser.goto(&stand.url("/statement")).await;
        browser.click(".summary a[href^='/pay/']").await;
        browser.wait_for_text("h1", "Estamos confirmando su pago").await;
        tour.look("return-unfinished").await;
        browser.goto(&back).await;
        pay_with(browser, "4000 0025 0000 3155").await;
        browser.wait_for_text("h2", "El banco quiere confirmar").await;
        tour.look("sandbox-challenge").await;
        browser.click("form[action$='/challenge']:has([value=approve]) button").await;
        browser.wait_for_text("h1", "Pago recibido").await;
        browser.goto(&back).await;
        tour.look("sandbox-over").await;

        stand.owe_more("A-2150", 9_900).await;
        stand.check_out(browser).await;
        browser.click("label[for=outcome-fails]").await;
        browser.click("form[action$='/debit'] button").await;
        browser.wait_for_text("h1", "Su pago está en camino").await;
        stand.product.advance(SignedDuration::from_hours(1));
        stand.product.work().await;
        browser.wait_for_text("h1", "El pago no se realizó").await;
        tour.look("return-failed").await;
    })
    .await;
}

#[tokio::test]
async fn the_notices_and_the_mailbox() {
    in_both_themes(async |tour| {
        let (stand, browser) = (tour.stand, tour.browser);
        let app = &stand.product.app;
        tour.look_at_path("mailbox-empty", "/mailbox").await;
        tour.look_at_path("not-found", "/nothing-here").await;
        tour.look_at_path("left", "/left").await;
        tour.look_at_path("no-session", "/statement").await;
        let link = stand.link().await;
        access_link::revoke(app, stand.creditor, link.row.id).await.expect("it is withdrawn");
        browser.goto(&link.url).await;
        tour.look("link-expired").await;
        browser.click("form[action$='/renew'] button").await;
        browser.wait_for_text("h1", "Revise su correo").await;
        tour.look("link-requested").await;
        stand.product.tick().await;
        stand.product.work().await;
        tour.look_at_path("mailbox", "/mailbox").await;
        browser.click(".mail-subject").await;
        browser.wait_until("return document.querySelector('iframe') !== null", &[]).await;
        tour.look("mail").await;
        browser.goto(&opt_out::address(app, stand.creditor, stand.debtor).expect("an address")).await;
        tour.look("opt-out").await;
        browser.click("main form button").await;
        browser.wait_for_text("h1", "no recibirá más recordatorios").await;
        tour.look("opted-out").await;
        tour.look_at_path("console-closed", "/console").await;
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_the_console() {
    in_both_themes(async |tour| {
        let (stand, browser) = (tour.stand, tour.browser);
        stand.enter(browser).await;
        stand.check_out(browser).await;
        pay_with(browser, PAYS).await;
        browser.wait_for_text("h1", "Pago recibido").await;
        stand.owe_more("A-2150", 9_900).await;
        stand.product.tick().await;
        stand.product.work().await;
        let link = saldo_app::flows::console_session::create_link(&stand.product.app, stand.creditor).await;
        browser.goto(&link.expect("a sign-in link")).await;
        tour.look("console-sign-in").await;
        sign_in(stand, browser).await;
        tour.look("console").await;
        for page in ["debtors", "debtors?q=nadie", "events", "jobs", "imports"] {
            tour.look_at_path(&format!("console-{}", page.replace('?', "-")), &format!("/console/{page}")).await;
        }
        browser.goto(&stand.url(&format!("/console/debtors/{}", stand.debtor))).await;
        browser.click("form[action$='/links'] button").await;
        browser.wait_until("return document.querySelector('#fresh-link') !== null", &[]).await;
        browser.click("details:has(form[action$='/refund']) summary").await;
        tour.look("console-account").await;
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_reminders() {
    in_both_themes(async |tour| {
        let (stand, browser) = (tour.stand, tour.browser);
        stand.product.clock.set("2026-03-03T18:00:00Z".parse().expect("a moment"));
        stand.product.tick().await;
        stand.product.work().await;
        stand.enter(browser).await;
        tour.look_at_path("preferences", "/preferences").await;
        sign_in(stand, browser).await;
        tour.look_at_path("reminders", "/console/reminders").await;
        for page in ["calls", "decisions", "effect", "messages", "letters"] {
            tour.look_at_path(&format!("reminders-{page}"), &format!("/console/reminders/{page}")).await;
        }
        tour.look_at_path("terms-ladder", "/console/terms/new/dunning").await;
        browser.click("#step_1 > summary").await;
        tour.look("terms-ladder-open").await;
        tour.look_at_path("terms-message", "/console/terms/new/message_template").await;
        tour.look_at_path("terms", "/console/terms").await;
        tour.look_at_path("settings", "/console/settings").await;
        tour.look_at_path("console-widgets", "/console/widgets").await;
        tour.look_at_path("console-subscribers", "/console/subscribers").await;
    })
    .await;
}

#[tokio::test]
async fn the_pages_of_an_import() {
    in_both_themes(async |tour| {
        let (stand, browser) = (tour.stand, tour.browser);
        let folder = TempDir::new().expect("a folder");
        sign_in(stand, browser).await;
        let bad = "C-9,Bad Row,nobody,F-4,20/02/2026,22/03/2026,-5.00,MXN,Molino\n";
        upload(stand, browser, &folder, "mala.csv", &format!("{HEADER}{ROWS}{bad}")).await;
        browser.click("form[action$='/mapping'] button").await;
        browser.wait_for_text("h1", "Vista previa").await;
        tour.look("import-faults").await;
        upload(stand, browser, &folder, "cartera.csv", &format!("{HEADER}{ROWS}")).await;
        tour.look("import-mapping").await;
        browser.click("form[action$='/mapping'] button").await;
        browser.wait_for_text("h1", "Vista previa").await;
        tour.look("import-preview").await;
        browser.click("form[action$='/confirm'] button").await;
        browser.wait_for_text("h1", "Guardando las facturas").await;
        tour.look("import-running").await;
        stand.product.work().await;
        browser.wait_for_text("h1", "Importación terminada").await;
        tour.look("import-done").await;
        tour.look_at_path("imports", "/console/imports").await;
    })
    .await;
}
