//! Imports, and the column mapping that each kind of file had last.

use crate::bulk::insert_one;
use crate::codec::{count, hash, instant, to_instant};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, ImportId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue, ColumnTrait, EntityTrait, Order, QueryFilter};
use serde_json::Value as Json;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "imports")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) file_name: String,
        pub(crate) file_hash: Vec<u8>,
        pub(crate) mapping: Json,
        pub(crate) state: String,
        pub(crate) row_count: i64,
        pub(crate) counts: Json,
        pub(crate) totals: Json,
        pub(crate) created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod mapping_table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_mappings")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) header_fingerprint: String,
        pub(crate) mapping: Json,
        pub(crate) used_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// One import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its id.
    pub id: ImportId,
    /// The file's name.
    pub file_name: String,
    /// The hash of the file's bytes.
    pub file_hash: [u8; 32],
    /// How its columns were read.
    pub mapping: Json,
    /// Where it stands, in the importer's word.
    pub state: String,
    /// How many rows the file has.
    pub row_count: u32,
    /// What became of them.
    pub counts: Json,
    /// Sums by currency.
    pub totals: Json,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Model {
    fn read(self) -> Result<ImportRow, StoreFault> {
        Ok(ImportRow {
            id: ImportId(self.id),
            file_name: self.file_name,
            file_hash: hash(self.file_hash)?,
            mapping: self.mapping,
            state: self.state,
            row_count: count(self.row_count)?,
            counts: self.counts,
            totals: self.totals,
            created_at: instant(self.created_at)?,
        })
    }
}

/// Writes an import.
///
/// # Errors
/// `Conflict("import")` when the id is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, import: &ImportRow) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: import.id.0,
        file_name: import.file_name.clone(),
        file_hash: import.file_hash.to_vec(),
        mapping: import.mapping.clone(),
        state: import.state.clone(),
        row_count: i64::from(import.row_count),
        counts: import.counts.clone(),
        totals: import.totals.clone(),
        created_at: to_instant(import.created_at),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("import")) }
}

/// Writes how an import is read, where it stands and what became of its rows; its name and its moment stay.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, creditor_id: CreditorId, import: &ImportRow) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::FileHash, Expr::value(import.file_hash.to_vec()))
        .col_expr(Column::Mapping, Expr::value(import.mapping.clone()))
        .col_expr(Column::State, Expr::value(import.state.clone()))
        .col_expr(Column::RowCount, Expr::value(i64::from(import.row_count)))
        .col_expr(Column::Counts, Expr::value(import.counts.clone()))
        .col_expr(Column::Totals, Expr::value(import.totals.clone()))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(import.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "import")
}

/// The import with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: ImportId) -> Result<ImportRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("import"))?.read()
}

/// A creditor's imports, newest first.
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId, page: PageRequest) -> Result<Page<ImportRow>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// How a file with this header was read last.
///
/// # Errors
/// The database's.
pub async fn find_mapping(
    tx: &Tx,
    creditor_id: CreditorId,
    header_fingerprint: &str,
) -> Result<Option<Json>, StoreFault> {
    let row = mapping_table::Entity::find_by_id((creditor_id.0, header_fingerprint.to_owned()));
    Ok(row.one(tx.connection()).await?.map(|row| row.mapping))
}

/// Remembers how a file with this header is read.
///
/// # Errors
/// The database's.
pub async fn remember_mapping(
    tx: &Tx,
    creditor_id: CreditorId,
    header_fingerprint: &str,
    mapping: &Json,
    at: Timestamp,
) -> Result<(), StoreFault> {
    use mapping_table::Column as Part;
    let row = mapping_table::ActiveModel {
        creditor_id: ActiveValue::Set(creditor_id.0),
        header_fingerprint: ActiveValue::Set(header_fingerprint.to_owned()),
        mapping: ActiveValue::Set(mapping.clone()),
        used_at: ActiveValue::Set(to_instant(at)),
    };
    let mut latest = OnConflict::columns([Part::CreditorId, Part::HeaderFingerprint]);
    latest.update_columns([Part::Mapping, Part::UsedAt]);
    mapping_table::Entity::insert(row).on_conflict(latest).exec_without_returning(tx.connection()).await?;
    Ok(())
}
