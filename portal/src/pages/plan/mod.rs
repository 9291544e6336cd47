//! Payment plans as a debtor meets them: chosen, agreed to, paid.

mod confirm;
mod paying;
mod picker;
mod standing;

pub use confirm::{ACCEPTANCE_TEXT, PlanConfirmView, PlanWish, choice_path};
pub use picker::PlanPickerView;
pub use standing::{AutopayLine, PlanView};

use crate::islands;
use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::{every_text, plan_summary_pattern};
use saldo_domain::plan::{Frequency, Schedule};

/// How far apart, in words.
fn every(frequency: Frequency, chrome: &Chrome) -> String {
    every_text(chrome.texts(), frequency)
}

/// `6 pagos de $208.34, cada mes`, with places for count and amount.
fn summary_pattern(frequency: Frequency, chrome: &Chrome) -> String {
    plan_summary_pattern(chrome.texts(), frequency)
}

/// Every date and amount.
pub(super) fn schedule_table(schedule: &Schedule, caption: String, chrome: &Chrome) -> AnyView {
    let rows =
        islands::rows(schedule, &chrome.locale, &chrome.t("plan-down")).into_iter().map(|[name, date, amount]| {
            view! { <tr><th scope="row">{name}</th><td class="when">{date}</td><td class="number">{amount}</td></tr> }
        });
    let label = caption.clone();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=label>
            <table class="table schedule">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{chrome.t("plan-column-number")}</th>
                        <th scope="col">{chrome.t("plan-column-date")}</th>
                        <th scope="col" class="number">{chrome.t("plan-column-amount")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What is owed, what the plan costs beside it, and both.
pub(super) fn costs(schedule: &Schedule, chrome: &Chrome) -> AnyView {
    let charge = if schedule.charge.is_zero() {
        view! { <dd>{chrome.t("plan-charge-none")}</dd> }.into_any()
    } else {
        view! { <dd class="amount">{chrome.money(schedule.charge)}</dd> }.into_any()
    };
    view! {
        <dl class="pairs">
            <div><dt>{chrome.t("plan-principal")}</dt><dd class="amount">{chrome.money(schedule.principal)}</dd></div>
            <div><dt>{chrome.t("plan-charge")}</dt>{charge}</div>
            <div><dt>{chrome.t("plan-total")}</dt><dd class="amount amount-total">{chrome.money(schedule.total)}</dd></div>
        </dl>
    }
    .into_any()
}
