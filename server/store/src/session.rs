//! Sessions of debtors and of the console. Only hashes of their tokens are kept.

use crate::bulk::insert_one;
use crate::codec::{hash, instant, instant_opt, to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AccessLinkId, CreditorId, DebtorId, MemberId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) token_hash: Vec<u8>,
        pub(crate) kind: String,
        pub(crate) debtor_id: Option<Uuid>,
        pub(crate) link_id: Option<Uuid>,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) expires_at: DateTimeUtc,
        pub(crate) member_id: Option<Uuid>,
        pub(crate) begun_at: Option<DateTimeUtc>,
        pub(crate) seen_at: Option<DateTimeUtc>,
        pub(crate) ends_at: Option<DateTimeUtc>,
        pub(crate) replaced_at: Option<DateTimeUtc>,
        pub(crate) agent: Option<String>,
        pub(crate) fresh_until: Option<DateTimeUtc>,
        pub(crate) widget_scopes: Option<String>,
        pub(crate) return_url: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Who a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// One debtor.
    Debtor,
    /// One of the creditor's people.
    Console,
}

/// What a session of the console knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsolePart {
    /// Who signed in.
    pub member_id: MemberId,
    /// When, over all the tokens that the session has had.
    pub begun_at: Timestamp,
    /// When it last asked for something, to the minute.
    pub seen_at: Timestamp,
    /// When it ends however busy it is.
    pub ends_at: Timestamp,
    /// Since when another token stands in the place of this one.
    pub replaced_at: Option<Timestamp>,
    /// What the browser calls itself.
    pub agent: String,
}

/// What a session knows that came from a widget.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfWidget {
    /// What the widget's token covered, as words between spaces.
    pub scopes: String,
    /// The page of the creditor's that leads back.
    pub return_url: Option<String>,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The hash of its token.
    pub token_hash: [u8; 32],
    /// Whose rows it may see.
    pub creditor_id: CreditorId,
    /// Who it is for.
    pub kind: SessionKind,
    /// The debtor; there for a debtor's session and only there.
    pub debtor_id: Option<DebtorId>,
    /// The link that it began with.
    pub link_id: Option<AccessLinkId>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// There for a session of the console and only there.
    pub console: Option<ConsolePart>,
    /// Until when it stands for what needs a fresh code.
    pub fresh_until: Option<Timestamp>,
    /// There for a session that came from a widget and only there.
    pub widget: Option<OfWidget>,
}

impl Model {
    fn read(self) -> Result<SessionRow, StoreFault> {
        let console = match (self.member_id, self.begun_at, self.seen_at, self.ends_at) {
            (Some(member), Some(begun_at), Some(seen_at), Some(ends_at)) => Some(ConsolePart {
                member_id: MemberId(member),
                begun_at: instant(begun_at)?,
                seen_at: instant(seen_at)?,
                ends_at: instant(ends_at)?,
                replaced_at: instant_opt(self.replaced_at)?,
                agent: self.agent.unwrap_or_default(),
            }),
            _ => None,
        };
        Ok(SessionRow {
            token_hash: hash(self.token_hash)?,
            creditor_id: CreditorId(self.creditor_id),
            kind: word(&self.kind)?,
            debtor_id: self.debtor_id.map(DebtorId),
            link_id: self.link_id.map(AccessLinkId),
            created_at: instant(self.created_at)?,
            expires_at: instant(self.expires_at)?,
            console,
            fresh_until: instant_opt(self.fresh_until)?,
            widget: self.widget_scopes.map(|scopes| OfWidget { scopes, return_url: self.return_url }),
        })
    }
}

