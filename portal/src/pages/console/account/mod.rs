//! One account as finance sees it: the debtor's statement, and everything behind it.

mod claims;
mod contact;
mod decide;
mod desk;
mod form;
mod links;
mod preview;
mod talk;

pub use form::{Desk, Tried, Trouble};
pub use preview::PreviewStatementView;

use super::overview::{PaymentRow, ageing};
use super::plan::plans_of_debtor;
use super::reminders::step_words;
use super::shell::{Section, console_page};
use crate::layout::forms::{Tone, button_form, note};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::History;
use crate::pages::statement::{history, open_items};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use links::{fresh_link, links, payments};
use saldo_app::flows::consent::Consents;
use saldo_app::flows::show_account::ReplyRow;
use saldo_app::flows::show_claims::Claims;
use saldo_app::i18n::{hold_text, stop_text};
use saldo_domain::Refusal;
use saldo_domain::attempt::{AttemptState, PaymentAttempt};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AccessLinkId, DebtorId, PaymentId, RefundId};
use saldo_domain::member::Permission;
use saldo_domain::plan::PaymentPlan;
use saldo_domain::reminder::{Decision, DunningStep};
use saldo_domain::statement::{AccountStatement, Statement};

/// One debtor with everything behind its balance.
#[derive(Debug, Clone)]
pub struct DebtorView {
    /// What the debtor sees.
    pub statement: Statement,
    /// What would happen now.
    pub decision: Decision,
    /// Tries to pay, newest first.
    pub attempts: Vec<PaymentAttempt>,
    /// Money received, newest first.
    pub payments: Vec<PaymentRow>,
    /// Messages, newest first.
    pub reminders: Vec<ReminderLine>,
    /// What the debtor answered, newest first.
    pub replies: Vec<ReplyRow>,
    /// Access links, newest first.
    pub links: Vec<LinkRow>,
    /// A link that was just made; it is shown this once.
    pub fresh_link: Option<String>,
    /// The refund form.
    pub refund: RefundForm,
    /// Payment plans, oldest first.
    pub plans: Vec<PaymentPlan>,
    /// Disputes, promises, transfers, holds, settlement offers.
    pub claims: Claims,
    /// How the debtor may be reached.
    pub consents: Consents,
    /// What the forms need.
    pub desk: Desk,
    /// The moment of the page.
    pub now: Timestamp,
}

/// What the refund form needs.
#[derive(Debug, Clone)]
pub struct RefundForm {
    /// The refund that the form begins.
    pub refund_id: RefundId,
    /// What was wrong, and with which payment.
    pub problem: Option<(PaymentId, Refusal)>,
}

/// A message to the debtor.
#[derive(Debug, Clone)]
pub struct ReminderLine {
    /// The rung.
    pub step: DunningStep,
    /// The stored state.
    pub state: String,
    /// When it took that state.
    pub at: Timestamp,
    /// How many items it names.
    pub items: u64,
    /// Why it was not sent: the decision's code, or what the channel said.
    pub note: Option<String>,
}

/// An access link.
#[derive(Debug, Clone)]
pub struct LinkRow {
    /// The link's row.
    pub id: AccessLinkId,
    /// When it was made.
    pub issued_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When Continue was last pressed.
    pub last_opened_at: Option<Timestamp>,
}

impl Screen for DebtorView {
    fn page(&self, chrome: &Chrome) -> Page {
        let debtor = &self.statement.debtor;
        let contact = [Some(debtor.reference.clone()), debtor.email.clone(), debtor.phone.clone()];
        let contact = contact.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let accounts = self.statement.accounts.iter().map(|account| account_card(account, chrome));
        let body = view! {
            <p class="back"><a href="/console/debtors">{chrome.t("back-to-debtors")}</a></p>
            <div class="page-head">
                <h1 class="title">{debtor.name.clone()}</h1>
                <p class="lead">{contact}</p>
                {head(self, chrome)}
            </div>
            {fresh_link(self, chrome)}
            {next_decision(&self.decision, chrome)}
            {decide::decide(self, chrome)}
            {accounts.collect_view()}
            {desk::desk(self, chrome)}
            {plans_of_debtor(&self.plans, debtor.id, self.desk.may(Permission::Plans), chrome)}
            {claims::claims(self, chrome)}
            {payments(self, chrome)}
            {attempts(&self.attempts, chrome)}
            {contact::contact(self, chrome)}
            {talk::talk(&self.reminders, &self.replies, chrome)}
            {decisions_link(self.statement.debtor.id, chrome)}
            {links(self, chrome)}
        };
        console_page(Section::Debtors, debtor.name.clone(), body, chrome)
    }
}

