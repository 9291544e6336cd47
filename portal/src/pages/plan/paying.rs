//! Paying instalments.

use super::standing::PlanView;
use crate::layout::Chrome;
use crate::layout::forms::hidden;
use crate::layout::prices::old_price;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::money::Money;
use saldo_domain::plan::{InstalmentStanding, InstalmentState};

/// Next, several, all: radios and one button.
pub(super) fn pay_form(view: &PlanView, chrome: &Chrome) -> AnyView {
    let unpaid: Vec<&InstalmentStanding> =
        view.progress.instalments.iter().filter(|one| one.state != InstalmentState::Paid).collect();
    let Some(next) = unpaid.first() else { return ().into_any() };
    let next_words = chrome.with("plan-pay-next", [("date", chrome.date(next.due_on).into())]);
    let several = (unpaid.len() > 2).then(|| several(&unpaid, chrome));
    let all = (unpaid.len() > 1).then(|| whole(view, chrome));
    view! {
        <form class="stack" method="post" action="/pay" id="plan-pay">
            {hidden("attempt", view.attempt_id)}
            {hidden("account", view.plan.account_id)}
            {hidden("balance_version", view.balance_version)}
            {hidden("plan", view.plan.id)}
            {view.early.map(|early| hidden("seen_plan_rest", early.pay.minor()))}
            <fieldset class="choices">
                <legend class="section-title">{chrome.t("pay-how-much")}</legend>
                <div class="choice">
                    <input type="radio" id="choice-next" name="choice" value="instalment" checked/>
                    <label for="choice-next">
                        <span>{next_words}</span>
                        <span class="amount">{missing(std::slice::from_ref(next), chrome)}</span>
                    </label>
                </div>
                {several}
                {all}
            </fieldset>
            <button class="button button-primary button-block" type="submit">{chrome.t("pay-continue")}</button>
        </form>
    }
    .into_any()
}

/// What some instalments ask together.
fn missing(instalments: &[&InstalmentStanding], chrome: &Chrome) -> String {
    let amounts: Option<Vec<Money>> = instalments.iter().map(|one| one.missing().ok()).collect();
    let currency = instalments.first().map(|one| one.amount.currency());
    let sum = amounts.zip(currency).and_then(|(amounts, currency)| Money::sum(currency, amounts).ok());
    sum.map(|sum| chrome.money(sum)).unwrap_or_default()
}

fn several(unpaid: &[&InstalmentStanding], chrome: &Chrome) -> AnyView {
    let due = unpaid.iter().filter(|one| one.state == InstalmentState::Overdue).count();
    let options = (2..unpaid.len()).map(|count| {
        let amount = missing(&unpaid[..count], chrome);
        let label = chrome.with("plan-pay-count", [("count", count.into()), ("amount", amount.into())]);
        view! { <option value=count.to_string() selected=count == due.max(2)>{label}</option> }
    });
    view! {
        <div class="choice">
            <input type="radio" id="choice-several" name="choice" value="instalments"/>
            <label for="choice-several"><span>{chrome.t("plan-pay-several")}</span></label>
            <div class="choice-more">
                <div class="field">
                    <label for="plan-count">{chrome.t("plan-pay-how-many")}</label>
                    <select class="input" id="plan-count" name="count">{options.collect_view()}</select>
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn whole(view: &PlanView, chrome: &Chrome) -> AnyView {
    let early = view.early;
    let pay = early.map_or(view.progress.remaining, |early| early.pay);
    let rebate = early.filter(|early| early.rebate.is_positive());
    let saved = rebate.map(|early| {
        let text = chrome.with("ways-saved", [("amount", chrome.money(early.rebate).into())]);
        view! { <span class="badge badge-good">{text}</span> }
    });
    let old = rebate.map(|early| old_price(early.full, chrome));
    view! {
        <div class="choice">
            <input type="radio" id="choice-all" name="choice" value="plan_rest"/>
            <label for="choice-all">
                <span>{chrome.t("plan-pay-all")}</span>
                <span class="choice-amounts">{old}<span class="amount">{chrome.money(pay)}</span>{saved}</span>
            </label>
        </div>
    }
    .into_any()
}
