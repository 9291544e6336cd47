use super::Writer;
use super::render::{Layout, Row, render};
use crate::App;
use crate::failure::{Failure, Fault};
use crate::i18n::Texts;
use crate::wording::{Facts, Item, Said, paragraphs};
use saldo_domain::creditor::Creditor;
use saldo_domain::locale::Locale;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::Mail;

/// A line with an amount, as a mail lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailLine {
    /// What for.
    pub label: String,
    /// Beside it.
    pub note: Option<String>,
    /// In the reader's form.
    pub amount: String,
}

/// What a template's words become as a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The subject.
    pub subject: String,
    /// The items; none where the words list them.
    pub lines: Vec<MailLine>,
    /// Their sums.
    pub totals: Vec<MailLine>,
    /// What the button says.
    pub action: String,
    /// Small print.
    pub small: Vec<String>,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
}

/// Puts a template's words into the one layout of our mail.
///
/// # Errors
/// A fault where the layout fails.
pub fn write(app: &App, creditor: &Creditor, locale: &Locale, said: &Said, facts: &Facts) -> Result<Written, Failure> {
    let layout = layout(app, creditor, locale, said, facts);
    let (text, html) = render(&layout).map_err(|error| Fault::Other(format!("a mail template: {error:#}")))?;
    let Layout { subject, rows, totals, action, small, .. } = layout;
    let lines =
        |rows: Vec<Row>| rows.into_iter().map(|Row { label, note, amount }| MailLine { label, note, amount }).collect();
    Ok(Written { subject, lines: lines(rows), totals: lines(totals), action, small, text, html })
}

/// A mail to a debtor from a template's words.
///
/// # Errors
/// A fault where the layout fails or there is no address.
pub fn message(
    app: &App,
    snapshot: &DebtorSnapshot,
    message_id: String,
    said: &Said,
    facts: &Facts,
) -> Result<Mail, Failure> {
    let writer = Writer::new(app, snapshot);
    let layout = layout(app, &snapshot.creditor, &writer.locale, said, facts);
    writer.mail(message_id, &layout)
}

fn layout(app: &App, creditor: &Creditor, locale: &Locale, said: &Said, facts: &Facts) -> Layout {
    let texts = Texts::for_language(locale.language);
    let paragraphs = paragraphs(&said.body, &facts.link);
    let button = paragraphs.iter().any(|paragraph| paragraph.button);
    let listed = if said.lists_items { &[][..] } else { facts.items.as_slice() };
    let mut rows: Vec<Row> = listed.iter().map(|item| line(item, texts)).collect();
    if !rows.is_empty() && facts.item_count > listed.len() {
        let rest = i64::try_from(facts.item_count - listed.len()).unwrap_or(i64::MAX);
        rows.push(Row {
            label: texts.with("mail-more-items", [("count", rest.into())]),
            note: None,
            amount: String::new(),
        });
    }
    let sums = if rows.is_empty() { &[][..] } else { facts.totals.as_slice() };
    let totals = sums.iter().map(|amount| Row { label: texts.t("mail-total"), note: None, amount: amount.clone() });
    Layout {
        lang: locale.tag(),
        subject: said.subject.clone().unwrap_or_default(),
        creditor: creditor.name.clone(),
        colour: creditor.brand.colour.clone(),
        test: app.is_test().then(|| texts.t("mail-test")),
        greeting: String::new(),
        lead: String::new(),
        paragraphs,
        code: None,
        rows,
        totals: totals.collect(),
        notes: Vec::new(),
        action: texts.t("mail-pay"),
        link: if button { String::new() } else { facts.link.clone() },
        small: vec![
            texts.t("mail-link-personal"),
            texts.with("mail-questions", [("creditor", creditor.name.clone().into())]),
        ],
        opt_out: Some(facts.opt_out.clone()),
        opt_out_label: texts.t("mail-opt-out"),
    }
}

fn line(item: &Item, texts: Texts) -> Row {
    let label = match item.number.as_str() {
        "" => texts.t("mail-instalment"),
        number => texts.with("mail-item", [("number", number.to_owned().into())]),
    };
    let date = item.due_on.clone();
    let note = match item.overdue {
        true => texts.with("mail-item-overdue", [("date", date.into())]),
        false => texts.with("mail-item-due", [("date", date.into())]),
    };
    Row { label, note: Some(note), amount: item.amount.clone() }
}
