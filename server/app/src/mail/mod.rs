//! Mail to debtors: what each message says, in the debtor's language and forms.

mod arrival;
mod autopay;
mod invitation;
mod invoice;
mod mailbox;
mod message;
mod plan;
mod render;

pub use arrival::{books_stale, dispute_arrived, events_stopped, transfer_arrived};
pub use autopay::{AutopayWords, autopay};
pub use invitation::invitation;
pub use invoice::invoice;
pub use mailbox::MailboxChannel;
pub use message::{MailLine, Written, message, write};
pub use plan::plan;

use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::access_link::NewLink;
use crate::i18n::Texts;
use crate::paper;
use render::{Layout, Row, render};
use saldo_domain::fresh_code;
use saldo_domain::locale::Locale;
use saldo_domain::money::Money;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::{Mail, MailAddress};
use saldo_store::payment::PaymentRow;

/// One mail's reader and writer.
struct Writer<'a> {
    app: &'a App,
    snapshot: &'a DebtorSnapshot,
    locale: Locale,
    texts: Texts,
}

impl<'a> Writer<'a> {
    fn new(app: &'a App, snapshot: &'a DebtorSnapshot) -> Self {
        let locale = snapshot.debtor.locale(&snapshot.creditor);
        let texts = Texts::for_language(locale.language);
        Self { app, snapshot, locale, texts }
    }

    fn creditor(&self) -> &'a str {
        &self.snapshot.creditor.name
    }

    fn layout(&self, subject: String, lead: String, action: &str, link: &str) -> Layout {
        let first_name = self.snapshot.debtor.name.clone();
        Layout {
            lang: self.locale.tag(),
            subject,
            creditor: self.creditor().to_owned(),
            colour: self.snapshot.creditor.brand.colour.clone(),
            test: self.app.is_test().then(|| self.texts.t("mail-test")),
            greeting: self.texts.with("mail-greeting", [("name", first_name.into())]),
            lead,
            paragraphs: Vec::new(),
            code: None,
            rows: Vec::new(),
            totals: Vec::new(),
            notes: Vec::new(),
            action: action.to_owned(),
            link: link.to_owned(),
            small: Vec::new(),
            opt_out: None,
            opt_out_label: self.texts.t("mail-opt-out"),
        }
    }

    fn mail(&self, message_id: String, layout: &Layout) -> Result<Mail, Failure> {
        let debtor = &self.snapshot.debtor;
        let to = debtor.email.clone().ok_or_else(|| Fault::Other("a mail without an address".to_owned()))?;
        let (text, html) = render(layout).map_err(|error| Fault::Other(format!("a mail template: {error:#}")))?;
        let from = parse_address(&self.app.config().mail.from);
        let host = from.email.rsplit('@').next().unwrap_or("localhost").to_owned();
        let reply_to = self.snapshot.creditor.reply_to.clone();
        Ok(Mail {
            message_id: format!("{message_id}@{host}"),
            date: self.app.now(),
            from: MailAddress { name: Some(self.creditor().to_owned()), email: from.email },
            reply_to: reply_to.map(|email| MailAddress { name: Some(self.creditor().to_owned()), email }),
            to: MailAddress { name: Some(debtor.name.clone()), email: to },
            subject: layout.subject.clone(),
            text,
            html,
            list_unsubscribe_url: layout.opt_out.clone(),
            attachments: Vec::new(),
        })
    }
}

/// `Name <address>` or an address alone.
fn parse_address(text: &str) -> MailAddress {
    match text.split_once('<') {
        Some((name, rest)) => {
            let name = name.trim();
            let name = if name.is_empty() { None } else { Some(name.to_owned()) };
            MailAddress { name, email: rest.trim_end().trim_end_matches('>').trim().to_owned() }
        }
        None => MailAddress { name: None, email: text.trim().to_owned() },
    }
}

impl Writer<'_> {
    fn total(&self, amount: Money) -> Row {
        Row { label: self.texts.t("mail-total"), note: None, amount: self.locale.money(amount) }
    }
}

