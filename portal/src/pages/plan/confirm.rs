use super::{costs, schedule_table, summary_pattern};
use crate::islands::summary;
use crate::layout::forms::{Tone, hidden, note, problem_summary};
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::ids::{AccountId, PlanId, PolicyId};
use saldo_domain::plan::{Approval, AutopayRule, Frequency, PlanChoice, Schedule};

/// The version of the words to which a debtor agrees: it changes with them, and is kept with each acceptance.
pub const ACCEPTANCE_TEXT: &str = "plan-acceptance-1";

/// Which plan is agreed to.
#[derive(Debug, Clone)]
pub enum PlanWish {
    /// One that the debtor has chosen.
    Own {
        /// Of what.
        template_id: PolicyId,
        /// How far apart its payments are.
        frequency: Frequency,
        /// How many, from when.
        choice: PlanChoice,
    },
    /// One that finance has proposed.
    Proposed,
}

/// Everything that is agreed to, once more, and the box that agrees to it.
#[derive(Debug, Clone)]
pub struct PlanConfirmView {
    /// Who is owed.
    pub creditor_name: String,
    /// The account.
    pub account_id: AccountId,
    /// The balance that this stands on.
    pub balance_version: i64,
    /// The plan that the form makes or answers.
    pub plan_id: PlanId,
    /// Which one.
    pub wish: PlanWish,
    /// All dates and amounts.
    pub schedule: Schedule,
    /// How many days an instalment may be late.
    pub grace_days: u32,
    /// How many may be missing at once.
    pub missed_max: u32,
    /// Who must agree beside the debtor.
    pub approval: Approval,
    /// Whether a saved method pays.
    pub autopay: AutopayRule,
    /// Whether the debtor has one.
    pub has_method: bool,
    /// What was wrong.
    pub problem: Option<Refusal>,
    /// Whether the box was left empty.
    pub unticked: bool,
}

impl Screen for PlanConfirmView {
    fn page(&self, chrome: &Chrome) -> Page {
        let problem = match (&self.problem, self.unticked) {
            (Some(refusal), _) => Some(problem_summary(chrome, "agree", &refusal_text(refusal, &chrome.locale))),
            (None, true) => Some(problem_summary(chrome, "agree", &chrome.t("plan-agree-missing"))),
            (None, false) => None,
        };
        let words = match &self.wish {
            PlanWish::Own { frequency, .. } => {
                Some(summary(&summary_pattern(*frequency, chrome), &self.schedule, &chrome.locale))
            }
            PlanWish::Proposed => None,
        };
        let action = match &self.wish {
            PlanWish::Own { .. } => "/plan".to_owned(),
            PlanWish::Proposed => format!("/plan/{}/accept", self.plan_id),
        };
        let (back, back_label) = self.back(chrome);
        let body = view! {
            <p class="back no-print"><a href=back>{back_label}</a></p>
            <h1 class="title">{chrome.t("plan-confirm-title")}</h1>
            {problem}
            <form class="card pay" method="post" action=action>
                {self.fields()}
                {words.map(|words| view! { <p class="picker-summary">{words}</p> })}
                {schedule_table(&self.schedule, chrome.t("plan-dates"), chrome)}
                {costs(&self.schedule, chrome)}
                {rules(self, chrome)}
                {autopay(self, chrome)}
                {self.may_agree().then(|| agree(self, chrome))}
            </form>
        };
        Page::new(chrome.t("plan-confirm-title"), Width::Column, body)
    }
}

impl PlanConfirmView {
    fn fields(&self) -> AnyView {
        let own = match &self.wish {
            PlanWish::Own { template_id, choice, .. } => vec![
                hidden("plan", self.plan_id),
                hidden("account", self.account_id),
                hidden("template", template_id),
                hidden("count", choice.count),
                hidden("first_on", choice.first_on),
            ],
            PlanWish::Proposed => Vec::new(),
        };
        view! { {own} {hidden("balance_version", self.balance_version)} {hidden("text", ACCEPTANCE_TEXT)} }.into_any()
    }

