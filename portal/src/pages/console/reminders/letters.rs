//! Letters that wait to be printed and posted.

use super::frame::{Part, reminders_page};
use crate::layout::forms::hidden;
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::letters::Waiting;

/// The letters that wait.
#[derive(Debug, Clone)]
pub struct LettersView {
    /// Which.
    pub waiting: Waiting,
    /// Whether the reader may say that they were posted.
    pub may_post: bool,
}

impl Screen for LettersView {
    fn page(&self, chrome: &Chrome) -> Page {
        let title = chrome.t("letters-title");
        let list = match self.waiting.letters.last() {
            None => view! { <p class="empty">{chrome.t("letters-empty")}</p> }.into_any(),
            Some(last) => self.list(&last.id.to_string(), chrome),
        };
        let body = view! {
            <div class="page-head">
                <h1 class="title">{title.clone()}</h1>
                <p class="lead">{chrome.t("letters-explained")}</p>
            </div>
            {list}
        };
        reminders_page(Part::Letters, title, body, chrome)
    }
}

impl LettersView {
    fn list(&self, last: &str, chrome: &Chrome) -> AnyView {
        let count = i64::try_from(self.waiting.count).unwrap_or(i64::MAX);
        let rows = self.waiting.letters.iter().map(|letter| {
            let written = chrome.with("letters-written", [("date", chrome.moment(letter.written_at).into())]);
            view! {
                <li>
                    <span>
                        <a href=format!("/console/debtors/{}", letter.debtor_id)>{letter.name.clone()}</a>
                        <span class="line item-note">{letter.subject.clone()}" · "{written}</span>
                    </span>
                </li>
            }
        });
        let posted = self.may_post.then(|| {
            view! {
                <form class="stack" method="post" action="/console/reminders/letters/posted">
                    {hidden("up_to", last)}
                    <p class="hint"><span>{chrome.t("letters-posted-explained")}</span></p>
                    <div class="actions"><button class="button" type="submit">{chrome.t("letters-posted")}</button></div>
                </form>
            }
        });
        view! {
            <div class="card stack">
                <p><strong>{chrome.with("letters-count", [("count", count.into())])}</strong></p>
                <p class="actions">
                    <a class="button button-primary" href=format!("/console/reminders/letters.pdf?up_to={last}") download="">
                        {chrome.t("letters-download")}
                    </a>
                </p>
                {posted}
            </div>
            <ol class="rows">{rows.collect_view()}</ol>
        }
        .into_any()
    }
}
