//! What a reminder says: one entry for every channel, from the snapshot and the creditor's words to a message that its channel
//! takes.

use crate::App;
use crate::failure::{Failure, Fault};
use crate::mail;
use crate::wording::{Compiled, Facts, Kept, Said, Wording, instalment, of_claims, way_out};
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use saldo_domain::locale::Locale;
use saldo_domain::message_template::MessageTemplate;
use saldo_domain::policy::PolicyKind;
use saldo_domain::promise::{PromiseStanding, PromiseToPay};
use saldo_domain::reminder::{Channel, ContactOutcome, Escalation, LadderStep, Tone, named_claims};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::{Banner, CallTask, Letter, Outgoing, TextMessage, WhatsappMessage, WhatsappTemplate};
use saldo_store::reminder::ReminderRow;
use saldo_store::{Tx, policy};
use std::sync::Arc;

/// The most characters of a banner.
const BANNER_MAX: usize = 200;
/// What is said first after a promised date has passed without the payment, whichever template the rung names.
const PROMISE_BROKEN: &str = "promise_broken";

/// What is to be said to whom.
#[derive(Debug, Clone, Copy)]
pub struct Speech<'a> {
    /// The debtor.
    pub snapshot: &'a DebtorSnapshot,
    /// The rung, the channel and the items.
    pub row: &'a ReminderRow,
    /// The debtor's own access link.
    pub link: &'a str,
    /// The way out in e-mail and letters.
    pub opt_out: &'a str,
}

/// The creditor's templates in force, compiled: once for a group of messages. Reads the bodies only of versions that this
/// node has not compiled yet.
///
/// # Errors
/// Faults of the store; a fault for a kept template that cannot be read.
pub async fn wording(app: &App, tx: &Tx, creditor: CreditorId) -> Result<Wording, Failure> {
    let ids = policy::list_ids_in_force(tx, creditor, PolicyKind::MessageTemplate, app.now()).await?;
    let mut own = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(kept) = app.templates().get(id) {
            own.push(kept);
            continue;
        }
        let body = policy::load(tx, creditor, id).await?.body;
        let template: MessageTemplate = serde_json::from_value(body)
            .map_err(|error| Fault::Other(format!("a message template cannot be read: {error}")))?;
        let compiled = Compiled::try_new(&template).map_err(Refusal::Template)?;
        let kept = Arc::new(Kept { key: template.key, compiled });
        app.templates().keep(id, Arc::clone(&kept));
        own.push(kept);
    }
    Ok(Wording::new(own))
}

/// A reminder as its channel takes it. Nothing is read or written: whoever calls holds the debtor's lock and has decided.
///
/// # Errors
/// A fault where the channel's address is missing, which the decision excludes, or where a template fails.
pub fn render(app: &App, wording: &Wording, speech: &Speech<'_>) -> Result<Outgoing, Failure> {
    render_at(app, wording, speech, app.now())
}

/// [`render`] as it would be at a moment.
///
/// # Errors
/// Those of [`render`].
pub fn render_at(app: &App, wording: &Wording, speech: &Speech<'_>, now: Timestamp) -> Result<Outgoing, Failure> {
    let Speech { snapshot, row, .. } = *speech;
    let locale = snapshot.debtor.locale(&snapshot.creditor);
    let facts = facts(speech, &locale, now)?;
    let facts = if row.channel == Channel::Sms { facts.for_text_message() } else { facts };
    let key = template_key(snapshot, row, now);
    let at = (locale.language, row.channel);
    let said = match wording.say(key, at, &facts)? {
        Some(said) => said,
        None => wording.say(fallback(row), at, &facts)?.ok_or_else(|| missing("words"))?,
    };
    compose(app, speech, (&locale, now), said, &facts)
}

/// Which template a reminder is said with: its rung's, or [`PROMISE_BROKEN`] in the first message after a broken promise.
pub fn template_key<'a>(snapshot: &'a DebtorSnapshot, row: &ReminderRow, now: Timestamp) -> &'a str {
    if broken_promise(snapshot, row, now).is_some() {
        return PROMISE_BROKEN;
    }
    rung(snapshot, row).map_or_else(|| fallback(row), |step| step.template.as_str())
}

/// A ladder that was withdrawn in between still has words.
fn fallback(row: &ReminderRow) -> &'static str {
    match row.step.offset {
        ..0 => "upcoming",
        0 => "due",
        _ => "overdue",
    }
}

fn rung<'a>(snapshot: &'a DebtorSnapshot, row: &ReminderRow) -> Option<&'a LadderStep> {
    let active = snapshot.dunning.iter().find(|active| active.id == row.rung.policy_id)?;
    active.policy.steps.get(row.rung.place)
}

