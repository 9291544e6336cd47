use crate::layout::forms::{Tone, note};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::StatementView;
use leptos::prelude::*;

/// The statement as its debtor sees it; nothing on it can be pressed.
#[derive(Debug, Clone)]
pub struct PreviewStatementView {
    /// What the debtor sees.
    pub statement: StatementView,
}

impl Screen for PreviewStatementView {
    fn page(&self, chrome: &Chrome) -> Page {
        let debtor = &self.statement.statement.debtor;
        let inner = self.statement.page(chrome);
        let text = chrome.with("preview-note", [("name", (&debtor.name).into())]);
        let body = view! {
            <p class="back"><a href=format!("/console/debtors/{}", debtor.id)>{chrome.t("preview-back")}</a></p>
            {note(Tone::Info, view! { <p>{text}</p> })}
            // What cannot be pressed is not read out either: the page needs a heading of its own.
            <h1 class="visually-hidden">{inner.title.clone()}</h1>
            <div inert>{inner.body}</div>
        };
        Page::new(inner.title, inner.width, body)
    }
}