    /// Back to the choice as it is, or to the plan.
    fn back(&self, chrome: &Chrome) -> (String, String) {
        match &self.wish {
            PlanWish::Own { template_id, choice, .. } => {
                (choice_path("/plan/new", self.account_id, *template_id, choice), chrome.t("plan-change"))
            }
            PlanWish::Proposed => (format!("/plan/{}", self.plan_id), chrome.t("plan-title")),
        }
    }

    /// A plan that needs a saved method cannot be agreed to without one.
    fn may_agree(&self) -> bool {
        self.autopay != AutopayRule::Required || self.has_method
    }
}

/// A choice as an address.
pub fn choice_path(page: &str, account: AccountId, template: PolicyId, choice: &PlanChoice) -> String {
    format!("{page}?account={account}&template={template}&count={}&first_on={}", choice.count, choice.first_on)
}

/// What happens when a date is missed, and who must agree.
fn rules(view: &PlanConfirmView, chrome: &Chrome) -> AnyView {
    let creditor = || [("creditor", (&view.creditor_name).into())];
    let missed = i64::from(view.missed_max);
    let grace = match view.grace_days {
        0 => chrome.t("plan-rule-no-grace"),
        days => chrome.with("plan-rule-grace", [("count", i64::from(days).into())]),
    };
    let approval = (view.approval == Approval::ByFinance)
        .then(|| view! { <li>{chrome.with("plan-rule-approval", creditor())}</li> });
    view! {
        <div class="stack-tight">
            <h2 class="section-title">{chrome.t("plan-rules")}</h2>
            <ul class="bullets">
                <li>{chrome.t("plan-rule-reminders")}</li>
                <li>{grace}</li>
                <li>{chrome.with("plan-rule-break", [("count", (missed + 1).into())])}</li>
                <li>{chrome.t("plan-rule-early")}</li>
                {approval}
            </ul>
        </div>
    }
    .into_any()
}

fn autopay(view: &PlanConfirmView, chrome: &Chrome) -> AnyView {
    match (view.autopay, view.has_method) {
        (AutopayRule::Off, _) => ().into_any(),
        (AutopayRule::Optional, true) => view! {
            <div class="pick pick-framed">
                <input type="checkbox" id="autopay" name="autopay" value="yes"/>
                <label for="autopay"><span>{chrome.t("plan-autopay-choose")}</span></label>
            </div>
        }
        .into_any(),
        (AutopayRule::Optional, false) => {
            view! { <p class="hint"><span>{chrome.t("plan-autopay-later")}</span></p> }.into_any()
        }
        (AutopayRule::Required, true) => note(Tone::Info, view! { <p>{chrome.t("plan-autopay-required")}</p> }),
        (AutopayRule::Required, false) => {
            let text = chrome.t("plan-autopay-needed");
            note(Tone::Careful, view! { <p>{text}" "<a href="/methods">{chrome.t("plan-autopay-add")}</a></p> })
        }
    }
}

fn agree(view: &PlanConfirmView, chrome: &Chrome) -> AnyView {
    let terms = chrome.with("plan-acceptance-1", [("creditor", (&view.creditor_name).into())]);
    let ask = match view.approval {
        Approval::Automatic => chrome.t("plan-accept"),
        Approval::ByFinance => chrome.t("plan-propose"),
    };
    view! {
        <div class="pick pick-framed">
            <input type="checkbox" id="agree" name="agree" value="yes" required aria-invalid=view.unticked.then_some("true")/>
            <label for="agree"><span>{terms}</span></label>
        </div>
        <button class="button button-primary button-block" type="submit">{ask}</button>
        <p class="hint">{icon(Icon::Lock)}<span>{chrome.t("plan-accept-recorded")}</span></p>
    }
    .into_any()
}
