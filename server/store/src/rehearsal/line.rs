use super::insert_all;
use crate::codec::{json, to_json, to_word};
use crate::{PAGE_MAX, StoreFault, Tx};
use saldo_domain::ids::{CreditorId, DebtorId, RehearsalId};
use saldo_domain::rehearsal::Change;
use saldo_domain::reminder::Channel;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "rehearsal_lines")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) rehearsal_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) place: i64,
        pub(crate) debtor_id: Uuid,
        pub(crate) change: String,
        pub(crate) channel: String,
        pub(crate) line: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// One message of a rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Its place, counted from 1.
    pub place: u64,
    /// To whom.
    pub debtor_id: DebtorId,
    /// What it is, and what the draft does to it.
    pub change: Change,
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineFilter {
    /// `same`, `added`, `removed` or `moved`.
    pub change: Option<String>,
    /// By one channel.
    pub channel: Option<Channel>,
    /// To one debtor.
    pub debtor_id: Option<DebtorId>,
}

impl Model {
    fn read(self) -> Result<LineRow, StoreFault> {
        Ok(LineRow {
            place: u64::try_from(self.place).map_err(StoreFault::corrupt)?,
            debtor_id: DebtorId(self.debtor_id),
            change: json(self.line)?,
        })
    }
}

fn number(count: u64) -> Result<i64, StoreFault> {
    i64::try_from(count).map_err(StoreFault::corrupt)
}

/// Writes lines whose places must be free.
///
/// # Errors
/// The database's.
pub async fn insert_lines(
    tx: &Tx,
    creditor_id: CreditorId,
    rehearsal_id: RehearsalId,
    lines: &[LineRow],
) -> Result<(), StoreFault> {
    let model = |line: &LineRow| {
        Ok(Model {
            creditor_id: creditor_id.0,
            rehearsal_id: rehearsal_id.0,
            place: number(line.place)?,
            debtor_id: line.debtor_id.0,
            change: line.change.name().to_owned(),
            channel: to_word(&line.change.message().channel)?,
            line: to_json(&line.change)?,
        })
    };
    insert_all::<Entity>(tx, lines.iter().map(model).collect::<Result<_, StoreFault>>()?).await
}

/// The lines behind a place, at most [`PAGE_MAX`]. A rehearsal keeps a bounded number of them, so that a filter reads no
/// more than these.
///
/// # Errors
/// The database's.
pub async fn list_lines(
    tx: &Tx,
    creditor_id: CreditorId,
    rehearsal_id: RehearsalId,
    filter: &LineFilter,
    after: u64,
    limit: u64,
) -> Result<Vec<LineRow>, StoreFault> {
    let mut select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::RehearsalId.eq(rehearsal_id.0))
        .filter(Column::Place.gt(number(after)?));
    if let Some(change) = &filter.change {
        select = select.filter(Column::Change.eq(change.as_str()));
    }
    if let Some(channel) = filter.channel {
        select = select.filter(Column::Channel.eq(to_word(&channel)?));
    }
    if let Some(debtor_id) = filter.debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    let select = select.order_by_asc(Column::Place).limit(limit.clamp(1, PAGE_MAX));
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// The line at a place.
///
/// # Errors
/// `NotFound`.
pub async fn load_line(
    tx: &Tx,
    creditor_id: CreditorId,
    rehearsal_id: RehearsalId,
    place: u64,
) -> Result<LineRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, rehearsal_id.0, number(place)?)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("rehearsal line"))?.read()
}
