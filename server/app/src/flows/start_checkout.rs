//! Pay: the attempt is written before the provider is asked; the amount comes from the ledger.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::access_link::later;
use crate::flows::start_session::DebtorSession;
use jiff::SignedDuration;
use saldo_domain::Refusal;
use saldo_domain::attempt::{AttemptOrigin, AttemptState, PaymentAttempt};
use saldo_domain::ids::{AccountId, AttemptId};
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::planted::{self, Bug};
use saldo_domain::provider::FailureReason;
use saldo_domain::quote::{Selection, attempt_under_way, quote};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::payment::{OpenCheckout, ProviderFault};
use saldo_store::{attempt, debtor, snapshot};

/// How long a debtor may take on the provider's page.
const CHECKOUT_LIFE: SignedDuration = SignedDuration::from_mins(60);

/// What the form says.
pub struct StartCheckout {
    /// Made with the page: the same form is the same attempt.
    pub attempt_id: AttemptId,
    /// Which currency's account.
    pub account_id: AccountId,
    /// What is to be paid.
    pub selection: Selection,
    /// The balance that the debtor saw.
    pub balance_version: i64,
    /// The total that the debtor saw, where the page showed one: another one is asked about first.
    pub seen_total: Option<Money>,
}

/// Where the debtor goes next.
#[derive(Debug, PartialEq, Eq)]
pub enum CheckoutStarted {
    /// To the provider's page.
    Redirect(String),
    /// To the attempt that came first.
    UnderWay(AttemptId),
    /// This attempt has ended: to its result.
    Ended(AttemptId),
}

/// Starts a payment, or finds the one that the same form has started.
///
/// # Errors
/// Those of [`quote`], `price_changed`, `provider_unavailable` (nothing was charged), `provider_refused`.
pub async fn start(app: &App, session: DebtorSession, wish: StartCheckout) -> Result<CheckoutStarted, Failure> {
    let (creditor, debtor_id) = (session.creditor_id, session.debtor_id);
    let unlocked = match planted::is(Bug::RowLockRemoved) {
        true => Some(snapshot::load(&app.store().read_of(creditor).await?, creditor, debtor_id).await?),
        false => None,
    };
    let tx = app.store().write_of(creditor).await?;
    let snapshot = match unlocked {
        Some(snapshot) => snapshot,
        None => snapshot::lock_and_load(&tx, creditor, debtor_id).await?,
    };
    let known = attempt::find(&tx, session.creditor_id, wish.attempt_id).await?;
    let attempt = match known {
        Some(known) if known.debtor_id != session.debtor_id => return Err(Refusal::NotFound.into()),
        Some(known) if !known.state.is_open() => return Ok(CheckoutStarted::Ended(known.id)),
        Some(known) => known,
        None => {
            let attempt = plan(app, &snapshot, &wish)?;
            let other = attempt_under_way(&snapshot, wish.account_id, &attempt.order, attempt.id);
            if let Some(other) = other {
                return Ok(CheckoutStarted::UnderWay(other));
            }
            if let Outcome::AlreadyApplied = attempt::insert(&tx, &attempt).await? {
                return Err(Refusal::NotFound.into());
            }
            debtor::set_next_contact(&tx, session.creditor_id, session.debtor_id, Some(app.now())).await?;
            attempt
        }
    };
    tx.commit().await?;
    match &attempt.checkout {
        Some(checkout) => Ok(CheckoutStarted::Redirect(checkout.url.clone())),
        None => hand_over(app, &snapshot, attempt).await,
    }
}

fn plan(app: &App, snapshot: &DebtorSnapshot, wish: &StartCheckout) -> Result<PaymentAttempt, Failure> {
    let now = app.now();
    let quote = quote(snapshot, wish.account_id, &wish.selection, wish.balance_version, now)?;
    if wish.seen_total.is_some_and(|seen| seen != quote.amount) {
        return Err(Refusal::PriceChanged { now: quote.amount }.into());
    }
    if app.provider().to_provider_minor(quote.amount).is_err() {
        return Err(AppRefusal::ProviderRefused.into());
    }
    Ok(PaymentAttempt {
        id: wish.attempt_id,
        creditor_id: snapshot.creditor.id,
        debtor_id: snapshot.debtor.id,
        account_id: quote.account_id,
        provider: app.provider().name().to_owned(),
        amount: quote.amount,
        order: quote.order,
        concessions: quote.concessions,
        origin: AttemptOrigin::Debtor,
        balance_version: quote.balance_version,
        created_at: now,
        expires_at: later(now, CHECKOUT_LIFE)?,
        checkout: None,
        state: AttemptState::Created,
    })
}

async fn hand_over(app: &App, snapshot: &DebtorSnapshot, attempt: PaymentAttempt) -> Result<CheckoutStarted, Failure> {
    let back = app.url(&format!("/pay/{}", attempt.id));
    let request = OpenCheckout {
        attempt_id: attempt.id,
        creditor_id: attempt.creditor_id,
        debtor_email: snapshot.debtor.email.clone(),
        amount: attempt.amount,
        description: snapshot.creditor.name.clone(),
        locale: snapshot.debtor.locale(&snapshot.creditor),
        success_url: back.clone(),
        cancel_url: back,
        expires_at: attempt.expires_at,
    };
    let answer = app.provider().open_checkout(&request, app.now()).await;
    let tx = app.store().write_of(attempt.creditor_id).await?;
    debtor::lock(&tx, attempt.creditor_id, attempt.debtor_id).await?;
    let mut attempt = attempt::load(&tx, attempt.creditor_id, attempt.id).await?;
    let result = match answer {
        // It has ended while the provider answered: nobody is led to a page that could still be paid.
        _ if !attempt.state.is_open() => return Ok(CheckoutStarted::Ended(attempt.id)),
        Ok(checkout) => {
            let url = checkout.url.clone();
            attempt.checkout = Some(checkout);
            Ok(CheckoutStarted::Redirect(url))
        }
        Err(fault) => {
            tracing::warn!(attempt = %attempt.id, %fault, "the provider did not open a checkout");
            // The same form, sent twice, has led to the page already.
            if let Some(checkout) = attempt.checkout {
                return Ok(CheckoutStarted::Redirect(checkout.url));
            }
            attempt.state = match &fault {
                ProviderFault::Refused { .. } => {
                    AttemptState::Failed { failed_at: app.now(), reason: FailureReason::Other }
                }
                // Nobody has the address of a checkout that may have been made, so nothing can be paid on it.
                _ => AttemptState::Canceled { canceled_at: app.now() },
            };
            Err(match fault {
                ProviderFault::Refused { .. } => AppRefusal::ProviderRefused,
                _ => AppRefusal::ProviderUnavailable,
            })
        }
    };
    attempt::update(&tx, &attempt).await?;
    tx.commit().await?;
    result.map_err(Failure::from)
}
