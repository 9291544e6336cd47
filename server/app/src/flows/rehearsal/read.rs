use crate::App;
use crate::failure::Failure;
use crate::flows::policy::{self, PolicyVersion};
use saldo_domain::ids::{CreditorId, DebtorId, PolicyId, RehearsalId};
use saldo_domain::rehearsal::{Change, ChannelPrices};
use saldo_store::Tx;
use saldo_store::channel_price;
use saldo_store::debtor::{self, DebtorName};
use saldo_store::rehearsal::{self, LineFilter, LineRow, RehearsalRow};

/// A rehearsal with the policy's version as it stands now.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// How far it is, and its figures.
    pub row: RehearsalRow,
    /// The version: its revision tells whether it was edited since.
    pub version: PolicyVersion,
    /// What messages cost.
    pub prices: ChannelPrices,
}

impl Rehearsal {
    /// Whether the version says what was rehearsed.
    pub fn is_current(&self) -> bool {
        self.row.revision == self.version.revision
    }
}

/// One message of a rehearsal.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its place in the rehearsal.
    pub place: u64,
    /// To whom.
    pub debtor_id: DebtorId,
    /// What the debtor is called.
    pub debtor: DebtorName,
    /// What it is, and what the draft does to it.
    pub change: Change,
}

/// Some lines of a rehearsal.
#[derive(Debug, Clone)]
pub struct Lines {
    /// In the order in which they were found: debtor by debtor, each in the order of time.
    pub items: Vec<Line>,
    /// The place behind which the next page begins; none at the end.
    pub next: Option<u64>,
}

/// A rehearsal.
///
/// # Errors
/// `not_found`.
pub async fn load(app: &App, creditor: CreditorId, id: RehearsalId) -> Result<Rehearsal, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = rehearsal::load(&tx, creditor, id).await?;
    let prices = channel_price::load(&tx, creditor).await?;
    drop(tx);
    let version = policy::load(app, creditor, row.policy_id).await?;
    Ok(Rehearsal { row, version, prices })
}

/// The latest rehearsal of one version of a policy.
///
/// # Errors
/// Faults of the store.
pub async fn latest(app: &App, creditor: CreditorId, policy_id: PolicyId) -> Result<Option<RehearsalRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(rehearsal::find_latest(&tx, creditor, policy_id).await?)
}

/// The lines of a rehearsal behind a place.
///
/// # Errors
/// `not_found`.
pub async fn lines(
    app: &App,
    creditor: CreditorId,
    id: RehearsalId,
    filter: &LineFilter,
    after: u64,
    limit: u64,
) -> Result<Lines, Failure> {
    let tx = app.store().read_of(creditor).await?;
    rehearsal::load(&tx, creditor, id).await?;
    let mut rows = rehearsal::list_lines(&tx, creditor, id, filter, after, limit + 1).await?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.place);
    Ok(Lines { items: named(&tx, creditor, rows).await?, next })
}

/// Lines with the names of their debtors.
pub(super) async fn named(tx: &Tx, creditor: CreditorId, rows: Vec<LineRow>) -> Result<Vec<Line>, Failure> {
    let ids: Vec<DebtorId> = rows.iter().map(|row| row.debtor_id).collect();
    let names = debtor::list_names(tx, creditor, &ids).await?;
    let line = |row: LineRow| {
        let debtor = names.get(&row.debtor_id)?.clone();
        Some(Line { place: row.place, debtor_id: row.debtor_id, debtor, change: row.change })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}
