//! What a debtor's claim forms share.

use crate::Chrome;
use crate::pages::claims::{ClaimLines, FileLine};
use crate::routes::reply::{Answer, Page};
use crate::routes::upload;
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::Path;
use saldo_app::flows::attachment::{self, AttachmentRow};
use saldo_app::flows::show_claims::{self, Claims};
use saldo_app::flows::start_session::DebtorSession;
use saldo_app::flows::{claim, open_statement};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{AccountId, AttachmentId};
use saldo_domain::money::Money;
use saldo_domain::promise::PromiseStanding;
use saldo_domain::snapshot::{AccountSnapshot, DebtorSnapshot};
use saldo_domain::transfer::TransferState;
use uuid::Uuid;

/// A debtor with its claims.
pub struct Known {
    /// As it stands.
    pub snapshot: DebtorSnapshot,
    /// What was claimed.
    pub claims: Claims,
}

pub async fn load(visit: &Visit, session: DebtorSession) -> Result<Known, Page> {
    let failed = |failure| Page::failure(visit, failure);
    let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await.map_err(failed)?;
    let claims = show_claims::load(&visit.app, session.creditor_id, &snapshot).await.map_err(failed)?;
    Ok(Known { snapshot, claims })
}

pub fn signed_in(visit: &Visit, snapshot: &DebtorSnapshot) -> Chrome {
    Chrome { signed_in: true, ..visit.of_debtor(snapshot) }
}

/// Who acts here.
pub fn actor(session: DebtorSession) -> Actor {
    Actor::Debtor { id: session.debtor_id }
}

/// The account that was asked for, else the first one on which something is owed.
pub fn pick(snapshot: &DebtorSnapshot, wanted: Option<AccountId>) -> Option<(&AccountSnapshot, Money)> {
    let mut owing = snapshot.accounts.iter().filter_map(|account| Some((account, owed(account)?)));
    match wanted {
        Some(id) => owing.find(|(account, _)| account.id == id),
        None => owing.next(),
    }
}

/// What an account owes, credit taken off, where it owes anything.
fn owed(account: &AccountSnapshot) -> Option<Money> {
    let open = Money::sum(account.currency, account.items.iter().map(|item| item.outstanding));
    open.and_then(|open| open.minus(account.unapplied)).ok().filter(|owed| owed.is_positive())
}

/// A refusal that belongs beside a field; every other failure is a page of its own.
pub fn beside(visit: &Visit, failure: Failure) -> Result<Refusal, Page> {
    match failure {
        Failure::Refused(AppRefusal::Domain(refusal)) if refusal != Refusal::NotFound => Ok(refusal),
        failure => Err(Page::failure(visit, failure)),
    }
}

pub fn file_line(row: AttachmentRow) -> FileLine {
    FileLine { id: row.id, name: row.name, byte_count: row.byte_count }
}

/// What the statement says of claims.
pub fn lines(visit: &Visit, known: &Known) -> ClaimLines {
    let today = claim::today(&visit.app, &known.snapshot);
    let zone = known.snapshot.debtor.zone(&known.snapshot.creditor);
    let owing = known.snapshot.accounts.iter().filter_map(|account| Some((account.id, owed(account)?)));
    let waiting = known.claims.promises.iter().filter(|(_, standing)| *standing == PromiseStanding::Waiting);
    let transfers = known.claims.transfers.iter().map(|row| &row.transfer);
    let looked_for = transfers.filter(|transfer| {
        transfer.state == TransferState::Waiting && (transfer.is_live(zone, today) || known.snapshot.owes())
    });
    let disputed = known.claims.disputes.iter().filter(|(row, _)| row.dispute.is_open());
    ClaimLines {
        owing: owing.collect(),
        promises: waiting.map(|(row, _)| row.promise.clone()).collect(),
        transfers: looked_for.cloned().collect(),
        disputed: disputed.map(|(row, number)| (row.dispute.invoice_id, number.clone())).collect(),
    }
}

/// A file that this debtor's claims have, as a download.
pub async fn file(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let own = Some(session.debtor_id);
    let found = attachment::load(&visit.app, session.creditor_id, own, AttachmentId(id)).await;
    let found = found.map_err(|failure| Page::failure(&visit, failure))?;
    Ok(Page::raw(upload::download(found)))
}
