//! Receivable accounts: one for each debtor and currency.

use crate::bulk::{among, insert_free};
use crate::codec::currency;
use crate::{StoreFault, Tx};
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) currency: String,
        pub(crate) balance_version: i64,
        pub(crate) unapplied_minor: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A receivable account without its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// Whose it is.
    pub debtor_id: DebtorId,
    /// Its currency.
    pub currency: Currency,
    /// Counts up with every entry of the journal that concerns it.
    pub balance_version: i64,
}

/// The account of a debtor in a currency; made with `new_id` where there is none.
///
/// # Errors
/// The database's.
pub async fn ensure(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    currency: Currency,
    new_id: AccountId,
) -> Result<AccountId, StoreFault> {
    let ids = ensure_many(tx, creditor_id, &[(debtor_id, currency, new_id)]).await?;
    ids.first().copied().ok_or(StoreFault::NotFound("account"))
}

/// [`ensure`] for many; the ids stand in the order of what was wanted.
///
/// # Errors
/// The database's.
pub async fn ensure_many(
    tx: &Tx,
    creditor_id: CreditorId,
    wanted: &[(DebtorId, Currency, AccountId)],
) -> Result<Vec<AccountId>, StoreFault> {
    let fresh = wanted.iter().map(|(debtor_id, currency, new_id)| Model {
        creditor_id: creditor_id.0,
        id: new_id.0,
        debtor_id: debtor_id.0,
        currency: currency.code().to_owned(),
        balance_version: 0,
        unapplied_minor: 0,
    });
    insert_free::<Entity>(tx, fresh.collect()).await?;
    let mut found = HashMap::with_capacity(wanted.len());
    for chunk in wanted.chunks(crate::bulk::KEYS_MAX) {
        let debtors = chunk.iter().map(|(debtor_id, _, _)| debtor_id.0);
        let select =
            Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::DebtorId.is_in(debtors));
        for row in select.all(tx.connection()).await? {
            found.insert((row.debtor_id, row.currency), row.id);
        }
    }
    let id_of = |(debtor_id, currency, _): &(DebtorId, Currency, AccountId)| {
        let id = found.get(&(debtor_id.0, currency.code().to_owned())).copied();
        id.map(AccountId).ok_or(StoreFault::NotFound("account"))
    };
    wanted.iter().map(id_of).collect()
}

/// The account with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: AccountId) -> Result<AccountRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    let row = row.ok_or(StoreFault::NotFound("account"))?;
    Ok(AccountRow {
        id: AccountId(row.id),
        debtor_id: DebtorId(row.debtor_id),
        currency: currency(&row.currency)?,
        balance_version: row.balance_version,
    })
}

/// The accounts of some debtors, by currency.
pub(crate) async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<Vec<Model>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(among(
        tx,
        Column::DebtorId,
        debtor_ids.iter().map(|id| id.0),
    ));
    let mut rows = select.all(tx.connection()).await?;
    rows.sort_by(|a, b| a.currency.cmp(&b.currency));
    Ok(rows)
}

/// Which of some debtors have credit in any currency.
///
/// # Errors
/// The database's.
pub async fn list_with_credit(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<Vec<DebtorId>, StoreFault> {
    let mut found = Vec::new();
    for chunk in debtor_ids.chunks(crate::bulk::KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::DebtorId.is_in(chunk.iter().map(|id| id.0)))
            .filter(Expr::cust("unapplied_minor > 0"));
        found.extend(select.all(tx.connection()).await?.into_iter().map(|row| DebtorId(row.debtor_id)));
    }
    found.dedup();
    Ok(found)
}
