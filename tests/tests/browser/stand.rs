//! A small business with a debtor who owes, served to a browser; the clock stands on a working morning.

use saldo_app::flows::access_link::{self, NewLink};
use saldo_app::flows::read_mailbox::{self, DemoMail};
use saldo_app::flows::{issue_invoice, open_statement, put_debtor, show_account};
use saldo_contract::debtor::PutDebtor;
use saldo_contract::invoice::IssueInvoice;
use saldo_contract::payment::Money;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::payment::Payment;
use saldo_tests::browser::Browser;
use saldo_tests::product::Product;

/// A card that pays.
pub const PAYS: &str = "4242 4242 4242 4242";
/// All that María owes: 1,840.00 and 642.50 past due, 2,310.75 to come.
pub const OWED: &str = "$4,793.25";

const INVOICES: [(&str, &str, &str, &str, i64); 3] = [
    ("A-2041", "Cemento gris, 40 bultos", "2026-01-10", "2026-02-09", 184_000),
    ("A-2077", "Varilla de 3/8, 120 piezas", "2026-01-29", "2026-02-28", 64_250),
    ("A-2103", "Pintura vinílica blanca, 19 litros", "2026-02-19", "2026-03-21", 231_075),
];

pub struct Stand {
    pub product: Product,
    pub creditor: CreditorId,
    pub debtor: DebtorId,
}

impl Stand {
    pub async fn open() -> Self {
        Self::on(None).await
    }

    /// On a database of its own; none: a fresh SQLite file.
    pub async fn on(database: Option<&str>) -> Self {
        let product = Product::start(database).await;
        let creditor = product.creditor("Ferretería La Esquina").await.id;
        let debtor = add_debtor(&product, creditor, "C-1001", "María López Hernández", ["es", "MX"]).await;
        for (number, what, issued_on, due_on, minor) in INVOICES {
            issue(&product, creditor, "C-1001", [number, what, issued_on, due_on], (minor, "MXN")).await;
        }
        Self { product, creditor, debtor }
    }

    /// The same with another debtor in the first one's place: João owes 1.250,90 in reais.
    pub async fn brazilian(mut self) -> Self {
        self.debtor = add_debtor(&self.product, self.creditor, "C-1003", "João Pereira da Silva", ["pt", "BR"]).await;
        let words = ["E-0322", "Conexões de PVC", "2026-01-25", "2026-02-24"];
        issue(&self.product, self.creditor, "C-1003", words, (125_090, "BRL")).await;
        self
    }

    /// Another invoice of María's, due in two weeks.
    pub async fn owe_more(&self, number: &str, minor: i64) {
        let words = [number, "Flete", "2026-03-03", "2026-03-17"];
        issue(&self.product, self.creditor, "C-1001", words, (minor, "MXN")).await;
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.product.url)
    }

    pub async fn link(&self) -> NewLink {
        access_link::create(&self.product.app, self.creditor, self.debtor).await.expect("a link")
    }

    /// Link, Continue, statement.
    pub async fn enter(&self, browser: &Browser) {
        browser.goto(&self.link().await.url).await;
        browser.click("form[data-forget] button").await;
        browser.wait_for_url("/statement").await;
    }

    /// To the provider's page, with everything chosen.
    pub async fn check_out(&self, browser: &Browser) {
        browser.goto(&self.url("/pay")).await;
        browser.click("form.pay button").await;
        browser.wait_for_url("/sandbox/").await;
    }

    /// What was captured.
    pub async fn payments(&self) -> Vec<Payment> {
        let rows = open_statement::list_payments(&self.product.app, self.creditor, self.debtor).await;
        rows.expect("the books open").into_iter().map(|row| row.payment).collect()
    }

    /// The states of the debtor's reminders, with the reasons.
    pub async fn reminders(&self) -> Vec<(String, String)> {
        let account = show_account::show(&self.product.app, self.creditor, self.debtor).await.expect("the account");
        account.reminders.into_iter().map(|row| (row.state.name().to_owned(), row.reason)).collect()
    }

    /// Newest first.
    pub async fn mails(&self) -> Vec<DemoMail> {
        read_mailbox::list(&self.product.app).await.expect("the mailbox opens")
    }

    pub async fn subjects(&self) -> Vec<String> {
        self.mails().await.into_iter().map(|mail| mail.subject).collect()
    }
}

/// Types a number on the provider's page and sends it.
pub async fn pay_with(browser: &Browser, number: &str) {
    browser.fill("#number", number).await;
    browser.click("form[action$='/card'] button").await;
}

/// The secret part of a link.
pub fn token(link: &NewLink) -> &str {
    link.url.rsplit('/').next().expect("an address has parts")
}

pub async fn add_debtor(
    product: &Product,
    creditor: CreditorId,
    reference: &str,
    name: &str,
    [language, country]: [&str; 2],
) -> DebtorId {
    let wish = PutDebtor {
        reference: reference.to_owned(),
        name: name.to_owned(),
        email: Some(format!("{}@correo.example", reference.to_lowercase())),
        phone: None,
        postal_address: None,
        language: Some(language.to_owned()),
        country: Some(country.to_owned()),
        time_zone: None,
        tags: None,
    };
    put_debtor::put(&product.app, creditor, wish).await.expect("a debtor").id
}

pub async fn issue(
    product: &Product,
    creditor: CreditorId,
    reference: &str,
    [number, what, issued_on, due_on]: [&str; 4],
    (minor, currency): (i64, &str),
) {
    let wish = IssueInvoice {
        debtor_reference: reference.to_owned(),
        number: number.to_owned(),
        description: Some(what.to_owned()),
        issued_on: issued_on.parse().expect("a date"),
        due_on: due_on.parse().expect("a date"),
        amount: Money { minor, currency: currency.parse().expect("a currency") },
        tax: None,
        send: None,
    };
    issue_invoice::issue(&product.app, creditor, wish).await.expect("an invoice");
}
