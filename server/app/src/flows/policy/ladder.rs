use super::{PolicyBody, PolicyVersion};
use crate::ambient::Ambient;
use crate::failure::Failure;
use crate::i18n::Texts;
use saldo_domain::actor::Actor;
use saldo_domain::creditor::Creditor;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{PolicyFamilyId, PolicyId};
use saldo_domain::policy::{PolicyKind, PolicyState};
use saldo_domain::reminder::DunningPolicy;
use saldo_store::{Tx, policy};

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
