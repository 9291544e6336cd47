//! Banners of the widget.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::locale::Language;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "banners")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) text: String,
        pub(crate) language: String,
        pub(crate) written_at: DateTimeUtc,
        pub(crate) until_at: DateTimeUtc,
        pub(crate) seen_at: Option<DateTimeUtc>,
        pub(crate) dismissed_at: Option<DateTimeUtc>,
        pub(crate) snoozed_until: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A banner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BannerRow {
    /// Its id: that of its message.
    pub id: Uuid,
    /// Who sees it.
    pub debtor_id: DebtorId,
    /// What it says.
    pub text: String,
    /// In which language.
    pub language: Language,
    /// When it was written.
    pub written_at: Timestamp,
    /// Until when it is shown.
    pub until_at: Timestamp,
    /// When it was first shown.
    pub seen_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<BannerRow, StoreFault> {
        Ok(BannerRow {
            id: self.id,
            debtor_id: DebtorId(self.debtor_id),
            text: self.text,
            language: word(&self.language)?,
            written_at: instant(self.written_at)?,
            until_at: instant(self.until_at)?,
            seen_at: instant_opt(self.seen_at)?,
        })
    }
}

/// Writes a banner. `false` when it is there.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, banner: &BannerRow) -> Result<bool, StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: banner.id,
        debtor_id: banner.debtor_id.0,
        text: banner.text.clone(),
        language: to_word(&banner.language)?,
        written_at: to_instant(banner.written_at),
        until_at: to_instant(banner.until_at),
        seen_at: banner.seen_at.map(to_instant),
        dismissed_at: None,
        snoozed_until: None,
    };
    insert_one::<Entity>(tx, row).await
}

/// The latest banner of a debtor that is still shown and was not put away.
///
/// # Errors
/// The database's.
pub async fn find_shown(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    now: Timestamp,
) -> Result<Option<BannerRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::UntilAt.gt(to_instant(now)))
        .filter(Column::DismissedAt.is_null())
        .order_by_desc(Column::Id);
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// It was shown. `false` when it had been shown before.
///
/// # Errors
/// The database's.
pub async fn mark_seen(tx: &Tx, creditor_id: CreditorId, id: Uuid, at: Timestamp) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id))
        .filter(Column::SeenAt.is_null());
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// Whether a debtor wants to see no banner until later.
///
/// # Errors
/// The database's.
pub async fn is_snoozed(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    now: Timestamp,
) -> Result<bool, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::SnoozedUntil.gt(to_instant(now)));
    Ok(select.one(tx.connection()).await?.is_some())
}

/// Whether a debtor put a banner away for good.
///
/// # Errors
/// The database's.
pub async fn is_dismissed(tx: &Tx, creditor_id: CreditorId, debtor_id: DebtorId, id: Uuid) -> Result<bool, StoreFault> {
    let select = Entity::find_by_id((creditor_id.0, id))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::DismissedAt.is_not_null());
    Ok(select.one(tx.connection()).await?.is_some())
}

/// A debtor puts a banner away: until a moment, or for good where there is none. `false` when it has no such banner.
///
/// # Errors
/// The database's.
pub async fn put_away(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    id: Uuid,
    now: Timestamp,
    until: Option<Timestamp>,
) -> Result<bool, StoreFault> {
    let (column, at) = match until {
        Some(until) => (Column::SnoozedUntil, until),
        None => (Column::DismissedAt, now),
    };
    let update = Entity::update_many()
        .col_expr(column, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::Id.eq(id));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}
