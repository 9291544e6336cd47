//! A policy that was published, as it stands.

use super::edit::{VersionRow, history};
use super::kind::{Around, Typed, editor, kind_title};
use super::list::{is_over, state_badge};
use super::replay::ReplayView;
use crate::layout::forms::{button_form, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::console::reminders::rehearse;
use crate::pages::console::shell::{Section, console_page};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::{PolicyBody, PolicyVersion};
use saldo_app::i18n::{Reading, dunning_reading, message_template_reading, template_reading};
use saldo_domain::calendar::Timestamp;
use saldo_domain::policy::{PolicyKind, PolicyState};

/// A published or withdrawn version.
#[derive(Debug, Clone)]
pub struct PolicyView {
    /// The version.
    pub version: PolicyVersion,
    /// All versions of the policy, newest first.
    pub history: Vec<VersionRow>,
    /// What it would have done.
    pub replay: Option<ReplayView>,
    /// Why what was asked for was refused.
    pub problem: Option<String>,
    /// What else explains it.
    pub around: Around,
    /// Whether the reader may write.
    pub may_write: bool,
    /// Now.
    pub now: Timestamp,
}

impl Screen for PolicyView {
    fn page(&self, chrome: &Chrome) -> Page {
        let version = &self.version;
        let reading = self.reading(chrome);
        let notes = reading.notes.iter().map(|note| view! { <li>{note.clone()}</li> });
        let typed = Typed::default();
        let aside = editor(version.body.kind()).map(|editor| editor.aside(&version.body, &typed, &self.around, chrome));
        let body = view! {
            <p class="back"><a href="/console/terms">{chrome.t("terms-back")}</a></p>
            <div class="page-head">
                <p class="eyebrow">{kind_title(version.body.kind(), chrome)}</p>
                <h1 class="title">{version.name.clone()}</h1>
                {state_badge(&version.state, self.now, chrome)}
            </div>
            {self.problem.as_ref().map(|message| problem_summary(chrome, "reading", message))}
            <section class="card stack" id="reading">
                <h2 class="section-title">{chrome.t("terms-reading")}</h2>
                <p class="lead">{reading.headline.clone()}</p>
                <ul>{notes.collect_view()}</ul>
                {aside}
            </section>
            {self.actions(chrome)}
            {self.replay.as_ref().map(|replay| replay.view(chrome))}
            {history(&self.history, self.now, chrome)}
        };
        console_page(Section::Terms, version.name.clone(), body, chrome)
    }
}

impl PolicyView {
    fn reading(&self, chrome: &Chrome) -> Reading {
        match (&self.version.body, editor(self.version.body.kind())) {
            (body, Some(editor)) => editor.reading(body, &Typed::default(), chrome),
            (PolicyBody::PlanTemplate(template), None) => template_reading(template, &chrome.locale),
            (PolicyBody::Dunning(policy), None) => dunning_reading(policy, &chrome.locale),
            (PolicyBody::MessageTemplate(template), None) => message_template_reading(template, &chrome.locale),
            _ => Reading { headline: String::new(), notes: Vec::new() },
        }
    }

    fn actions(&self, chrome: &Chrome) -> AnyView {
        let id = self.version.id;
        let replay = (self.version.body.kind() == PolicyKind::Discount && self.replay.is_none()).then(|| {
            view! { <a class="button" href=format!("/console/terms/{id}?replay=1")>{chrome.t("terms-replay")}</a> }
        });
        let revise = (self.may_write && editor(self.version.body.kind()).is_some())
            .then(|| button_form(format!("/console/terms/{id}/revise"), "button", chrome.t("terms-revise")));
        let live =
            matches!(self.version.state, PolicyState::Published { .. }) && !is_over(&self.version.state, self.now);
        let withdraw = (self.may_write && live).then(|| {
            let form = button_form(
                format!("/console/terms/{id}/withdraw"),
                "button button-danger",
                chrome.t("terms-withdraw"),
            );
            view! {
                <details class="disclosure">
                    <summary>{chrome.t("terms-withdraw-open")}</summary>
                    <p>{chrome.t("terms-withdraw-explained")}</p>
                    {form}
                </details>
            }
        });
        let rehearsal =
            (self.may_write && self.version.body.kind() == PolicyKind::Dunning).then(|| rehearse(id, chrome));
        view! { <div class="actions">{replay}{revise}</div>{rehearsal}{withdraw} }.into_any()
    }
}
