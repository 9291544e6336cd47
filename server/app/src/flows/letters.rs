//! Letters that wait: printed as one file, posted by a person.

use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::audit::{self, Subject};
use crate::paper::{self, Paper};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, LetterId};
use saldo_providers::channel::Letter;
use saldo_store::letter::{self, LetterRow};
use saldo_store::{PageRequest, Tx, creditor as creditors};
use serde_json::json;

/// The most letters of one file.
pub const FILE_MAX: u64 = 200;

/// What waits to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// How many letters wait.
    pub count: u64,
    /// The oldest of them: those that one file holds.
    pub letters: Vec<WaitingLetter>,
}

/// A letter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingLetter {
    /// Its id.
    pub id: LetterId,
    /// To whom.
    pub debtor_id: DebtorId,
    /// The first line of its address.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// When it was written.
    pub written_at: Timestamp,
}

fn read(row: &LetterRow) -> Result<Letter, Failure> {
    serde_json::from_value(row.content.clone())
        .map_err(|error| Fault::Other(format!("letter {}: {error}", row.id)).into())
}

async fn oldest(tx: &Tx, creditor: CreditorId) -> Result<Vec<LetterRow>, Failure> {
    Ok(letter::list_waiting(tx, creditor, PageRequest::first(FILE_MAX)).await?.items)
}

/// The letters that wait, oldest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App, creditor: CreditorId) -> Result<Waiting, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let count = letter::count_waiting(&tx, creditor).await?;
    let mut letters = Vec::new();
    for row in oldest(&tx, creditor).await? {
        let written = read(&row)?;
        let name = written.recipient.first().cloned().unwrap_or_default();
        letters.push(WaitingLetter {
            id: row.id,
            debtor_id: row.debtor_id,
            name,
            subject: written.subject,
            written_at: row.written_at,
        });
    }
    Ok(Waiting { count, letters })
}

/// The letters that wait up to one of them, as one PDF. Reading them changes nothing.
///
/// # Errors
/// `not_found` where none waits up to there.
pub async fn file(app: &App, creditor: CreditorId, up_to: LetterId) -> Result<Vec<u8>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let rows = oldest(&tx, creditor).await?;
    let size = creditors::load(&tx, creditor).await?.paper_size();
    let wanted = rows.iter().filter(|row| row.id <= up_to);
    let papers = wanted.map(|row| Ok(Paper::of_letter(read(row)?, size)));
    let papers: Vec<Paper> = papers.collect::<Result<_, Failure>>()?;
    if papers.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    paper::pdf(&papers)
}

/// A person has posted the letters up to one of them. Answers how many waited.
///
/// # Errors
/// `not_found` where the creditor has no such letter.
pub async fn mark_posted(app: &App, creditor: CreditorId, actor: &Actor, up_to: LetterId) -> Result<u64, Failure> {
    let tx = app.store().write_of(creditor).await?;
    letter::load(&tx, creditor, up_to).await?;
    let count = letter::mark_posted(&tx, creditor, up_to, actor, app.now()).await?;
    if count > 0 {
        let subject = Subject::new("letter", up_to.0);
        audit::record(app, &tx, creditor, actor, "letters_posted", subject, None, Some(json!({ "count": count })))
            .await?;
    }
    tx.commit().await?;
    Ok(count)
}
