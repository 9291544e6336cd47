//! The editor of plan templates, with a sample schedule beside it.

use super::fields::{Fields, Takes, segment_field};
use super::kind::{Around, FieldProblem, KindEditor, Typed};
use super::plan_form as form;
use crate::layout::Chrome;
use crate::pages::plan::{costs, schedule_table};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::PolicyBody;
use saldo_app::i18n::{Reading, plan_notes, template_reading};
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_domain::plan::{PlanChoice, PlanTemplate, counts, first_dates, schedule};
use saldo_domain::policy::PolicyKind;

/// What a payment plan may look like.
pub struct PlanEditor;

/// The day on which the sample is agreed: its first instalments show what month ends do.
const SAMPLE_DAY: Date = Date::constant(2026, 1, 20);

impl KindEditor for PlanEditor {
    fn kind(&self) -> PolicyKind {
        PolicyKind::PlanTemplate
    }

    fn blank(&self, currency: Currency, _chrome: &Chrome) -> Typed {
        form::blank(currency)
    }

    fn typed(&self, body: &PolicyBody, chrome: &Chrome) -> Typed {
        match body {
            PolicyBody::PlanTemplate(template) => form::typed(template, chrome),
            _ => Typed::default(),
        }
    }

    fn read(&self, typed: &Typed, chrome: &Chrome) -> Result<PolicyBody, Vec<FieldProblem>> {
        form::read(typed, chrome).map(PolicyBody::PlanTemplate)
    }

    fn field_of(&self, refusal: &Refusal) -> String {
        let field = match refusal {
            Refusal::InstalmentCountOutOfRange { min: 0, .. } => "missed_max",
            Refusal::InstalmentCountOutOfRange { .. } => "instalments_min",
            Refusal::RangeReversed { field } => field,
            Refusal::RateAboveWhole => "down_payment",
            Refusal::InstalmentBelowMinimum { .. } | Refusal::AmountNotPositive => "instalment_min",
            Refusal::DaysOutOfRange => "first_within_days",
            refusal => segment_field(refusal).unwrap_or("instalments_min"),
        };
        field.to_owned()
    }

    fn fields(&self, fields: Fields<'_>) -> AnyView {
        view! { {fields.segment()} {who(fields)} {instalments(fields)} {charge(fields)} {agreement(fields)} }.into_any()
    }

    fn reading(&self, body: &PolicyBody, _typed: &Typed, chrome: &Chrome) -> Reading {
        let PolicyBody::PlanTemplate(template) = body else {
            return Reading { headline: String::new(), notes: Vec::new() };
        };
        let mut reading = template_reading(template, &chrome.locale);
        reading.notes.extend(plan_notes(template, &chrome.locale));
        reading
    }

    fn aside(&self, body: &PolicyBody, typed: &Typed, _around: &Around, chrome: &Chrome) -> AnyView {
        match body {
            PolicyBody::PlanTemplate(template) => sample(template, typed, chrome).unwrap_or_else(|| ().into_any()),
            _ => ().into_any(),
        }
    }
}

fn who(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    view! {
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("template-age")}</legend>
            <div class="field-row">
                {fields.input("days_past_due_min", chrome.t("template-age-min"), Takes::Text(6), Some(chrome.t("template-age-hint")))}
                {fields.input("days_past_due_max", chrome.t("template-age-max"), Takes::Text(6), None)}
            </div>
        </fieldset>
    }
    .into_any()
}

fn instalments(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let frequencies = vec![
        ("weekly", chrome.t("template-weekly")),
        ("fortnightly", chrome.t("template-fortnightly")),
        ("monthly", chrome.t("template-monthly")),
    ];
    view! {
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("template-instalments")}</legend>
            <div class="field-row">
                {fields.input("instalments_min", chrome.t("template-count-min"), Takes::Digits, None)}
                {fields.input("instalments_max", chrome.t("template-count-max"), Takes::Digits, Some(chrome.t("template-count-hint")))}
                {fields.select("frequency", chrome.t("template-frequency"), frequencies)}
                {fields.input("instalment_min", chrome.t("template-minimum"), Takes::Decimal, None)}
                {fields.input("down_payment", chrome.t("template-down"), Takes::Decimal, Some(chrome.t("template-down-hint")))}
                {fields.input("first_within_days", chrome.t("template-first-within"), Takes::Digits, None)}
            </div>
        </fieldset>
    }
    .into_any()
}

