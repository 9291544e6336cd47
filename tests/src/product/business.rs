use jiff::SignedDuration;
use jiff::civil::Date;
use saldo_app::flows::create_creditor::{self, CreateCreditor};
use saldo_app::flows::{access_link, api_key, issue_invoice, put_debtor};
use saldo_contract::debtor::PutDebtor;
use saldo_contract::invoice::IssueInvoice;
use saldo_contract::payment::Money;
use saldo_domain::creditor::Creditor;
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, InvoiceId};

use super::Product;

/// A small honest business.
pub struct Business {
    /// Papelería Sol, Mexico City, pesos, Spanish.
    pub creditor: Creditor,
    /// Owes three invoices in MXN, one overdue for eleven days, one due in a week, one in a month: 1 234.50 in all.
    pub ana: Debtor,
    /// Owes one invoice in MXN, due in two weeks.
    pub bruno: Debtor,
    /// Owes one invoice in CLP, a currency without decimals.
    pub carla: Debtor,
    /// An API key with every scope.
    pub key: String,
}

impl Product {
    /// A fresh personal link of a debtor.
    ///
    /// # Panics
    /// When there is no such debtor.
    pub async fn link_for(&self, creditor: CreditorId, debtor: &Debtor) -> String {
        access_link::create(&self.app, creditor, debtor.id).await.expect("the debtor is there").url
    }

    /// An API key.
    ///
    /// # Panics
    /// For an unknown scope.
    pub async fn key(&self, creditor: CreditorId, scopes: &[&str]) -> String {
        let scopes: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        api_key::create(&self.app, creditor, "tests", &scopes).await.expect("the creditor is there")
    }

    /// A creditor in Mexico City.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn creditor(&self, name: &str) -> Creditor {
        let wish = CreateCreditor {
            name: name.to_owned(),
            country: "MX".to_owned(),
            zone: "America/Mexico_City".to_owned(),
            language: "es".to_owned(),
            currency: "MXN".to_owned(),
            reply_to: Some("cobranza@papeleria.example".to_owned()),
            colour: "#1f5f4a".to_owned(),
        };
        create_creditor::create(&self.app, wish).await.expect("a creditor")
    }

    /// A debtor of a creditor, with an address made of its reference.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn debtor(&self, creditor: &Creditor, reference: &str, name: &str, country: &str) -> Debtor {
        let wish = PutDebtor {
            reference: reference.to_owned(),
            name: name.to_owned(),
            email: Some(format!("{}@example.com", reference.to_ascii_lowercase())),
            phone: None,
            postal_address: None,
            language: None,
            country: Some(country.to_owned()),
            time_zone: None,
            tags: None,
        };
        put_debtor::put(&self.app, creditor.id, wish).await.expect("a debtor")
    }

    /// An invoice, issued thirty days before it is due.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn invoice(
        &self,
        of: (&Creditor, &Debtor),
        number: &str,
        due_on: &str,
        amount: (i64, &str),
    ) -> InvoiceId {
        let due_on: Date = due_on.parse().expect("a date");
        let wish = IssueInvoice {
            debtor_reference: of.1.reference.clone(),
            number: number.to_owned(),
            description: None,
            issued_on: due_on.checked_sub(SignedDuration::from_hours(24 * 30)).expect("a date"),
            due_on,
            amount: Money { minor: amount.0, currency: Currency::try_new(amount.1).expect("a currency") },
            tax: None,
            send: None,
        };
        issue_invoice::issue(&self.app, of.0.id, wish).await.expect("an invoice").invoice.id
    }

    /// Loads the small honest business.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn business(&self) -> Business {
        let creditor = self.creditor("Papelería Sol").await;
        let ana = self.debtor(&creditor, "ANA", "Ana Torres", "MX").await;
        let bruno = self.debtor(&creditor, "BRUNO", "Bruno Díaz", "MX").await;
        let carla = self.debtor(&creditor, "CARLA", "Carla Muñoz", "CL").await;
        self.invoice((&creditor, &ana), "A-1", "2026-02-20", (50_000, "MXN")).await;
        self.invoice((&creditor, &ana), "A-2", "2026-03-10", (53_450, "MXN")).await;
        self.invoice((&creditor, &ana), "A-3", "2026-04-03", (20_000, "MXN")).await;
        self.invoice((&creditor, &bruno), "B-1", "2026-03-17", (9_990, "MXN")).await;
        self.invoice((&creditor, &carla), "C-1", "2026-03-20", (45_990, "CLP")).await;
        let key = self.key(creditor.id, &api_key::SCOPES).await;
        Business { creditor, ana, bruno, carla, key }
    }
}
