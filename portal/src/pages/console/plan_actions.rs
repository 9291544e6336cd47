//! What the saved method did for a plan, and what finance can decide about it.

use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::attempt::{AttemptOrigin, AttemptState, PaymentAttempt};
use saldo_domain::plan::{PaymentPlan, PlanState};

/// Each try with the saved method.
pub(super) fn autopay(attempts: &[PaymentAttempt], chrome: &Chrome) -> Option<AnyView> {
    if attempts.is_empty() {
        return None;
    }
    let rows = attempts.iter().map(|attempt| {
        let AttemptOrigin::Autopay { instalment, try_number, .. } = attempt.origin else { return ().into_any() };
        let what = chrome.with(
            "console-plan-try",
            [("number", i64::from(instalment).into()), ("try", i64::from(try_number).into())],
        );
        let (class, text) = match &attempt.state {
            AttemptState::Succeeded { .. } => ("badge badge-good", chrome.t("attempt-succeeded")),
            AttemptState::RequiresAction { .. } => ("badge badge-careful", chrome.t("attempt-action")),
            state if state.is_open() => ("badge badge-careful", chrome.t("attempt-pending")),
            _ => ("badge badge-bad", chrome.t("attempt-failed")),
        };
        view! {
            <li>
                <span>{chrome.moment(attempt.created_at)}" · "{what}</span>
                <span class=class>{text}</span>
                <span class="amount">{chrome.money(attempt.amount)}</span>
            </li>
        }
        .into_any()
    });
    let list = rows.collect_view();
    Some(
        view! {
            <section class="section">
                <h2 class="section-title">{chrome.t("console-plan-autopay")}</h2>
                <ul class="rows">{list}</ul>
            </section>
        }
        .into_any(),
    )
}

/// What finance can do now: approve, reject, end.
pub(super) fn decisions(plan: &PaymentPlan, chrome: &Chrome) -> Option<AnyView> {
    let open = plan.state.approved().is_none() && matches!(plan.state, PlanState::Proposed { .. });
    let form = |action: &str, class: &'static str, label: String, text: Option<String>| {
        let text = text.map(|label| {
            view! {
                <div class="field">
                    <label for="note">{label}</label>
                    <input class="input" id="note" name="note" maxlength="500" autocomplete="off"/>
                </div>
            }
        });
        view! {
            <form class="stack" method="post" action=format!("/console/plans/{}/{action}", plan.id)>
                {text}
                <div class="actions"><button class=class type="submit">{label}</button></div>
            </form>
        }
    };
    let note = || Some(chrome.t("console-plan-note"));
    let approve =
        open.then(|| form("approve", "button button-primary", chrome.t("console-plan-approve"), None).into_any());
    let end = if plan.waits_for_finance() {
        form("reject", "button button-danger", chrome.t("console-plan-reject"), note()).into_any()
    } else if plan.is_live() {
        let explained = if plan.is_active() { chrome.t("console-plan-cancel-explained") } else { String::new() };
        let form = form("cancel", "button button-danger", chrome.t("console-plan-cancel"), note());
        view! { <p class="hint"><span>{explained}</span></p> {form} }.into_any()
    } else {
        return None;
    };
    Some(
        view! {
            <section class="card stack">
                <h2 class="section-title">{chrome.t("console-plan-decide")}</h2>
                {approve}
                {end}
            </section>
        }
        .into_any(),
    )
}
