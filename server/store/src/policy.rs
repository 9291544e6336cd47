//! Policies of all kinds: families of versions, of which drafts can be edited and published ones cannot.

use crate::bulk::insert_one;
use crate::codec::{instant, json, to_instant, to_json, to_word, word};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, PolicyFamilyId, PolicyId};
use saldo_domain::policy::{PolicyKind, PolicyState};
use saldo_domain::reminder::ActiveDunning;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "policies")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) family_id: Uuid,
        pub(crate) kind: String,
        pub(crate) name: String,
        pub(crate) revision: i64,
        pub(crate) word: String,
        pub(crate) state: Json,
        pub(crate) from_at: Option<DateTimeUtc>,
        pub(crate) until_at: Option<DateTimeUtc>,
        pub(crate) body: Json,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) changed_at: DateTimeUtc,
        pub(crate) changed_by: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most policies of one kind that are read at once.
pub const LIST_MAX: u64 = 1_000;

/// How many versions of one dunning policy a snapshot carries.
const FAMILY_MAX: usize = 4;

/// One version of a policy. Its body is what the domain's type for its kind serialises to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// This version.
    pub id: PolicyId,
    /// All versions of the same policy.
    pub family_id: PolicyFamilyId,
    /// What it is about.
    pub kind: PolicyKind,
    /// What finance calls it.
    pub name: String,
    /// Counts up with every change of this version.
    pub revision: i64,
    /// Where it stands.
    pub state: PolicyState,
    /// The policy itself.
    pub body: Json,
    /// When this version was begun.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// Who did.
    pub changed_by: Actor,
}

impl Model {
    fn read(self) -> Result<PolicyRow, StoreFault> {
        Ok(PolicyRow {
            id: PolicyId(self.id),
            family_id: PolicyFamilyId(self.family_id),
            kind: word(&self.kind)?,
            name: self.name,
            revision: self.revision,
            state: json(self.state)?,
            body: self.body,
            created_at: instant(self.created_at)?,
            changed_at: instant(self.changed_at)?,
            changed_by: json(self.changed_by)?,
        })
    }

    /// As a snapshot carries it; none where it never decides.
    fn active(self) -> Result<Option<ActiveDunning>, StoreFault> {
        let state: PolicyState = json(self.state)?;
        let Some((from_at, until_at)) = state.span() else { return Ok(None) };
        Ok(Some(ActiveDunning { id: PolicyId(self.id), from_at, until_at, policy: json(self.body)? }))
    }

    fn of(creditor_id: CreditorId, row: &PolicyRow) -> Result<Self, StoreFault> {
        let span = row.state.span();
        let (word, from_at) = match row.state {
            PolicyState::Draft => ("draft", None),
            PolicyState::Published { from_at, .. } => ("published", Some(from_at)),
            PolicyState::Withdrawn { from_at, .. } => ("withdrawn", Some(from_at)),
        };
        // What never comes into force ends as it begins.
        let until_at = span.map_or(from_at, |(_, until_at)| until_at);
        Ok(Self {
            creditor_id: creditor_id.0,
            id: row.id.0,
            family_id: row.family_id.0,
            kind: row.kind.as_str().to_owned(),
            name: row.name.clone(),
            revision: row.revision,
            word: word.to_owned(),
            state: to_json(&row.state)?,
            from_at: from_at.map(to_instant),
            until_at: until_at.map(to_instant),
            body: row.body.clone(),
            created_at: to_instant(row.created_at),
            changed_at: to_instant(row.changed_at),
            changed_by: to_json(&row.changed_by)?,
        })
    }
}

fn of_creditor(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

/// Writes a new version.
///
/// # Errors
/// `Conflict("policy")` when the id is taken or its family has a draft already.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, row: &PolicyRow) -> Result<(), StoreFault> {
    let inserted = insert_one::<Entity>(tx, Model::of(creditor_id, row)?).await?;
    if inserted { Ok(()) } else { Err(StoreFault::Conflict("policy")) }
}

/// Writes a version as it stands now, if its revision in the database is still the one that was seen; whether it was. Its
/// kind, family and beginning stay.
///
/// # Errors
/// The database's.
pub async fn update(tx: &Tx, creditor_id: CreditorId, row: &PolicyRow, seen: i64) -> Result<bool, StoreFault> {
    let new = Model::of(creditor_id, row)?;
    let update = Entity::update_many()
        .col_expr(Column::Name, Expr::value(new.name))
        .col_expr(Column::Revision, Expr::value(new.revision))
        .col_expr(Column::Word, Expr::value(new.word))
        .col_expr(Column::State, Expr::value(new.state))
        .col_expr(Column::FromAt, Expr::value(new.from_at))
        .col_expr(Column::UntilAt, Expr::value(new.until_at))
        .col_expr(Column::Body, Expr::value(new.body))
        .col_expr(Column::ChangedAt, Expr::value(new.changed_at))
        .col_expr(Column::ChangedBy, Expr::value(new.changed_by))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(row.id.0))
        .filter(Column::Revision.eq(seen));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// The version with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: PolicyId) -> Result<PolicyRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("policy"))?.read()
}

