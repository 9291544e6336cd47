use super::PolicyBody;
use crate::App;
use crate::failure::Failure;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::discount::DiscountPolicy;
use saldo_domain::ids::{CreditorId, PolicyFamilyId, PolicyId};
use saldo_domain::policy::{PolicyKind, PolicyState};
use saldo_store::policy::{self, PolicyRow};
use saldo_store::{Page, PageRequest, Tx};

/// One version of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// This version.
    pub id: PolicyId,
    /// All versions of the same policy.
    pub family_id: PolicyFamilyId,
    /// What finance calls it.
    pub name: String,
    /// What an edit must name.
    pub revision: i64,
    /// Where it stands.
    pub state: PolicyState,
    /// What it says.
    pub body: PolicyBody,
    /// When this version was begun.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// Who did.
    pub changed_by: Actor,
}

impl PolicyVersion {
    pub(super) fn read(row: PolicyRow) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id,
            family_id: row.family_id,
            name: row.name,
            revision: row.revision,
            state: row.state,
            body: PolicyBody::from_json(row.kind, row.body)?,
            created_at: row.created_at,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
        })
    }

    pub(super) fn row(&self) -> Result<PolicyRow, Failure> {
        Ok(PolicyRow {
            id: self.id,
            family_id: self.family_id,
            kind: self.body.kind(),
            name: self.name.clone(),
            revision: self.revision,
            state: self.state,
            body: self.body.to_json()?,
            created_at: self.created_at,
            changed_at: self.changed_at,
            changed_by: self.changed_by,
        })
    }
}

/// A creditor's policies, newest version first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    kind: Option<PolicyKind>,
    page: PageRequest,
) -> Result<Page<PolicyVersion>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let Page { items, next } = policy::list(&tx, creditor, kind, page).await?;
    Ok(Page { items: items.into_iter().map(PolicyVersion::read).collect::<Result<_, _>>()?, next })
}

/// One version.
///
/// # Errors
/// `not_found`.
pub async fn load(app: &App, creditor: CreditorId, id: PolicyId) -> Result<PolicyVersion, Failure> {
    let tx = app.store().read_of(creditor).await?;
    PolicyVersion::read(policy::load(&tx, creditor, id).await?)
}

/// One version with every version of the same policy, newest first.
///
/// # Errors
/// `not_found`.
pub async fn history(
    app: &App,
    creditor: CreditorId,
    id: PolicyId,
) -> Result<(PolicyVersion, Vec<PolicyVersion>), Failure> {
    let tx = app.store().read_of(creditor).await?;
    let version = PolicyVersion::read(policy::load(&tx, creditor, id).await?)?;
    let rows = policy::list_versions(&tx, creditor, version.family_id).await?;
    Ok((version, rows.into_iter().map(PolicyVersion::read).collect::<Result<_, _>>()?))
}

/// Every version of a kind, oldest first; held until the database transaction ends where it writes.
pub(crate) async fn lock_kind(tx: &Tx, creditor: CreditorId, kind: PolicyKind) -> Result<Vec<PolicyVersion>, Failure> {
    policy::lock_kind(tx, creditor, kind).await?.into_iter().map(PolicyVersion::read).collect()
}

/// Every version of a kind, oldest first.
///
/// # Errors
/// Faults of the store.
pub async fn versions_of_kind(
    app: &App,
    creditor: CreditorId,
    kind: PolicyKind,
) -> Result<Vec<PolicyVersion>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    lock_kind(&tx, creditor, kind).await
}

/// The discount policies that decide at a moment, as `grant` takes them: oldest first.
///
/// # Errors
/// Faults of the store.
pub async fn discounts_in_force(
    tx: &Tx,
    creditor: CreditorId,
    at: Timestamp,
) -> Result<Vec<(PolicyId, DiscountPolicy)>, Failure> {
    Ok(policy::list_bodies_in_force(tx, creditor, PolicyKind::Discount, at).await?)
}
