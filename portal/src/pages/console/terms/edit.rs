//! A draft in its editor.

use super::fields::{Fields, Takes};
use super::kind::{Around, FieldProblem, Typed, editor, kind_title};
use super::list::state_badge;
use super::replay::ReplayView;
use crate::layout::forms::{Tone, hidden, note, problem_summary};
use crate::layout::{Chrome, Page, Screen, fragment};
use crate::pages::console::reminders::rehearse;
use crate::pages::console::shell::{Section, console_page};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::PolicyBody;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::PolicyId;
use saldo_domain::policy::{PolicyKind, PolicyState};

/// A draft, new or kept.
#[derive(Debug, Clone)]
pub struct EditView {
    /// What it is about.
    pub kind: PolicyKind,
    /// The draft with its revision; none where it is not kept yet.
    pub kept: Option<(PolicyId, i64)>,
    /// What stands in the fields.
    pub typed: Typed,
    /// What is wrong with them.
    pub problems: Vec<FieldProblem>,
    /// What the fields mean, where they can be read.
    pub body: Option<PolicyBody>,
    /// What else the editor knows.
    pub around: Around,
    /// What is kept now, where somebody else changed the draft meanwhile.
    pub changed: Option<(String, PolicyBody)>,
    /// What it would have done.
    pub replay: Option<ReplayView>,
    /// The form that publishes it.
    pub publish: PublishForm,
    /// All versions of the policy, newest first.
    pub history: Vec<VersionRow>,
    /// Now.
    pub now: Timestamp,
}

/// The form that publishes a draft.
#[derive(Debug, Clone, Default)]
pub struct PublishForm {
    /// The day that was typed.
    pub from_on: String,
    /// What is wrong with it, in the reader's words.
    pub problem: Option<String>,
}

/// One version of a policy in its history.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// The version.
    pub id: PolicyId,
    /// What it was called.
    pub name: String,
    /// Where it stands.
    pub state: PolicyState,
    /// When it was changed last.
    pub changed_at: Timestamp,
}

impl Screen for EditView {
    fn page(&self, chrome: &Chrome) -> Page {
        let kind = kind_title(self.kind, chrome);
        let title = match (self.typed.get("name"), self.kept) {
            ("", _) | (_, None) => chrome.with("terms-new-title", [("kind", kind.into())]),
            (name, Some(_)) => name.to_owned(),
        };
        let first = self.problems.first().map(|problem| problem_summary(chrome, &problem.field, &problem.message));
        let body = view! {
            <p class="back"><a href="/console/terms">{chrome.t("terms-back")}</a></p>
            <div class="page-head">
                <h1 class="title">{title.clone()}</h1>
                {self.kept.map(|_| state_badge(&PolicyState::Draft, self.now, chrome))}
            </div>
            {first}
            {self.changed.as_ref().map(|(name, body)| self.changed_meanwhile(name, body, chrome))}
            <div class="columns">
                {self.form(chrome)}
                <div class="stack">
                    <div class="stack" id="live" aria-live="polite">{self.explained(chrome)}</div>
                    {self.rehearsal(chrome)}
                    {self.publication(chrome)}
                </div>
            </div>
            {self.replay.as_ref().map(|replay| replay.view(chrome))}
            {history(&self.history, self.now, chrome)}
        };
        console_page(Section::Terms, title, body, chrome).with_script()
    }
}

/// What explains the fields while they are typed, without the page around it.
pub fn live(view: &EditView, chrome: &Chrome) -> String {
    fragment(|| {
        let wrong = view.problems.iter().map(|problem| view! { <li>{problem.message.clone()}</li> });
        let wrong = (!view.problems.is_empty()).then(|| note(Tone::Careful, view! { <ul>{wrong.collect_view()}</ul> }));
        view! { {wrong} {view.explained(chrome)} }.into_any()
    })
}

