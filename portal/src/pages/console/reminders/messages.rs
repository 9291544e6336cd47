//! What left, and what became of it.

use super::frame::{Part, Sheet, reminders_page};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::console::Tint;
use crate::pages::console::shell::{next_page, query_encoded};
use leptos::prelude::*;
use saldo_app::flows::show_messages::{MessagePurpose, MessageState};

/// A page of the log.
#[derive(Debug, Clone)]
pub struct MessagesView {
    /// The messages, newest first.
    pub sheet: Sheet,
    /// Only those in trouble.
    pub in_trouble: bool,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is the first page.
    pub first_page: bool,
}

/// What became of a message.
pub fn message_state(state: MessageState, chrome: &Chrome) -> (Tint, String) {
    match state {
        MessageState::HandingOff => (Tint::Info, chrome.t("message-handing-off")),
        MessageState::Sent => (Tint::Good, chrome.t("message-sent")),
        MessageState::Delivered => (Tint::Good, chrome.t("message-delivered")),
        MessageState::Read => (Tint::Good, chrome.t("message-read")),
        MessageState::Bounced => (Tint::Bad, chrome.t("message-bounced")),
        MessageState::Complained => (Tint::Bad, chrome.t("message-complained")),
        MessageState::Failed => (Tint::Bad, chrome.t("message-failed")),
        MessageState::Unknown => (Tint::Careful, chrome.t("message-unknown")),
    }
}

/// What a message was for.
pub fn message_purpose(purpose: MessagePurpose, chrome: &Chrome) -> String {
    match purpose {
        MessagePurpose::Reminder => chrome.t("message-for-reminder"),
        MessagePurpose::Receipt => chrome.t("message-for-receipt"),
        MessagePurpose::Invoice => chrome.t("message-for-invoice"),
        MessagePurpose::Link => chrome.t("message-for-link"),
        MessagePurpose::Code => chrome.t("message-for-code"),
        MessagePurpose::Notice => chrome.t("message-for-notice"),
    }
}

impl Screen for MessagesView {
    fn page(&self, chrome: &Chrome) -> Page {
        let which = if self.in_trouble { "trouble" } else { "all" };
        let path = format!("/console/reminders/messages?which={which}");
        let next = self.next.as_ref().map(|cursor| format!("{path}&after={}", query_encoded(cursor)));
        let first = (!self.first_page)
            .then(|| view! { <p class="back"><a href=path.clone()>{chrome.t("console-first")}</a></p> });
        let choices = [("trouble", chrome.t("messages-trouble")), ("all", chrome.t("messages-all"))];
        let choices = choices.into_iter().map(|(value, label)| {
            let here = (value == which).then_some("true");
            let href = format!("/console/reminders/messages?which={value}");
            view! { <li><a class="nav-link" href=href aria-current=here>{label}</a></li> }
        });
        let list = if self.sheet.rows.is_empty() {
            let none = if self.in_trouble { chrome.t("messages-no-trouble") } else { chrome.t("messages-none") };
            view! { <p class="empty">{none}</p> }.into_any()
        } else {
            self.sheet.view(chrome.t("reminders-messages"), chrome)
        };
        let body = view! {
            <div class="list-head">
                <h1 class="title">{chrome.t("reminders-messages")}</h1>
                <a class="button button-quiet" href=format!("/console/reminders/messages.csv?which={which}") download="">{chrome.t("list-file")}</a>
            </div>
            <p class="lead">{chrome.t("messages-lead")}</p>
            <ul class="nav-list" aria-label=chrome.t("messages-which")>{choices.collect_view()}</ul>
            {first}
            {list}
            {next_page(next, chrome)}
        };
        reminders_page(Part::Messages, chrome.t("reminders-messages"), body, chrome)
    }
}
