//! What may stand between the choice and the provider: another balance, or another payment.

use super::PayChoice;
use crate::layout::forms::{button_form, hidden};
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::attempt::{AttemptState, PaymentAttempt};
use saldo_domain::ids::AttemptId;
use saldo_domain::money::Money;
use saldo_domain::statement::AccountStatement;

/// What was shown no longer holds: the balance moved, or a discount ended. Asks again with what holds now.
#[derive(Debug, Clone)]
pub struct BalanceChangedView {
    /// The account as it is now.
    pub account: AccountStatement,
    /// The attempt that this form begins.
    pub attempt_id: AttemptId,
    /// What the debtor was about to pay, where known.
    pub seen: Option<Money>,
    /// What the same choice comes to now; none where it no longer can be paid.
    pub now: Option<Money>,
    /// What was chosen.
    pub choice: PayChoice,
    /// Whether only the price changed.
    pub price: bool,
}

impl Screen for BalanceChangedView {
    fn page(&self, chrome: &Chrome) -> Page {
        let before = self.seen.map(|seen| {
            view! { <div><dt>{chrome.t("changed-before")}</dt><dd class="amount amount-old">{chrome.money(seen)}</dd></div> }
        });
        let now = self.now.unwrap_or(self.account.asked);
        let (title, explained) = match self.price {
            true => (chrome.t("changed-price-title"), chrome.t("changed-price-explained")),
            false => (chrome.t("changed-title"), chrome.t("changed-explained")),
        };
        let body = view! {
            <section class="card card-centre">
                <span class="badge-round badge-info">{icon(Icon::Info)}</span>
                <h1 class="title">{title.clone()}</h1>
                <p class="lead">{explained}</p>
                <dl class="pairs">
                    {before}
                    <div><dt>{chrome.t("changed-now")}</dt><dd class="amount amount-large">{chrome.money(now)}</dd></div>
                </dl>
                {go_on(self, chrome)}
                <p><a href="/statement">{chrome.t("changed-see-why")}</a></p>
            </section>
        };
        Page::new(title, Width::Card, body)
    }
}

fn go_on(view: &BalanceChangedView, chrome: &Chrome) -> AnyView {
    let account = &view.account;
    let Some(amount) = view.now else {
        let href = match view.choice.plan() {
            Some(plan) => format!("/plan/{plan}"),
            None => format!("/pay?account={}", account.account_id),
        };
        let (href, label) = match account.outstanding.is_positive() {
            true => (href, chrome.t("changed-choose")),
            false => ("/statement".to_owned(), chrome.t("back-to-statement")),
        };
        return view! { <a class="button button-primary button-block" href=href>{label}</a> }.into_any();
    };
    view! {
        <form method="post" action="/pay">
            {hidden("attempt", view.attempt_id)}
            {hidden("account", account.account_id)}
            {hidden("balance_version", account.balance_version)}
            {hidden("seen", amount.minor())}
            {view.choice.fields()}
            <button class="button button-primary button-block" type="submit">
                {chrome.with("changed-pay", [("amount", chrome.money(amount).into())])}
            </button>
        </form>
    }
    .into_any()
}

/// Another payment of the same items is under way: leads to it.
#[derive(Debug, Clone)]
pub struct UnderWayView {
    /// The first attempt.
    pub attempt: PaymentAttempt,
    /// Whether it can still be ended.
    pub cancelable: bool,
}

impl Screen for UnderWayView {
    fn page(&self, chrome: &Chrome) -> Page {
        let attempt = &self.attempt;
        let at_the_bank = matches!(attempt.state, AttemptState::Pending { .. });
        let explained = if at_the_bank { chrome.t("under-way-at-bank") } else { chrome.t("under-way-explained") };
        let (href, label) = match &attempt.checkout {
            Some(checkout) if !at_the_bank => (checkout.url.clone(), chrome.t("under-way-continue")),
            _ => (format!("/pay/{}", attempt.id), chrome.t("under-way-see")),
        };
        let end = self.cancelable.then(|| {
            view! {
                <p class="hint"><span>{chrome.t("under-way-cancel-explained")}</span></p>
                {button_form(format!("/pay/{}/cancel", attempt.id), "button button-block", chrome.t("under-way-cancel"))}
            }
        });
        let body = view! {
            <section class="card card-centre">
                <span class="badge-round badge-careful">{icon(Icon::Clock)}</span>
                <h1 class="title">{chrome.t("under-way-title")}</h1>
                <p class="lead">{explained}</p>
                <dl class="pairs">
                    <div><dt>{chrome.t("amount")}</dt><dd class="amount amount-large">{chrome.money(attempt.amount)}</dd></div>
                    <div><dt>{chrome.t("started")}</dt><dd>{chrome.moment(attempt.created_at)}</dd></div>
                </dl>
                <a class="button button-primary button-block" href=href>{label}</a>
                {end}
                <p><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            </section>
        };
        Page::new(chrome.t("under-way-title"), Width::Card, body)
    }
}
