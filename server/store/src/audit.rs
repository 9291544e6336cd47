//! The audit log: who changed what, with before and after. The database refuses to change or remove a line.

use crate::bulk::insert_all;
use crate::codec::{instant, to_instant};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AuditId, CreditorId};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter};
use serde_json::Value as Json;
use uuid::Uuid;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_log")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) recorded_at: DateTimeUtc,
        pub(crate) actor_kind: String,
        pub(crate) actor_id: Option<Uuid>,
        pub(crate) action: String,
        pub(crate) subject_kind: String,
        pub(crate) subject_id: Uuid,
        pub(crate) before: Option<Json>,
        pub(crate) after: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its id.
    pub id: AuditId,
    /// When it was done.
    pub recorded_at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// A stable word for what was done.
    pub action: String,
    /// What kind of thing it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// How it was; none where it is new.
    pub before: Option<Json>,
    /// How it is; none where it is gone.
    pub after: Option<Json>,
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Done by this one.
    pub actor: Option<Actor>,
    /// Of this kind.
    pub action: Option<String>,
    /// Done to this kind of thing.
    pub subject_kind: Option<String>,
    /// Done to this very thing.
    pub subject_id: Option<Uuid>,
}

impl Model {
    fn read(self) -> Result<AuditRow, StoreFault> {
        Ok(AuditRow {
            id: AuditId(self.id),
            recorded_at: instant(self.recorded_at)?,
            actor: Actor::from_parts(&self.actor_kind, self.actor_id)
                .ok_or_else(|| StoreFault::corrupt("an actor of the audit log"))?,
            action: self.action,
            subject_kind: self.subject_kind,
            subject_id: self.subject_id,
            before: self.before,
            after: self.after,
        })
    }
}

/// Writes a line.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, row: &AuditRow) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: row.id.0,
        recorded_at: to_instant(row.recorded_at),
        actor_kind: row.actor.kind().to_owned(),
        actor_id: row.actor.id(),
        action: row.action.clone(),
        subject_kind: row.subject_kind.clone(),
        subject_id: row.subject_id,
        before: row.before.clone(),
        after: row.after.clone(),
    };
    insert_all::<Entity>(tx, vec![row]).await
}

/// A creditor's lines, the latest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: &AuditFilter,
    page: PageRequest,
) -> Result<Page<AuditRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(actor) = &filter.actor {
        select = select.filter(Column::ActorKind.eq(actor.kind()));
        select = match actor.id() {
            Some(id) => select.filter(Column::ActorId.eq(id)),
            None => select.filter(Column::ActorId.is_null()),
        };
    }
    if let Some(action) = &filter.action {
        select = select.filter(Column::Action.eq(action));
    }
    if let Some(kind) = &filter.subject_kind {
        select = select.filter(Column::SubjectKind.eq(kind));
    }
    if let Some(id) = filter.subject_id {
        select = select.filter(Column::SubjectId.eq(id));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