impl EditView {
    fn form(&self, chrome: &Chrome) -> AnyView {
        let Some(editor) = editor(self.kind) else { return ().into_any() };
        let fields = Fields { typed: &self.typed, problems: &self.problems, around: &self.around, chrome };
        let action = match self.kept {
            Some((id, _)) => format!("/console/terms/{id}"),
            None => format!("/console/terms/new/{}", self.kind.as_str()),
        };
        let replay = (self.kind == PolicyKind::Discount).then(|| {
            view! { <button class="button" type="submit" name="do" value="replay">{chrome.t("terms-replay")}</button> }
        });
        view! {
            <form class="stack" method="post" action=action data-live=format!("/console/terms/live/{}", self.kind.as_str())>
                // Enter in a field explains: it must not be the first of the rows' buttons.
                <button class="visually-hidden" type="submit" name="do" value="read" tabindex="-1" aria-hidden="true"></button>
                {self.kept.map(|(_, revision)| hidden("revision", revision))}
                <div class="card">{fields.input("name", chrome.t("terms-name"), Takes::Text(80), Some(chrome.t("terms-name-hint")))}</div>
                {editor.fields(fields)}
                <div class="actions">
                    <button class="button button-primary" type="submit" name="do" value="save">{chrome.t("terms-save")}</button>
                    <button class="button" type="submit" name="do" value="read">{chrome.t("terms-read")}</button>
                    {replay}
                </div>
            </form>
        }
        .into_any()
    }

    fn explained(&self, chrome: &Chrome) -> AnyView {
        let (Some(editor), Some(body)) = (editor(self.kind), &self.body) else { return ().into_any() };
        let reading = editor.reading(body, &self.typed, chrome);
        let notes = reading.notes.iter().map(|note| view! { <li>{note.clone()}</li> });
        view! {
            <section class="card stack" id="reading">
                <h2 class="section-title">{chrome.t("terms-reading")}</h2>
                <p class="lead">{reading.headline.clone()}</p>
                <ul>{notes.collect_view()}</ul>
                {editor.aside(body, &self.typed, &self.around, chrome)}
            </section>
        }
        .into_any()
    }

    fn rehearsal(&self, chrome: &Chrome) -> Option<AnyView> {
        let (id, _) = self.kept.filter(|_| self.kind == PolicyKind::Dunning)?;
        Some(rehearse(id, chrome))
    }

    fn publication(&self, chrome: &Chrome) -> AnyView {
        let Some((id, revision)) = self.kept else { return ().into_any() };
        let typed: Typed = [("from_on", self.publish.from_on.clone())].into_iter().collect();
        let message = self.publish.problem.clone();
        let problems: Vec<FieldProblem> =
            message.into_iter().map(|message| FieldProblem { field: "from_on".to_owned(), message }).collect();
        let around = Around::default();
        let consequence = match self.kind {
            PolicyKind::Dunning => chrome.t("ladder-publish-explained"),
            PolicyKind::MessageTemplate => chrome.t("message-publish-explained"),
            _ => chrome.t("terms-publish-explained"),
        };
        let fields = Fields { typed: &typed, problems: &problems, around: &around, chrome };
        view! {
            <form class="card stack" method="post" action=format!("/console/terms/{id}/publish")>
                <h2 class="section-title">{chrome.t("terms-publish-title")}</h2>
                <p class="hint"><span>{consequence}</span></p>
                {hidden("revision", revision)}
                {fields.input("from_on", chrome.t("terms-publish-from"), Takes::Date, Some(chrome.t("terms-publish-from-hint")))}
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("terms-publish")}</button></div>
            </form>
        }
        .into_any()
    }

    fn changed_meanwhile(&self, name: &str, body: &PolicyBody, chrome: &Chrome) -> AnyView {
        let reading = editor(self.kind).map(|editor| editor.reading(body, &self.typed, chrome).text());
        let said = view! {
            <p class="note-title">{chrome.t("terms-changed")}</p>
            <p><strong>{name.to_owned()}</strong>": "{reading}</p>
            <p>{chrome.t("terms-changed-again")}</p>
        };
        note(Tone::Careful, said)
    }
}

/// Every version of a policy.
pub(super) fn history(rows: &[VersionRow], now: Timestamp, chrome: &Chrome) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows.iter().map(|row| {
        view! {
            <li>
                <span><a href=format!("/console/terms/{}", row.id)>{row.name.clone()}</a>" · "{chrome.moment(row.changed_at)}</span>
                {state_badge(&row.state, now, chrome)}
            </li>
        }
    });
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.t("terms-history")}</h2>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}
