//! The statement: what is owed, since when, and why it is this amount.

mod agreements;
mod history;
mod items;

use crate::layout::forms::{Tone, note, print_button};
use crate::layout::{Chrome, Page, Screen, Width};
use crate::pages::claims::{ClaimLines, more_ways};
use crate::pages::ways::{has_choice, ways_section};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::{Date, Timestamp, days_between};
use saldo_domain::ids::PaymentId;
use saldo_domain::money::Money;
use saldo_domain::plan::PaymentPlan;
use saldo_domain::settlement::SettlementOffer;
use saldo_domain::statement::{AccountStatement, Statement};
use saldo_domain::ways::Ways;

use agreements::agreements;
pub(super) use history::history;
pub(super) use items::open_items;

/// How much of the past is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// The latest movements, with a line that carries the rest forward.
    Recent,
    /// Every movement that was loaded.
    Whole,
}

/// A receipt that can be opened.
#[derive(Debug, Clone)]
pub struct ReceiptLink {
    /// The payment.
    pub payment_id: PaymentId,
    /// What came in.
    pub amount: Money,
    /// When it counts.
    pub effective_on: Date,
}

/// A debtor's statement.
#[derive(Debug, Clone)]
pub struct StatementView {
    /// What the ledger says.
    pub statement: Statement,
    /// How much of the past.
    pub history: History,
    /// Receipts, newest first.
    pub receipts: Vec<ReceiptLink>,
    /// What is under way beside paying.
    pub claims: ClaimLines,
    /// What can be chosen, for each account on which something is asked.
    pub ways: Vec<Ways>,
    /// Plans that are proposed or ended lately, beside the active ones.
    pub plans: Vec<PaymentPlan>,
    /// What is accepted as payment in full.
    pub settlements: Vec<SettlementOffer>,
    /// When the page was made.
    pub now: Timestamp,
}

impl StatementView {
    /// The ways on an account, where there is more than one.
    fn choices(&self, account: &AccountStatement) -> Option<&Ways> {
        self.ways.iter().find(|ways| ways.account_id == account.account_id).filter(|ways| has_choice(ways))
    }
}

impl Screen for StatementView {
    fn page(&self, chrome: &Chrome) -> Page {
        let statement = &self.statement;
        let several = statement.accounts.len() > 1;
        let accounts = statement.accounts.iter().map(|account| account_section(self, account, several, chrome));
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("statement-title")}</h1>
                <p class="lead">
                    {statement.debtor.name.clone()}" · "
                    {chrome.with("statement-as-of", [("date", chrome.date(statement.as_of).into())])}
                </p>
            </div>
            {accounts.collect_view()}
            {several.then(|| receipts(self, chrome))}
            {more_ways(&self.claims, chrome)}
            {questions(statement, chrome)}
        };
        Page::new(chrome.t("statement-title"), Width::Wide, body).with_script()
    }
}

