//! The journal: entries are written once and never change; the database itself refuses.

use crate::bulk::{also_among, changes_at, changes_value, insert_all, insert_free};
use crate::codec::{day, instant, money, to_day, to_instant, to_word, word};
use crate::outbox::Change;
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, EntryId, InvoiceId};
use saldo_domain::ledger::{EntryKind, JournalEntry, JournalLine, LedgerAccount, Side, effect_on_balance};
use saldo_domain::money::Money;
use saldo_domain::planted::{self, Bug};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

pub use crate::parity::{Difference, ParityReport, parity};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal_entries")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) kind: String,
        pub(crate) effective_on: Date,
        pub(crate) currency: String,
        pub(crate) debtor_id: Option<Uuid>,
        pub(crate) account_id: Option<Uuid>,
        pub(crate) effect_minor: i64,
        pub(crate) movement_key: Option<String>,
        pub(crate) recorded_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod line_table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal_lines")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) entry_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) line_number: i32,
        pub(crate) ledger_account: String,
        pub(crate) side: String,
        pub(crate) amount_minor: i64,
        pub(crate) currency: String,
        pub(crate) account_id: Option<Uuid>,
        pub(crate) invoice_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// An entry to be written.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// Its id.
    pub id: EntryId,
    /// Its lines; all that name a receivable account name the same one.
    pub entry: &'a JournalEntry,
    /// The debtor of that account; none for an entry that concerns no debtor.
    pub debtor_id: Option<DebtorId>,
    /// `provider:object:kind`: the key under which a provider's movement is booked once.
    pub movement_key: Option<String>,
    /// When it is written.
    pub recorded_at: Timestamp,
}

/// An entry as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its id.
    pub id: EntryId,
    /// Its lines.
    pub entry: JournalEntry,
    /// The debtor that it concerns.
    pub debtor_id: Option<DebtorId>,
    /// The provider's movement that it books.
    pub movement_key: Option<String>,
    /// When it was written.
    pub recorded_at: Timestamp,
}

/// Writes entries, all or none, and counts up the balance version of each account that they concern.
///
/// # Errors
/// `Conflict("movement")` when a movement key is taken: nothing was written, and the transaction goes on.
pub async fn insert_entries(tx: &Tx, creditor_id: CreditorId, entries: &[NewEntry<'_>]) -> Result<(), StoreFault> {
    let mut rows = Vec::with_capacity(entries.len());
    let mut lines = Vec::with_capacity(entries.len() * 2);
    let mut accounts: BTreeMap<Uuid, (i64, i64)> = BTreeMap::new();
    for new in entries {
        let row = entry_row(creditor_id, new)?;
        if let Some(account) = row.account_id {
            let (bumps, credit) = accounts.entry(account).or_default();
            *bumps += 1;
            *credit += credit_change(new.entry.lines())?;
        }
        rows.push(row);
        for (number, line) in (1..).zip(new.entry.lines()) {
            if planted::is(Bug::LegDroppedOnRefund) && new.entry.kind() == EntryKind::Refund && number > 1 {
                break;
            }
            lines.push(line_row(creditor_id, new.id, number, line)?);
        }
    }
    let expected = u64::try_from(rows.len()).map_err(StoreFault::corrupt)?;
    let part = tx.savepoint().await?;
    if insert_free::<Entity>(&part, rows).await? != expected {
        part.rollback().await?;
        return Err(StoreFault::Conflict("movement"));
    }
    insert_all::<line_table::Entity>(&part, lines).await?;
    accounts.keys().for_each(|id| tx.note(creditor_id, Change::Account(*id)));
    bump_accounts(&part, creditor_id, accounts).await?;
    part.commit().await
}

fn entry_row(creditor_id: CreditorId, new: &NewEntry<'_>) -> Result<Model, StoreFault> {
    let lines = new.entry.lines();
    let currency = lines.first().ok_or_else(|| StoreFault::corrupt("an entry without lines"))?.amount.currency();
    let mut named = lines.iter().filter_map(|line| line.account_id);
    let account_id = named.next();
    if named.any(|other| Some(other) != account_id) {
        return Err(StoreFault::corrupt("an entry that concerns two accounts"));
    }
    let effect = effect_on_balance(lines, Money::zero(currency)).map_err(StoreFault::corrupt)?;
    Ok(Model {
        creditor_id: creditor_id.0,
        id: new.id.0,
        kind: to_word(&new.entry.kind())?,
        effective_on: to_day(new.entry.effective_on()),
        currency: currency.code().to_owned(),
        debtor_id: new.debtor_id.map(|id| id.0),
        account_id: account_id.map(|id| id.0),
        effect_minor: effect.minor(),
        movement_key: new.movement_key.clone(),
        recorded_at: to_instant(new.recorded_at),
    })
}

fn line_row(
    creditor_id: CreditorId,
    entry_id: EntryId,
    line_number: i32,
    line: &JournalLine,
) -> Result<line_table::Model, StoreFault> {
    Ok(line_table::Model {
        creditor_id: creditor_id.0,
        entry_id: entry_id.0,
        line_number,
        ledger_account: to_word(&line.ledger_account)?,
        side: to_word(&line.side)?,
        amount_minor: line.amount.minor(),
        currency: line.amount.currency().code().to_owned(),
        account_id: line.account_id.map(|id| id.0),
        invoice_id: line.invoice_id.map(|id| id.0),
    })
}

/// What lines add to the unapplied cash.
fn credit_change(lines: &[JournalLine]) -> Result<i64, StoreFault> {
    let unapplied = lines.iter().filter(|line| line.ledger_account == LedgerAccount::UnappliedCash);
    let signed = unapplied.map(|line| match line.side {
        Side::Credit => line.amount.minor(),
        Side::Debit => -line.amount.minor(),
    });
    signed.into_iter().try_fold(0_i64, i64::checked_add).ok_or_else(|| StoreFault::corrupt("credit out of range"))
}

async fn bump_accounts(
    tx: &Tx,
    creditor_id: CreditorId,
    accounts: BTreeMap<Uuid, (i64, i64)>,
) -> Result<(), StoreFault> {
    let accounts: Vec<(Uuid, (i64, i64))> = accounts.into_iter().collect();
    for chunk in accounts.chunks(1_000) {
        let changes = chunk.iter().map(|(account, (bumps, credit))| (account.simple(), bumps, credit));
        let mut values = vec![creditor_id.0.into(), changes_value(changes)?];
        let also = also_among(tx, "accounts.id", chunk.iter().map(|(id, _)| *id), &mut values);
        let sql = format!(
            "UPDATE accounts SET balance_version = balance_version + change.bumps, \
             unapplied_minor = unapplied_minor + change.credit \
             FROM {} WHERE accounts.creditor_id = $1 AND accounts.id = change.id{also}",
            changes_at(tx, &[("bumps", "bigint"), ("credit", "bigint")], 2)
        );
        let changed = tx.execute(&sql, values).await?;
        if changed != u64::try_from(chunk.len()).map_err(StoreFault::corrupt)? {
            return Err(StoreFault::NotFound("account"));
        }
    }
    Ok(())
}

/// A creditor's entries with their lines, in the order in which they were written.
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId, page: PageRequest) -> Result<Page<EntryRow>, StoreFault> {
    list_where(tx, creditor_id, None, page).await
}

