use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::book;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId};
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::payment::apply_credit;
use saldo_store::{debtor, payment, snapshot};
use serde_json::json;

/// Pays the oldest due items of an account with the credit on it. Without credit, or with nothing open, there is nothing
/// to do.
///
/// # Errors
/// `not_found`.
pub async fn use_credit(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    debtor_id: DebtorId,
    account_id: AccountId,
) -> Result<Outcome<Money>, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let account = snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    let Some(booking) = apply_credit(account, snapshot.today(app.now()))? else { return Ok(Outcome::AlreadyApplied) };
    book::booking(app, &tx, creditor, debtor_id, &booking, None).await?;
    payment::apply_credit(&tx, creditor, account_id, &booking).await?;
    let applied = booking.unapplied.negated()?;
    let subject = Subject::new("account", account_id.0);
    let (before, after) = (json!({ "credit": account.unapplied }), json!({ "applied": applied }));
    audit::record(app, &tx, creditor, actor, "use_credit", subject, Some(before), Some(after)).await?;
    debtor::set_next_contact(&tx, creditor, debtor_id, Some(app.now())).await?;
    tx.commit().await?;
    Ok(Outcome::Executed(applied))
}