/// Every policy of a kind, locked until the transaction ends, so that one publication waits for another. Oldest first, at
/// most [`LIST_MAX`].
///
/// # Errors
/// The database's.
pub async fn lock_kind(tx: &Tx, creditor_id: CreditorId, kind: PolicyKind) -> Result<Vec<PolicyRow>, StoreFault> {
    let select = of_creditor(creditor_id).filter(Column::Kind.eq(to_word(&kind)?)).order_by_asc(Column::Id);
    let select = if tx.locks_rows() { select.lock_exclusive() } else { select };
    all(tx, select).await
}

/// A page of one kind, or of all kinds, newest version first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    kind: Option<PolicyKind>,
    page: PageRequest,
) -> Result<Page<PolicyRow>, StoreFault> {
    let mut select = of_creditor(creditor_id);
    if let Some(kind) = kind {
        select = select.filter(Column::Kind.eq(to_word(&kind)?));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// The versions of one policy, newest first.
///
/// # Errors
/// The database's.
pub async fn list_versions(
    tx: &Tx,
    creditor_id: CreditorId,
    family_id: PolicyFamilyId,
) -> Result<Vec<PolicyRow>, StoreFault> {
    let select = of_creditor(creditor_id).filter(Column::FamilyId.eq(family_id.0)).order_by_desc(Column::Id);
    all(tx, select).await
}

/// The policies of a kind that decide at a moment, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_in_force(
    tx: &Tx,
    creditor_id: CreditorId,
    kind: PolicyKind,
    at: Timestamp,
) -> Result<Vec<PolicyRow>, StoreFault> {
    let at = to_instant(at);
    let select = of_creditor(creditor_id)
        .filter(Column::Kind.eq(to_word(&kind)?))
        .filter(Column::FromAt.lte(at))
        .filter(Column::UntilAt.is_null().or(Column::UntilAt.gt(at)))
        .order_by_asc(Column::Id);
    all(tx, select).await
}

/// The ids of the policies of a kind that decide at a moment, oldest first: what is kept beside the database is known by them.
///
/// # Errors
/// The database's.
pub async fn list_ids_in_force(
    tx: &Tx,
    creditor_id: CreditorId,
    kind: PolicyKind,
    at: Timestamp,
) -> Result<Vec<PolicyId>, StoreFault> {
    let at = to_instant(at);
    let select = of_creditor(creditor_id)
        .filter(Column::Kind.eq(to_word(&kind)?))
        .filter(Column::FromAt.lte(at))
        .filter(Column::UntilAt.is_null().or(Column::UntilAt.gt(at)))
        .order_by_asc(Column::Id)
        .limit(LIST_MAX);
    let ids: Vec<uuid::Uuid> = select.select_only().column(Column::Id).into_tuple().all(tx.connection()).await?;
    Ok(ids.into_iter().map(PolicyId).collect())
}

async fn all(tx: &Tx, select: Select<Entity>) -> Result<Vec<PolicyRow>, StoreFault> {
    select.limit(LIST_MAX).all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// The bodies of the policies of a kind that decide at a moment, oldest first, as the domain's type for the kind.
///
/// # Errors
/// `Corrupt` where one is of another type; the database's.
pub async fn list_bodies_in_force<T: DeserializeOwned>(
    tx: &Tx,
    creditor_id: CreditorId,
    kind: PolicyKind,
    at: Timestamp,
) -> Result<Vec<(PolicyId, T)>, StoreFault> {
    let rows = list_in_force(tx, creditor_id, kind, at).await?;
    rows.into_iter().map(|row| Ok((row.id, json(row.body)?))).collect()
}

/// The dunning policies that are published and were not taken back, in force, over or to come: of each family the latest
/// four by their beginning, which no schedule of changes outruns.
///
/// # Errors
/// `Corrupt` where one cannot be read; the database's.
pub(crate) async fn list_dunning(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<ActiveDunning>, StoreFault> {
    let select = of_creditor(creditor_id)
        .filter(Column::Kind.eq(to_word(&PolicyKind::Dunning)?))
        .filter(Column::Word.ne("draft"))
        .order_by_desc(Column::FromAt)
        .order_by_desc(Column::Id);
    let mut kept: Vec<Model> = Vec::new();
    for row in select.limit(LIST_MAX).all(tx.connection()).await? {
        if kept.iter().filter(|other| other.family_id == row.family_id).count() < FAMILY_MAX {
            kept.push(row);
        }
    }
    kept.into_iter().filter_map(|row| row.active().transpose()).collect()
}
