use super::{costs, every, schedule_table, summary_pattern};
use crate::islands::{PlanPicker, summary, terms_line};
use crate::layout::forms::{hidden, problem_summary};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::ids::AccountId;
use saldo_domain::plan::{PlanChoice, PlanOffer, Schedule, schedule};
use saldo_domain::ways::easiest;

/// Choosing a plan: template, number of payments, first date; every date and amount beneath.
#[derive(Debug, Clone)]
pub struct PlanPickerView {
    /// The account.
    pub account_id: AccountId,
    /// What policy offers, at least one.
    pub offers: Vec<PlanOffer>,
    /// The one that is chosen.
    pub offer: PlanOffer,
    /// What is chosen of it.
    pub choice: PlanChoice,
    /// What that comes to.
    pub schedule: Schedule,
    /// The date on the debtor's wall.
    pub today: Date,
    /// Why what was asked for is not possible.
    pub problem: Option<Refusal>,
}

impl Screen for PlanPickerView {
    fn page(&self, chrome: &Chrome) -> Page {
        let problem = self.problem.as_ref().map(|refusal| {
            let field = match refusal {
                Refusal::FirstDateOutOfRange { .. } => "first_on",
                _ => "count",
            };
            problem_summary(chrome, field, &refusal_text(refusal, &chrome.locale))
        });
        let fields = view! {
            {hidden("account", self.account_id)}
            {hidden("shown", self.offer.template_id)}
            {templates(self, chrome)}
            <div class="field-row">
                {counts(self, chrome)}
                {first_date(self, chrome)}
            </div>
            <button class="button picker-ask" type="submit">{chrome.t("plan-show")}</button>
            {shown(self, chrome)}
        }
        .into_any();
        let body = view! {
            <p class="back no-print"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <div class="page-head">
                <h1 class="title">{chrome.t("plan-new-title")}</h1>
                <p class="lead">{chrome.t("plan-new-lead")}</p>
            </div>
            {problem}
            <form class="card pay" method="get" action="/plan/new">
                <PlanPicker
                    currency=self.offer.principal.currency().code().to_owned()
                    language=chrome.locale.language.tag().to_owned()
                    country=chrome.locale.country.clone()
                    today=self.today.to_string()
                    summary=summary_pattern(self.offer.template.frequency, chrome)
                    down=chrome.t("plan-down")
                >
                    {fields}
                </PlanPicker>
                {costs(&self.schedule, chrome)}
                <button class="button button-primary button-block" type="submit" formaction="/plan/confirm">
                    {chrome.t("plan-go-on")}
                </button>
                <p class="hint"><span>{chrome.t("plan-go-on-hint")}</span></p>
            </form>
        };
        Page::new(chrome.t("plan-new-title"), Width::Column, body).with_script()
    }
}

fn templates(view: &PlanPickerView, chrome: &Chrome) -> AnyView {
    if let [only] = view.offers.as_slice() {
        return hidden("template", only.template_id);
    }
    let choices = view.offers.iter().map(|offer| {
        let id = format!("template-{}", offer.template_id);
        let least = least_words(offer, view.today, chrome);
        let chosen = offer.template_id == view.offer.template_id;
        view! {
            <div class="choice">
                <input type="radio" id=id.clone() name="template" value=offer.template_id.to_string() checked=chosen/>
                <label for=id><span>{every(offer.template.frequency, chrome)}</span><span class="choice-note">{least}</span></label>
            </div>
        }
    });
    view! {
        <fieldset class="choices">
            <legend class="section-title">{chrome.t("plan-template")}</legend>
            {choices.collect_view()}
        </fieldset>
    }
    .into_any()
}

/// `de 2 a 6 pagos, desde $208.34`.
fn least_words(offer: &PlanOffer, today: Date, chrome: &Chrome) -> String {
    let choice = easiest(offer);
    let least = schedule(&offer.template, offer.principal, &choice, today).ok();
    let least = least.and_then(|schedule| schedule.instalments.last().map(|line| line.amount));
    let amount = least.map(|amount| chrome.money(amount)).unwrap_or_default();
    let (min, max) = (i64::from(*offer.counts.start()), i64::from(*offer.counts.end()));
    chrome.with("plan-template-words", [("min", min.into()), ("max", max.into()), ("amount", amount.into())])
}

fn counts(view: &PlanPickerView, chrome: &Chrome) -> AnyView {
    let options = view.offer.counts.clone().map(|count| {
        let choice = PlanChoice { count, ..view.choice };
        let one = schedule(&view.offer.template, view.offer.principal, &choice, view.today).ok();
        let one = one.and_then(|schedule| schedule.instalments.iter().find(|line| line.number == 1).copied());
        let amount = one.map(|line| chrome.money(line.amount)).unwrap_or_default();
        let label = chrome.with("plan-count-option", [("count", i64::from(count).into()), ("amount", amount.into())]);
        view! { <option value=count.to_string() selected=count == view.choice.count>{label}</option> }
    });
    view! {
        <div class="field">
            <label for="count">{chrome.t("plan-count")}</label>
            <select class="input" id="count" name="count">{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

fn first_date(view: &PlanPickerView, chrome: &Chrome) -> AnyView {
    let (from, until) = (view.offer.first_from, view.offer.first_until);
    let hint = chrome.with(
        "plan-first-hint",
        [("from", chrome.short_date(from).into()), ("until", chrome.short_date(until).into())],
    );
    view! {
        <div class="field">
            <label for="first_on">{chrome.t("plan-first")}</label>
            <input class="input" type="date" id="first_on" name="first_on" required value=view.choice.first_on.to_string()
                min=from.to_string() max=until.to_string() aria-describedby="first-hint"/>
            <p class="hint" id="first-hint"><span>{hint}</span></p>
        </div>
    }
    .into_any()
}

/// The table, with what the island needs to draw it anew.
fn shown(view: &PlanPickerView, chrome: &Chrome) -> AnyView {
    let offer = &view.offer;
    let words = summary(&summary_pattern(offer.template.frequency, chrome), &view.schedule, &chrome.locale);
    view! {
        <div class="stack" data-terms=terms_line(&offer.template, offer.principal) data-template=offer.template_id.to_string()>
            <p class="picker-summary" role="status" data-slot="summary">{words}</p>
            {schedule_table(&view.schedule, chrome.t("plan-dates"), chrome)}
        </div>
    }
    .into_any()
}
