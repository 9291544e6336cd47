use super::paying::pay_form;
use super::{costs, schedule_table};
use crate::layout::forms::{Tone, button_form, note};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::{Date, Zone};
use saldo_domain::ids::AttemptId;
use saldo_domain::money::Money;
use saldo_domain::plan::{
    BreakReason, CancelReason, EarlyPayment, InstalmentStanding, InstalmentState, PaymentPlan, PlanProgress, PlanState,
};

/// How the instalments of a plan are paid by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AutopayLine {
    /// By this method: `Visa •••• 4242`.
    On(String),
    /// It could be, with a saved method.
    Off,
    /// It was agreed, and the method is gone.
    Missing,
}

/// A plan with its progress.
#[derive(Debug, Clone)]
pub struct PlanView {
    /// Who is owed.
    pub creditor_name: String,
    /// What was agreed or proposed.
    pub plan: PaymentPlan,
    /// How it stands.
    pub progress: PlanProgress,
    /// What ends it at once, while it is active.
    pub early: Option<EarlyPayment>,
    /// What is open on its account beside it or after it.
    pub balance: Money,
    /// The balance that the form stands on.
    pub balance_version: i64,
    /// The attempt that the form begins.
    pub attempt_id: AttemptId,
    /// Whether the debtor may choose another plan now.
    pub may_choose: bool,
    /// How it is paid by itself.
    pub autopay: AutopayLine,
    /// The date on the debtor's wall.
    pub today: Date,
    /// Where the debtor's days end.
    pub zone: Zone,
}

impl Screen for PlanView {
    fn page(&self, chrome: &Chrome) -> Page {
        let body = view! {
            <p class="back no-print"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <h1 class="title">{chrome.t("plan-title")}</h1>
            {state(self, chrome)}
            {self.plan.is_active().then(|| active(self, chrome))}
            <section class="section">
                <h2 class="section-title">{chrome.t("plan-dates")}</h2>
                {instalments(self, chrome)}
            </section>
            {costs(&self.plan.schedule, chrome)}
        };
        Page::new(chrome.t("plan-title"), Width::Column, body).with_script()
    }
}

fn state(view: &PlanView, chrome: &Chrome) -> AnyView {
    let creditor = || [("creditor", (&view.creditor_name).into())];
    match &view.plan.state {
        PlanState::Proposed { .. } if view.plan.waits_for_debtor() => {
            let action = format!("/plan/{}/accept", view.plan.id);
            note(
                Tone::Info,
                view! {
                    <p><strong>{chrome.with("plan-offered", creditor())}</strong>" "{chrome.t("plan-offered-explained")}</p>
                    <p class="actions">
                        <a class="button button-primary" href=action>{chrome.t("plan-offered-look")}</a>
                        {button_form(format!("/plan/{}/decline", view.plan.id), "button", chrome.t("plan-decline"))}
                    </p>
                },
            )
        }
        PlanState::Proposed { .. } => {
            let text = chrome.with("plan-waits-explained", creditor());
            note(Tone::Waiting, view! { <p><strong>{chrome.t("plan-waits")}</strong>" "{text}</p> })
        }
        PlanState::Active { .. } => progress_bar(view, chrome),
        PlanState::Completed { .. } => note(
            Tone::Good,
            view! { <p><strong>{chrome.t("plan-completed")}</strong>" "{chrome.t("plan-completed-explained")}</p> },
        ),
        PlanState::Broken { broken_on, missed, paid, why, .. } => {
            let BreakReason::Missed { count } = why;
            broken(view, *broken_on, (*missed, *paid, i64::from(*count)), chrome)
        }
        PlanState::Canceled { reason, canceled_at, .. } => {
            let text = match reason {
                CancelReason::Rejected => chrome.with("plan-rejected", creditor()),
                CancelReason::Declined => chrome.t("plan-declined"),
                CancelReason::Withdrawn => chrome.with("plan-withdrawn", creditor()),
                CancelReason::Lapsed => chrome.t("plan-lapsed"),
            };
            let date = chrome.date(view.zone.date_at(*canceled_at));
            let ended = chrome.with("plan-ended-on", [("date", date.into())]);
            view! { {note(Tone::Info, view! { <p>{text}" "{ended}</p> })} {ways_out(view, chrome)} }.into_any()
        }
    }
}

