//! One debtor's account as finance sees it.

use crate::App;
use crate::failure::Failure;
use crate::flows::consent::{self, Consents};
use crate::flows::show_claims::{self, Claims};
use saldo_domain::attempt::PaymentAttempt;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::reminder::{Decision, decide};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::{self, Statement};
use saldo_store::access_link::{self, AccessLinkRow};
use saldo_store::payment::{self, PaymentRow};
use saldo_store::reminder::{self, ReminderRow};
use saldo_store::reply;
use saldo_store::{PageRequest, attempt, snapshot};

pub use saldo_store::reply::{ReplyEffect, ReplyRow};

/// How many rows of each kind are shown.
const ROWS: u64 = 50;

/// Everything that is known of one debtor.
pub struct Account {
    /// The debtor as it stands.
    pub snapshot: DebtorSnapshot,
    /// The statement as the debtor sees it.
    pub statement: Statement,
    /// What the next reminder is, or why there is none.
    pub decision: Decision,
    /// Tries to pay.
    pub attempts: Vec<PaymentAttempt>,
    /// Money that came in.
    pub payments: Vec<PaymentRow>,
    /// Messages.
    pub reminders: Vec<ReminderRow>,
    /// What the debtor answered by text message and on WhatsApp.
    pub replies: Vec<ReplyRow>,
    /// Links.
    pub links: Vec<AccessLinkRow>,
    /// Disputes, promises, transfers, holds, settlement offers.
    pub claims: Claims,
    /// How the debtor may be reached.
    pub consents: Consents,
}

/// Reads one account in one database transaction.
///
/// # Errors
/// `not_found`.
pub async fn show(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<Account, Failure> {
    let page = PageRequest::first(ROWS);
    let tx = app.store().read_of(creditor).await?;
    let snapshot = snapshot::load_with_movements(&tx, creditor, debtor).await?;
    Ok(Account {
        statement: statement::build(&snapshot, app.now())?,
        decision: decide(&snapshot, app.channels().ready(), app.now())?,
        attempts: attempt::list(&tx, creditor, Some(debtor), page).await?.items,
        payments: payment::list(&tx, creditor, Some(debtor), page).await?.items,
        reminders: reminder::list(&tx, creditor, Some(debtor), page).await?.items,
        replies: reply::list(&tx, creditor, Some(debtor), page).await?.items,
        links: access_link::list(&tx, creditor, debtor, page).await?.items,
        claims: show_claims::load_in(app, &tx, creditor, &snapshot).await?,
        consents: consent::show_in(&tx, &snapshot).await?,
        snapshot,
    })
}
