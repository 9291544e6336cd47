//! Letters that wait until somebody prints and posts them.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, json, to_instant, to_json};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, LetterId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter};
use serde_json::Value as Json;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "letters")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) content: Json,
        pub(crate) written_at: DateTimeUtc,
        pub(crate) posted_at: Option<DateTimeUtc>,
        pub(crate) posted_by: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRow {
    /// Its id.
    pub id: LetterId,
    /// To whom.
    pub debtor_id: DebtorId,
    /// What stands on it, as the writer keeps it.
    pub content: Json,
    /// When it was written.
    pub written_at: Timestamp,
    /// When somebody said that it was posted, and who.
    pub posted: Option<(Timestamp, Actor)>,
}

impl Model {
    fn read(self) -> Result<LetterRow, StoreFault> {
        Ok(LetterRow {
            id: LetterId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            content: self.content,
            written_at: instant(self.written_at)?,
            posted: instant_opt(self.posted_at)?.zip(self.posted_by.map(json).transpose()?),
        })
    }
}

fn of(creditor_id: CreditorId) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

/// Writes a letter. `false` when it is there.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, letter: &LetterRow) -> Result<bool, StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: letter.id.0,
        debtor_id: letter.debtor_id.0,
        content: letter.content.clone(),
        written_at: to_instant(letter.written_at),
        posted_at: letter.posted.as_ref().map(|(at, _)| to_instant(*at)),
        posted_by: letter.posted.as_ref().map(|(_, by)| to_json(by)).transpose()?,
    };
    insert_one::<Entity>(tx, row).await
}

/// The letter with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: LetterId) -> Result<LetterRow, StoreFault> {
    let row = of(creditor_id).filter(Column::Id.eq(id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("letter"))?.read()
}

/// A creditor's letters that wait to be posted, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_waiting(tx: &Tx, creditor_id: CreditorId, page: PageRequest) -> Result<Page<LetterRow>, StoreFault> {
    let select = of(creditor_id).filter(Column::PostedAt.is_null());
    by_id(tx, select, Column::Id, Order::Asc, page, |row| row.id, Model::read).await
}

/// A creditor's letters, newest first.
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId, page: PageRequest) -> Result<Page<LetterRow>, StoreFault> {
    by_id(tx, of(creditor_id), Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// How many of a creditor's letters wait.
///
/// # Errors
/// The database's.
pub async fn count_waiting(tx: &Tx, creditor_id: CreditorId) -> Result<u64, StoreFault> {
    Ok(of(creditor_id).filter(Column::PostedAt.is_null()).count(tx.connection()).await?)
}

/// Somebody has posted the letters that were written up to one of them, that one included. Answers how many waited.
///
/// # Errors
/// The database's.
pub async fn mark_posted(
    tx: &Tx,
    creditor_id: CreditorId,
    up_to: LetterId,
    by: &Actor,
    at: Timestamp,
) -> Result<u64, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::PostedAt, Expr::value(to_instant(at)))
        .col_expr(Column::PostedBy, Expr::value(to_json(by)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.lte(up_to.0))
        .filter(Column::PostedAt.is_null());
    Ok(update.exec(tx.connection()).await?.rows_affected)
}
