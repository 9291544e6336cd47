use super::ladder::refuse_looser;
use super::templates::refuse_taken_key;
use super::{PolicyBody, PolicyVersion};
use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::audit::{self, Subject};
use crate::flows::put_debtor::text;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, PolicyFamilyId, PolicyId};
use saldo_domain::policy::PolicyState;
use saldo_store::{StoreFault, Tx, policy};
use serde_json::{Value as Json, json};

/// The most characters of a name.
const NAME_MAX: usize = 80;

/// What is written of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What finance calls it, 1 to 80 characters.
    pub name: String,
    /// What it says.
    pub body: PolicyBody,
}

impl Draft {
    fn checked(self) -> Result<Self, Refusal> {
        Ok(Self { name: text("name", &self.name, NAME_MAX)?, body: self.body.checked()? })
    }
}

/// Begins a policy as a draft. It decides nothing until it is published.
///
/// # Errors
/// `text_length`, `card_number_in_text`, `template_key_taken`, and those of the policy's kind.
pub async fn create(app: &App, creditor: CreditorId, actor: &Actor, draft: Draft) -> Result<PolicyVersion, Failure> {
    let family_id = PolicyFamilyId(app.ambient().uuid_v7());
    let version = fresh(app, family_id, actor, draft.checked()?);
    let tx = app.store().write_of(creditor).await?;
    saldo_store::creditor::load(&tx, creditor).await?;
    refuse_taken_key(&tx, creditor, &version, app.now()).await?;
    refuse_looser(&tx, creditor, &version.body).await?;
    policy::insert(&tx, creditor, &version.row()?).await?;
    record(app, &tx, creditor, actor, "policy_drafted", None, &version).await?;
    tx.commit().await?;
    Ok(version)
}

/// Begins the next version of a policy as a draft that says what this one says; answers the draft that is there already.
///
/// # Errors
/// `not_found`.
pub async fn revise(app: &App, creditor: CreditorId, actor: &Actor, id: PolicyId) -> Result<PolicyVersion, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let known = PolicyVersion::read(policy::load(&tx, creditor, id).await?)?;
    let version = fresh(app, known.family_id, actor, Draft { name: known.name, body: known.body });
    match policy::insert(&tx, creditor, &version.row()?).await {
        Ok(()) => {
            record(app, &tx, creditor, actor, "policy_drafted", None, &version).await?;
            tx.commit().await?;
            Ok(version)
        }
        Err(StoreFault::Conflict(_)) => {
            let rows = policy::list_versions(&tx, creditor, version.family_id).await?;
            let draft = rows.into_iter().find(|row| row.state == PolicyState::Draft);
            PolicyVersion::read(draft.ok_or(Refusal::NotFound)?)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Edits a draft. `seen` is the revision that the writer began from: whoever comes second is told and loses nothing.
///
/// # Errors
/// `not_found`, `policy_not_draft`, `policy_changed`, `text_length`, and those of the policy's kind. A draft cannot become
/// another kind: `malformed`.
pub async fn edit(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    id: PolicyId,
    seen: i64,
    draft: Draft,
) -> Result<PolicyVersion, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let known = PolicyVersion::read(policy::load(&tx, creditor, id).await?)?;
    if known.revision != seen {
        return Err(Refusal::PolicyChanged { seen, current: known.revision }.into());
    }
    if known.state != PolicyState::Draft {
        return Err(Refusal::PolicyNotDraft.into());
    }
    let Draft { name, body } = draft.checked()?;
    if body.kind() != known.body.kind() {
        return Err(crate::AppRefusal::Malformed("a policy keeps its kind".to_owned()).into());
    }
    let (changed_at, changed_by) = (app.now(), *actor);
    let changed = PolicyVersion { name, body, revision: seen + 1, changed_at, changed_by, ..known.clone() };
    refuse_taken_key(&tx, creditor, &changed, changed_at).await?;
    refuse_looser(&tx, creditor, &changed.body).await?;
    store(&tx, creditor, &changed, seen).await?;
    record(app, &tx, creditor, actor, "policy_edited", Some(&known), &changed).await?;
    tx.commit().await?;
    Ok(changed)
}

fn fresh(app: &App, family_id: PolicyFamilyId, actor: &Actor, draft: Draft) -> PolicyVersion {
    let now = app.now();
    PolicyVersion {
        id: PolicyId(app.ambient().uuid_v7()),
        family_id,
        name: draft.name,
        revision: 1,
        state: PolicyState::Draft,
        body: draft.body,
        created_at: now,
        changed_at: now,
        changed_by: *actor,
    }
}

/// Writes a version over the revision that was seen.
pub(super) async fn store(tx: &Tx, creditor: CreditorId, changed: &PolicyVersion, seen: i64) -> Result<(), Failure> {
    if policy::update(tx, creditor, &changed.row()?, seen).await? {
        return Ok(());
    }
    let current = policy::load(tx, creditor, changed.id).await?.revision;
    Err(Refusal::PolicyChanged { seen, current }.into())
}

/// What was changed, before and after, in the transaction of the change.
pub(super) async fn record(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    actor: &Actor,
    action: &'static str,
    before: Option<&PolicyVersion>,
    after: &PolicyVersion,
) -> Result<(), Failure> {
    let told = |version: &PolicyVersion| -> Result<Json, Failure> {
        let state = serde_json::to_value(version.state).map_err(|error| Fault::Other(error.to_string()))?;
        Ok(json!({"name": version.name, "state": state, "policy": version.body.to_json()?}))
    };
    let subject = Subject::new("policy", after.id.0);
    let before = before.map(told).transpose()?;
    audit::record(app, tx, creditor, actor, action, subject, before, Some(told(after)?)).await
}
