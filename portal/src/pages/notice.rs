//! Short pages for what can go wrong, calm and with one way on.

use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;

/// Where a reader goes on from a page that could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayOn {
    /// The same page once more.
    Again(String),
    /// A debtor's statement, which says what is certain.
    Statement,
    /// The console.
    Console,
}

/// A short page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeView {
    /// Nothing here for this reader.
    NotFound,
    /// The member's role does not allow it.
    Forbidden,
    /// The provider does not answer; nothing was charged.
    ProviderDown {
        /// Where to try again.
        retry: String,
    },
    /// Our fault.
    Fault {
        /// What to quote when asking for help.
        reference: Option<String>,
    },
    /// The database does not do its work for now.
    Paused {
        /// Whether something was sent that is to be kept.
        sent: bool,
        /// Where to go on; none where the address is a secret.
        way_on: Option<WayOn>,
    },
    /// Asked too often.
    TooManyRequests {
        /// How long to wait.
        minutes: u32,
    },
    /// The session was ended by the reader.
    Left,
    /// There is nothing to pay.
    NothingToPay,
}

struct Words {
    badge: &'static str,
    icon: Icon,
    title: String,
    explained: Vec<String>,
    action: Option<(String, String)>,
}

impl Screen for NoticeView {
    fn page(&self, chrome: &Chrome) -> Page {
        let words = self.words(chrome);
        let explained = words.explained.into_iter().map(|text| view! { <p class="lead">{text}</p> });
        let action = words.action.map(|(href, label)| {
            view! { <a class="button button-primary button-block" href=href>{label}</a> }
        });
        let body = view! {
            <section class="card card-centre">
                <span class=words.badge>{icon(words.icon)}</span>
                <h1 class="title">{words.title.clone()}</h1>
                {explained.collect_view()}
                {action}
            </section>
        };
        Page::new(words.title, Width::Card, body)
    }
}

impl NoticeView {
    fn words(&self, chrome: &Chrome) -> Words {
        let statement = || Some(("/statement".to_owned(), chrome.t("back-to-statement")));
        let quiet = |title: String, explained: String| Words {
            badge: "badge-round badge-quiet",
            icon: Icon::Info,
            title,
            explained: vec![explained],
            action: None,
        };
        let careful =
            Words { badge: "badge-round badge-careful", icon: Icon::Clock, ..quiet(String::new(), String::new()) };
        match self {
            Self::NotFound => quiet(chrome.t("not-found"), chrome.t("not-found-explained")),
            Self::Forbidden => Words {
                icon: Icon::Lock,
                action: Some(("/console".to_owned(), chrome.t("console-overview"))),
                ..quiet(chrome.t("forbidden"), chrome.t("forbidden-explained"))
            },
            Self::ProviderDown { retry } => Words {
                title: chrome.t("provider-down"),
                explained: vec![chrome.t("provider-down-explained"), chrome.t("outcome-not-charged")],
                action: Some((retry.clone(), chrome.t("outcome-try-again"))),
                ..careful
            },
            Self::Fault { reference } => {
                let mut words = quiet(chrome.t("fault"), chrome.t("fault-explained"));
                if let Some(reference) = reference {
                    words.explained.push(chrome.with("fault-reference", [("reference", reference.into())]));
                }
                words
            }
            Self::Paused { sent, way_on } => {
                let (title, explained) = match sent {
                    true => (chrome.t("paused-sent"), chrome.t("paused-sent-explained")),
                    false => (chrome.t("paused"), chrome.t("paused-explained")),
                };
                let action = way_on.as_ref().map(|way| match way {
                    WayOn::Again(path) => (path.clone(), chrome.t("outcome-try-again")),
                    WayOn::Statement => ("/statement".to_owned(), chrome.t("back-to-statement")),
                    WayOn::Console => ("/console".to_owned(), chrome.t("console-overview")),
                });
                Words { title, explained: vec![explained], action, ..careful }
            }
            Self::TooManyRequests { minutes } => Words {
                title: chrome.t("too-many"),
                explained: vec![chrome.with("too-many-explained", [("count", i64::from(*minutes).into())])],
                ..careful
            },
            Self::Left => {
                let words = quiet(chrome.t("left"), chrome.t("left-explained"));
                Words { badge: "badge-round badge-good", icon: Icon::Check, ..words }
            }
            Self::NothingToPay => {
                let words = quiet(chrome.t("statement-settled"), chrome.t("statement-settled-explained"));
                Words { badge: "badge-round badge-good", icon: Icon::Check, action: statement(), ..words }
            }
        }
    }
}
