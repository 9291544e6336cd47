//! Creditors.

use crate::bulk::insert_one;
use crate::codec::{currency, json, to_instant, to_json, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::{Timestamp, Zone};
use saldo_domain::creditor::{Brand, Creditor, PaperSize};
use saldo_domain::ids::CreditorId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "creditors")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) country: String,
        pub(crate) zone: String,
        pub(crate) language: String,
        pub(crate) currency: String,
        pub(crate) reply_to: Option<String>,
        pub(crate) colour: String,
        pub(crate) logo: Option<String>,
        pub(crate) paper: Option<String>,
        pub(crate) widget_origins: Json,
        pub(crate) created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most creditors that [`list`] names.
pub const LIST_MAX: u64 = 1_000;

impl Model {
    pub(crate) fn read(self) -> Result<Creditor, StoreFault> {
        Ok(Creditor {
            id: CreditorId(self.id),
            name: self.name,
            country: self.country,
            zone: Zone::try_new(&self.zone).map_err(StoreFault::corrupt)?,
            language: word(&self.language)?,
            currency: currency(&self.currency)?,
            reply_to: self.reply_to,
            brand: Brand { colour: self.colour, logo: self.logo },
            paper: self.paper.as_deref().map(word).transpose()?,
        })
    }
}

/// Writes a new creditor without widget origins.
///
/// # Errors
/// `Conflict("creditor")` when the id is taken.
pub async fn insert(tx: &Tx, creditor: &Creditor, at: Timestamp) -> Result<(), StoreFault> {
    let row = Model {
        id: creditor.id.0,
        name: creditor.name.clone(),
        country: creditor.country.clone(),
        zone: creditor.zone.name().to_owned(),
        language: to_word(&creditor.language)?,
        currency: creditor.currency.code().to_owned(),
        reply_to: creditor.reply_to.clone(),
        colour: creditor.brand.colour.clone(),
        logo: creditor.brand.logo.clone(),
        paper: creditor.paper.map(|paper| paper.name().to_owned()),
        widget_origins: to_json(&[(); 0])?,
        created_at: to_instant(at),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("creditor")) }
}

/// The creditor with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId) -> Result<Creditor, StoreFault> {
    find_row(tx, creditor_id).await?.read()
}

async fn find_row(tx: &Tx, creditor_id: CreditorId) -> Result<Model, StoreFault> {
    Entity::find_by_id(creditor_id.0).one(tx.connection()).await?.ok_or(StoreFault::NotFound("creditor"))
}

/// The oldest creditor with exactly that name.
///
/// # Errors
/// The database's.
pub async fn find_by_name(tx: &Tx, name: &str) -> Result<Option<Creditor>, StoreFault> {
    let select = Entity::find().filter(Column::Name.eq(name)).order_by_asc(Column::Id);
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// The creditors, oldest first, at most [`LIST_MAX`].
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx) -> Result<Vec<Creditor>, StoreFault> {
    let rows = Entity::find().order_by_asc(Column::Id).limit(LIST_MAX).all(tx.connection()).await?;
    rows.into_iter().map(Model::read).collect()
}

/// Changes how a creditor looks.
///
/// # Errors
/// `NotFound`.
pub async fn update_brand(tx: &Tx, creditor_id: CreditorId, brand: &Brand) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::Colour, Expr::value(brand.colour.clone()))
        .col_expr(Column::Logo, Expr::value(brand.logo.clone()))
        .filter(Column::Id.eq(creditor_id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "creditor")
}

/// Changes the paper that a creditor prints on; none: its country's.
///
/// # Errors
/// `NotFound`.
pub async fn update_paper(tx: &Tx, creditor_id: CreditorId, paper: Option<PaperSize>) -> Result<(), StoreFault> {
    let paper = paper.map(|paper| paper.name().to_owned());
    let update = Entity::update_many().col_expr(Column::Paper, Expr::value(paper)).filter(Column::Id.eq(creditor_id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "creditor")
}

/// Changes where debtors' answers to mail go.
///
/// # Errors
/// `NotFound`.
pub async fn update_reply_to(tx: &Tx, creditor_id: CreditorId, reply_to: &str) -> Result<(), StoreFault> {
    let update =
        Entity::update_many().col_expr(Column::ReplyTo, Expr::value(reply_to)).filter(Column::Id.eq(creditor_id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "creditor")
}

/// The origins (`https://shop.example`) whose pages may embed this creditor's widgets.
///
/// # Errors
/// `NotFound`.
pub async fn list_widget_origins(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<String>, StoreFault> {
    json(find_row(tx, creditor_id).await?.widget_origins)
}

/// Replaces the origins.
///
/// # Errors
/// `NotFound`.
pub async fn set_widget_origins(tx: &Tx, creditor_id: CreditorId, origins: &[String]) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::WidgetOrigins, Expr::value(to_json(&origins)?))
        .filter(Column::Id.eq(creditor_id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "creditor")
}
