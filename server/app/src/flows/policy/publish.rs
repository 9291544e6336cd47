use super::draft::{record, store};
use super::ladder::refuse_looser;
use super::read::lock_kind;
use super::templates::refuse_wordless;
use super::{PolicyBody, PolicyVersion};
use crate::App;
use crate::failure::Failure;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ids::{CreditorId, PolicyFamilyId, PolicyId};
use saldo_domain::policy::{InForce, PolicyKind, PolicyState, ends, refuse_overlap};
use saldo_store::{Tx, creditor as creditors, debtor, policy};

/// From when a policy decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishFrom {
    /// At once.
    Now,
    /// From the beginning of a date on the creditor's wall; today is at once.
    Date(Date),
}

/// Publishes a draft. The version of the same policy that was in force ends where this one begins. What was issued before
/// keeps its frozen terms.
///
/// # Errors
/// `not_found`, `policy_changed`, `policy_not_draft`, `date_in_past`, `policies_overlap`, `date_out_of_range`,
/// `template_key_taken`, `template_text_missing`.
pub async fn publish(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    id: PolicyId,
    seen: i64,
    from: PublishFrom,
) -> Result<PolicyVersion, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let (mut all, place) = hold(&tx, creditor, id).await?;
    let known = all[place].clone();
    if known.revision != seen {
        return Err(Refusal::PolicyChanged { seen, current: known.revision }.into());
    }
    if known.state != PolicyState::Draft {
        return Err(Refusal::PolicyNotDraft.into());
    }
    let now = app.now();
    let from_at = moment(&tx, creditor, from, now).await?;
    // What was a good draft is judged again: rules may have become stricter since it was written.
    known.body.clone().checked()?;
    refuse_looser(&tx, creditor, &known.body).await?;
    all[place] = PolicyVersion {
        state: PolicyState::Published { from_at, until_at: None, published_at: now, by: *actor },
        revision: seen + 1,
        changed_at: now,
        changed_by: *actor,
        ..known.clone()
    };
    let changed = retime(&mut all, known.family_id);
    refuse_overlaps(&all, known.family_id, now)?;
    refuse_wordless(&tx, creditor, known.body.kind(), &all, now).await?;
    write(&tx, creditor, &all, &changed, id).await?;
    record(app, &tx, creditor, actor, "policy_published", Some(&known), &all[place]).await?;
    look_again(&tx, creditor, &known.body, from_at).await?;
    tx.commit().await?;
    Ok(all.swap_remove(place))
}

/// Takes a published policy back, from now on. What it gave to invoices before stays on them; the version before it comes
/// back only where this one had not begun.
///
/// # Errors
/// `not_found`, `policy_not_published`, `template_text_missing` for a template that a ladder needs.
pub async fn withdraw(app: &App, creditor: CreditorId, actor: &Actor, id: PolicyId) -> Result<PolicyVersion, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let (mut all, place) = hold(&tx, creditor, id).await?;
    let known = all[place].clone();
    let now = app.now();
    let PolicyState::Published { from_at, until_at, .. } = known.state else {
        return Err(Refusal::PolicyNotPublished.into());
    };
    if until_at.is_some_and(|until_at| until_at <= now) {
        return Err(Refusal::PolicyNotPublished.into());
    }
    all[place] = PolicyVersion {
        state: PolicyState::Withdrawn { from_at, until_at: now, withdrawn_at: now, by: *actor },
        revision: known.revision + 1,
        changed_at: now,
        changed_by: *actor,
        ..known.clone()
    };
    let changed = retime(&mut all, known.family_id);
    // Where the version before it is in force again, it must not meet a policy that was published in between.
    refuse_overlaps(&all, known.family_id, now)?;
    refuse_wordless(&tx, creditor, known.body.kind(), &all, now).await?;
    write(&tx, creditor, &all, &changed, id).await?;
    record(app, &tx, creditor, actor, "policy_withdrawn", Some(&known), &all[place]).await?;
    look_again(&tx, creditor, &known.body, now).await?;
    tx.commit().await?;
    Ok(all.swap_remove(place))
}

/// Every policy of the same kind, held, and the place of this one among them.
async fn hold(tx: &Tx, creditor: CreditorId, id: PolicyId) -> Result<(Vec<PolicyVersion>, usize), Failure> {
    let kind = policy::load(tx, creditor, id).await?.kind;
    let all = lock_kind(tx, creditor, kind).await?;
    let place = all.iter().position(|version| version.id == id).ok_or(Refusal::NotFound)?;
    Ok((all, place))
}

/// Another ladder decides from a moment on: whoever owes is looked at then.
async fn look_again(tx: &Tx, creditor: CreditorId, body: &PolicyBody, at: Timestamp) -> Result<(), Failure> {
    if body.kind() == PolicyKind::Dunning {
        debtor::wake_all(tx, creditor, at).await?;
    }
    Ok(())
}

async fn moment(tx: &Tx, creditor: CreditorId, from: PublishFrom, now: Timestamp) -> Result<Timestamp, Failure> {
    let PublishFrom::Date(date) = from else { return Ok(now) };
    let zone = creditors::load(tx, creditor).await?.zone;
    let today = zone.date_at(now);
    if date < today {
        return Err(Refusal::DateInPast.into());
    }
    if date == today {
        return Ok(now);
    }
    Ok(zone.moment(date, jiff::civil::Time::midnight())?)
}

/// Sets the ends of one policy's versions anew; the ids of those whose end moved.
fn retime(all: &mut [PolicyVersion], family: PolicyFamilyId) -> Vec<PolicyId> {
    let own: Vec<usize> = (0..all.len()).filter(|place| all[*place].family_id == family).collect();
    let states: Vec<PolicyState> = own.iter().map(|place| all[*place].state).collect();
    let mut moved = Vec::new();
    for (place, end) in own.into_iter().zip(ends(&states)) {
        let before = all[place].state;
        match &mut all[place].state {
            PolicyState::Published { until_at, .. } => *until_at = end,
            PolicyState::Withdrawn { until_at, withdrawn_at, .. } => *until_at = end.unwrap_or(*withdrawn_at),
            PolicyState::Draft => {}
        }
        if all[place].state != before {
            moved.push(all[place].id);
        }
    }
    moved
}

fn refuse_overlaps(all: &[PolicyVersion], family: PolicyFamilyId, now: Timestamp) -> Result<(), Refusal> {
    let in_force = |version: &'_ PolicyVersion| -> Option<(Timestamp, Option<Timestamp>)> {
        version.state.span().filter(|(_, until_at)| until_at.is_none_or(|end| now < end))
    };
    let own = all.iter().filter(|version| version.family_id == family && version.body.kind().is_exclusive());
    for version in own {
        let Some((from_at, until_at)) = in_force(version) else { continue };
        let Some(segment) = version.body.segment() else { continue };
        let new = InForce { segment, from_at, until_at };
        let others = all.iter().filter(|other| other.family_id != family);
        let others = others.filter_map(|other| {
            let (from_at, until_at) = in_force(other)?;
            Some(InForce { segment: PolicyBody::segment(&other.body)?, from_at, until_at })
        });
        refuse_overlap(&new, others)?;
    }
    Ok(())
}

/// Writes the version itself and those whose end moved because of it.
async fn write(
    tx: &Tx,
    creditor: CreditorId,
    all: &[PolicyVersion],
    moved: &[PolicyId],
    id: PolicyId,
) -> Result<(), Failure> {
    for version in all.iter().filter(|version| version.id == id || moved.contains(&version.id)) {
        let seen = version.revision - i64::from(version.id == id);
        store(tx, creditor, version, seen).await?;
    }
    Ok(())
}
