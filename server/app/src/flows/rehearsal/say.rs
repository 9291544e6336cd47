use super::read::{Line, named};
use super::run::imagined;
use crate::App;
use crate::failure::Failure;
use crate::flows::preview_message::SAMPLE_WAY_OUT;
use crate::flows::render_message::{self, Speech};
use crate::wording::SAMPLE_LINK;
use saldo_domain::Refusal;
use saldo_domain::ids::{CreditorId, RehearsalId, ReminderId};
use saldo_domain::locale::Language;
use saldo_domain::rehearsal::RehearsedMessage;
use saldo_domain::reminder::{RungRef, named_claims};
use saldo_providers::channel::Outgoing;
use saldo_store::reminder::{ReminderRow, ReminderState};
use saldo_store::{rehearsal, snapshot};
use uuid::Uuid;

/// What a rehearsed message would say.
#[derive(Debug, Clone)]
pub struct SaidLine {
    /// The message.
    pub line: Line,
    /// The key of the text that it would be said with.
    pub template: String,
    /// In which language.
    pub language: Language,
    /// Of an e-mail or a letter.
    pub subject: Option<String>,
    /// The words, with samples in the place of links.
    pub text: String,
}

/// Renders the message at a place of a rehearsal as it would leave at its moment, from the books as they are now. Nothing is
/// written.
///
/// # Errors
/// `not_found`, `nothing_to_pay` where what it would name has been paid since.
pub async fn say(app: &App, creditor: CreditorId, id: RehearsalId, place: u64) -> Result<SaidLine, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = rehearsal::load(&tx, creditor, id).await?;
    let line = rehearsal::load_line(&tx, creditor, id, place).await?;
    let message = line.change.message().clone();
    let snapshot = snapshot::load(&tx, creditor, line.debtor_id).await?;
    let snapshot = match snapshot.dunning.iter().any(|active| active.id == message.policy_id) {
        true => snapshot,
        false => imagined(app, &tx, creditor, &row, &snapshot).await?,
    };
    if named_claims(&snapshot, &message.invoice_ids, message.at)?.is_empty() {
        return Err(Refusal::NothingToPay.into());
    }
    let wording = render_message::wording(app, &tx, creditor).await?;
    let reminder = planned(&line, &message);
    let speech = Speech { snapshot: &snapshot, row: &reminder, link: SAMPLE_LINK, opt_out: SAMPLE_WAY_OUT };
    let outgoing = render_message::render_at(app, &wording, &speech, message.at)?;
    let subject = match &outgoing {
        Outgoing::Mail(mail) => Some(mail.subject.clone()),
        Outgoing::Letter(letter) => Some(letter.subject.clone()),
        _ => None,
    };
    let line = named(&tx, creditor, vec![line]).await?.pop().ok_or(Refusal::NotFound)?;
    Ok(SaidLine {
        line,
        template: render_message::template_key(&snapshot, &reminder, message.at).to_owned(),
        language: snapshot.debtor.locale(&snapshot.creditor).language,
        subject,
        text: outgoing.words().to_owned(),
    })
}

fn planned(line: &rehearsal::LineRow, message: &RehearsedMessage) -> ReminderRow {
    ReminderRow {
        id: ReminderId(Uuid::nil()),
        debtor_id: line.debtor_id,
        step: message.step,
        channel: message.channel,
        state: ReminderState::Planned,
        items: message.invoice_ids.clone(),
        planned_at: message.at,
        handed_off_at: None,
        finished_at: None,
        message_reference: None,
        rung: RungRef { policy_id: message.policy_id, place: message.place },
        reason: String::new(),
        error: None,
        by_hand: None,
    }
}
