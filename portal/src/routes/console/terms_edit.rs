//! The editor of one policy: read, kept or refused, with everything around its fields.

use crate::Chrome;
use crate::pages::console::terms::{
    Around, EditView, FieldProblem, PolicyView, PublishForm, ReplayView, Typed, VersionRow, editor, preview_wish,
    problem_place,
};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::http::StatusCode;
use saldo_app::flows::policy::{self, Draft, PolicyBody, PolicyVersion};
use saldo_app::flows::preview_message;
use saldo_app::i18n::refusal_text;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::PolicyId;
use saldo_domain::member::Permission;
use saldo_domain::policy::{PolicyKind, PolicyState};

/// The reader's words and forms.
pub(super) fn chrome(console: &ConsoleVisit) -> Chrome {
    console.visit.of_console(&console.creditor)
}

/// A failure as a page.
pub(super) fn failed(console: &ConsoleVisit, failure: Failure) -> Page {
    Page::failure(&console.visit, failure)
}

/// What the editor shows.
pub(super) struct Edit {
    pub(super) kind: PolicyKind,
    pub(super) kept: Option<(PolicyId, i64)>,
    pub(super) typed: Typed,
    pub(super) problems: Vec<FieldProblem>,
    pub(super) body: Option<PolicyBody>,
    pub(super) changed: Option<(String, PolicyBody)>,
    pub(super) replay: bool,
}

impl Edit {
    /// What stands in the fields, not read yet.
    pub(super) fn new(kind: PolicyKind, typed: Typed) -> Self {
        Self { kind, kept: None, typed, problems: Vec::new(), body: None, changed: None, replay: false }
    }
}

/// Reads the form; keeps it where that was asked for, explains it otherwise.
pub(super) async fn save(console: &ConsoleVisit, kind: PolicyKind, id: Option<PolicyId>, form: &Form) -> Answer {
    let Some(editor) = editor(kind) else { return Err(failed(console, Refusal::NotFound.into())) };
    let chrome = chrome(console);
    let typed: Typed = form.beginning("").map(|(name, value)| (name, value.trim())).collect();
    let seen = form.parse("revision").unwrap_or_default();
    let kept = id.map(|id| (id, seen));
    let mut edit = Edit { kept, ..Edit::new(kind, typed) };
    let arranged = editor.arrange(&mut edit.typed, form.text("do"), &chrome);
    let body = match editor.read(&edit.typed, &chrome) {
        Ok(body) => body,
        Err(_) if arranged => return page(console, StatusCode::OK, edit, PublishForm::default()).await,
        Err(problems) => {
            edit.problems = problems;
            return page(console, StatusCode::UNPROCESSABLE_ENTITY, edit, PublishForm::default()).await;
        }
    };
    edit.body = Some(body.clone());
    let draft = Draft { name: edit.typed.get("name").to_owned(), body };
    let outcome = match (form.text("do"), id) {
        _ if arranged => return page(console, StatusCode::OK, edit, PublishForm::default()).await,
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
            "name".to_owned()
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
pub(super) async fn version_page(
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
        let edit = Edit { kept, body, replay, ..Edit::new(kind, typed) };
        return page(console, status, edit, publish).await;
    }
    let replay = replay_of(console, replay, &version.body).await?;
    let around = around(console, Some(&version.body), kind, &Typed::default()).await?;
    let history = versions.into_iter().map(history_row).collect();
    let now = console.app().now();
    Ok(Page::with(status, &PolicyView { version, history, replay, problem, around, may_write, now }, &chrome))
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

pub(super) async fn page(console: &ConsoleVisit, status: StatusCode, edit: Edit, publish: PublishForm) -> Answer {
    let view = view(console, edit, publish).await?;
    Ok(Page::with(status, &view, &chrome(console)))
}

/// The editor with everything around its fields.
pub(super) async fn view(console: &ConsoleVisit, mut edit: Edit, publish: PublishForm) -> Result<EditView, Page> {
    if let Some(at) = problem_place(&edit.problems) {
        edit.typed.set("at", at);
    }
    let around = around(console, edit.body.as_ref(), edit.kind, &edit.typed).await?;
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
    Ok(EditView {
        around,
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
    })
}

/// What an editor needs to know besides its fields: the templates that a rung may name, what a template would say.
async fn around(
    console: &ConsoleVisit,
    body: Option<&PolicyBody>,
    kind: PolicyKind,
    typed: &Typed,
) -> Result<Around, Page> {
    let mut around = Around::default();
    if kind == PolicyKind::Dunning {
        let known = policy::template_keys(console.app(), console.id()).await;
        around.keys = known.map_err(|failure| failed(console, failure))?;
    }
    if let Some(PolicyBody::MessageTemplate(template)) = body {
        let chrome = chrome(console);
        let wish = preview_wish(typed, template.clone(), &chrome);
        let shown = preview_message::preview(console.app(), console.id(), wish).await;
        around.preview = Some(match shown {
            Ok(preview) => Ok(preview),
            Err(Failure::Refused(AppRefusal::Domain(refusal))) => Err(refusal_text(&refusal, &chrome.locale)),
            Err(failure) => return Err(failed(console, failure)),
        });
    }
    Ok(around)
}
