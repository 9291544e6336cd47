use crate::Chrome;
use crate::pages::{MethodNews, MethodsView, RemoveMethodView};
use crate::routes::forms::{Form, query_field};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::{Path, RawQuery};
use saldo_app::flows::method_setup::{self, SetupState};
use saldo_app::flows::start_session::DebtorSession;
use saldo_app::flows::{open_statement, remove_method};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::SavedMethodId;
use saldo_domain::snapshot::DebtorSnapshot;
use uuid::Uuid;

/// The saved methods.
pub async fn show(visit: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    visit.needs_code("/methods")?;
    let DebtorVisit { visit, session } = visit;
    let snapshot = load(&visit, session).await?;
    let methods = remove_method::list(&visit.app, session.creditor_id, session.debtor_id).await;
    let methods = methods.map_err(|failure| Page::failure(&visit, failure))?;
    let news = match query_field(query.as_deref(), "news").as_deref() {
        Some("saved") => Some(MethodNews::Saved),
        Some("removed") => Some(MethodNews::Removed),
        Some("not-saved") => Some(MethodNews::NotSaved),
        Some("waiting") => Some(MethodNews::Waiting),
        Some("unavailable") => Some(MethodNews::Unavailable),
        _ => None,
    };
    let view = MethodsView {
        creditor_name: snapshot.creditor.name.clone(),
        methods: methods.into_iter().map(|row| (row.id, row.facts)).collect(),
        setup_id: SavedMethodId(visit.app.ambient().uuid_v7()),
        news,
    };
    Ok(Page::ok(&view, &signed_in(&visit, &snapshot)))
}

/// To the provider's page.
pub async fn start(visit: DebtorVisit, form: Form) -> Answer {
    visit.needs_code("/methods")?;
    let DebtorVisit { visit, session } = visit;
    let Some(id) = form.parse("setup") else { return Err(Page::failure(&visit, Refusal::NotFound.into())) };
    match method_setup::start(&visit.app, session, SavedMethodId(id)).await {
        Ok(url) => Ok(Page::see_other(&url)),
        Err(Failure::Refused(AppRefusal::ProviderUnavailable | AppRefusal::ProviderRefused)) => {
            Ok(Page::see_other("/methods?news=unavailable"))
        }
        Err(failure) => Err(Page::failure(&visit, failure)),
    }
}

/// Back from the provider's page.
pub async fn back(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let state = method_setup::follow(&visit.app, session, SavedMethodId(id)).await;
    let news = match state.map_err(|failure| Page::failure(&visit, failure))? {
        SetupState::Saved => "saved",
        SetupState::Open => "waiting",
        SetupState::Expired | SetupState::Failed => "not-saved",
    };
    Ok(Page::see_other(&format!("/methods?news={news}")))
}

/// "Really remove it?"
pub async fn ask(visit: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let method = own(&visit, id).await?;
    visit.needs_code(&format!("/methods/{id}/remove"))?;
    let DebtorVisit { visit, session } = visit;
    let snapshot = load(&visit, session).await?;
    let view = RemoveMethodView { id: method.id, facts: method.facts };
    Ok(Page::ok(&view, &signed_in(&visit, &snapshot)))
}

/// Removes it.
pub async fn remove(visit: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let method = own(&visit, id).await?;
    visit.needs_code(&format!("/methods/{id}/remove"))?;
    let DebtorVisit { visit, session } = visit;
    let (actor, own) = (Actor::Debtor { id: session.debtor_id }, Some(session.debtor_id));
    let removed = remove_method::remove(&visit.app, session.creditor_id, own, method.id, actor).await;
    removed.map_err(|failure| Page::failure(&visit, failure))?;
    Ok(Page::see_other("/methods?news=removed"))
}

async fn own(visit: &DebtorVisit, id: Uuid) -> Result<remove_method::SavedMethodRow, Page> {
    let DebtorVisit { visit, session } = visit;
    let method = remove_method::show(&visit.app, session.creditor_id, session.debtor_id, SavedMethodId(id)).await;
    method.map_err(|failure| Page::failure(visit, failure))
}

async fn load(visit: &Visit, session: DebtorSession) -> Result<DebtorSnapshot, Page> {
    let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await;
    snapshot.map_err(|failure| Page::failure(visit, failure))
}

fn signed_in(visit: &Visit, snapshot: &DebtorSnapshot) -> Chrome {
    Chrome { signed_in: true, ..visit.of_debtor(snapshot) }
}