/// What happened, that what was paid counts, and what can be done now.
fn broken(view: &PlanView, on: Date, (missed, paid, count): (Money, Money, i64), chrome: &Chrome) -> AnyView {
    let date = chrome.date(on);
    let why = chrome.with(
        "plan-broken-why",
        [("date", date.into()), ("count", count.into()), ("amount", chrome.money(missed).into())],
    );
    let counts = paid
        .is_positive()
        .then(|| view! { <p>{chrome.with("plan-broken-paid", [("amount", chrome.money(paid).into())])}</p> });
    let what = note(Tone::Careful, view! { <p><strong>{chrome.t("plan-broken")}</strong>" "{why}</p> {counts} });
    view! { {what} {ways_out(view, chrome)} }.into_any()
}

fn ways_out(view: &PlanView, chrome: &Chrome) -> Option<AnyView> {
    if !view.balance.is_positive() {
        return None;
    }
    let account = view.plan.account_id;
    let pay = chrome.with("plan-pay-balance", [("amount", chrome.money(view.balance).into())]);
    let another = view.may_choose.then(|| {
        view! { <a class="button button-block" href=format!("/plan/new?account={account}")>{chrome.t("plan-another")}</a> }
    });
    let ask = (!view.may_choose).then(|| {
        let text = chrome.with("plan-ask-creditor", [("creditor", (&view.creditor_name).into())]);
        view! { <p class="hint"><span>{text}</span></p> }
    });
    let body = view! {
        <section class="card stack">
            <h2 class="section-title">{chrome.t("plan-what-now")}</h2>
            <a class="button button-primary button-block" href=format!("/pay?account={account}")>{pay}</a>
            {another}
            {ask}
        </section>
    };
    Some(body.into_any())
}

fn progress_bar(view: &PlanView, chrome: &Chrome) -> AnyView {
    let (paid, total) = (view.progress.paid, view.plan.schedule.total);
    let words =
        chrome.with("plan-progress", [("paid", chrome.money(paid).into()), ("total", chrome.money(total).into())]);
    view! {
        <div class="progress plan-progress">
            <progress aria-label=chrome.t("plan-title") max=total.minor().to_string() value=paid.minor().to_string()></progress>
            <p class="progress-count">{words}</p>
        </div>
    }
    .into_any()
}

fn active(view: &PlanView, chrome: &Chrome) -> AnyView {
    view! {
        <section class="card pay">
            {pay_form(view, chrome)}
            {autopay(view, chrome)}
        </section>
    }
    .into_any()
}

fn autopay(view: &PlanView, chrome: &Chrome) -> AnyView {
    let (words, action) = match &view.autopay {
        AutopayLine::On(method) => {
            (chrome.with("plan-autopay-on", [("method", method.into())]), chrome.t("plan-autopay-change"))
        }
        AutopayLine::Off => (chrome.t("plan-autopay-off"), chrome.t("plan-autopay-add")),
        AutopayLine::Missing => (chrome.t("plan-autopay-missing"), chrome.t("plan-autopay-add")),
    };
    view! { <p class="way-words">{words}" "<a href="/methods">{action}</a></p> }.into_any()
}

/// Every instalment with its state; what is only proposed or over shows the dates alone.
fn instalments(view: &PlanView, chrome: &Chrome) -> AnyView {
    if !matches!(view.plan.state, PlanState::Active { .. } | PlanState::Completed { .. } | PlanState::Broken { .. }) {
        return schedule_table(&view.plan.schedule, chrome.t("plan-dates"), chrome);
    }
    let rows = view.progress.instalments.iter().map(|one| {
        let name = if one.number == 0 { chrome.t("plan-down") } else { one.number.to_string() };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="when"><span class="line">{chrome.date(one.due_on)}</span>{badge(one, chrome)}</td>
                <td class="number">{chrome.money(one.amount)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("plan-dates")>
            <table class="table schedule">
                <caption class="visually-hidden">{chrome.t("plan-dates")}</caption>
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

fn badge(one: &InstalmentStanding, chrome: &Chrome) -> AnyView {
    let part = one.missing().map(|missing| chrome.money(missing)).unwrap_or_default();
    let (class, text) = match one.state {
        InstalmentState::Paid => ("badge badge-good", chrome.t("instalment-paid")),
        InstalmentState::Partial => ("badge badge-info", chrome.with("instalment-partial", [("amount", part.into())])),
        InstalmentState::Due => ("badge badge-careful", chrome.t("instalment-due")),
        InstalmentState::Overdue => ("badge badge-careful", chrome.t("instalment-overdue")),
        InstalmentState::Upcoming => ("badge badge-quiet", chrome.t("instalment-upcoming")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}
