//! The invoice itself, by mail.

use super::Writer;
use crate::App;
use crate::failure::Failure;
use crate::paper;
use saldo_domain::invoice::Invoice;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::{Attachment, Mail};

/// An invoice with its PDF and the debtor's own link.
///
/// # Errors
/// A fault where a template or the paper fails.
pub fn invoice(app: &App, snapshot: &DebtorSnapshot, invoice: &Invoice, link: &str) -> Result<Mail, Failure> {
    let writer = Writer::new(app, snapshot);
    let texts = writer.texts;
    let amount = writer.locale.money(paper::open_of(invoice));
    let (creditor, number) = (writer.creditor().to_owned(), invoice.number.clone());
    let subject = [("creditor", creditor.clone().into()), ("number", number.clone().into()), ("amount", amount.into())];
    let subject = texts.with("mail-invoice-subject", subject);
    let due = writer.locale.long_date(invoice.due_on);
    let lead = [("creditor", creditor.into()), ("number", number.into()), ("date", due.into())];
    let lead = texts.with("mail-invoice-lead", lead);
    let mut layout = writer.layout(subject, lead, &texts.t("mail-invoice-open"), link);
    layout.totals = vec![writer.total(paper::open_of(invoice))];
    layout.small = vec![texts.t("mail-link-personal")];
    let mut mail = writer.mail(format!("invoice.{}", invoice.id), &layout)?;
    let paper = paper::invoice(snapshot, invoice, app.now(), link);
    mail.attachments.push(attachment(&paper.title, paper::pdf(std::slice::from_ref(&paper))?));
    Ok(mail)
}

/// A PDF under a name that every system can save.
pub(super) fn attachment(title: &str, bytes: Vec<u8>) -> Attachment {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = title.chars().map(plain).collect();
    let name = name.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    Attachment { name: format!("{name}.pdf"), media_type: "application/pdf".to_owned(), bytes }
}
