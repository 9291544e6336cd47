//! A link is shown at the door, in its long form or its short one.

use crate::access_token::Audience;
use crate::failure::{AppRefusal, Failure};
use crate::{App, secret};
use jiff::SignedDuration;
use saldo_domain::ids::CreditorId;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::access_link::AccessLinkRow;
use saldo_store::{Across, Tx, access_link, snapshot};

/// What a reader shows at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented<'a> {
    /// The signed token of the long form.
    Token(&'a str),
    /// The code of the short form.
    Code(&'a str),
}

impl Presented<'_> {
    /// The page that it opens.
    pub fn path(self) -> String {
        match self {
            Self::Token(token) => format!("/l/{token}"),
            Self::Code(code) => format!("/s/{code}"),
        }
    }
}

/// A link that works now, with the debtor as it stands. Reads only: mail scanners open links first.
///
/// # Errors
/// `link_invalid` for everything else, said alike.
pub async fn open(app: &App, presented: Presented<'_>) -> Result<(AccessLinkRow, DebtorSnapshot), Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let (creditor, row) = identify(app, &tx, presented).await?.ok_or(AppRefusal::LinkInvalid)?;
    if row.revoked_at.is_some() || !in_force(app, presented, &row) {
        return Err(AppRefusal::LinkInvalid.into());
    }
    let snapshot = snapshot::load_with_movements(&tx, creditor, row.debtor_id).await?;
    if lives(app, &snapshot) { Ok((row, snapshot)) } else { Err(AppRefusal::LinkInvalid.into()) }
}

/// The link that is shown, if it is one of ours, in force or not: enough to know whom a fresh one would go to.
///
/// # Errors
/// Faults of the store.
pub async fn identify(
    app: &App,
    tx: &Tx,
    presented: Presented<'_>,
) -> Result<Option<(CreditorId, AccessLinkRow)>, Failure> {
    match presented {
        Presented::Token(token) => {
            let Some(claims) = app.keys().identify(Audience::AccessLink, token) else { return Ok(None) };
            tx.enter(claims.creditor_id()).await?;
            let row = access_link::find_by_jti_hash(tx, claims.creditor_id(), &claims.jti_hash()).await?;
            Ok(row.filter(|row| row.debtor_id == claims.debtor_id()).map(|row| (claims.creditor_id(), row)))
        }
        Presented::Code(code) if code.len() == secret::CODE_CHARS => {
            let found = access_link::find_by_code_hash(tx, &secret::hash(code)).await?;
            if let Some((creditor, _)) = &found {
                tx.enter(*creditor).await?;
            }
            Ok(found)
        }
        Presented::Code(_) => Ok(None),
    }
}

/// A token says itself from when until when it works; a code has its row's word.
fn in_force(app: &App, presented: Presented<'_>, row: &AccessLinkRow) -> bool {
    let now = app.now();
    match presented {
        Presented::Token(token) => app.keys().verify(Audience::AccessLink, token, now).is_some(),
        Presented::Code(_) => row.not_before <= now && now < row.expires_at,
    }
}

/// A link lives as long as something is owed, and for a configured time after the last movement.
fn lives(app: &App, snapshot: &DebtorSnapshot) -> bool {
    let keep = SignedDuration::from_hours(24 * i64::from(app.config().access_links.days_after_paid));
    let last = snapshot.accounts.iter().flat_map(|account| &account.movements).map(|m| m.recorded_at).max();
    snapshot.owes() || last.is_none_or(|at| app.now().duration_since(at) <= keep)
}