/// Writes a session.
///
/// # Errors
/// `Conflict("session")` when the token is taken.
pub async fn insert(tx: &Tx, session: &SessionRow) -> Result<(), StoreFault> {
    let console = session.console.as_ref();
    let row = Model {
        creditor_id: session.creditor_id.0,
        token_hash: session.token_hash.to_vec(),
        kind: to_word(&session.kind)?,
        debtor_id: session.debtor_id.map(|id| id.0),
        link_id: session.link_id.map(|id| id.0),
        created_at: to_instant(session.created_at),
        expires_at: to_instant(session.expires_at),
        member_id: console.map(|part| part.member_id.0),
        begun_at: console.map(|part| to_instant(part.begun_at)),
        seen_at: console.map(|part| to_instant(part.seen_at)),
        ends_at: console.map(|part| to_instant(part.ends_at)),
        replaced_at: console.and_then(|part| part.replaced_at).map(to_instant),
        agent: console.map(|part| part.agent.clone()),
        fresh_until: session.fresh_until.map(to_instant),
        widget_scopes: session.widget.as_ref().map(|widget| widget.scopes.clone()),
        return_url: session.widget.as_ref().and_then(|widget| widget.return_url.clone()),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("session")) }
}

/// The session with a token's hash that has not ended: this is how a visitor's creditor becomes known.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<SessionRow>, StoreFault> {
    let select =
        Entity::find().filter(Column::TokenHash.eq(token_hash.to_vec())).filter(Column::ExpiresAt.gt(to_instant(now)));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// Opens a session for what needs a fresh code, until a moment.
///
/// # Errors
/// `NotFound`.
pub async fn mark_fresh(
    tx: &Tx,
    creditor_id: CreditorId,
    token_hash: &[u8; 32],
    until: Timestamp,
) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::FreshUntil, Expr::value(to_instant(until)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::TokenHash.eq(token_hash.to_vec()));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "session")
}

/// Ends a session, if it is there.
///
/// # Errors
/// The database's.
pub async fn delete(tx: &Tx, token_hash: &[u8; 32]) -> Result<(), StoreFault> {
    Entity::delete_many().filter(Column::TokenHash.eq(token_hash.to_vec())).exec(tx.connection()).await?;
    Ok(())
}

/// Ends the sessions that began with a link, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_for_link(tx: &Tx, creditor_id: CreditorId, link_id: AccessLinkId) -> Result<u64, StoreFault> {
    let delete =
        Entity::delete_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::LinkId.eq(link_id.0));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}

/// Notes that a session of the console is in use, and when it will end if it is not.
///
/// # Errors
/// The database's.
pub async fn mark_seen(
    tx: &Tx,
    token_hash: &[u8; 32],
    seen_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::SeenAt, Expr::value(to_instant(seen_at)))
        .col_expr(Column::ExpiresAt, Expr::value(to_instant(expires_at)))
        .filter(Column::TokenHash.eq(token_hash.to_vec()))
        .filter(Column::ReplacedAt.is_null());
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Lets a token end soon because another stands in its place; of two at once, one does it.
///
/// # Errors
/// The database's.
pub async fn claim_replacement(
    tx: &Tx,
    token_hash: &[u8; 32],
    at: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::ReplacedAt, Expr::value(to_instant(at)))
        .col_expr(Column::ExpiresAt, Expr::value(to_instant(expires_at)))
        .filter(Column::TokenHash.eq(token_hash.to_vec()))
        .filter(Column::ReplacedAt.is_null());
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// A member's sessions that have not ended, without those that another token replaced; the latest first.
///
/// # Errors
/// The database's.
pub async fn list_for_member(
    tx: &Tx,
    creditor_id: CreditorId,
    member_id: MemberId,
    now: Timestamp,
) -> Result<Vec<SessionRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::MemberId.eq(member_id.0))
        .filter(Column::ExpiresAt.gt(to_instant(now)))
        .filter(Column::ReplacedAt.is_null())
        .order_by_desc(Column::SeenAt);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// Ends a member's sessions but one, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_for_member(
    tx: &Tx,
    creditor_id: CreditorId,
    member_id: MemberId,
    but: Option<&[u8; 32]>,
) -> Result<u64, StoreFault> {
    let mut delete =
        Entity::delete_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::MemberId.eq(member_id.0));
    if let Some(but) = but {
        delete = delete.filter(Column::TokenHash.ne(but.to_vec()));
    }
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}

/// Removes the sessions that have ended, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, StoreFault> {
    let delete = Entity::delete_many().filter(Column::ExpiresAt.lte(to_instant(now)));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
