//! The page on which a test card is saved.

use super::{missing, numbers};
use crate::Chrome;
use crate::pages::{SandboxProblem, SandboxPurpose, SandboxStep, SandboxView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::Failure;
use saldo_app::flows::sandbox_checkout::{self, SandboxOutcome, SandboxSetup, SandboxState};

pub(super) async fn show(visit: Visit, Path(reference): Path<String>) -> Answer {
    let setup = find(&visit, &reference)?;
    let step = match setup.state {
        SandboxState::Open => {
            let problem = setup.last_decline.map(SandboxProblem::Failed);
            SandboxStep::Choose { problem, number: String::new() }
        }
        SandboxState::Challenged => SandboxStep::Challenge,
        _ => SandboxStep::Over,
    };
    Ok(page(&visit, &setup, step, StatusCode::OK))
}

pub(super) async fn card(visit: Visit, Path(reference): Path<String>, form: Form) -> Answer {
    let outcome = sandbox_checkout::save(&visit.app, &reference, form.text("number"));
    next(&visit, &reference, form.text("number"), outcome)
}

pub(super) async fn challenge(visit: Visit, Path(reference): Path<String>, form: Form) -> Answer {
    let approve = form.text("answer") == "approve";
    let outcome = sandbox_checkout::answer_setup_challenge(&visit.app, &reference, approve);
    next(&visit, &reference, "", outcome)
}

pub(super) async fn cancel(visit: Visit, Path(reference): Path<String>) -> Answer {
    let outcome = sandbox_checkout::cancel_setup(&visit.app, &reference);
    next(&visit, &reference, "", outcome)
}

fn next(visit: &Visit, reference: &str, number: &str, outcome: Result<SandboxOutcome, Failure>) -> Answer {
    let outcome = outcome.map_err(|failure| Page::failure(visit, failure))?;
    let setup = find(visit, reference)?;
    let again = |problem, number: &str| {
        let step = SandboxStep::Choose { problem: Some(problem), number: number.to_owned() };
        Ok(page(visit, &setup, step, StatusCode::UNPROCESSABLE_ENTITY))
    };
    match outcome {
        SandboxOutcome::ChallengeRequired => Ok(page(visit, &setup, SandboxStep::Challenge, StatusCode::OK)),
        SandboxOutcome::Declined { reason } => again(SandboxProblem::Failed(reason), number),
        SandboxOutcome::NotATestNumber => again(SandboxProblem::UnknownNumber, ""),
        SandboxOutcome::NotFound => Err(missing(visit)),
        SandboxOutcome::Saved
        | SandboxOutcome::Paid
        | SandboxOutcome::Pending
        | SandboxOutcome::Closed(SandboxState::Paid) => Ok(Page::see_other(&setup.success_url)),
        SandboxOutcome::Canceled | SandboxOutcome::Closed(_) => Ok(Page::see_other(&setup.cancel_url)),
    }
}

fn find(visit: &Visit, reference: &str) -> Result<SandboxSetup, Page> {
    sandbox_checkout::find_setup(&visit.app, reference).ok_or_else(|| missing(visit))
}

fn page(visit: &Visit, setup: &SandboxSetup, step: SandboxStep, status: StatusCode) -> Page {
    let view = SandboxView {
        path: format!("/sandbox/setups/{}", setup.reference),
        purpose: SandboxPurpose::Save,
        step,
        numbers: numbers(),
    };
    let chrome = Chrome { locale: setup.locale.clone(), language_switch: None, ..visit.plain() };
    Page::with(status, &view, &chrome)
}
