//! Terms in the console: list, editor, publication. What was typed comes back whenever something is refused.

use crate::Chrome;
use crate::pages::console::terms::{
    EditView, FieldProblem, PolicyView, PublishForm, ReplayView, TermsRow, TermsView, Typed, VersionRow, editor,
    kind_of,
};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use saldo_app::flows::policy::{self, Draft, PolicyBody, PolicyVersion, PublishFrom};
use saldo_app::i18n::{discount_reading, dunning_reading, late_fee_reading, refusal_text, template_reading};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::PolicyId;
use saldo_domain::member::Permission;
use saldo_domain::policy::{PolicyKind, PolicyState};
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
    };
    let kind = version.body.kind();
    TermsRow { id: version.id, kind, name: version.name, state: version.state, reading: reading.headline }
}

/// The editor of a new policy.
pub async fn begin(console: ConsoleVisit, Path(kind): Path<String>) -> Answer {
    console.needs(Permission::Terms)?;
    let (kind, editor) = known(&console, &kind)?;
    let chrome = chrome(&console);
    let typed = editor.blank(console.creditor.currency);
    let body = editor.read(&typed, &chrome).ok();
    let edit = Edit { kind, kept: None, typed, problems: Vec::new(), body, changed: None, replay: false };
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

fn chrome(console: &ConsoleVisit) -> Chrome {
    console.visit.of_console(&console.creditor)
}

fn failed(console: &ConsoleVisit, failure: Failure) -> Page {
    Page::failure(&console.visit, failure)
}

fn known(
    console: &ConsoleVisit,
    kind: &str,
) -> Result<(PolicyKind, &'static dyn crate::pages::console::terms::KindEditor), Page> {
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

/// What the editor shows.
struct Edit {
    kind: PolicyKind,
    kept: Option<(PolicyId, i64)>,
    typed: Typed,
    problems: Vec<FieldProblem>,
    body: Option<PolicyBody>,
    changed: Option<(String, PolicyBody)>,
    replay: bool,
}

/// Reads the form; keeps it where that was asked for, explains it otherwise.
async fn save(console: &ConsoleVisit, kind: PolicyKind, id: Option<PolicyId>, form: &Form) -> Answer {
    let Some(editor) = editor(kind) else { return Err(failed(console, Refusal::NotFound.into())) };
    let chrome = chrome(console);
    let typed: Typed = form.beginning("").map(|(name, value)| (name, value.trim())).collect();
    let seen = form.parse("revision").unwrap_or_default();
    let kept = id.map(|id| (id, seen));
    let mut edit = Edit { kind, kept, typed, problems: Vec::new(), body: None, changed: None, replay: false };
    let body = match editor.read(&edit.typed, &chrome) {
        Ok(body) => body,
        Err(problems) => {
            edit.problems = problems;
            return page(console, StatusCode::UNPROCESSABLE_ENTITY, edit, PublishForm::default()).await;
        }
    };
    edit.body = Some(body.clone());
    let draft = Draft { name: edit.typed.get("name").to_owned(), body };
    let outcome = match (form.text("do"), id) {
        ("read" | "replay", _) => {
            edit.replay = form.text("do") == "replay";
            draft.body.checked().map(|_| None).map_err(Failure::from)
        }
        (_, Some(id)) => policy::edit(console.app(), console.id(), &console.actor(), id, seen, draft).await.map(Some),
        (_, None) => policy::create(console.app(), console.id(), &console.actor(), draft).await.map(Some),
    };
    match outcome {
        Ok(Some(version)) => Ok(Page::see_other(&format!("/console/terms/{}", version.id))),
        Ok(None) => page(console, StatusCode::OK, edit, PublishForm::default()).await,
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            refuse(console, edit, refusal, &chrome).await
        }
        Err(failure) => Err(failed(console, failure)),
    }
}

/// The editor with what was typed and why it was not kept.
async fn refuse(console: &ConsoleVisit, mut edit: Edit, refusal: Refusal, chrome: &Chrome) -> Answer {
    let field = match (&refusal, editor(edit.kind)) {
        (Refusal::TextLength { .. } | Refusal::CardNumberInText | Refusal::PolicyChanged { .. }, _) | (_, None) => {
            "name"
        }
        (refusal, Some(editor)) => editor.field_of(refusal),
    };
    edit.problems = vec![FieldProblem::new(field, &refusal, chrome)];
    edit.replay = false;
    if let (Refusal::PolicyChanged { .. }, Some((id, _))) = (&refusal, edit.kept) {
        // Whoever saves once more has seen what is kept now.
        let version = policy::load(console.app(), console.id(), id).await;
        let version = version.map_err(|failure| failed(console, failure))?;
        edit.kept = Some((id, version.revision));
        edit.changed = Some((version.name, version.body));
    }
    let status = saldo_app::http::status(&refusal.into());
    page(console, status, edit, PublishForm::default()).await
}

/// A draft's editor, or another version as it stands.
async fn version_page(
    console: &ConsoleVisit,
    id: PolicyId,
    replay: bool,
    status: StatusCode,
    problem: Option<String>,
    publish: PublishForm,
) -> Answer {
    let found = policy::history(console.app(), console.id(), id).await;
    let (version, versions) = found.map_err(|failure| failed(console, failure))?;
    let may_write = console.member.role.may(Permission::Terms);
    let chrome = chrome(console);
    let kind = version.body.kind();
    if let (PolicyState::Draft, true, Some(editor)) = (version.state, may_write, editor(kind)) {
        let mut typed = editor.typed(&version.body, &chrome);
        typed.set("name", &version.name);
        let kept = Some((id, version.revision));
        let body = Some(version.body);
        let edit = Edit { kind, kept, typed, problems: Vec::new(), body, changed: None, replay };
        return page(console, status, edit, publish).await;
    }
    let replay = replay_of(console, replay, &version.body).await?;
    let history = versions.into_iter().map(history_row).collect();
    let now = console.app().now();
    Ok(Page::with(status, &PolicyView { version, history, replay, problem, may_write, now }, &chrome))
}

fn history_row(version: PolicyVersion) -> VersionRow {
    VersionRow { id: version.id, name: version.name, state: version.state, changed_at: version.changed_at }
}

async fn replay_of(console: &ConsoleVisit, wanted: bool, body: &PolicyBody) -> Result<Option<ReplayView>, Page> {
    let PolicyBody::Discount(policy) = body else { return Ok(None) };
    if !wanted {
        return Ok(None);
    }
    let answer = policy::replay_policy(console.app(), console.id(), policy.clone()).await;
    answer.map(|answer| Some(ReplayView { answer })).map_err(|failure| failed(console, failure))
}

async fn page(console: &ConsoleVisit, status: StatusCode, edit: Edit, publish: PublishForm) -> Answer {
    let replay = match &edit.body {
        Some(body) => replay_of(console, edit.replay, body).await?,
        None => None,
    };
    let history = match edit.kept {
        Some((id, _)) => {
            policy::history(console.app(), console.id(), id).await.map_err(|failure| failed(console, failure))?.1
        }
        None => Vec::new(),
    };
    let view = EditView {
        kind: edit.kind,
        kept: edit.kept,
        typed: edit.typed,
        problems: edit.problems,
        body: edit.body,
        changed: edit.changed,
        replay,
        publish,
        history: history.into_iter().map(history_row).collect(),
        now: console.app().now(),
    };
    Ok(Page::with(status, &view, &chrome(console)))
}