fn account_section(view: &StatementView, account: &AccountStatement, several: bool, chrome: &Chrome) -> AnyView {
    let heading = several.then(|| {
        view! { <h2 class="account-title">{chrome.with("statement-account-in", [("currency", account.currency.code().into())])}</h2> }
    });
    let ways = view.choices(account);
    let items = (!account.lines.is_empty()).then(|| open_items(&account.lines, chrome));
    view! {
        <section class="account">
            {heading}
            <div class="account-grid">
                <div class="account-summary">{summary(view, account, several, chrome)}</div>
                <div class="account-detail">
                    {ways.map(|ways| ways_section(ways, view.now, chrome))}
                    {items}
                    {history(account, view.history, chrome)}
                    {(!several).then(|| receipts(view, chrome))}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn summary(view: &StatementView, account: &AccountStatement, several: bool, chrome: &Chrome) -> AnyView {
    let statement = &view.statement;
    let agreed = agreements(account, &view.plans, &view.settlements, &statement.creditor.name, chrome);
    if account.outstanding.is_zero() {
        return settled(account, agreed, chrome);
    }
    let (href, label) = if several {
        let currency = [("currency", account.currency.code().into())];
        (format!("/pay?account={}", account.account_id), chrome.with("statement-pay-in", currency))
    } else {
        ("/pay".to_owned(), chrome.t("statement-pay"))
    };
    // Where there is a choice, its first way is the one primary action.
    let pay = (account.asked.is_positive() && view.choices(account).is_none()).then(|| {
        view! {
            <a class="button button-primary button-block" href=href>{label}</a>
            <p class="hint no-print"><span>{chrome.t("statement-pay-hint")}</span></p>
        }
    });
    let (eyebrow, rest) = if account.plans.is_empty() {
        (chrome.t("amount-due"), None)
    } else {
        let text = chrome.with("plan-of-it", [("amount", chrome.money(account.outstanding).into())]);
        (chrome.t("amount-now"), Some(view! { <p class="summary-line">{text}</p> }))
    };
    view! {
        <div class="card summary">
            <p class="eyebrow">{eyebrow}</p>
            <p class="amount amount-hero">{chrome.money(account.asked_full)}</p>
            {ageing_words(statement.as_of, account, chrome)}
            {rest}
            {under_way(account, chrome)}
            {agreed}
            {pay}
            {credit(account, chrome)}
        </div>
    }
    .into_any()
}

fn settled(account: &AccountStatement, agreed: AnyView, chrome: &Chrome) -> AnyView {
    view! {
        <div class="card summary summary-settled">
            <p class="eyebrow">{chrome.t("amount-due")}</p>
            <p class="amount amount-hero">{chrome.money(account.outstanding)}</p>
            {note(Tone::Good, view! { <p><strong>{chrome.t("statement-settled")}</strong>" "{chrome.t("statement-settled-explained")}</p> })}
            {under_way(account, chrome)}
            {agreed}
            {credit(account, chrome)}
        </div>
    }
    .into_any()
}

/// What of the amount is late, and what falls due next.
fn ageing_words(as_of: Date, account: &AccountStatement, chrome: &Chrome) -> AnyView {
    let overdue = account.overdue.is_positive().then(|| {
        let amount = chrome.money(account.overdue);
        let text = if account.overdue == account.asked_full {
            chrome.t("statement-all-overdue")
        } else {
            chrome.with("statement-overdue", [("amount", amount.into())])
        };
        view! { <p class="summary-line summary-overdue">{text}</p> }
    });
    let next = account.next_due_on.map(|on| {
        let date = chrome.date(on);
        let text = match days_between(as_of, on) {
            0 => chrome.t("statement-next-today"),
            days => chrome.with("statement-next", [("date", date.into()), ("count", i64::from(days).into())]),
        };
        view! { <p class="summary-line">{text}</p> }
    });
    view! { {overdue} {next} }.into_any()
}

fn under_way(account: &AccountStatement, chrome: &Chrome) -> AnyView {
    let notes = account.under_way.iter().map(|payment| {
        let text = chrome.with("statement-under-way", [("amount", chrome.money(payment.amount).into())]);
        let href = format!("/pay/{}", payment.attempt_id);
        note(Tone::Waiting, view! { <p>{text}</p> <p><a href=href>{chrome.t("statement-see-payment")}</a></p> })
    });
    notes.collect_view().into_any()
}

fn credit(account: &AccountStatement, chrome: &Chrome) -> AnyView {
    if !account.credit.is_positive() {
        return ().into_any();
    }
    view! {
        <dl class="pairs">
            <div>
                <dt>{chrome.t("credit")}</dt>
                <dd class="amount">{chrome.money(account.credit)}</dd>
            </div>
        </dl>
        <p class="hint"><span>{chrome.t("credit-explained")}</span></p>
    }
    .into_any()
}

fn receipts(view: &StatementView, chrome: &Chrome) -> AnyView {
    if view.receipts.is_empty() {
        return ().into_any();
    }
    let rows = view.receipts.iter().map(|receipt| {
        let date = chrome.date(receipt.effective_on);
        view! {
            <li>
                <a href=format!("/receipt/{}", receipt.payment_id)>{chrome.with("receipt-of", [("date", date.into())])}</a>
                <span class="amount">{chrome.money(receipt.amount)}</span>
            </li>
        }
    });
    view! {
        <section class="section no-print">
            <h2 class="section-title">{chrome.t("receipts")}</h2>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn questions(statement: &Statement, chrome: &Chrome) -> AnyView {
    let creditor = &statement.creditor;
    let answer = match &creditor.reply_to {
        Some(address) => {
            let text = chrome.with("questions-write", [("creditor", (&creditor.name).into())]);
            view! { <p>{text}" "<a href=format!("mailto:{address}")>{address.clone()}</a></p> }.into_any()
        }
        None => {
            let text = chrome.with("questions-contact", [("creditor", (&creditor.name).into())]);
            view! { <p>{text}</p> }.into_any()
        }
    };
    view! {
        <section class="section section-quiet">
            <div>
                <h2 class="section-title">{chrome.t("questions-title")}</h2>
                {answer}
                <p class="no-print"><a href="/profile">{chrome.t("profile-title")}</a></p>
            </div>
            {print_button(chrome)}
        </section>
    }
    .into_any()
}