/// [`list`] of what concerns one debtor.
///
/// # Errors
/// The database's.
pub async fn list_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    page: PageRequest,
) -> Result<Page<EntryRow>, StoreFault> {
    list_where(tx, creditor_id, Some(debtor_id), page).await
}

async fn list_where(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<EntryRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    let rows = by_id(tx, select, Column::Id, Order::Asc, page, |row| row.id, Ok).await?;
    let mut lines = load_lines(tx, creditor_id, rows.items.iter().map(|row| row.id).collect()).await?;
    let next = rows.next;
    let read = |row: Model| read_entry(&row, lines.remove(&row.id).unwrap_or_default());
    Ok(Page { items: rows.items.into_iter().map(read).collect::<Result<_, _>>()?, next })
}

async fn load_lines(
    tx: &Tx,
    creditor_id: CreditorId,
    entry_ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<JournalLine>>, StoreFault> {
    use line_table::Column as Line;
    let mut lines: HashMap<Uuid, Vec<JournalLine>> = HashMap::with_capacity(entry_ids.len());
    let select = line_table::Entity::find()
        .filter(Line::CreditorId.eq(creditor_id.0))
        .filter(Line::EntryId.is_in(entry_ids))
        .order_by_asc(Line::EntryId)
        .order_by_asc(Line::LineNumber);
    for row in select.all(tx.connection()).await? {
        lines.entry(row.entry_id).or_default().push(JournalLine {
            ledger_account: word(&row.ledger_account)?,
            side: word(&row.side)?,
            amount: money(row.amount_minor, &row.currency)?,
            account_id: row.account_id.map(AccountId),
            invoice_id: row.invoice_id.map(InvoiceId),
        });
    }
    Ok(lines)
}

fn read_entry(row: &Model, lines: Vec<JournalLine>) -> Result<EntryRow, StoreFault> {
    let kind: EntryKind = word(&row.kind)?;
    Ok(EntryRow {
        id: EntryId(row.id),
        entry: JournalEntry::try_new(kind, day(row.effective_on)?, lines).map_err(StoreFault::corrupt)?,
        debtor_id: row.debtor_id.map(DebtorId),
        movement_key: row.movement_key.clone(),
        recorded_at: instant(row.recorded_at)?,
    })
}

/// Whether a provider's movement is booked.
///
/// # Errors
/// The database's.
pub async fn has_movement(tx: &Tx, creditor_id: CreditorId, movement_key: &str) -> Result<bool, StoreFault> {
    let select =
        Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::MovementKey.eq(movement_key));
    Ok(select.one(tx.connection()).await?.is_some())
}
