//! What message templates and the ladders that name them owe each other: one template for a key, and words for every rung.

use super::read::lock_kind;
use super::{PolicyBody, PolicyVersion};
use crate::App;
use crate::failure::Failure;
use crate::wording::builtin_template;
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use saldo_domain::locale::Language;
use saldo_domain::message_template::{MessageTemplate, TemplateRefusal};
use saldo_domain::policy::{PolicyKind, PolicyState};
use saldo_domain::reminder::{Channel, DunningPolicy};
use saldo_store::Tx;

/// The keys of the creditor's own templates, drafts too, each once.
///
/// # Errors
/// Faults of the store.
pub async fn template_keys(app: &App, creditor: CreditorId) -> Result<Vec<String>, Failure> {
    let versions = super::versions_of_kind(app, creditor, PolicyKind::MessageTemplate).await?;
    let live = versions.iter().filter(|version| !matches!(version.state, PolicyState::Withdrawn { .. }));
    let mut keys: Vec<String> = live.filter_map(template).map(|template| template.key.clone()).collect();
    keys.sort();
    keys.dedup();
    Ok(keys)
}

/// Refuses a template whose key another one has that is drafted or in force.
pub(super) async fn refuse_taken_key(
    tx: &Tx,
    creditor: CreditorId,
    new: &PolicyVersion,
    now: Timestamp,
) -> Result<(), Failure> {
    let Some(own) = template(new) else { return Ok(()) };
    let all = lock_kind(tx, creditor, PolicyKind::MessageTemplate).await?;
    let others = all.iter().filter(|other| other.family_id != new.family_id);
    let drafted = |other: &PolicyVersion| other.state == PolicyState::Draft || lasts(other, now);
    Ok(refuse_taken(own, others.filter(|other| drafted(other)))?)
}

fn refuse_taken<'a>(own: &MessageTemplate, mut others: impl Iterator<Item = &'a PolicyVersion>) -> Result<(), Refusal> {
    match others.any(|other| template(other).is_some_and(|other| other.key == own.key)) {
        true => Err(Refusal::Template(TemplateRefusal::KeyTaken { key: own.key.clone() })),
        false => Ok(()),
    }
}

/// Judges templates and ladders as they stand after a change of one of them: `all` are the versions of the changed kind.
pub(super) async fn refuse_wordless(
    tx: &Tx,
    creditor: CreditorId,
    kind: PolicyKind,
    all: &[PolicyVersion],
    now: Timestamp,
) -> Result<(), Failure> {
    let other = match kind {
        PolicyKind::Dunning => PolicyKind::MessageTemplate,
        PolicyKind::MessageTemplate => PolicyKind::Dunning,
        _ => return Ok(()),
    };
    let others = lock_kind(tx, creditor, other).await?;
    let (ladders, templates) = if kind == PolicyKind::Dunning { (all, &*others) } else { (&*others, all) };
    let live: Vec<&PolicyVersion> = templates.iter().filter(|version| lasts(version, now)).collect();
    if kind == PolicyKind::MessageTemplate {
        for (place, version) in live.iter().enumerate() {
            let Some(own) = template(version) else { continue };
            refuse_taken(own, live[..place].iter().copied().filter(|other| other.family_id != version.family_id))?;
        }
    }
    for version in ladders.iter().filter(|version| lasts(version, now)) {
        if let PolicyBody::Dunning(ladder) = &version.body {
            let begins = version.state.span().map_or(now, |(from_at, _)| from_at.max(now));
            refuse_missing(ladder, &live, begins)?;
        }
    }
    Ok(())
}

/// Whether a published version decides now or later.
fn lasts(version: &PolicyVersion, now: Timestamp) -> bool {
    version.state.span().is_some_and(|(_, until_at)| until_at.is_none_or(|end| now < end))
}

fn template(version: &PolicyVersion) -> Option<&MessageTemplate> {
    match &version.body {
        PolicyBody::MessageTemplate(template) => Some(template),
        _ => None,
    }
}

/// Every rung has words in every language on each of its channels from the moment on which the ladder begins: a debtor's
/// language is not known beforehand.
fn refuse_missing(ladder: &DunningPolicy, live: &[&PolicyVersion], begins: Timestamp) -> Result<(), Refusal> {
    for step in &ladder.steps {
        let key = step.template.as_str();
        let named = live.iter().filter(|version| template(version).is_some_and(|template| template.key == key));
        let own: Vec<&MessageTemplate> = named.clone().filter_map(|version| template(version)).collect();
        let begun = named.into_iter().any(|version| version.state.is_in_force(begins));
        for language in Language::ALL {
            for channel in &step.channels {
                let built_in = builtin_template(key).is_some_and(|known| known.text(language, *channel).is_some());
                let said = built_in || (begun && own.iter().all(|own| own.text(language, *channel).is_some()));
                if !said {
                    return Err(missing(key, language, *channel));
                }
            }
        }
    }
    Ok(())
}

fn missing(key: &str, language: Language, channel: Channel) -> Refusal {
    Refusal::Template(TemplateRefusal::TextMissing { key: key.to_owned(), language, channel })
}
