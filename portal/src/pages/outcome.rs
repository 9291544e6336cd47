//! Where a debtor comes back to from the provider: what the ledger knows, and nothing more.

use crate::islands::ReturnPoller;
use crate::layout::forms::button_form;
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width, words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::attempt::{AttemptState, PaymentAttempt};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::PaymentId;
use saldo_domain::money::Money;

/// How a payment stands.
#[derive(Debug, Clone)]
pub struct ReturnView {
    /// The attempt as the ledger has it.
    pub attempt: PaymentAttempt,
    /// The payment, once it is booked.
    pub payment: Option<PaymentId>,
    /// What is owed on the account now.
    pub balance_after: Option<Money>,
    /// Where the receipt goes, masked.
    pub receipt_to: Option<String>,
    /// The moment of the page.
    pub now: Timestamp,
}

/// After this without an answer the page says that it takes long.
const LONG: jiff::SignedDuration = jiff::SignedDuration::from_mins(3);
/// Seconds between two looks of a browser without scripts.
const REFRESH_SECONDS: u32 = 5;
/// The same where a bank needs days.
const SLOW_REFRESH_SECONDS: u32 = 60;

/// What the page says and leads to.
struct Words {
    badge: &'static str,
    icon: Icon,
    title: String,
    explained: Vec<String>,
    action: Option<(String, String)>,
}

impl Screen for ReturnView {
    fn page(&self, chrome: &Chrome) -> Page {
        let words = self.words(chrome);
        let title = words.title.clone();
        let explained = words.explained.into_iter().map(|text| view! { <p class="lead">{text}</p> });
        let action = words.action.map(|(href, label)| {
            view! { <a class="button button-primary button-block" href=href>{label}</a> }
        });
        let body = view! {
            <section class="card card-centre">
                <span class=words.badge>{icon(words.icon)}</span>
                <h1 class="title">{words.title}</h1>
                <p class="amount amount-hero">{chrome.money(self.amount())}</p>
                {explained.collect_view()}
                {self.waits().then(|| self.poller(chrome))}
                {self.balance(chrome)}
                {action}
                {self.unfinished(chrome)}
                <p><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            </section>
        };
        let mut page = Page::new(title, Width::Card, body);
        if self.waits() {
            page.refresh_seconds = Some(self.refresh_seconds());
            page = page.with_script();
        }
        page
    }
}

impl ReturnView {
    fn amount(&self) -> Money {
        match &self.attempt.state {
            AttemptState::Succeeded { capture } => capture.amount,
            _ => self.attempt.amount,
        }
    }

    fn waits(&self) -> bool {
        self.payment.is_none()
            && (self.attempt.state.is_open() || matches!(self.attempt.state, AttemptState::Succeeded { .. }))
    }

    fn refresh_seconds(&self) -> u32 {
        let quick = matches!(self.attempt.state, AttemptState::Created | AttemptState::Succeeded { .. });
        if quick && !self.takes_long() { REFRESH_SECONDS } else { SLOW_REFRESH_SECONDS }
    }

    fn takes_long(&self) -> bool {
        self.now.duration_since(self.attempt.created_at) > LONG
    }

    fn poller(&self, chrome: &Chrome) -> AnyView {
        let url = format!("/pay/{}/state", self.attempt.id);
        let state = self.attempt.state.name().to_owned();
        view! { <ReturnPoller url=url state=state booked=false label=chrome.t("outcome-watching")/> }.into_any()
    }

    /// For whoever came back without paying: the way on, and the way out.
    fn unfinished(&self, chrome: &Chrome) -> Option<AnyView> {
        let checkout = self.attempt.checkout.as_ref()?;
        if !matches!(self.attempt.state, AttemptState::Created) {
            return None;
        }
        let ways = view! {
            <div class="unfinished">
                <p>{chrome.t("outcome-unfinished")}" "<a href=checkout.url.clone()>{chrome.t("outcome-open-checkout")}</a></p>
                {button_form(format!("/pay/{}/cancel", self.attempt.id), "button button-quiet", chrome.t("under-way-cancel"))}
            </div>
        };
        Some(ways.into_any())
    }

