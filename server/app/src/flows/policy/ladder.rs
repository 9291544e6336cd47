use super::{PolicyBody, PolicyVersion};
use crate::ambient::Ambient;
use crate::failure::Failure;
use crate::i18n::Texts;
use saldo_domain::actor::Actor;
use saldo_domain::contact::rules_for;
use saldo_domain::creditor::Creditor;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{CreditorId, PolicyFamilyId, PolicyId};
use saldo_domain::policy::{PolicyKind, PolicyState};
use saldo_domain::reminder::DunningPolicy;
use saldo_store::{Tx, policy};

/// Refuses a ladder whose own hours, caps or gap would be looser than the contact rules of the creditor's country.
///
/// # Errors
/// `contact_rules_looser`, `contact_hours_never`.
pub(super) async fn refuse_looser(tx: &Tx, creditor: CreditorId, body: &PolicyBody) -> Result<(), Failure> {
    let PolicyBody::Dunning(ladder) = body else { return Ok(()) };
    let country = saldo_store::creditor::load(tx, creditor).await?.country;
    Ok(ladder.own_rules.checked(rules_for(&country))?)
}

/// Publishes the standard ladder for a currency that a creditor has never had one for: whoever is owed in it is reminded
/// from the first invoice on. A ladder that was drafted, published or taken back stays as finance left it.
pub(crate) async fn ensure_ladder(
    ambient: &Ambient,
    tx: &Tx,
    creditor: &Creditor,
    currency: Currency,
) -> Result<(), Failure> {
    let known = policy::lock_kind(tx, creditor.id, PolicyKind::Dunning).await?;
    for row in known {
        if PolicyVersion::read(row)?.body.segment().is_some_and(|segment| segment.currency == currency) {
            return Ok(());
        }
    }
    let (now, by) = (ambient.now(), Actor::System);
    let name =
        Texts::for_language(creditor.language).with("ladder-standard", [("currency", currency.to_string().into())]);
    let version = PolicyVersion {
        id: PolicyId(ambient.uuid_v7()),
        family_id: PolicyFamilyId(ambient.uuid_v7()),
        name,
        revision: 1,
        state: PolicyState::Published { from_at: now, until_at: None, published_at: now, by },
        body: PolicyBody::Dunning(DunningPolicy::standard(currency)),
        created_at: now,
        changed_at: now,
        changed_by: by,
    };
    Ok(policy::insert(tx, creditor.id, &version.row()?).await?)
}
