//! What one message of a rehearsal would say.

use super::frame::{Part, reminders_page};
use super::words::{channel_words, step_words};
use crate::layout::forms::{Tone, note};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::rehearsal::SaidLine;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::ids::RehearsalId;

/// One rehearsed message in its words.
#[derive(Debug, Clone)]
pub struct RehearsedTextView {
    /// The rehearsal.
    pub rehearsal: RehearsalId,
    /// What it would say, or why there is nothing to say any more.
    pub said: Result<SaidLine, Refusal>,
}

impl Screen for RehearsedTextView {
    fn page(&self, chrome: &Chrome) -> Page {
        let title = chrome.t("rehearsed-title");
        let content = match &self.said {
            Ok(said) => shown(said, chrome),
            Err(refusal) => note(Tone::Careful, view! { <p>{refusal_text(refusal, &chrome.locale)}</p> }),
        };
        let body = view! {
            <p class="back"><a href=format!("/console/reminders/rehearsals/{}#messages", self.rehearsal)>{chrome.t("rehearsed-back")}</a></p>
            <div class="page-head"><h1 class="title">{title.clone()}</h1></div>
            {content}
        };
        reminders_page(Part::Rehearsal, title, body, chrome)
    }
}

fn shown(said: &SaidLine, chrome: &Chrome) -> AnyView {
    let message = said.line.change.message();
    let figure = |name: String, value: String| view! { <div class="figure"><dt>{name}</dt><dd>{value}</dd></div> };
    let subject = said.subject.clone().map(|subject| view! { <h2 class="section-title">{subject}</h2> });
    let debtor = format!("/console/debtors/{}", said.line.debtor_id);
    view! {
        <section class="card">
            <dl class="figures">
                <div class="figure"><dt>{chrome.t("column-debtor")}</dt><dd><a href=debtor>{said.line.debtor.name.clone()}</a></dd></div>
                {figure(chrome.t("column-when"), chrome.moment(message.at))}
                {figure(chrome.t("column-channel"), channel_words(message.channel, chrome))}
                {figure(chrome.t("column-step"), step_words(message.step, chrome))}
                {figure(chrome.t("column-text"), said.template.clone())}
            </dl>
        </section>
        <section class="card stack" lang=said.language.tag()>
            {subject}
            <p class="message-paper" id="words">{said.text.clone()}</p>
        </section>
        <p class="hint"><span>{chrome.t("rehearsed-hint")}</span></p>
    }
    .into_any()
}