/// The confirmation of a payment. `numbers` are those of the invoices that it pays, in the order of its allocations.
///
/// # Errors
/// A fault where a template fails.
pub fn receipt(
    app: &App,
    snapshot: &DebtorSnapshot,
    paid: &PaymentRow,
    numbers: &[String],
    link: &str,
) -> Result<Mail, Failure> {
    let writer = Writer::new(app, snapshot);
    let texts = writer.texts;
    let amount = writer.locale.money(paid.payment.amount);
    let date = writer.locale.long_date(paid.payment.effective_on);
    let subject =
        texts.with("mail-receipt-subject", [("creditor", writer.creditor().into()), ("amount", amount.clone().into())]);
    let lead = texts.with("mail-receipt-lead", [("amount", amount.into()), ("date", date.into())]);
    let mut layout = writer.layout(subject, lead, &texts.t("mail-receipt-open"), link);
    for (part, number) in paid.payment.allocations.iter().zip(numbers) {
        let label = texts.with("mail-receipt-item", [("number", number.clone().into())]);
        let saved = part
            .concession
            .map(|given| texts.with("mail-receipt-saved", [("amount", writer.locale.money(given.amount).into())]));
        layout.rows.push(Row { label, note: saved, amount: writer.locale.money(part.amount) });
    }
    if paid.payment.unapplied.is_positive() {
        let amount = writer.locale.money(paid.payment.unapplied);
        layout.rows.push(Row { label: texts.t("mail-receipt-credit"), note: None, amount });
    }
    layout.totals.push(writer.total(paid.payment.amount));
    let account = snapshot.account(paid.payment.account_id);
    let left = account.map(|account| Money::sum(account.currency, account.items.iter().map(|item| item.outstanding)));
    let left = left.transpose()?.unwrap_or(Money::zero(paid.payment.amount.currency()));
    layout.notes.push(if left.is_zero() {
        texts.t("mail-receipt-settled")
    } else {
        texts.with("mail-receipt-balance", [("amount", writer.locale.money(left).into())])
    });
    layout.small = vec![
        texts.with("mail-receipt-reference", [("reference", paid.provider_reference.clone().into())]),
        texts.t("mail-link-personal"),
    ];
    let mut mail = writer.mail(paid.payment.id.to_string(), &layout)?;
    let paper = paper::receipt(snapshot, paid, numbers, app.now());
    mail.attachments.push(invoice::attachment(&paper.title, paper::pdf(std::slice::from_ref(&paper))?));
    Ok(mail)
}

/// A fresh link that the debtor asked for.
///
/// # Errors
/// A fault where a template fails.
pub fn fresh_link(app: &App, snapshot: &DebtorSnapshot, link: &NewLink) -> Result<Mail, Failure> {
    let writer = Writer::new(app, snapshot);
    let texts = writer.texts;
    let creditor = || writer.creditor().to_owned();
    let subject = texts.with("mail-link-subject", [("creditor", creditor().into())]);
    let lead = texts.with("mail-link-lead", [("creditor", creditor().into())]);
    let mut layout = writer.layout(subject, lead, &texts.t("mail-link-open"), &link.url);
    layout.small = vec![texts.t("mail-link-unasked"), texts.t("mail-link-personal")];
    writer.mail(link.row.id.to_string(), &layout)
}

/// A fresh code, by its digits. It has no link: whoever asked has the page open.
///
/// # Errors
/// A fault where a template fails.
pub fn code(app: &App, snapshot: &DebtorSnapshot, message_id: String, digits: &str) -> Result<Mail, Failure> {
    let writer = Writer::new(app, snapshot);
    let texts = writer.texts;
    let creditor = || writer.creditor().to_owned();
    let subject = texts.with("mail-code-subject", [("creditor", creditor().into()), ("code", digits.into())]);
    let minutes = fresh_code::MINUTES;
    let lead = texts.with("mail-code-lead", [("creditor", creditor().into()), ("minutes", minutes.into())]);
    let mut layout = writer.layout(subject, lead, "", "");
    layout.code = Some(digits.to_owned());
    layout.small =
        vec![texts.with("mail-code-secret", [("creditor", creditor().into())]), texts.t("mail-code-unasked")];
    writer.mail(message_id, &layout)
}
