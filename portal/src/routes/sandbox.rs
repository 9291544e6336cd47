//! The sandbox provider's hosted page. It stands for a provider's own site: it knows no session.

use super::forms::Form;
use super::reply::{Answer, Page};
use super::visit::Visit;
use crate::Chrome;
use crate::pages::{NoticeView, SandboxProblem, SandboxPurpose, SandboxStep, SandboxView, TestNumber, TestOutcome};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use saldo_app::flows::sandbox_checkout::{self, TestNumberOutcome};
use saldo_app::flows::sandbox_checkout::{SandboxCheckout, SandboxOutcome, SandboxState};
use saldo_app::{App, Failure};

mod setup;

/// The routes of the sandbox.
pub fn router() -> Router<App> {
    Router::new()
        .route("/sandbox/{reference}", get(show))
        .route("/sandbox/{reference}/card", post(card))
        .route("/sandbox/{reference}/debit", post(debit))
        .route("/sandbox/{reference}/challenge", post(challenge))
        .route("/sandbox/{reference}/cancel", post(cancel))
        .route("/sandbox/setups/{reference}", get(setup::show))
        .route("/sandbox/setups/{reference}/card", post(setup::card))
        .route("/sandbox/setups/{reference}/challenge", post(setup::challenge))
        .route("/sandbox/setups/{reference}/cancel", post(setup::cancel))
}

async fn show(visit: Visit, Path(reference): Path<String>) -> Answer {
    let checkout = find(&visit, &reference)?;
    let step = match checkout.state {
        SandboxState::Open => {
            let problem = checkout.last_decline.map(SandboxProblem::Failed);
            SandboxStep::Choose { problem, number: String::new() }
        }
        SandboxState::Challenged => SandboxStep::Challenge,
        _ => SandboxStep::Over,
    };
    Ok(page(&visit, &checkout, step, StatusCode::OK))
}

async fn card(visit: Visit, Path(reference): Path<String>, form: Form) -> Answer {
    let outcome = sandbox_checkout::pay(&visit.app, &reference, form.text("number"));
    next(&visit, &reference, form.text("number"), outcome)
}

async fn debit(visit: Visit, Path(reference): Path<String>, form: Form) -> Answer {
    let outcome = sandbox_checkout::debit(&visit.app, &reference, form.text("outcome"));
    next(&visit, &reference, "", outcome)
}

async fn challenge(visit: Visit, Path(reference): Path<String>, form: Form) -> Answer {
    let outcome = sandbox_checkout::answer_challenge(&visit.app, &reference, form.text("answer") == "approve");
    next(&visit, &reference, "", outcome)
}

async fn cancel(visit: Visit, Path(reference): Path<String>) -> Answer {
    let outcome = sandbox_checkout::cancel(&visit.app, &reference);
    next(&visit, &reference, "", outcome)
}

fn next(visit: &Visit, reference: &str, number: &str, outcome: Result<SandboxOutcome, Failure>) -> Answer {
    let outcome = outcome.map_err(|failure| Page::failure(visit, failure))?;
    let checkout = find(visit, reference)?;
    let again = |problem, number: &str| {
        let step = SandboxStep::Choose { problem: Some(problem), number: number.to_owned() };
        Ok(page(visit, &checkout, step, StatusCode::UNPROCESSABLE_ENTITY))
    };
    match outcome {
        SandboxOutcome::Paid | SandboxOutcome::Pending | SandboxOutcome::Saved => {
            Ok(Page::see_other(&checkout.success_url))
        }
        SandboxOutcome::Canceled => Ok(Page::see_other(&checkout.cancel_url)),
        SandboxOutcome::Closed(SandboxState::Paid | SandboxState::Pending) => {
            Ok(Page::see_other(&checkout.success_url))
        }
        SandboxOutcome::Closed(_) => Ok(Page::see_other(&checkout.cancel_url)),
        SandboxOutcome::ChallengeRequired => Ok(page(visit, &checkout, SandboxStep::Challenge, StatusCode::OK)),
        SandboxOutcome::Declined { reason } => again(SandboxProblem::Failed(reason), number),
        SandboxOutcome::NotATestNumber => again(SandboxProblem::UnknownNumber, ""),
        SandboxOutcome::NotFound => Err(missing(visit)),
    }
}

fn find(visit: &Visit, reference: &str) -> Result<SandboxCheckout, Page> {
    sandbox_checkout::find(&visit.app, reference).ok_or_else(|| missing(visit))
}

fn missing(visit: &Visit) -> Page {
    Page::with(StatusCode::NOT_FOUND, &NoticeView::NotFound, &visit.plain())
}

fn page(visit: &Visit, checkout: &SandboxCheckout, step: SandboxStep, status: StatusCode) -> Page {
    let view = SandboxView {
        path: format!("/sandbox/{}", checkout.reference),
        purpose: SandboxPurpose::Pay { creditor_name: checkout.description.clone(), amount: checkout.amount },
        step,
        numbers: numbers(),
    };
    let chrome = Chrome { locale: checkout.locale.clone(), language_switch: None, ..visit.plain() };
    Page::with(status, &view, &chrome)
}

fn numbers() -> Vec<TestNumber> {
    let outcome = |outcome| match outcome {
        TestNumberOutcome::Paid => TestOutcome::Paid,
        TestNumberOutcome::Declined => TestOutcome::Declined,
        TestNumberOutcome::InsufficientFunds => TestOutcome::InsufficientFunds,
        TestNumberOutcome::Authentication => TestOutcome::Authentication,
        TestNumberOutcome::AlwaysAuthentication => TestOutcome::AlwaysAuthentication,
        TestNumberOutcome::DeclinedWhenCharged => TestOutcome::DeclinedWhenCharged,
        TestNumberOutcome::PaidOnce => TestOutcome::PaidOnce,
        TestNumberOutcome::ChargedBack => TestOutcome::ChargedBack,
        TestNumberOutcome::Other(meaning) => TestOutcome::Other(meaning),
    };
    let numbers = sandbox_checkout::card_numbers().into_iter();
    numbers.map(|(number, meaning)| TestNumber { number, outcome: outcome(meaning) }).collect()
}
