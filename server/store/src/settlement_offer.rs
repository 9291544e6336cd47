//! Settlement offers.

use crate::bulk::{ByDebtor, among, insert_one};
use crate::codec::{instant, json, money, to_instant, to_json};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, SettlementOfferId};
use saldo_domain::settlement::SettlementOffer;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Select};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "settlement_offers")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) items: Json,
        pub(crate) pay_minor: i64,
        pub(crate) full_minor: i64,
        pub(crate) currency: String,
        pub(crate) until_at: DateTimeUtc,
        pub(crate) offered_at: DateTimeUtc,
        pub(crate) offered_by: Json,
        pub(crate) state_name: String,
        pub(crate) state: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// How many offers [`load_for_debtor`] names: older ones have lapsed.
const OPEN_MAX: usize = 50;

/// An offer with its debtor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementOfferRow {
    /// The offer.
    pub offer: SettlementOffer,
    /// To whom.
    pub debtor_id: DebtorId,
}

impl Model {
    fn read(self) -> Result<SettlementOfferRow, StoreFault> {
        let offer = SettlementOffer {
            id: SettlementOfferId(self.id),
            account_id: AccountId(self.account_id),
            items: json(self.items)?,
            pay: money(self.pay_minor, &self.currency)?,
            full: money(self.full_minor, &self.currency)?,
            until_at: instant(self.until_at)?,
            offered_at: instant(self.offered_at)?,
            by: json(self.offered_by)?,
            state: json(self.state)?,
        };
        Ok(SettlementOfferRow { offer, debtor_id: DebtorId(self.debtor_id) })
    }
}

fn of_creditor(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

/// Writes an offer.
///
/// # Errors
/// `Conflict("settlement_offer")` when the id is taken.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    offer: &SettlementOffer,
) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: offer.id.0,
        debtor_id: debtor_id.0,
        account_id: offer.account_id.0,
        items: to_json(&offer.items)?,
        pay_minor: offer.pay.minor(),
        full_minor: offer.full.minor(),
        currency: offer.pay.currency().code().to_owned(),
        until_at: to_instant(offer.until_at),
        offered_at: to_instant(offer.offered_at),
        offered_by: to_json(&offer.by)?,
        state_name: offer.state.name().to_owned(),
        state: to_json(&offer.state)?,
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("settlement_offer")) }
}

/// Writes where an offer stands.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, creditor_id: CreditorId, offer: &SettlementOffer) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::StateName, Expr::value(offer.state.name()))
        .col_expr(Column::State, Expr::value(to_json(&offer.state)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(offer.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "settlement_offer")
}

/// The offer with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: SettlementOfferId) -> Result<SettlementOfferRow, StoreFault> {
    let row = of_creditor(creditor_id).filter(Column::Id.eq(id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("settlement_offer"))?.read()
}

/// A debtor's offers that were neither taken nor withdrawn, newest first; whether one has lapsed is a question to
/// [`SettlementOffer::state_at`].
///
/// # Errors
/// The database's.
pub async fn load_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<SettlementOffer>, StoreFault> {
    Ok(load_for_debtors(tx, creditor_id, &[debtor_id]).await?.remove(&debtor_id).unwrap_or_default())
}

/// [`load_for_debtor`] for many.
pub(crate) async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<ByDebtor<SettlementOffer>, StoreFault> {
    let select = of_creditor(creditor_id)
        .filter(among(tx, Column::DebtorId, debtor_ids.iter().map(|id| id.0)))
        .filter(Column::StateName.eq("open"))
        .order_by_desc(Column::Id);
    let mut found: ByDebtor<SettlementOffer> = ByDebtor::new();
    for row in select.all(tx.connection()).await? {
        let open = found.entry(DebtorId(row.debtor_id)).or_default();
        if open.len() < OPEN_MAX {
            open.push(row.read()?.offer);
        }
    }
    Ok(found)
}

/// A creditor's offers, or one debtor's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<SettlementOfferRow>, StoreFault> {
    let mut select = of_creditor(creditor_id);
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
