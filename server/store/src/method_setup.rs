//! Pages on which a debtor saves a payment method, one row for each: written before the provider is asked.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, SavedMethodId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "method_setups")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) provider: String,
        pub(crate) reference: Option<String>,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) expires_at: DateTimeUtc,
        pub(crate) state: String,
        pub(crate) ended_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Where such a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupState {
    /// The debtor may still save there.
    Open,
    /// Saved: the method has the setup's id.
    Saved,
    /// It ended unused.
    Expired,
    /// It did not succeed.
    Failed,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodSetupRow {
    /// The id that the saved method will have.
    pub id: SavedMethodId,
    /// Who saves.
    pub debtor_id: DebtorId,
    /// The provider's name.
    pub provider: String,
    /// The provider's name of the page, once known.
    pub reference: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// After this nothing can be saved on it.
    pub expires_at: Timestamp,
    /// Where it stands.
    pub state: SetupState,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<MethodSetupRow, StoreFault> {
        Ok(MethodSetupRow {
            id: SavedMethodId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            provider: self.provider,
            reference: self.reference,
            created_at: instant(self.created_at)?,
            expires_at: instant(self.expires_at)?,
            state: word(&self.state)?,
            ended_at: instant_opt(self.ended_at)?,
        })
    }
}

/// Writes a page. `false` when this creditor has one with that id.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, setup: &MethodSetupRow) -> Result<bool, StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: setup.id.0,
        debtor_id: setup.debtor_id.0,
        provider: setup.provider.clone(),
        reference: setup.reference.clone(),
        created_at: to_instant(setup.created_at),
        expires_at: to_instant(setup.expires_at),
        state: to_word(&setup.state)?,
        ended_at: setup.ended_at.map(to_instant),
    };
    insert_one::<Entity>(tx, row).await
}

/// The page with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: SavedMethodId) -> Result<MethodSetupRow, StoreFault> {
    find(tx, creditor_id, id).await?.ok_or(StoreFault::NotFound("setup"))
}

/// The page with an id, if this creditor has it.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId, id: SavedMethodId) -> Result<Option<MethodSetupRow>, StoreFault> {
    Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?.map(Model::read).transpose()
}

/// Keeps the provider's name of a page.
///
/// # Errors
/// `NotFound`.
pub async fn set_reference(
    tx: &Tx,
    creditor_id: CreditorId,
    id: SavedMethodId,
    reference: &str,
) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::Reference, Expr::value(reference))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "setup")
}

/// Open to ended. `false` when it is not open any more.
///
/// # Errors
/// The database's.
pub async fn mark_ended(
    tx: &Tx,
    creditor_id: CreditorId,
    id: SavedMethodId,
    state: SetupState,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to_word(&state)?))
        .col_expr(Column::EndedAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(to_word(&SetupState::Open)?));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// Open pages of every creditor that began at or before a moment, the oldest first.
///
/// # Errors
/// The database's.
pub async fn list_to_reconcile(
    tx: &Tx,
    older_than: Timestamp,
    limit: u64,
) -> Result<Vec<(CreditorId, MethodSetupRow)>, StoreFault> {
    let select = Entity::find()
        .filter(Expr::cust("state = 'open'"))
        .filter(Column::CreatedAt.lte(to_instant(older_than)))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::CreditorId)
        .order_by_asc(Column::Id)
        .limit(limit.min(crate::PAGE_MAX));
    let rows = select.all(tx.connection()).await?;
    rows.into_iter().map(|row| Ok((CreditorId(row.creditor_id), row.read()?))).collect()
}
