use crate::Chrome;
use crate::pages::console::{RecoveryCodesView, SecurityForm, SecurityView, SessionLine, SetUpCodeView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use saldo_app::flows::secure_member;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::member::Permission;

/// The reader's own sign-in.
pub async fn show(console: ConsoleVisit, RawQuery(query): RawQuery) -> Answer {
    console.needs(Permission::Read)?;
    page(&console, query.as_deref() == Some("changed"), None).await
}

async fn page(console: &ConsoleVisit, changed: bool, problem: Option<(SecurityForm, Refusal)>) -> Answer {
    let session = console.session();
    let security = secure_member::show(console.app(), &session).await.map_err(|failure| failed(console, failure))?;
    let sessions = security.sessions.into_iter().filter_map(|row| {
        let part = row.console?;
        let is_this = row.token_hash == console.token_hash;
        Some(SessionLine { agent: part.agent, begun_at: part.begun_at, seen_at: part.seen_at, is_this })
    });
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = SecurityView {
        email: console.member.email.clone(),
        has_password: security.has_password,
        has_codes: security.has_codes,
        recovery_codes_left: security.recovery_codes_left,
        sessions: sessions.collect(),
        changed,
        problem,
    };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

fn failed(console: &ConsoleVisit, failure: Failure) -> Page {
    Page::failure(&console.visit, failure)
}

/// Another password: every other session ends, this one gets a new token.
pub async fn change_password(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Read)?;
    let (current, new) = (form.secret("current_password"), form.secret("new_password"));
    match secure_member::change_password(console.app(), &console.session(), current, new).await {
        Ok(renewed) => Ok(Page::see_other("/console/security?changed").cookie(&console.visit.keep_console(&renewed))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => {
            page(&console, false, Some((SecurityForm::Password, refusal))).await
        }
        Err(failure) => Err(failed(&console, failure)),
    }
}

/// Begins to enrol other one-time codes.
pub async fn propose_codes(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Read)?;
    match secure_member::propose_codes(console.app(), &console.session(), form.secret("password")).await {
        Ok(()) => Ok(Page::see_other("/console/security/codes")),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => {
            page(&console, false, Some((SecurityForm::Codes, refusal))).await
        }
        Err(failure) => Err(failed(&console, failure)),
    }
}

/// What an authenticator is to learn.
pub async fn show_codes(console: ConsoleVisit) -> Answer {
    console.needs(Permission::Read)?;
    enrolment(&console, None).await
}

async fn enrolment(console: &ConsoleVisit, problem: Option<Refusal>) -> Answer {
    let enrolment = secure_member::show_enrolment(console.app(), &console.session()).await;
    let enrolment = enrolment.map_err(|failure| failed(console, failure))?;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let action = "/console/security/codes/confirm".to_owned();
    let view = SetUpCodeView { action, secret: enrolment.secret, qr_svg: enrolment.qr_svg, problem };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

/// Confirms the new one-time codes; the recovery codes are shown once.
pub async fn confirm_codes(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Read)?;
    match secure_member::confirm_codes(console.app(), &console.session(), form.text("code")).await {
        Ok(finished) => {
            let chrome = Chrome { language_switch: None, ..console.visit.of_console(&console.creditor) };
            let page = Page::ok(&RecoveryCodesView { codes: finished.recovery_codes }, &chrome);
            Ok(page.cookie(&console.visit.keep_console(&finished.session)))
        }
        Err(Failure::Refused(AppRefusal::Domain(refusal @ Refusal::CodeRefused))) => {
            enrolment(&console, Some(refusal)).await
        }
        Err(failure) => Err(failed(&console, failure)),
    }
}

/// Ends every session of the reader.
pub async fn sign_out(console: ConsoleVisit) -> Answer {
    console.needs(Permission::Read)?;
    let ended = secure_member::sign_out_everywhere(console.app(), &console.session()).await;
    ended.map_err(|failure| failed(&console, failure))?;
    Ok(Page::see_other("/left").cookie(&console.visit.forget_console()))
}
