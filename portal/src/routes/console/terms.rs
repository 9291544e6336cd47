//! Terms in the console: list, editor, publication. What was typed comes back whenever something is refused.

use super::terms_edit::{Edit, chrome, failed, page, save, version_page, view};
use crate::Chrome;
use crate::pages::console::terms::{
    FieldProblem, KindEditor, PublishForm, TermsRow, TermsView, Typed, editor, kind_of, live as terms_live,
};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use saldo_app::flows::policy::{self, PolicyBody, PolicyVersion, PublishFrom};
use saldo_app::i18n::{
    discount_reading, dunning_reading, late_fee_reading, message_template_reading, refusal_text, template_reading,
};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::PolicyId;
use saldo_domain::member::Permission;
use saldo_domain::policy::PolicyKind;
use serde::Deserialize;
use uuid::Uuid;

/// Every kind of terms.
pub async fn list(console: ConsoleVisit) -> Answer {
    console.needs(Permission::Read)?;
    let chrome = chrome(&console);
    let mut rows = Vec::new();
    for kind in PolicyKind::ALL {
        let versions = policy::versions_of_kind(console.app(), console.id(), kind).await;
        let versions = versions.map_err(|failure| failed(&console, failure))?;
        rows.extend(versions.into_iter().rev().map(|version| row(version, &chrome)));
    }
    let may_write = console.member.role.may(Permission::Terms);
    Ok(Page::ok(&TermsView { rows, now: console.app().now(), may_write }, &chrome))
}

fn row(version: PolicyVersion, chrome: &Chrome) -> TermsRow {
    let reading = match &version.body {
        PolicyBody::Discount(policy) => discount_reading(policy, &chrome.locale, None),
        PolicyBody::PlanTemplate(template) => template_reading(template, &chrome.locale),
        PolicyBody::LateFee(policy) => late_fee_reading(policy, &chrome.locale),
        PolicyBody::Dunning(policy) => dunning_reading(policy, &chrome.locale),
        PolicyBody::MessageTemplate(template) => message_template_reading(template, &chrome.locale),
    };
    let kind = version.body.kind();
    TermsRow { id: version.id, kind, name: version.name, state: version.state, reading: reading.headline }
}

/// The editor of a new policy.
pub async fn begin(console: ConsoleVisit, Path(kind): Path<String>) -> Answer {
    console.needs(Permission::Terms)?;
    let (kind, editor) = known(&console, &kind)?;
    let chrome = chrome(&console);
    let typed = editor.blank(console.creditor.currency, &chrome);
    let body = editor.read(&typed, &chrome).ok();
    let edit = Edit { body, ..Edit::new(kind, typed) };
    page(&console, StatusCode::OK, edit, PublishForm::default()).await
}

/// Keeps a new policy as a draft, or explains it without keeping it.
pub async fn create(console: ConsoleVisit, Path(kind): Path<String>, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let (kind, _) = known(&console, &kind)?;
    save(&console, kind, None, &form).await
}

/// What a list of one version is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct ShowQuery {
    replay: Option<u8>,
}

/// A version: a draft in its editor, another one as it stands.
pub async fn show(console: ConsoleVisit, Path(id): Path<Uuid>, Query(query): Query<ShowQuery>) -> Answer {
    console.needs(Permission::Read)?;
    version_page(&console, PolicyId(id), query.replay.is_some(), StatusCode::OK, None, PublishForm::default()).await
}

/// What the fields mean while they are typed, for the part of the page that explains them. Nothing is kept.
pub async fn live(console: ConsoleVisit, Path(kind): Path<String>, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let (kind, editor) = known(&console, &kind)?;
    let chrome = chrome(&console);
    let typed: Typed = form.fields().iter().map(|(name, value)| (name, value.trim())).collect();
    let mut edit = Edit::new(kind, typed);
    match editor.read(&edit.typed, &chrome) {
        Ok(body) => {
            if let Err(refusal) = body.clone().checked() {
                edit.problems.push(FieldProblem::new(editor.field_of(&refusal), &refusal, &chrome));
            }
            edit.body = Some(body);
        }
        Err(problems) => edit.problems = problems,
    }
    let view = view(&console, edit, PublishForm::default()).await?;
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok(Page::raw((headers, terms_live(&view, &chrome))))
}

/// Keeps a draft's changes, or explains them without keeping them.
pub async fn edit(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let version = policy::load(console.app(), console.id(), PolicyId(id)).await;
    let version = version.map_err(|failure| failed(&console, failure))?;
    save(&console, version.body.kind(), Some(version.id), &form).await
}

/// Begins the next version.
pub async fn revise(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let draft = policy::revise(console.app(), console.id(), &console.actor(), PolicyId(id)).await;
    let draft = draft.map_err(|failure| failed(&console, failure))?;
    Ok(Page::see_other(&format!("/console/terms/{}", draft.id)))
}

/// Publishes a draft from the day that was typed.
pub async fn publish(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let from_on = form.text("from_on").to_owned();
    let from = match from_on.as_str() {
        "" => Ok(PublishFrom::Now),
        text => text.parse().map(PublishFrom::Date).map_err(|_| Refusal::DateOutOfRange.into()),
    };
    let seen = form.parse("revision").unwrap_or_default();
    let published = match from {
        Ok(from) => policy::publish(console.app(), console.id(), &console.actor(), PolicyId(id), seen, from).await,
        Err(refusal) => Err(refusal),
    };
    match refused(&console, published.map(|_| ()))? {
        None => Ok(Page::see_other(&format!("/console/terms/{id}"))),
        Some((status, problem)) => {
            let form = PublishForm { from_on, problem: Some(problem.clone()) };
            version_page(&console, PolicyId(id), false, status, Some(problem), form).await
        }
    }
}

/// Takes a policy back.
pub async fn withdraw(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let withdrawn = policy::withdraw(console.app(), console.id(), &console.actor(), PolicyId(id)).await;
    match refused(&console, withdrawn.map(|_| ()))? {
        None => Ok(Page::see_other(&format!("/console/terms/{id}"))),
        Some((status, problem)) => {
            version_page(&console, PolicyId(id), false, status, Some(problem), PublishForm::default()).await
        }
    }
}

fn known(console: &ConsoleVisit, kind: &str) -> Result<(PolicyKind, &'static dyn KindEditor), Page> {
    let found = kind_of(kind).and_then(|kind| Some((kind, editor(kind)?)));
    found.ok_or_else(|| failed(console, Refusal::NotFound.into()))
}

/// A refusal in the reader's words with its status; what is no refusal, or not there, is a page of its own.
fn refused(console: &ConsoleVisit, outcome: Result<(), Failure>) -> Result<Option<(StatusCode, String)>, Page> {
    match outcome {
        Ok(()) => Ok(None),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            let text = refusal_text(&refusal, &chrome(console).locale);
            Ok(Some((saldo_app::http::status(&refusal.into()), text)))
        }
        Err(failure) => Err(failed(console, failure)),
    }
}
