use crate::bulk::{among_at, ids_value};
use crate::codec::{json, word};
use crate::debtor::table::Model;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Zone;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::FromQueryResult;
use sea_orm::prelude::Json;

/// What is known of a debtor, without what finds it.
#[derive(FromQueryResult)]
struct Known {
    id: uuid::Uuid,
    reference: String,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    language: Option<String>,
    country: Option<String>,
    zone: Option<String>,
    postal_address: Option<String>,
    tags: Option<Json>,
}

impl Known {
    fn read(self) -> Result<Debtor, StoreFault> {
        Ok(Debtor {
            id: DebtorId(self.id),
            reference: self.reference,
            name: self.name,
            email: self.email,
            phone: self.phone,
            language: self.language.as_deref().map(word).transpose()?,
            country: self.country,
            zone: self.zone.as_deref().map(Zone::try_new).transpose().map_err(StoreFault::corrupt)?,
            postal_address: self.postal_address,
            tags: self.tags.map(json).transpose()?.unwrap_or_default(),
        })
    }
}

impl Model {
    pub(crate) fn read(self) -> Result<Debtor, StoreFault> {
        let known = Known {
            id: self.id,
            reference: self.reference,
            name: self.name,
            email: self.email,
            phone: self.phone,
            language: self.language,
            country: self.country,
            zone: self.zone,
            postal_address: self.postal_address,
            tags: Some(self.tags),
        };
        known.read()
    }
}

/// The debtors with some ids; those that the creditor does not have are left out.
pub(crate) async fn find_many(tx: &Tx, creditor_id: CreditorId, ids: &[DebtorId]) -> Result<Vec<Debtor>, StoreFault> {
    let sql = format!(
        "SELECT id, reference, name, email, phone, language, country, zone, postal_address, NULLIF(tags, '[]') AS tags \
         FROM debtors WHERE creditor_id = $1 AND {}",
        among_at(tx, "id", 2)
    );
    let rows = tx.query(&sql, vec![creditor_id.0.into(), ids_value(tx, ids.iter().map(|id| id.0))]).await?;
    rows.iter().map(|row| Known::from_query_result(row, "")?.read()).collect()
}