/// The one thing that is done most, and the way to the debtor's own view.
fn head(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let path = format!("/console/debtors/{}", view.statement.debtor.id);
    let link = view
        .desk
        .may(Permission::Contact)
        .then(|| button_form(format!("{path}/links"), "button button-primary", chrome.t("link-create")));
    view! {
        <div class="actions">{link}<a class="button button-quiet" href=format!("{path}/statement")>{chrome.t("desk-see-as-debtor")}</a></div>
    }
    .into_any()
}

fn account_card(account: &AccountStatement, chrome: &Chrome) -> AnyView {
    let credit = account.credit.is_positive().then(|| {
        view! { <div class="figure"><dt>{chrome.t("credit")}</dt><dd class="amount amount-large">{chrome.money(account.credit)}</dd></div> }
    });
    let items = (!account.lines.is_empty()).then(|| open_items(&account.lines, chrome));
    view! {
        <section class="card stack">
            <dl class="figures">
                <div class="figure figure-main">
                    <dt>{chrome.t("overview-outstanding")}</dt>
                    <dd class="amount amount-hero">{chrome.money(account.outstanding)}</dd>
                </div>
                <div class="figure"><dt>{chrome.t("overview-overdue")}</dt><dd class="amount amount-large">{chrome.money(account.overdue)}</dd></div>
                {credit}
            </dl>
            {ageing(&account.ageing, chrome)}
        </section>
        <div class="columns">{items}{history(account, History::Whole, chrome)}</div>
    }
    .into_any()
}

/// The next message in words, with its reason.
fn next_decision(decision: &Decision, chrome: &Chrome) -> AnyView {
    let (tone, text) = match decision {
        Decision::Send { step, items, .. } => {
            let rung = step_words(*step, chrome);
            let text = chrome.with("decision-send", [("step", rung.into()), ("count", items.len().into())]);
            (Tone::Careful, text)
        }
        Decision::Wait { until, why } => {
            let why = hold_text(*why, &chrome.locale);
            (Tone::Info, chrome.with("decision-wait", [("when", chrome.moment(*until).into()), ("why", why.into())]))
        }
        Decision::Stop { why } => {
            let why = stop_text(*why, &chrome.locale);
            (Tone::Good, chrome.with("decision-stop", [("why", why.into())]))
        }
    };
    note(tone, view! { <h2 class="note-title">{chrome.t("decision-title")}</h2><p>{text}</p> })
}

fn attempts(attempts: &[PaymentAttempt], chrome: &Chrome) -> AnyView {
    if attempts.is_empty() {
        return ().into_any();
    }
    let rows = attempts.iter().map(|attempt| {
        let (class, text) = attempt_badge(&attempt.state, chrome);
        view! {
            <li>
                <span>{chrome.moment(attempt.created_at)}" · "{attempt.provider.clone()}</span>
                <span class=class>{text}</span>
                <span class="amount">{chrome.money(attempt.amount)}</span>
            </li>
        }
    });
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.t("attempts-title")}</h2>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn attempt_badge(state: &AttemptState, chrome: &Chrome) -> (&'static str, String) {
    match state {
        AttemptState::Created => ("badge", chrome.t("attempt-created")),
        AttemptState::Pending { .. } => ("badge badge-careful", chrome.t("attempt-pending")),
        AttemptState::RequiresAction { .. } => ("badge badge-careful", chrome.t("attempt-action")),
        AttemptState::Succeeded { .. } => ("badge badge-good", chrome.t("attempt-succeeded")),
        AttemptState::Failed { .. } => ("badge badge-bad", chrome.t("attempt-failed")),
        AttemptState::Canceled { .. } => ("badge", chrome.t("attempt-canceled")),
        AttemptState::Expired { .. } => ("badge", chrome.t("attempt-expired")),
    }
}

fn decisions_link(debtor: DebtorId, chrome: &Chrome) -> AnyView {
    let href = format!("/console/reminders/decisions?debtor={debtor}");
    view! { <p><a href=href>{chrome.t("decision-why-link")}</a></p> }.into_any()
}
