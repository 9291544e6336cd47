use super::sign_in::refused;
use crate::Chrome;
use crate::pages::console::{RecoveryCodesView, SetUpCodeView, SetUpPasswordView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::flows::set_up_member;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;

/// What is to be done next: a password, then the first code. Opening the link changes nothing.
pub async fn show(visit: Visit, Path(token): Path<String>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    page(&visit, token, None).await
}

async fn page(visit: &Visit, token: String, problem: Option<Refusal>) -> Answer {
    let step = set_up_member::show(&visit.app, &token).await.map_err(|failure| refused(visit, failure))?;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    // The address holds the link's token: it is not written into the page once more.
    let chrome = Chrome { signed_in: false, language_switch: None, ..visit.of_console(&step.creditor) };
    Ok(match step.enrolment {
        Some(enrolment) => {
            let action = format!("/console/set-up/{token}/code");
            let view = SetUpCodeView { action, secret: enrolment.secret, qr_svg: enrolment.qr_svg, problem };
            Page::with(status, &view, &chrome)
        }
        None => {
            let view =
                SetUpPasswordView { token, creditor_name: step.creditor.name, email: step.member.email, problem };
            Page::with(status, &view, &chrome)
        }
    })
}

/// Keeps the password.
pub async fn password(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    match set_up_member::choose_password(&visit.app, &token, form.secret("new_password")).await {
        Ok(()) => Ok(Page::see_other(&format!("/console/set-up/{token}"))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => page(&visit, token, Some(refusal)).await,
        Err(failure) => Err(refused(&visit, failure)),
    }
}

/// Takes the first code: the link is used up, a session begins, and the recovery codes are shown once.
pub async fn code(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    match set_up_member::confirm_code(&visit.app, &token, form.text("code"), visit.agent()).await {
        Ok(finished) => {
            let chrome = Chrome { language_switch: None, ..visit.plain() };
            let page = Page::ok(&RecoveryCodesView { codes: finished.recovery_codes }, &chrome);
            Ok(page.cookie(&visit.keep_console(&finished.session)))
        }
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => page(&visit, token, Some(refusal)).await,
        Err(failure) => Err(refused(&visit, failure)),
    }
}
