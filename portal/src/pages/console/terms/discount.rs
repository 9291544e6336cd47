//! The editor of discount policies.

use super::discount_form as form;
use super::fields::{Fields, Takes, segment_field};
use super::kind::{Around, FieldProblem, KindEditor, Typed};
use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::PolicyBody;
use saldo_app::i18n::{Reading, discount_reading, rate_text};
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::discount::DiscountPolicy;
use saldo_domain::policy::PolicyKind;

/// Discounts for paying early.
pub struct DiscountEditor;

impl KindEditor for DiscountEditor {
    fn kind(&self) -> PolicyKind {
        PolicyKind::Discount
    }

    fn blank(&self, currency: Currency, _chrome: &Chrome) -> Typed {
        form::blank(currency)
    }

    fn typed(&self, body: &PolicyBody, chrome: &Chrome) -> Typed {
        match body {
            PolicyBody::Discount(policy) => form::typed(policy, chrome),
            _ => Typed::default(),
        }
    }

    fn read(&self, typed: &Typed, chrome: &Chrome) -> Result<PolicyBody, Vec<FieldProblem>> {
        form::read(typed, chrome).map(PolicyBody::Discount)
    }

    fn field_of(&self, refusal: &Refusal) -> String {
        let field = match refusal {
            Refusal::DaysOutOfRange => "tier_1_days",
            refusal => segment_field(refusal).unwrap_or("tier_1_value"),
        };
        field.to_owned()
    }

    fn fields(&self, fields: Fields<'_>) -> AnyView {
        let chrome = fields.chrome;
        let rules = vec![("tiers", chrome.t("discount-rule-tiers")), ("sliding", chrome.t("discount-rule-sliding"))];
        let annual = fields.input(
            "annual_rate",
            chrome.t("discount-annual-rate"),
            Takes::Decimal,
            Some(chrome.t("discount-annual-rate-hint")),
        );
        view! {
            {fields.segment()}
            <fieldset class="card stack">
                <legend class="section-title">{chrome.t("discount-rule")}</legend>
                <div class="field-row">{fields.select("rule", chrome.t("discount-rule-kind"), rules)} {annual}</div>
                {tiers(&fields)}
            </fieldset>
            {details(&fields)}
        }
        .into_any()
    }

    fn reading(&self, body: &PolicyBody, typed: &Typed, chrome: &Chrome) -> Reading {
        match body {
            PolicyBody::Discount(policy) => {
                discount_reading(policy, &chrome.locale, typed.get("net_days").parse().ok())
            }
            _ => Reading { headline: String::new(), notes: Vec::new() },
        }
    }

    fn aside(&self, body: &PolicyBody, typed: &Typed, _around: &Around, chrome: &Chrome) -> AnyView {
        match body {
            PolicyBody::Discount(policy) => costs(policy, typed.get("net_days").parse().unwrap_or(30), chrome),
            _ => ().into_any(),
        }
    }
}

fn tiers(fields: &Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let reductions = vec![("rate", chrome.t("discount-in-percent")), ("fixed", chrome.t("discount-in-money"))];
    let rows = (1..=form::row_count(fields.typed)).map(|row| {
        let untils = vec![("issue", chrome.t("discount-after-issue")), ("due", chrome.t("discount-before-due"))];
        let number = || [("row", row.into())];
        view! {
            <div class="field-row">
                {fields.input(&format!("tier_{row}_value"), chrome.with("discount-tier-value", number()), Takes::Decimal, None)}
                {fields.input(&format!("tier_{row}_days"), chrome.with("discount-tier-days", number()), Takes::Digits, None)}
                {fields.select(&format!("tier_{row}_until"), chrome.with("discount-tier-until", number()), untils)}
            </div>
        }
    });
    view! {
        {fields.select("reduction", chrome.t("discount-reduction"), reductions)}
        <p class="hint"><span>{chrome.t("discount-tiers-hint")}</span></p>
        {rows.collect_view()}
    }
    .into_any()
}

fn details(fields: &Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let bases = vec![("gross", chrome.t("discount-gross")), ("net_of_tax", chrome.t("discount-net-of-tax"))];
    let parts = vec![
        ("none", chrome.t("discount-parts-none")),
        ("proportional", chrome.t("discount-parts-proportional")),
        ("if_rest_in_time", chrome.t("discount-parts-rest")),
    ];
    let grace = Some(chrome.t("discount-grace-hint"));
    let net = Some(chrome.t("discount-net-days-hint"));
    view! {
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("discount-details")}</legend>
            <div class="field-row">
                {fields.select("base", chrome.t("discount-base"), bases)}
                {fields.select("part_payments", chrome.t("discount-parts"), parts)}
                {fields.input("grace_minutes", chrome.t("discount-grace"), Takes::Digits, grace)}
                {fields.input("net_days", chrome.t("discount-net-days"), Takes::Digits, net)}
            </div>
        </fieldset>
    }
    .into_any()
}

/// What the dearest tier costs as if it were a loan for the days that it brings money forward.
fn costs(policy: &DiscountPolicy, net_days: u32, chrome: &Chrome) -> AnyView {
    let Some(cost) = policy.annualised_cost_bps(net_days) else { return ().into_any() };
    let rate = rate_text(cost, &chrome.locale);
    let said = chrome.with("discount-cost", [("rate", rate.into()), ("count", net_days.into())]);
    view! { <p><strong>{said}</strong></p><p class="hint"><span>{chrome.t("discount-cost-explained")}</span></p> }
        .into_any()
}
