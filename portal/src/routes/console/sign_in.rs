use crate::pages::console::{SignInRefusedView, SignInView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::Visit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::flows::{console_session, start_session};
use saldo_app::{AppRefusal, Failure};

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

fn refused(visit: &Visit, failure: Failure) -> Page {
    match failure {
        Failure::Refused(AppRefusal::LinkInvalid) => Page::with(StatusCode::GONE, &SignInRefusedView, &visit.plain()),
        failure => Page::failure(visit, failure),
    }
}
