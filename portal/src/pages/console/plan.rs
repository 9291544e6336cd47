//! One payment plan as finance sees it: dates, progress, how the debtor agreed, and what can be decided.

use super::plan_actions::{autopay, decisions};
use super::shell::{Section, console_page};
use crate::layout::forms::{Tone, note, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::plan::costs;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::payment_plan::PlanDesk;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::ids::DebtorId;
use saldo_domain::plan::{
    Acceptance, CancelReason, InstalmentStanding, InstalmentState, PaymentPlan, PlanProgress, PlanState,
};

/// One plan.
#[derive(Debug, Clone)]
pub struct ConsolePlanView {
    /// The plan and what its saved method did.
    pub desk: PlanDesk,
    /// Whether the reader may approve, reject and end it.
    pub may_decide: bool,
    /// What was wrong with the last form.
    pub problem: Option<Refusal>,
}

impl Screen for ConsolePlanView {
    fn page(&self, chrome: &Chrome) -> Page {
        let shown = &self.desk.shown;
        let (plan, debtor) = (&shown.plan, &shown.debtor);
        let (class, text) = plan_badge(plan, chrome);
        let problem = self
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, "note", &refusal_text(refusal, &chrome.locale)));
        let title = chrome.with("console-plan-title", [("name", debtor.name.clone().into())]);
        let log = format!("/console/audit?subject={}", plan.id);
        let numbers = shown.items.iter().map(|row| row.invoice.number.clone()).collect::<Vec<_>>().join(", ");
        let body = view! {
            <p class="back"><a href=format!("/console/debtors/{}", debtor.id)>{debtor.name.clone()}</a></p>
            <div class="page-head">
                <h1 class="title">{title.clone()}</h1>
                <p><span class=class>{text}</span></p>
            </div>
            {problem}
            {ending(plan, chrome)}
            {figures(&shown.progress, chrome)}
            <div class="columns">
                <section class="section">
                    <h2 class="section-title">{chrome.t("plan-dates")}</h2>
                    {instalments(&shown.progress, chrome)}
                </section>
                <div class="stack">
                    {costs(&plan.schedule, chrome)}
                    {terms(plan, numbers, chrome)}
                    {evidence(plan, chrome)}
                </div>
            </div>
            {autopay(&self.desk.autopay, chrome)}
            {self.may_decide.then(|| decisions(plan, chrome))}
            <p><a href=log>{chrome.t("console-plan-log")}</a></p>
        };
        console_page(Section::Plans, title, body, chrome)
    }
}

/// A plan's state in one word.
pub fn plan_badge(plan: &PaymentPlan, chrome: &Chrome) -> (&'static str, String) {
    match &plan.state {
        PlanState::Proposed { .. } if plan.waits_for_finance() => {
            ("badge badge-careful", chrome.t("console-plan-waits-finance"))
        }
        PlanState::Proposed { .. } => ("badge badge-info", chrome.t("console-plan-waits-debtor")),
        PlanState::Active { .. } => ("badge badge-good", chrome.t("console-plan-active")),
        PlanState::Completed { .. } => ("badge badge-good", chrome.t("console-plan-completed")),
        PlanState::Broken { .. } => ("badge badge-bad", chrome.t("console-plan-broken")),
        PlanState::Canceled { .. } => ("badge", chrome.t("console-plan-canceled")),
    }
}

