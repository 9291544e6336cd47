use crate::Chrome;
use crate::pages::{ReturnView, UnderWayView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::DebtorVisit;
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use saldo_app::flows::follow_attempt::{self, Followed};
use saldo_app::flows::{cancel_checkout, follow_attempt::follow};
use saldo_contract::payment::AttemptState;
use saldo_domain::attempt;
use saldo_domain::ids::AttemptId;
use uuid::Uuid;

/// The provider leads back here: what the books say, and honestly what they do not say yet.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let followed = follow(&visit.app, session, AttemptId(id)).await;
    let Followed { attempt, payment, balance, snapshot } =
        followed.map_err(|failure| Page::failure(&visit, failure))?;
    let view = ReturnView {
        attempt,
        balance_after: payment.as_ref().map(|_| balance),
        payment: payment.map(|row| row.payment.id),
        receipt_to: snapshot.debtor.masked_email(),
        now: visit.app.now(),
    };
    let chrome = Chrome { signed_in: true, ..visit.of_debtor(&snapshot) };
    Ok(Page::ok(&view, &chrome))
}

/// What the page asks while it is open.
pub async fn state(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>, headers: HeaderMap) -> Answer {
    let followed = follow_attempt::read(&visit.app, session, AttemptId(id)).await;
    let followed = followed.map_err(|failure| Page::failure(&visit, failure))?;
    let state = AttemptState { state: followed.attempt.state.name().to_owned(), booked: followed.payment.is_some() };
    let tag = format!("\"{}-{}\"", state.state, state.booked);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok(Page::raw((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)])));
    }
    Ok(Page::raw(([(header::ETAG, tag)], Json(state)).into_response()))
}

/// Another tab came first.
pub async fn under_way(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let followed = follow(&visit.app, session, AttemptId(id)).await;
    let followed = followed.map_err(|failure| Page::failure(&visit, failure))?;
    if !followed.attempt.state.is_open() {
        return Ok(Page::see_other(&format!("/pay/{id}")));
    }
    let chrome = Chrome { signed_in: true, ..visit.of_debtor(&followed.snapshot) };
    let cancelable = followed.attempt.origin == attempt::AttemptOrigin::Debtor
        && matches!(followed.attempt.state, attempt::AttemptState::Created);
    Ok(Page::ok(&UnderWayView { attempt: followed.attempt, cancelable }, &chrome))
}

/// The debtor gives it up.
pub async fn cancel(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let canceled = cancel_checkout::cancel(&visit.app, session, AttemptId(id)).await;
    let attempt = canceled.map_err(|failure| Page::failure(&visit, failure))?;
    let canceled = matches!(attempt.state, attempt::AttemptState::Canceled { .. });
    Ok(Page::see_other(&if canceled { format!("/pay?account={}", attempt.account_id) } else { format!("/pay/{id}") }))
}
