//! The ways to settle an account beside each other, each with its whole cost.

use crate::layout::Chrome;
use crate::layout::prices::{deadline, old_price};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::Timestamp;
use saldo_domain::plan::Frequency;
use saldo_domain::ways::{DiscountWay, FullWay, PlanWay, Ways};

/// Whether there is more to choose than paying all of it.
pub fn has_choice(ways: &Ways) -> bool {
    ways.discount.is_some() || ways.plan.is_some()
}

/// The ways that exist; the first one is the page's one primary action.
pub fn ways_section(ways: &Ways, now: Timestamp, chrome: &Chrome) -> AnyView {
    let plan = ways.plan.as_ref().map(|plan| plan_way(ways, plan, chrome));
    view! {
        <section class="section" aria-labelledby="ways">
            <h2 class="section-title" id="ways">{chrome.t("ways-title")}</h2>
            <ul class="ways">
                {ways.discount.as_ref().map(|way| discount_way(ways, way, now, chrome))}
                {full_way(ways, &ways.full, chrome)}
                {plan}
            </ul>
        </section>
    }
    .into_any()
}

fn discount_way(ways: &Ways, way: &DiscountWay, now: Timestamp, chrome: &Chrome) -> AnyView {
    let saved = chrome.with("ways-saved", [("amount", chrome.money(way.saved).into())]);
    let after = way.less_after.then(|| view! { <p class="hint"><span>{chrome.t("ways-less-after")}</span></p> });
    view! {
        <li class="way way-first">
            <h3 class="way-name">{chrome.t("ways-discount")}</h3>
            <p class="way-price">
                <span class="amount amount-large">{chrome.money(way.pay)}</span>
                {old_price(ways.full.pay, chrome)}
            </p>
            <p><span class="badge badge-good">{saved}</span></p>
            {deadline(way.last_moment, now, chrome)}
            {after}
            <a class="button button-primary button-block" href=format!("/pay?account={}", ways.account_id)>
                {chrome.with("ways-pay-now", [("amount", chrome.money(way.pay).into())])}
            </a>
        </li>
    }
    .into_any()
}

fn full_way(ways: &Ways, way: &FullWay, chrome: &Chrome) -> AnyView {
    let class = if ways.discount.is_none() { "button button-primary button-block" } else { "button button-block" };
    let explained = match (way.due_on, ways.discount.is_some()) {
        (Some(date), true) => chrome.with("ways-full-later", [("date", chrome.date(date).into())]),
        (Some(date), false) => chrome.with("ways-full-due", [("date", chrome.date(date).into())]),
        (None, _) => chrome.t("ways-full-explained"),
    };
    // While the discount holds, paying all of it is paying it with the discount: the button leads to other choices.
    let (href, label) = match ways.discount {
        Some(_) => (format!("/pay?account={}", ways.account_id), chrome.t("ways-choose")),
        None => {
            let label = chrome.with("ways-pay-full", [("amount", chrome.money(way.pay).into())]);
            (format!("/pay?account={}", ways.account_id), label)
        }
    };
    view! {
        <li class="way">
            <h3 class="way-name">{chrome.t("ways-full")}</h3>
            <p class="way-price"><span class="amount amount-large">{chrome.money(way.pay)}</span></p>
            <p class="way-words">{explained}</p>
            <a class=class href=href>{label}</a>
        </li>
    }
    .into_any()
}

fn plan_way(ways: &Ways, way: &PlanWay, chrome: &Chrome) -> AnyView {
    let from = chrome.with("ways-plan-from", [("count", i64::from(way.count).into())]);
    let every = match way.frequency {
        Frequency::Weekly => chrome.t("every-week"),
        Frequency::Fortnightly => chrome.t("every-fortnight"),
        Frequency::Monthly => chrome.t("every-month"),
    };
    let charge = if way.charge.is_zero() {
        chrome.t("ways-plan-free")
    } else {
        chrome.with("ways-plan-charge", [("amount", chrome.money(way.charge).into())])
    };
    let down = way.down_payment.map(|amount| {
        view! { <p class="way-words">{chrome.with("ways-plan-down", [("amount", chrome.money(amount).into())])}</p> }
    });
    let outside = way.outside.is_positive().then(|| {
        let text = chrome.with("ways-plan-outside", [("amount", chrome.money(way.outside).into())]);
        view! { <p class="hint"><span>{text}</span></p> }
    });
    view! {
        <li class="way">
            <h3 class="way-name">{chrome.t("ways-plan")}</h3>
            <p class="way-price">
                <span class="amount amount-large">{chrome.money(way.instalment)}</span>
                <span class="way-every">{every}</span>
            </p>
            <p class="way-words">{from}</p>
            {down}
            <p class="way-words">
                <span>{chrome.with("ways-plan-total", [("amount", chrome.money(way.total).into())])}</span>" "{charge}
            </p>
            {outside}
            <a class="button button-block" href=format!("/plan/new?account={}", ways.account_id)>{chrome.t("ways-see-plan")}</a>
        </li>
    }
    .into_any()
}