/// A debtor's plans, the latest first, and the way to propose another: for the account's page.
pub fn plans_of_debtor(plans: &[PaymentPlan], debtor: DebtorId, may_propose: bool, chrome: &Chrome) -> AnyView {
    let rows = plans.iter().rev().map(|plan| {
        let (class, text) = plan_badge(plan, chrome);
        view! {
            <li>
                <a href=format!("/console/plans/{}", plan.id)>{chrome.moment(plan.proposed_at)}</a>
                <span class=class>{text}</span>
                <span class="amount">{chrome.money(plan.schedule.total)}</span>
            </li>
        }
    });
    let list = if plans.is_empty() {
        view! { <p class="empty">{chrome.t("console-plan-none")}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
    };
    let propose = may_propose.then(|| {
        let href = format!("/console/debtors/{debtor}/plans/new");
        view! { <p class="actions"><a class="button" href=href>{chrome.t("console-plan-propose")}</a></p> }
    });
    view! {
        <section class="section" id="plans">
            <h2 class="section-title">{chrome.t("console-plans")}</h2>
            {list}
            {propose}
        </section>
    }
    .into_any()
}

fn ending(plan: &PaymentPlan, chrome: &Chrome) -> Option<AnyView> {
    let (tone, text, said) = match &plan.state {
        PlanState::Broken { broken_on, instalment, missed, .. } => {
            let text = chrome.with(
                "console-plan-broken-why",
                [
                    ("date", chrome.date(*broken_on).into()),
                    ("number", i64::from(*instalment).into()),
                    ("amount", chrome.money(*missed).into()),
                ],
            );
            (Tone::Bad, text, None)
        }
        PlanState::Canceled { canceled_at, reason, note, .. } => {
            let why = match reason {
                CancelReason::Rejected => chrome.t("console-plan-rejected"),
                CancelReason::Declined => chrome.t("console-plan-declined"),
                CancelReason::Withdrawn => chrome.t("console-plan-withdrawn"),
                CancelReason::Lapsed => chrome.t("console-plan-lapsed"),
            };
            (Tone::Info, format!("{why} {}", chrome.moment(*canceled_at)), note.clone())
        }
        _ => return None,
    };
    Some(note(tone, view! { <p>{text}</p> {said.map(|said| view! { <p>{said}</p> })} }))
}

fn figures(progress: &PlanProgress, chrome: &Chrome) -> AnyView {
    let figure = |label: &str, amount| {
        view! { <div class="figure"><dt>{label.to_owned()}</dt><dd class="amount amount-large">{chrome.money(amount)}</dd></div> }
    };
    view! {
        <dl class="figures card">
            {figure(&chrome.t("console-plan-paid"), progress.paid)}
            {figure(&chrome.t("console-plan-remaining"), progress.remaining)}
            {figure(&chrome.t("console-plan-due-now"), progress.due_now)}
        </dl>
    }
    .into_any()
}

fn instalments(progress: &PlanProgress, chrome: &Chrome) -> AnyView {
    let rows = progress.instalments.iter().map(|one| {
        let (class, text) = instalment_badge(one, chrome);
        let name = if one.number == 0 { chrome.t("plan-down") } else { one.number.to_string() };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="when">{chrome.date(one.due_on)}</td>
                <td class="number">{chrome.money(one.amount)}</td>
                <td class="number">{chrome.money(one.paid)}</td>
                <td><span class=class>{text}</span></td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("plan-dates")>
            <table class="table">
                <caption class="visually-hidden">{chrome.t("plan-dates")}</caption>
                <thead><tr>
                    <th scope="col">{chrome.t("plan-column-number")}</th>
                    <th scope="col">{chrome.t("plan-column-date")}</th>
                    <th scope="col" class="number">{chrome.t("plan-column-amount")}</th>
                    <th scope="col" class="number">{chrome.t("console-plan-paid")}</th>
                    <th scope="col">{chrome.t("console-plan-state")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn instalment_badge(one: &InstalmentStanding, chrome: &Chrome) -> (&'static str, String) {
    match one.state {
        InstalmentState::Paid => ("badge badge-good", chrome.t("console-instalment-paid")),
        InstalmentState::Partial => ("badge badge-info", chrome.t("console-instalment-partial")),
        InstalmentState::Due => ("badge badge-careful", chrome.t("console-instalment-due")),
        InstalmentState::Overdue => ("badge badge-bad", chrome.t("console-instalment-overdue")),
        InstalmentState::Upcoming => ("badge", chrome.t("console-instalment-upcoming")),
    }
}

fn terms(plan: &PaymentPlan, numbers: String, chrome: &Chrome) -> AnyView {
    let days = i64::from(plan.terms.grace_days);
    let missed = i64::from(plan.terms.break_rule.missed_max);
    let autopay = if plan.terms.autopay { chrome.t("console-yes") } else { chrome.t("console-no") };
    let template = format!("/console/terms/{}", plan.template_id);
    view! {
        <dl class="pairs">
            <div><dt>{chrome.t("console-plan-items")}</dt><dd>{numbers}</dd></div>
            <div><dt>{chrome.t("console-plan-grace")}</dt><dd>{chrome.with("console-days", [("count", days.into())])}</dd></div>
            <div><dt>{chrome.t("console-plan-missed-max")}</dt><dd>{missed.to_string()}</dd></div>
            <div><dt>{chrome.t("console-plan-autopay")}</dt><dd>{autopay}</dd></div>
            <div><dt>{chrome.t("console-plan-template")}</dt><dd><a href=template>{chrome.t("console-plan-template-see")}</a></dd></div>
        </dl>
    }
    .into_any()
}

/// How both sides agreed.
fn evidence(plan: &PaymentPlan, chrome: &Chrome) -> AnyView {
    let accepted = plan.state.acceptance().map(|how| accepted(how, chrome));
    let approved = plan.state.approved().map(|approved| {
        view! { <div><dt>{chrome.t("console-plan-approved-at")}</dt><dd>{chrome.moment(approved.at)}</dd></div> }
    });
    view! {
        <section class="stack">
            <h2 class="section-title">{chrome.t("console-plan-evidence")}</h2>
            <dl class="pairs">
                <div><dt>{chrome.t("console-plan-proposed-at")}</dt><dd>{chrome.moment(plan.proposed_at)}</dd></div>
                {accepted}
                {approved}
            </dl>
        </section>
    }
    .into_any()
}

fn accepted(how: &Acceptance, chrome: &Chrome) -> AnyView {
    view! {
        <div><dt>{chrome.t("console-plan-accepted-at")}</dt><dd>{chrome.moment(how.accepted_at)}</dd></div>
        <div><dt>{chrome.t("console-plan-accepted-text")}</dt><dd class="mono">{how.text_version.clone()}</dd></div>
        <div><dt>{chrome.t("console-plan-accepted-from")}</dt><dd class="mono">{how.address.clone()}</dd></div>
        <div><dt>{chrome.t("console-plan-accepted-in")}</dt><dd>{how.language.tag()}</dd></div>
    }
    .into_any()
}