fn charge(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let charges = vec![
        ("none", chrome.t("template-charge-none")),
        ("fee", chrome.t("template-charge-fee")),
        ("flat_rate", chrome.t("template-charge-rate")),
    ];
    let early = vec![("full", chrome.t("template-early-full")), ("rebate_unearned", chrome.t("template-early-rebate"))];
    view! {
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("template-charge")}</legend>
            <div class="field-row">
                {fields.select("charge", chrome.t("template-charge-kind"), charges)}
                {fields.input("charge_value", chrome.t("template-charge-value"), Takes::Decimal, None)}
                {fields.select("early", chrome.t("template-early"), early)}
            </div>
        </fieldset>
    }
    .into_any()
}

fn agreement(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let approvals = vec![
        ("automatic", chrome.t("template-approval-automatic")),
        ("by_finance", chrome.t("template-approval-finance")),
    ];
    let autopay = vec![
        ("off", chrome.t("template-autopay-off")),
        ("optional", chrome.t("template-autopay-optional")),
        ("required", chrome.t("template-autopay-required")),
    ];
    let again = vec![
        ("always", chrome.t("template-again-always")),
        ("never", chrome.t("template-again-never")),
        ("after_days", chrome.t("template-again-after")),
    ];
    view! {
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("template-agreement")}</legend>
            <div class="field-row">
                {fields.select("approval", chrome.t("template-approval"), approvals)}
                {fields.select("autopay", chrome.t("template-autopay"), autopay)}
                {fields.input("grace_days", chrome.t("template-grace"), Takes::Digits, None)}
                {fields.input("missed_max", chrome.t("template-missed-max"), Takes::Digits, Some(chrome.t("template-missed-hint")))}
                {fields.select("again", chrome.t("template-again"), again)}
                {fields.input("again_days", chrome.t("template-again-days"), Takes::Digits, None)}
            </div>
        </fieldset>
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("template-sample")}</legend>
            <div class="field-row">
                {fields.input("sample_amount", chrome.t("template-sample-amount"), Takes::Decimal, Some(chrome.t("template-sample-hint")))}
                {fields.input("sample_count", chrome.t("template-sample-count"), Takes::Digits, None)}
            </div>
        </fieldset>
    }
    .into_any()
}

/// All dates and amounts of one choice, by the rule that will make them.
fn sample(template: &PlanTemplate, typed: &Typed, chrome: &Chrome) -> Option<AnyView> {
    let currency = template.segment.currency;
    let whole = 10_i64.pow(u32::from(currency.exponent())) * 1_000;
    let asked = chrome.locale.parse_money(typed.get("sample_amount"), currency).ok();
    let least = template.segment.amount_min.unwrap_or(Money::new(whole, currency));
    let principal = asked.unwrap_or(least);
    let possible = counts(template, principal).ok()?;
    let count = typed.get("sample_count").parse().unwrap_or(*possible.end());
    let first = first_dates(template, SAMPLE_DAY).ok()?;
    // The last day of the month, where the template allows it, shows how the day is kept.
    let month_end = Date::constant(2026, 1, 31);
    let first_on = if first.contains(&month_end) { month_end } else { *first.end() };
    let made = schedule(template, principal, &PlanChoice { count, first_on }, SAMPLE_DAY).ok()?;
    let title = chrome.with("template-sample-title", [("amount", chrome.money(principal).into())]);
    Some(
        view! {
            <h3>{title}</h3>
            {schedule_table(&made, chrome.t("plan-dates"), chrome)}
            {costs(&made, chrome)}
        }
        .into_any(),
    )
}
