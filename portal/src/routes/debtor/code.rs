use crate::Chrome;
use crate::pages::{CodeProblem, CodeView};
use crate::routes::forms::{Form, local_path, query_field};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::DebtorVisit;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use saldo_app::flows::{confirm_code, request_code};
use saldo_app::{AppRefusal, Failure};

/// The count of codes is one of an hour; the oldest of them leaves it by then.
const HOUR_SECONDS: u32 = 3_600;
const MINUTE_SECONDS: u32 = 60;

/// The form: for a code, or for its digits.
pub async fn show(visit: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let back = query_field(query.as_deref(), "back");
    page(&visit, back.as_deref().unwrap_or_default(), StatusCode::OK, None).await
}

/// Sends one.
pub async fn send(visit: DebtorVisit, form: Form) -> Answer {
    visit.visit.knock().map_err(|failure| Page::failure(&visit.visit, failure))?;
    let back = form.text("back");
    match request_code::request(&visit.visit.app, visit.session, visit.cookie()).await {
        Ok(()) => Ok(Page::see_other(&code_page(back))),
        Err(Failure::Refused(AppRefusal::TooManyRequests)) => {
            let refused = page(&visit, back, StatusCode::TOO_MANY_REQUESTS, Some(CodeProblem::TooMany)).await?;
            Ok(refused.retry_after(HOUR_SECONDS))
        }
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => {
            page(&visit, back, StatusCode::UNPROCESSABLE_ENTITY, Some(CodeProblem::Refused(refusal))).await
        }
        Err(failure) => {
            tracing::error!(%failure, "a code could not be sent");
            let refused = page(&visit, back, StatusCode::SERVICE_UNAVAILABLE, Some(CodeProblem::NotSent)).await?;
            Ok(refused.retry_after(MINUTE_SECONDS))
        }
    }
}

/// Takes its digits, and leads on to where the debtor wanted to go.
pub async fn confirm(visit: DebtorVisit, form: Form) -> Answer {
    visit.visit.knock().map_err(|failure| Page::failure(&visit.visit, failure))?;
    let back = form.text("back");
    match confirm_code::confirm(&visit.visit.app, visit.session, visit.cookie(), form.text("code")).await {
        Ok(()) => Ok(Page::see_other(local_path(back).unwrap_or("/statement"))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => {
            page(&visit, back, StatusCode::UNPROCESSABLE_ENTITY, Some(CodeProblem::Refused(refusal))).await
        }
        Err(failure) => Err(Page::failure(&visit.visit, failure)),
    }
}

/// Where a debtor who needs a code is led, and from there back.
pub fn code_page(back: &str) -> String {
    let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    format!("/code?back={back}")
}

async fn page(visit: &DebtorVisit, back: &str, status: StatusCode, problem: Option<CodeProblem>) -> Answer {
    let DebtorVisit { visit: reader, session } = visit;
    let shown = request_code::show(&reader.app, *session, visit.cookie()).await;
    let (code, snapshot) = shown.map_err(|failure| Page::failure(reader, failure))?;
    let back = local_path(back).unwrap_or("/statement").to_owned();
    let chrome = Chrome { signed_in: true, language_switch: Some(code_page(&back)), ..reader.of_debtor(&snapshot) };
    let view = CodeView {
        back,
        creditor_name: snapshot.creditor.name.clone(),
        email: snapshot.debtor.masked_email(),
        sent_until: code.map(|code| code.expires_at),
        problem,
    };
    Ok(Page::with(status, &view, &chrome))
}
