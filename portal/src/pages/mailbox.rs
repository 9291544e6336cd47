//! The demo's mailbox: what would have been sent.

use crate::layout::forms::{Tone, note};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::Timestamp;

/// A mail in the list.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// Its id in the path.
    pub id: String,
    /// To whom.
    pub to: String,
    /// About what.
    pub subject: String,
    /// When it left.
    pub at: Timestamp,
}

/// All mails, newest first.
#[derive(Debug, Clone)]
pub struct MailboxView {
    /// The mails.
    pub mails: Vec<MailRow>,
}

/// One mail; its HTML is framed from a route of its own.
#[derive(Debug, Clone)]
pub struct MailView {
    /// As in the list.
    pub row: MailRow,
    /// From whom.
    pub from: String,
    /// The text part.
    pub text: String,
    /// Headers worth seeing, such as List-Unsubscribe.
    pub headers: Vec<(String, String)>,
}

impl Screen for MailboxView {
    fn page(&self, chrome: &Chrome) -> Page {
        let list = if self.mails.is_empty() {
            view! { <p class="empty">{chrome.t("mailbox-empty")}</p> }.into_any()
        } else {
            let rows = self.mails.iter().map(|mail| row(mail, chrome));
            view! { <ul class="mails">{rows.collect_view()}</ul> }.into_any()
        };
        let body = view! {
            <h1 class="title">{chrome.t("mailbox-title")}</h1>
            {note(Tone::Info, view! { <p>{chrome.t("mailbox-explained")}</p> })}
            {list}
        };
        Page::new(chrome.t("mailbox-title"), Width::Column, body)
    }
}

fn row(mail: &MailRow, chrome: &Chrome) -> AnyView {
    view! {
        <li class="mail">
            <a class="mail-subject" href=format!("/mailbox/{}", mail.id)>{mail.subject.clone()}</a>
            <span class="mail-to">{mail.to.clone()}</span>
            <span class="mail-at">{chrome.moment(mail.at)}</span>
        </li>
    }
    .into_any()
}

impl Screen for MailView {
    fn page(&self, chrome: &Chrome) -> Page {
        let pair = |name: String, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
        let headers = self.headers.iter().map(|(name, value)| pair(name.clone(), value.clone()));
        let body = view! {
            <p class="back"><a href="/mailbox">{chrome.t("mailbox-back")}</a></p>
            <h1 class="title">{self.row.subject.clone()}</h1>
            <dl class="pairs">
                {pair(chrome.t("mailbox-from"), self.from.clone())}
                {pair(chrome.t("mailbox-to"), self.row.to.clone())}
                {pair(chrome.t("mailbox-at"), chrome.moment(self.row.at))}
            </dl>
            <iframe class="mail-frame" sandbox="allow-popups allow-popups-to-escape-sandbox" title=self.row.subject.clone()
                src=format!("/mailbox/{}/html", self.row.id)></iframe>
            <details class="disclosure">
                <summary>{chrome.t("mailbox-text")}</summary>
                <pre class="mail-text">{self.text.clone()}</pre>
            </details>
            <details class="disclosure">
                <summary>{chrome.t("mailbox-headers")}</summary>
                <dl class="pairs pairs-long">{headers.collect_view()}</dl>
            </details>
        };
        Page::new(self.row.subject.clone(), Width::Column, body)
    }
}
