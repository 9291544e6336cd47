//! What stands on the papers that we write ourselves.

use super::{Paper, PaperRow};
use crate::i18n::Texts;
use jiff::Timestamp;
use saldo_domain::debtor::Debtor;
use saldo_domain::invoice::{Invoice, InvoiceStatus};
use saldo_domain::locale::Locale;
use saldo_domain::money::Money;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::payment::PaymentRow;

/// The lines of the window: the name, then the address where one is known.
fn recipient(debtor: &Debtor) -> Vec<String> {
    let address = debtor.postal_address.as_deref().unwrap_or_default();
    let lines = address.lines().map(str::trim).filter(|line| !line.is_empty());
    std::iter::once(debtor.name.as_str()).chain(lines).take(6).map(str::to_owned).collect()
}

struct Writer<'a> {
    snapshot: &'a DebtorSnapshot,
    locale: Locale,
    texts: Texts,
}

impl<'a> Writer<'a> {
    fn new(snapshot: &'a DebtorSnapshot) -> Self {
        let locale = snapshot.debtor.locale(&snapshot.creditor);
        Self { snapshot, texts: Texts::for_language(locale.language), locale }
    }

    fn paper(&self, title: String, now: Timestamp, link: Option<&str>) -> Paper {
        let today = self.snapshot.debtor.zone(&self.snapshot.creditor).date_at(now);
        Paper {
            sender: self.snapshot.creditor.name.clone(),
            recipient: recipient(&self.snapshot.debtor),
            date: self.locale.long_date(today),
            title,
            body: Vec::new(),
            rows: Vec::new(),
            totals: Vec::new(),
            notes: Vec::new(),
            link: link.map(str::to_owned),
            language: self.locale.language,
            size: self.snapshot.creditor.paper_size(),
        }
    }

    fn total(&self, amount: Money) -> PaperRow {
        PaperRow { label: self.texts.t("mail-total"), note: None, amount: self.locale.money(amount) }
    }
}

/// What is still owed on an invoice.
pub fn open_of(invoice: &Invoice) -> Money {
    match invoice.status {
        InvoiceStatus::Open { outstanding } => outstanding,
        _ => Money::zero(invoice.amount.currency()),
    }
}

/// An invoice as a letter, with what is still open of it.
pub fn invoice(snapshot: &DebtorSnapshot, invoice: &Invoice, now: Timestamp, link: &str) -> Paper {
    let writer = Writer::new(snapshot);
    let (texts, locale) = (writer.texts, &writer.locale);
    let title = texts.with("paper-invoice-title", [("number", invoice.number.clone().into())]);
    let mut paper = writer.paper(title, now, Some(link));
    let (issued, due) = (locale.long_date(invoice.issued_on), locale.long_date(invoice.due_on));
    paper.body.push(texts.with("paper-invoice-dates", [("issued", issued.into()), ("due", due.into())]));
    let label = invoice.description.clone().unwrap_or_else(|| texts.t("paper-invoice-goods"));
    let tax = invoice.tax.map(|tax| texts.with("paper-invoice-tax", [("amount", locale.money(tax).into())]));
    paper.rows.push(PaperRow { label, note: tax, amount: locale.money(invoice.amount) });
    let open = open_of(invoice);
    if open != invoice.amount {
        let label = texts.t("paper-invoice-paid");
        let paid = invoice.amount.minus(open).unwrap_or(Money::zero(open.currency()));
        paper.rows.push(PaperRow { label, note: None, amount: locale.money(paid) });
    }
    paper.totals.push(writer.total(open));
    paper.notes.push(texts.t("paper-invoice-tax-note"));
    paper
}

/// The confirmation of a payment as a letter. `numbers` are those of the invoices that it pays, in the order of its
/// allocations.
pub fn receipt(snapshot: &DebtorSnapshot, paid: &PaymentRow, numbers: &[String], now: Timestamp) -> Paper {
    let writer = Writer::new(snapshot);
    let (texts, locale) = (writer.texts, &writer.locale);
    let mut paper = writer.paper(texts.t("paper-receipt-title"), now, None);
    let (amount, date) = (locale.money(paid.payment.amount), locale.long_date(paid.payment.effective_on));
    paper.body.push(texts.with("mail-receipt-lead", [("amount", amount.into()), ("date", date.into())]));
    for (part, number) in paid.payment.allocations.iter().zip(numbers) {
        let label = texts.with("mail-receipt-item", [("number", number.clone().into())]);
        let saved = part
            .concession
            .map(|given| texts.with("mail-receipt-saved", [("amount", locale.money(given.amount).into())]));
        paper.rows.push(PaperRow { label, note: saved, amount: locale.money(part.amount) });
    }
    if paid.payment.unapplied.is_positive() {
        let amount = locale.money(paid.payment.unapplied);
        paper.rows.push(PaperRow { label: texts.t("mail-receipt-credit"), note: None, amount });
    }
    paper.totals.push(writer.total(paid.payment.amount));
    paper.notes.push(texts.with("mail-receipt-reference", [("reference", paid.provider_reference.clone().into())]));
    paper
}
