//! A plan that the creditor's people propose: template, number, first date, then all dates and amounts.

use super::shell::{Section, console_page};
use crate::layout::forms::{hidden, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::plan::{costs, schedule_table};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::payment_plan::OfferedPlan;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::ids::{DebtorId, PlanId};
use saldo_domain::plan::{AutopayRule, PlanChoice, Schedule};

/// The page of a proposal.
#[derive(Debug, Clone)]
pub struct ProposePlanView {
    /// To whom.
    pub debtor_id: DebtorId,
    /// To whom, by name.
    pub debtor_name: String,
    /// What is possible now.
    pub offers: Vec<OfferedPlan>,
    /// Which of them is looked at.
    pub chosen: usize,
    /// How many instalments, from when.
    pub choice: Option<PlanChoice>,
    /// All dates and amounts of the choice.
    pub schedule: Option<Schedule>,
    /// The plan that the form makes.
    pub plan_id: PlanId,
    /// What was wrong.
    pub problem: Option<Refusal>,
}

impl Screen for ProposePlanView {
    fn page(&self, chrome: &Chrome) -> Page {
        let title = chrome.t("console-plan-propose");
        let problem = self
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, "count", &refusal_text(refusal, &chrome.locale)));
        let form = match self.offers.get(self.chosen) {
            Some(offered) => view! { {self.choose(offered, chrome)} {self.confirm(offered, chrome)} }.into_any(),
            None => view! { <p class="empty">{chrome.t("console-plan-no-offer")}</p> }.into_any(),
        };
        let body = view! {
            <p class="back"><a href=format!("/console/debtors/{}", self.debtor_id)>{self.debtor_name.clone()}</a></p>
            <div class="page-head">
                <h1 class="title">{title.clone()}</h1>
                <p class="lead">{chrome.t("console-plan-propose-lead")}</p>
            </div>
            {problem}
            {form}
        };
        console_page(Section::Debtors, title, body, chrome)
    }
}

impl ProposePlanView {
    /// A form that only looks: the address holds the choice.
    fn choose(&self, offered: &OfferedPlan, chrome: &Chrome) -> AnyView {
        let options = self.offers.iter().enumerate().map(|(place, one)| {
            let label = format!("{} · {}", one.name, chrome.money(one.offer.principal));
            view! { <option value=place.to_string() selected=place == self.chosen>{label}</option> }
        });
        let offer = &offered.offer;
        let count = self.choice.map_or(*offer.counts.end(), |choice| choice.count);
        let first_on = self.choice.map_or(offer.first_from, |choice| choice.first_on);
        view! {
            <form class="card stack" method="get" action=format!("/console/debtors/{}/plans/new", self.debtor_id)>
                <div class="field">
                    <label for="offer">{chrome.t("console-plan-template")}</label>
                    <select class="input" id="offer" name="offer">{options.collect_view()}</select>
                </div>
                <div class="field-row">
                    <div class="field">
                        <label for="count">{chrome.t("plan-count")}</label>
                        <input class="input input-short" id="count" name="count" type="number" inputmode="numeric"
                            min=offer.counts.start().to_string() max=offer.counts.end().to_string() value=count.to_string() required/>
                    </div>
                    <div class="field">
                        <label for="first_on">{chrome.t("plan-first")}</label>
                        <input class="input input-short" id="first_on" name="first_on" type="date"
                            min=offer.first_from.to_string() max=offer.first_until.to_string() value=first_on.to_string() required/>
                    </div>
                </div>
                <div class="actions"><button class="button" type="submit">{chrome.t("plan-show")}</button></div>
            </form>
        }
        .into_any()
    }

    fn confirm(&self, offered: &OfferedPlan, chrome: &Chrome) -> Option<AnyView> {
        let (schedule, choice) = (self.schedule.as_ref()?, self.choice?);
        let autopay = (offered.offer.template.autopay == AutopayRule::Optional).then(|| {
            view! {
                <div class="choice">
                    <input type="checkbox" id="autopay" name="autopay" value="yes"/>
                    <label for="autopay">{chrome.t("console-plan-autopay-ask")}</label>
                </div>
            }
        });
        Some(
            view! {
                <form class="card stack" method="post" action=format!("/console/debtors/{}/plans", self.debtor_id)>
                    {hidden("plan", self.plan_id)}
                    {hidden("account", offered.account_id)}
                    {hidden("template", offered.offer.template_id)}
                    {hidden("balance_version", offered.balance_version)}
                    {hidden("count", choice.count)}
                    {hidden("first_on", choice.first_on)}
                    {schedule_table(schedule, chrome.t("plan-dates"), chrome)}
                    {costs(schedule, chrome)}
                    {autopay}
                    <p class="hint"><span>{chrome.t("console-plan-propose-explained")}</span></p>
                    <div class="actions"><button class="button button-primary" type="submit">{chrome.t("console-plan-propose-send")}</button></div>
                </form>
            }
            .into_any(),
        )
    }
}
