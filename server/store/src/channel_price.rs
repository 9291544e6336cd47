//! What a creditor says that a message costs, by channel.

use crate::bulk::insert_all;
use crate::codec::{money, word};
use crate::{StoreFault, Tx};
use saldo_domain::ids::CreditorId;
use saldo_domain::rehearsal::ChannelPrices;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "channel_prices")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) channel: String,
        pub(crate) price_minor: i64,
        pub(crate) currency: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The prices of a creditor.
///
/// # Errors
/// The database's.
pub async fn load(tx: &Tx, creditor_id: CreditorId) -> Result<ChannelPrices, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).order_by_asc(Column::Channel);
    let rows = select.all(tx.connection()).await?.into_iter();
    let prices = rows.map(|row| Ok((word(&row.channel)?, money(row.price_minor, row.currency.trim())?)));
    Ok(ChannelPrices::new(prices.collect::<Result<_, StoreFault>>()?))
}

/// Puts other prices in their place.
///
/// # Errors
/// The database's: a channel that is there twice, a price below zero.
pub async fn replace(tx: &Tx, creditor_id: CreditorId, prices: &ChannelPrices) -> Result<(), StoreFault> {
    Entity::delete_many().filter(Column::CreditorId.eq(creditor_id.0)).exec(tx.connection()).await?;
    let model = |(channel, price): &(saldo_domain::reminder::Channel, saldo_domain::money::Money)| Model {
        creditor_id: creditor_id.0,
        channel: channel.as_str().to_owned(),
        price_minor: price.minor(),
        currency: price.currency().code().to_owned(),
    };
    insert_all::<Entity>(tx, prices.all().iter().map(model).collect()).await
}
