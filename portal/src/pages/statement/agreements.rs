//! What was agreed or offered on an account, in a line each, with the way to it.

use crate::layout::Chrome;
use crate::layout::forms::{Tone, note};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::plan::{PaymentPlan, PlanState};
use saldo_domain::settlement::SettlementOffer;
use saldo_domain::statement::{AccountStatement, PlanStatement};

/// The plans of an account, and what is accepted as payment in full.
pub fn agreements(
    account: &AccountStatement,
    plans: &[PaymentPlan],
    settlements: &[SettlementOffer],
    creditor: &str,
    chrome: &Chrome,
) -> AnyView {
    let own = |id| id == account.account_id;
    let active = account.plans.iter().map(|one| active(one, chrome));
    let other =
        plans.iter().filter(|plan| own(plan.account_id)).filter_map(|plan| other(account, plan, creditor, chrome));
    let offers =
        settlements.iter().filter(|offer| own(offer.account_id)).map(|offer| settlement(offer, creditor, chrome));
    view! { {active.collect_view()} {other.collect_view()} {offers.collect_view()} }.into_any()
}

fn line(tone: Tone, text: String, href: String, label: String) -> AnyView {
    note(tone, view! { <p>{text}</p> <p><a href=href>{label}</a></p> })
}

fn active(one: &PlanStatement, chrome: &Chrome) -> AnyView {
    let due = one.progress.due_now;
    let text = match one.progress.next {
        _ if due.is_positive() => chrome.with("plan-statement-due", [("amount", chrome.money(due).into())]),
        Some(next) => {
            let amount = next.missing().unwrap_or(next.amount);
            let date = chrome.date(next.due_on);
            chrome.with("plan-statement", [("amount", chrome.money(amount).into()), ("date", date.into())])
        }
        None => chrome.t("plan-completed"),
    };
    let tone = if due.is_positive() { Tone::Waiting } else { Tone::Info };
    line(tone, text, format!("/plan/{}", one.plan.id), chrome.t("plan-see"))
}

fn other(account: &AccountStatement, plan: &PaymentPlan, creditor: &str, chrome: &Chrome) -> Option<AnyView> {
    let href = format!("/plan/{}", plan.id);
    let creditor = [("creditor", creditor.into())];
    match &plan.state {
        PlanState::Proposed { acceptance: None, .. } => {
            Some(line(Tone::Info, chrome.with("plan-statement-offered", creditor), href, chrome.t("plan-offered-look")))
        }
        PlanState::Proposed { .. } => {
            Some(line(Tone::Waiting, chrome.with("plan-statement-waits", creditor), href, chrome.t("plan-see")))
        }
        // While something of it is open, and unless another plan has taken its place.
        PlanState::Broken { .. } if account.plans.is_empty() && is_open(account, plan) => {
            Some(line(Tone::Careful, chrome.t("plan-statement-broken"), href, chrome.t("plan-see")))
        }
        _ => None,
    }
}

fn is_open(account: &AccountStatement, plan: &PaymentPlan) -> bool {
    account.lines.iter().any(|line| plan.items.contains(&line.item.invoice_id))
}

fn settlement(offer: &SettlementOffer, creditor: &str, chrome: &Chrome) -> AnyView {
    let text = chrome.with(
        "settlement-statement",
        [
            ("creditor", creditor.into()),
            ("pay", chrome.money(offer.pay).into()),
            ("full", chrome.money(offer.full).into()),
            ("moment", chrome.moment(offer.until_at).into()),
        ],
    );
    let href = format!("/pay?account={}&settlement={}", offer.account_id, offer.id);
    line(Tone::Good, text, href, chrome.with("ways-pay-full", [("amount", chrome.money(offer.pay).into())]))
}
