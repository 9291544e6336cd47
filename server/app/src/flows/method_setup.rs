//! A debtor saves a payment method on the provider's page. The return page, the webhook and the reconciler enter by
//! [`finish`].

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::access_link::later;
use crate::flows::audit::{self, Subject};
use crate::flows::start_session::DebtorSession;
use crate::jobs::Progress;
use jiff::SignedDuration;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, SavedMethodId};
use saldo_domain::provider::{SavedMethodFacts, SetupReport};
use saldo_providers::payment::{OpenSetup, ProviderFault};
use saldo_store::method_setup::{self, MethodSetupRow};
use saldo_store::saved_method::{self, SavedMethodRow};
use saldo_store::{Across, Tx, debtor, snapshot};
use serde_json::json;

pub use saldo_store::method_setup::SetupState;

/// How long a debtor may take on the provider's page.
const SETUP_LIFE: SignedDuration = SignedDuration::from_mins(60);
/// How many pages are asked about at once.
const BATCH: u64 = 50;

/// Opens the provider's page, or finds the one that the same form opened, and answers its address.
///
/// # Errors
/// `not_found` for another debtor's setup, `provider_unavailable`, `provider_refused`.
pub async fn start(app: &App, session: DebtorSession, id: SavedMethodId) -> Result<String, Failure> {
    let tx = app.store().write_of(session.creditor_id).await?;
    let snapshot = snapshot::lock_and_load(&tx, session.creditor_id, session.debtor_id).await?;
    let row = match method_setup::find(&tx, session.creditor_id, id).await? {
        Some(known) if known.debtor_id != session.debtor_id => return Err(Refusal::NotFound.into()),
        Some(known) => known,
        None => {
            let row = MethodSetupRow {
                id,
                debtor_id: session.debtor_id,
                provider: app.provider().name().to_owned(),
                reference: None,
                created_at: app.now(),
                expires_at: later(app.now(), SETUP_LIFE)?,
                state: SetupState::Open,
                ended_at: None,
            };
            method_setup::insert(&tx, session.creditor_id, &row).await?;
            row
        }
    };
    tx.commit().await?;
    let back = app.url(&format!("/methods/setups/{id}"));
    let request = OpenSetup {
        setup_id: id,
        creditor_id: session.creditor_id,
        debtor_email: snapshot.debtor.email.clone(),
        locale: snapshot.debtor.locale(&snapshot.creditor),
        success_url: back.clone(),
        cancel_url: back,
        expires_at: row.expires_at,
    };
    let checkout = app.provider().open_setup(&request, app.now()).await.map_err(|fault| {
        tracing::warn!(setup = %id, %fault, "the provider did not open a page");
        Failure::from(match fault {
            ProviderFault::Refused { .. } => AppRefusal::ProviderRefused,
            _ => AppRefusal::ProviderUnavailable,
        })
    })?;
    let tx = app.store().write_of(session.creditor_id).await?;
    method_setup::set_reference(&tx, session.creditor_id, id, &checkout.reference).await?;
    tx.commit().await?;
    Ok(checkout.url)
}

/// The debtor comes back: what became of its page.
///
/// # Errors
/// `not_found` for another debtor's setup.
pub async fn follow(app: &App, session: DebtorSession, id: SavedMethodId) -> Result<SetupState, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    let known = method_setup::load(&tx, session.creditor_id, id).await?;
    drop(tx);
    if known.debtor_id != session.debtor_id {
        return Err(Refusal::NotFound.into());
    }
    finish(app, session.creditor_id, id).await
}

/// Asks the provider what became of an open page and takes it in. One that has ended, or that the provider cannot tell
/// about now, answers as it is known.
///
/// # Errors
/// `not_found`; faults of the store.
pub async fn finish(app: &App, creditor: CreditorId, id: SavedMethodId) -> Result<SetupState, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = method_setup::load(&tx, creditor, id).await?;
    drop(tx);
    let Some(reference) = row.reference.as_deref().filter(|_| row.state == SetupState::Open) else {
        return Ok(row.state);
    };
    let report = match app.provider().find_setup(reference, app.now()).await {
        Ok(report) => report,
        Err(fault) => {
            tracing::warn!(setup = %id, %fault, "the provider could not be asked");
            return Ok(row.state);
        }
    };
    let state = match &report {
        SetupReport::Open => return Ok(SetupState::Open),
        SetupReport::Saved(_) => SetupState::Saved,
        SetupReport::Expired => SetupState::Expired,
        SetupReport::Failed { .. } => SetupState::Failed,
    };
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, row.debtor_id).await?;
    if method_setup::mark_ended(&tx, creditor, id, state, app.now()).await?
        && let SetupReport::Saved(facts) = report
    {
        keep(app, &tx, creditor, &row, facts).await?;
    }
    tx.commit().await?;
    Ok(state)
}

async fn keep(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    setup: &MethodSetupRow,
    facts: SavedMethodFacts,
) -> Result<(), Failure> {
    let label = json!({"kind": facts.kind, "brand": facts.brand, "last4": facts.last4});
    let row = SavedMethodRow {
        id: setup.id,
        debtor_id: setup.debtor_id,
        provider: setup.provider.clone(),
        facts,
        saved_at: app.now(),
        removed_at: None,
    };
    if !saved_method::insert(tx, creditor, &row).await? {
        return Ok(());
    }
    let (actor, subject) = (Actor::Debtor { id: setup.debtor_id }, Subject::new("saved_method", setup.id.0));
    audit::record(app, tx, creditor, &actor, "method_saved", subject, None, Some(label)).await?;
    Ok(saldo_store::autopay::wake(tx, creditor, setup.debtor_id, app.now()).await?)
}

/// [`finish`] as a job: what the provider cannot tell yet is asked again.
///
/// # Errors
/// Those of [`finish`].
pub async fn work(app: &App, creditor: CreditorId, id: SavedMethodId) -> Result<Progress, Failure> {
    match finish(app, creditor, id).await? {
        SetupState::Open => Ok(Progress::Retry("the provider could not tell".to_owned())),
        _ => Ok(Progress::Done),
    }
}

/// Asks about pages whose time is over and of which nobody has told anything.
///
/// # Errors
/// Faults of the store.
pub async fn reconcile(app: &App) -> Result<usize, Failure> {
    let before = later(app.now(), -SETUP_LIFE)?;
    let tx = app.store().read_across(Across::Clock).await?;
    let over = method_setup::list_to_reconcile(&tx, before, BATCH).await?;
    drop(tx);
    let count = over.len();
    for (creditor, row) in over {
        if row.reference.is_some() {
            finish(app, creditor, row.id).await?;
            continue;
        }
        // Its node died before the provider answered: nobody has the address.
        let tx = app.store().write_of(creditor).await?;
        method_setup::mark_ended(&tx, creditor, row.id, SetupState::Expired, app.now()).await?;
        tx.commit().await?;
    }
    Ok(count)
}