/// The promise of an account on this reminder whose date has passed since the last message.
fn broken_promise<'a>(snapshot: &'a DebtorSnapshot, row: &ReminderRow, now: Timestamp) -> Option<&'a PromiseToPay> {
    let (today, zone) = (snapshot.today(now), snapshot.debtor.zone(&snapshot.creditor));
    let broken = snapshot.promises.iter().filter(|promise| {
        let account = snapshot.account(promise.account_id);
        account.is_some_and(|account| {
            account.items.iter().any(|item| row.items.contains(&item.invoice_id))
                && promise.standing(account, today) == Ok(PromiseStanding::Broken)
        })
    });
    let told = |promise: &&PromiseToPay| {
        let after = |at: Timestamp| zone.date_at(at) > promise.promised_on;
        snapshot.contacts.iter().any(|contact| contact.outcome == ContactOutcome::Left && after(contact.handed_off_at))
    };
    broken.filter(|promise| !told(promise)).max_by_key(|promise| promise.promised_on)
}

/// Everything that the template may name.
fn facts(speech: &Speech<'_>, locale: &Locale, now: Timestamp) -> Result<Facts, Failure> {
    let Speech { snapshot, row, link, opt_out } = *speech;
    let claims = named_claims(snapshot, &row.items, now)?;
    let step = rung(snapshot, row);
    let mut facts = of_claims(snapshot, &claims, row.step.due_on, locale, now)?;
    if let Some((number, count)) = instalment(snapshot, &row.items, row.step.due_on, now)? {
        facts.plan = true;
        (facts.instalment, facts.instalments) = (number, count);
    }
    facts.link = link.to_owned();
    facts.opt_out = way_out(row.channel, locale.language, opt_out);
    let promised = broken_promise(snapshot, row, now);
    facts.promised_on = promised.map(|promise| locale.long_date(promise.promised_on)).unwrap_or_default();
    facts.tone = step.map_or(Tone::default(), |step| step.tone).as_str();
    match step.and_then(|step| step.escalation) {
        Some(Escalation::SuspendNote) => facts.suspend_note = true,
        Some(Escalation::FinalNotice) => facts.final_notice = true,
        Some(Escalation::Fee { amount }) => facts.fee = locale.money(amount),
        Some(Escalation::HandOver) | None => {}
    }
    Ok(facts)
}

fn compose(
    app: &App,
    speech: &Speech<'_>,
    (locale, now): (&Locale, Timestamp),
    said: Said,
    facts: &Facts,
) -> Result<Outgoing, Failure> {
    let Speech { snapshot, row, link, .. } = *speech;
    let (debtor, message_id) = (&snapshot.debtor, row.id.to_string());
    let phone = || debtor.phone.clone().ok_or_else(|| missing("a phone number"));
    Ok(match row.channel {
        Channel::Email => Outgoing::Mail(mail::message(app, snapshot, message_id, &said, facts)?),
        Channel::Sms => Outgoing::Text(TextMessage { message_id, to: phone()?, body: said.body }),
        Channel::Whatsapp => Outgoing::Whatsapp(WhatsappMessage {
            message_id,
            to: phone()?,
            body: said.body,
            template: said.whatsapp.map(|(approved, parameters)| WhatsappTemplate {
                name: approved.name,
                language_code: approved.language_code,
                parameters,
            }),
            last_reply_at: None,
        }),
        Channel::Letter => Outgoing::Letter(Letter {
            message_id,
            debtor_id: debtor.id,
            sender: snapshot.creditor.name.clone(),
            recipient: recipient(snapshot),
            date: locale.long_date(snapshot.today(now)),
            subject: said.subject.unwrap_or_default(),
            body: said.body,
            link: Some(link.to_owned()),
            language: locale.language,
        }),
        Channel::Call => Outgoing::Call(CallTask {
            message_id,
            debtor_id: debtor.id,
            phone: debtor.phone.clone(),
            script: said.body,
        }),
        Channel::Banner => Outgoing::Banner(Banner {
            message_id,
            debtor_id: debtor.id,
            text: shortened(&said.body, BANNER_MAX),
            language: locale.language,
        }),
    })
}

/// The name above the lines of the address. Letters are only decided on where a postal address is known.
fn recipient(snapshot: &DebtorSnapshot) -> Vec<String> {
    let address = snapshot.debtor.postal_address.as_deref().unwrap_or_default();
    let lines = address.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    std::iter::once(snapshot.debtor.name.clone()).chain(lines).collect()
}

/// A text of at most so many characters, cut at a word.
fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let cut: String = text.chars().take(max - 1).collect();
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

fn missing(what: &str) -> Failure {
    Fault::Other(format!("a reminder without {what}")).into()
}
