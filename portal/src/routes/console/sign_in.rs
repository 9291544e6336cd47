use crate::pages::console::{SignInCodeView, SignInFormView, SignInRefusedView, SignInView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::flows::{console_session, sign_in, start_session};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;

/// Asks for e-mail address and password.
pub async fn form(visit: Visit) -> Answer {
    Ok(Page::ok(&SignInFormView::default(), &visit.plain()))
}

/// Looks at e-mail address and password; the code comes next.
pub async fn check_password(visit: Visit, form: Form) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    let email = form.text("email").to_owned();
    match sign_in::check_password(&visit.app, &email, form.secret("password")).await {
        Ok(pending) => Ok(Page::see_other("/console/sign-in/code").cookie(&visit.keep_pending(&pending))),
        Err(failure) => again(&visit, email, failure),
    }
}

fn again(visit: &Visit, email: String, failure: Failure) -> Answer {
    match failure {
        Failure::Refused(AppRefusal::Domain(refusal)) => {
            let view = SignInFormView { email, problem: Some(refusal) };
            Ok(Page::with(StatusCode::UNPROCESSABLE_ENTITY, &view, &visit.plain()))
        }
        failure => Err(Page::failure(visit, failure)),
    }
}

/// Asks for the code.
pub async fn code_form(visit: Visit) -> Answer {
    let pending = visit.pending_cookie().unwrap_or_default();
    match sign_in::show_code(&visit.app, pending).await {
        Ok(()) => Ok(Page::ok(&SignInCodeView::default(), &visit.plain())),
        Err(Failure::Refused(_)) => Ok(Page::see_other("/console/sign-in")),
        Err(failure) => Err(Page::failure(&visit, failure)),
    }
}

/// Looks at the code and begins a session under a token of its own.
pub async fn check_code(visit: Visit, form: Form) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    let pending = visit.pending_cookie().unwrap_or_default();
    let earlier = visit.console_cookie();
    match sign_in::check_code(&visit.app, pending, form.text("code"), visit.agent(), earlier).await {
        Ok(session) => {
            let page = Page::see_other("/console").cookie(&visit.keep_console(&session));
            Ok(page.cookie(&visit.forget_pending()))
        }
        Err(Failure::Refused(AppRefusal::Domain(refusal @ Refusal::CodeRefused))) => {
            let view = SignInCodeView { problem: Some(refusal) };
            Ok(Page::with(StatusCode::UNPROCESSABLE_ENTITY, &view, &visit.plain()))
        }
        Err(Failure::Refused(_)) => Ok(Page::see_other("/console/sign-in").cookie(&visit.forget_pending())),
        Err(failure) => Err(Page::failure(&visit, failure)),
    }
}

/// Shows whose console it is; opening the link uses nothing up.
pub async fn ask(visit: Visit, Path(token): Path<String>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    match console_session::show(&visit.app, &token).await {
        Ok(creditor) => {
            let chrome = crate::Chrome { signed_in: false, language_switch: None, ..visit.of_console(&creditor) };
            Ok(Page::ok(&SignInView { token, creditor_name: creditor.name }, &chrome))
        }
        Err(failure) => Err(refused(&visit, failure)),
    }
}

/// Uses the link up and begins a session.
pub async fn enter(visit: Visit, Path(token): Path<String>) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    match console_session::sign_in(&visit.app, &token, visit.agent()).await {
        Ok(session) => Ok(Page::see_other("/console").cookie(&visit.keep_console(&session))),
        Err(failure) => Err(refused(&visit, failure)),
    }
}

/// Ends the session.
pub async fn leave(visit: Visit) -> Answer {
    if let Some(cookie) = visit.console_cookie() {
        start_session::end(&visit.app, cookie).await.map_err(|failure| Page::failure(&visit, failure))?;
    }
    Ok(Page::see_other("/left").cookie(&visit.forget_console()))
}

/// A link that does not work.
pub(super) fn refused(visit: &Visit, failure: Failure) -> Page {
    match failure {
        Failure::Refused(AppRefusal::LinkInvalid) => Page::with(StatusCode::GONE, &SignInRefusedView, &visit.plain()),
        failure => Page::failure(visit, failure),
    }
}
