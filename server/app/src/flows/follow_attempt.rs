//! The return page: what the books and the provider say of an attempt.

use crate::App;
use crate::failure::Failure;
use crate::flows::observe_attempt::observe;
use crate::flows::start_session::DebtorSession;
use saldo_domain::Refusal;
use saldo_domain::attempt::PaymentAttempt;
use saldo_domain::ids::AttemptId;
use saldo_domain::money::Money;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::payment::PaymentRow;
use saldo_store::{attempt, payment, snapshot};

/// An attempt with what it did.
pub struct Followed {
    /// Where it stands.
    pub attempt: PaymentAttempt,
    /// The payment that was booked for it first.
    pub payment: Option<PaymentRow>,
    /// What is owed on its account now.
    pub balance: Money,
    /// The debtor as it stands.
    pub snapshot: DebtorSnapshot,
}

/// Asks the provider while the attempt is open, then reads the books. What the provider says is booked as the webhook
/// would book it.
///
/// # Errors
/// `not_found` for another debtor's attempt.
pub async fn follow(app: &App, session: DebtorSession, id: AttemptId) -> Result<Followed, Failure> {
    let known = own(app, session, id).await?;
    if let (true, Some(checkout)) = (known.state.is_open(), &known.checkout) {
        match app.provider().find_checkout(&checkout.reference, app.now()).await {
            Ok(report) => match observe(app, session.creditor_id, id, report).await {
                Ok(_) => {}
                // The page shows what is booked; the event and the reconciler bring the rest.
                Err(failure) if failure.outage().is_some() => {
                    tracing::warn!(attempt = %id, %failure, "what the provider says could not be booked yet");
                }
                Err(failure) => return Err(failure),
            },
            Err(fault) => tracing::warn!(attempt = %id, %fault, "the provider could not be asked"),
        }
    }
    read(app, session, id).await
}

/// Reads the books alone.
///
/// # Errors
/// `not_found` for another debtor's attempt.
pub async fn read(app: &App, session: DebtorSession, id: AttemptId) -> Result<Followed, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    let attempt = attempt::load(&tx, session.creditor_id, id).await?;
    if attempt.debtor_id != session.debtor_id {
        return Err(Refusal::NotFound.into());
    }
    let snapshot = snapshot::load(&tx, session.creditor_id, session.debtor_id).await?;
    let booked = payment::list_for_attempt(&tx, session.creditor_id, session.debtor_id, id).await?;
    let payment = booked.into_iter().next();
    let account = snapshot.account(attempt.account_id).ok_or(Refusal::NotFound)?;
    let balance = Money::sum(account.currency, account.items.iter().map(|item| item.outstanding))?;
    Ok(Followed { attempt, payment, balance, snapshot })
}

async fn own(app: &App, session: DebtorSession, id: AttemptId) -> Result<PaymentAttempt, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    let attempt = attempt::load(&tx, session.creditor_id, id).await?;
    if attempt.debtor_id == session.debtor_id { Ok(attempt) } else { Err(Refusal::NotFound.into()) }
}
