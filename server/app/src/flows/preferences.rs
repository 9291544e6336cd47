//! How a debtor wants to be reached: the channels that it allows, the one that it would rather have, hours, language.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::claim::{told, touch};
use crate::flows::consent::{Standing, change, standings};
use crate::flows::opt_out::said;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::consent::{ConsentSource, ConsentState, Unusable};
use saldo_domain::contact::{ContactPreference, rules_for};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::{contact_preference, debtor, snapshot};
use serde_json::json;

/// What shows that the debtor said it here.
const PROOF: &str = "portal: preferences";

/// What a debtor asks for.
#[derive(Debug, Clone)]
pub struct PreferenceWish {
    /// What it reads.
    pub language: Language,
    /// Channel and hours.
    pub wish: ContactPreference,
    /// The channels that it allows, of those that the page offered.
    pub allowed: Vec<Channel>,
}

/// Whether the debtor can decide about a channel: it reaches the debtor somewhere, and messages there arrive.
pub fn is_offered(standing: &Standing) -> bool {
    let here = standing.channel.reaches_out() && standing.address.is_some();
    here && !matches!(standing.unusable, Some(Unusable::NotAuthorised | Unusable::NoAddress | Unusable::Bounced))
}

/// The debtor as it stands.
///
/// # Errors
/// `not_found`.
pub async fn show(app: &App, creditor: CreditorId, debtor_id: DebtorId) -> Result<DebtorSnapshot, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(snapshot::load(&tx, creditor, debtor_id).await?)
}

/// Keeps what a debtor asks for, all of it or nothing.
///
/// # Errors
/// `hours_unordered`, `contact_hours_never`.
pub async fn set(app: &App, creditor: CreditorId, debtor_id: DebtorId, asked: PreferenceWish) -> Result<(), Failure> {
    let wish = &asked.wish;
    if let (Some(from), Some(until)) = (wish.from, wish.until)
        && from >= until
    {
        return Err(Refusal::HoursUnordered.into());
    }
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    wish.checked(rules_for(snapshot.debtor.country(&snapshot.creditor)))?;
    let actor = Actor::Debtor { id: debtor_id };
    for standing in standings(&snapshot).iter().filter(|standing| is_offered(standing)) {
        let state = match (asked.allowed.contains(&standing.channel), standing.unusable) {
            (true, Some(_)) => ConsentState::Given,
            (false, None) => ConsentState::Withdrawn,
            _ => continue,
        };
        let new = said(app, &snapshot, standing.channel, state, ConsentSource::Debtor, PROOF);
        change(app, &tx, &snapshot, &actor, new).await?;
    }
    let (before, after) = (snapshot.preference.clone().unwrap_or_default(), wish.clone());
    if before != after {
        contact_preference::set(&tx, creditor, debtor_id, wish, app.now()).await?;
        let subject = Subject::new("debtor", debtor_id.0);
        let (before, after) = (told(&before)?, told(&after)?);
        audit::record(app, &tx, creditor, &actor, "preference_changed", subject, before, after).await?;
    }
    if snapshot.debtor.language != Some(asked.language) {
        debtor::set_language(&tx, creditor, debtor_id, asked.language).await?;
        let subject = Subject::new("debtor", debtor_id.0);
        let (before, after) = (json!({"language": snapshot.debtor.language}), json!({"language": asked.language}));
        audit::record(app, &tx, creditor, &actor, "language_changed", subject, Some(before), Some(after)).await?;
    }
    touch(app, &tx, creditor, debtor_id).await?;
    Ok(tx.commit().await?)
}
