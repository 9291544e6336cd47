//! What debtors allowed, withdrew and what came back, channel by channel, with its history.

use crate::bulk::among;
use crate::codec::{instant, to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::consent::ChannelConsent;
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "channel_consents")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) debtor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) place: i64,
        pub(crate) channel: String,
        pub(crate) state: String,
        pub(crate) source: String,
        pub(crate) proof: String,
        pub(crate) address: Option<String>,
        pub(crate) at: DateTimeUtc,
        pub(crate) recorded_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most lines of a history that are listed, the latest ones.
pub const LISTED_MAX: u64 = 200;

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRow {
    /// What was said.
    pub consent: ChannelConsent,
    /// When it was written.
    pub recorded_at: Timestamp,
}

impl Model {
    fn read(self) -> Result<ConsentRow, StoreFault> {
        let consent = ChannelConsent {
            channel: word(&self.channel)?,
            state: word(&self.state)?,
            at: instant(self.at)?,
            source: word(&self.source)?,
            proof: self.proof,
            address: self.address,
        };
        Ok(ConsentRow { consent, recorded_at: instant(self.recorded_at)? })
    }
}

/// The next place of a debtor's history: whoever writes holds the debtor.
const INSERT: &str = "
INSERT INTO channel_consents (creditor_id, debtor_id, place, channel, state, source, proof, address, at, recorded_at)
SELECT $1, $2, COALESCE(MAX(place), 0) + 1, $3, $4, $5, $6, $7, $8, $9
FROM channel_consents WHERE creditor_id = $1 AND debtor_id = $2";

/// Writes what is now known of a channel. The caller holds the debtor.
///
/// # Errors
/// The database's, also for a debtor of another creditor.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    consent: &ChannelConsent,
    at: Timestamp,
) -> Result<(), StoreFault> {
    let values = vec![
        creditor_id.0.into(),
        debtor_id.0.into(),
        consent.channel.as_str().into(),
        consent.state.as_str().into(),
        to_word(&consent.source)?.into(),
        consent.proof.clone().into(),
        consent.address.clone().into(),
        to_instant(consent.at).into(),
        to_instant(at).into(),
    ];
    tx.execute(INSERT, values).await?;
    Ok(())
}

/// The latest of each channel of a debtor, in the order in which they were said.
///
/// # Errors
/// The database's.
pub async fn load_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<ChannelConsent>, StoreFault> {
    let mut found = load_for_debtors(tx, creditor_id, &[debtor_id]).await?;
    Ok(found.remove(&debtor_id).unwrap_or_default())
}

/// [`load_for_debtor`] for many; debtors of whom nothing is known are left out.
///
/// # Errors
/// The database's.
pub async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<HashMap<DebtorId, Vec<ChannelConsent>>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(among(tx, Column::DebtorId, debtor_ids.iter().map(|id| id.0)))
        .order_by_asc(Column::DebtorId)
        .order_by_asc(Column::Place);
    let mut found: HashMap<DebtorId, Vec<ChannelConsent>> = HashMap::new();
    for row in select.all(tx.connection()).await? {
        let known = found.entry(DebtorId(row.debtor_id)).or_default();
        let consent = row.read()?.consent;
        known.retain(|before| before.channel != consent.channel);
        known.push(consent);
    }
    Ok(found)
}

/// A debtor's history, the latest first, at most [`LISTED_MAX`].
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId, debtor_id: DebtorId) -> Result<Vec<ConsentRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .order_by_desc(Column::Place)
        .limit(LISTED_MAX);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}