    fn balance(&self, chrome: &Chrome) -> Option<AnyView> {
        let balance = self.balance_after.filter(|_| self.payment.is_some())?;
        let pairs = view! {
            <dl class="pairs">
                <div><dt>{chrome.t("balance-now")}</dt><dd class="amount amount-large">{chrome.money(balance)}</dd></div>
            </dl>
        };
        Some(pairs.into_any())
    }

    fn words(&self, chrome: &Chrome) -> Words {
        let again = || Some((format!("/pay?account={}", self.attempt.account_id), chrome.t("outcome-try-again")));
        let checkout = self.attempt.checkout.as_ref().map(|checkout| checkout.url.clone());
        match &self.attempt.state {
            AttemptState::Succeeded { .. } => match self.payment {
                Some(payment) => self.paid(payment, chrome),
                None => waiting(chrome.t("outcome-booking"), vec![chrome.t("outcome-booking-explained")], None),
            },
            AttemptState::Pending { .. } => waiting(chrome.t("outcome-pending"), self.pending(chrome), None),
            AttemptState::RequiresAction { .. } => waiting(
                chrome.t("outcome-action"),
                vec![chrome.t("outcome-action-explained")],
                checkout.map(|url| (url, chrome.t("outcome-action-continue"))),
            ),
            AttemptState::Created if self.takes_long() => {
                waiting(chrome.t("outcome-long"), vec![chrome.t("outcome-long-explained")], None)
            }
            AttemptState::Created => {
                waiting(chrome.t("outcome-unknown"), vec![chrome.t("outcome-unknown-explained")], None)
            }
            AttemptState::Failed { reason, .. } => {
                let explained = vec![words::failure(chrome, *reason), chrome.t("outcome-not-charged")];
                Words { badge: "badge-round badge-bad", ..ended(chrome.t("outcome-failed"), explained, again()) }
            }
            // Closed before its time at the provider: the debtor gave it up there.
            AttemptState::Expired { expired_at } if *expired_at < self.attempt.expires_at => {
                ended(chrome.t("outcome-canceled"), vec![chrome.t("outcome-not-charged")], again())
            }
            AttemptState::Canceled { .. } => {
                ended(chrome.t("outcome-canceled"), vec![chrome.t("outcome-not-charged")], again())
            }
            AttemptState::Expired { .. } => ended(
                chrome.t("outcome-expired"),
                vec![chrome.t("outcome-expired-explained"), chrome.t("outcome-not-charged")],
                again(),
            ),
        }
    }

    fn pending(&self, chrome: &Chrome) -> Vec<String> {
        let mail = self.receipt_to.is_some().then(|| chrome.t("outcome-pending-mail"));
        let explained = [chrome.t("outcome-pending-explained")].into_iter().chain(mail).collect::<Vec<_>>().join(" ");
        vec![explained, chrome.t("outcome-pending-again")]
    }

    fn paid(&self, payment: PaymentId, chrome: &Chrome) -> Words {
        let explained = match &self.receipt_to {
            Some(address) => chrome.with("outcome-paid-receipt", [("email", address.into())]),
            None => chrome.t("outcome-paid-explained"),
        };
        Words {
            badge: "badge-round badge-good",
            icon: Icon::Check,
            title: chrome.t("outcome-paid"),
            explained: vec![explained],
            action: Some((format!("/receipt/{payment}"), chrome.t("outcome-see-receipt"))),
        }
    }
}

fn waiting(title: String, explained: Vec<String>, action: Option<(String, String)>) -> Words {
    Words { badge: "badge-round badge-careful", icon: Icon::Clock, title, explained, action }
}

fn ended(title: String, explained: Vec<String>, action: Option<(String, String)>) -> Words {
    Words { badge: "badge-round badge-quiet", icon: Icon::Cross, title, explained, action }
}
