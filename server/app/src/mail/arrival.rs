//! Mail to the creditor's own address: something of a debtor's has arrived, or nothing has for too long.

use super::render::{Layout, render};
use super::{MailAddress, parse_address};
use crate::App;
use crate::failure::{Failure, Fault};
use crate::i18n::Texts;
use saldo_domain::calendar::Timestamp;
use saldo_domain::creditor::Creditor;
use saldo_domain::dispute::Dispute;
use saldo_domain::ids::SubscriberId;
use saldo_domain::invoice::Invoice;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::transfer::DeclaredTransfer;
use saldo_providers::channel::Mail;

/// A dispute has arrived; none where the creditor has no address for answers.
///
/// # Errors
/// A fault where a template fails.
pub fn dispute_arrived(
    app: &App,
    snapshot: &DebtorSnapshot,
    dispute: &Dispute,
    invoice: &Invoice,
) -> Result<Option<Mail>, Failure> {
    let texts = Texts::for_language(snapshot.creditor.language);
    let (name, number) = (&snapshot.debtor.name, &invoice.number);
    let subject = texts.with("mail-dispute-subject", [("name", name.into()), ("number", number.into())]);
    let amount = snapshot.creditor.locale().money(invoice.amount);
    let lead = [("name", name.into()), ("number", number.into()), ("amount", amount.into())];
    let lead = texts.with("mail-dispute-lead", lead);
    arrived(app, snapshot, &dispute.id.to_string(), subject, lead)
}

/// A declared transfer has arrived; none where the creditor has no address for answers.
///
/// # Errors
/// A fault where a template fails.
pub fn transfer_arrived(
    app: &App,
    snapshot: &DebtorSnapshot,
    transfer: &DeclaredTransfer,
) -> Result<Option<Mail>, Failure> {
    let texts = Texts::for_language(snapshot.creditor.language);
    let locale = snapshot.creditor.locale();
    let name = &snapshot.debtor.name;
    let amount = locale.money(transfer.amount);
    let subject = [("name", name.into()), ("amount", amount.clone().into())];
    let subject = texts.with("mail-transfer-subject", subject);
    let date = locale.long_date(transfer.made_on);
    let lead = [("name", name.into()), ("amount", amount.into()), ("date", date.into())];
    let lead = texts.with("mail-transfer-lead", lead);
    arrived(app, snapshot, &transfer.id.to_string(), subject, lead)
}

/// The books are older than a ladder allows: no reminder is sent until an import or a program brings them up to date. None
/// where the creditor has no address for answers.
///
/// # Errors
/// A fault where a template fails.
pub fn books_stale(app: &App, creditor: &Creditor, since: Timestamp) -> Result<Option<Mail>, Failure> {
    let texts = Texts::for_language(creditor.language);
    let words = Words {
        subject: texts.t("mail-stale-subject"),
        lead: texts.t("mail-stale-lead"),
        action: texts.t("mail-stale-open"),
        small: texts.t("mail-stale-small"),
    };
    write(app, creditor, &format!("stale-{}-{}", creditor.id, since.as_second()), words, "/console/imports")
}

/// A program of the creditor's own is told of events no more, or some were given up. None where the creditor has no address
/// for answers.
///
/// # Errors
/// A fault where a template fails.
pub fn events_stopped(
    app: &App,
    creditor: &Creditor,
    name: &str,
    (id, is_gone): (SubscriberId, bool),
) -> Result<Option<Mail>, Failure> {
    let texts = Texts::for_language(creditor.language);
    let lead = [("name", name.into())];
    let words = Words {
        subject: texts.with("mail-events-subject", [("name", name.into())]),
        lead: if is_gone { texts.with("mail-events-gone", lead) } else { texts.with("mail-events-dead", lead) },
        action: texts.t("mail-events-open"),
        small: texts.t("mail-events-small"),
    };
    write(app, creditor, &format!("events-{id}-{}", app.now().as_second()), words, "/console/subscribers")
}

/// What such a mail says.
struct Words {
    subject: String,
    lead: String,
    action: String,
    small: String,
}

fn arrived(
    app: &App,
    snapshot: &DebtorSnapshot,
    id: &str,
    subject: String,
    lead: String,
) -> Result<Option<Mail>, Failure> {
    let texts = Texts::for_language(snapshot.creditor.language);
    let words = Words { subject, lead, action: texts.t("mail-arrival-open"), small: texts.t("mail-arrival-small") };
    write(app, &snapshot.creditor, id, words, &format!("/console/debtors/{}", snapshot.debtor.id))
}

fn write(app: &App, creditor: &Creditor, id: &str, words: Words, path: &str) -> Result<Option<Mail>, Failure> {
    let Some(email) = creditor.reply_to.clone() else { return Ok(None) };
    let texts = Texts::for_language(creditor.language);
    let layout = Layout {
        lang: creditor.locale().tag(),
        subject: words.subject,
        creditor: creditor.name.clone(),
        colour: creditor.brand.colour.clone(),
        test: app.is_test().then(|| texts.t("mail-test")),
        greeting: texts.with("mail-greeting", [("name", creditor.name.clone().into())]),
        code: None,
        lead: words.lead,
        paragraphs: Vec::new(),
        rows: Vec::new(),
        totals: Vec::new(),
        notes: Vec::new(),
        action: words.action,
        link: app.url(path),
        small: vec![words.small],
        opt_out: None,
        opt_out_label: String::new(),
    };
    let (text, html) = render(&layout).map_err(|error| Fault::Other(format!("a mail template: {error:#}")))?;
    let from = parse_address(&app.config().mail.from);
    let host = from.email.rsplit('@').next().unwrap_or("localhost").to_owned();
    Ok(Some(Mail {
        message_id: format!("{id}@{host}"),
        date: app.now(),
        from: MailAddress { name: Some("Saldo".to_owned()), email: from.email },
        reply_to: None,
        to: MailAddress { name: Some(creditor.name.clone()), email },
        subject: layout.subject.clone(),
        text,
        html,
        list_unsubscribe_url: None,
        attachments: Vec::new(),
    }))
}
