//! The editor of late fees and interest.

use super::fields::{Fields, Reader, Takes, fill_segment, rate_typed, segment_field};
use super::kind::{Around, FieldProblem, KindEditor, Typed};
use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::PolicyBody;
use saldo_app::i18n::{Reading, late_fee_reading, rate_text};
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, plus_days};
use saldo_domain::currency::Currency;
use saldo_domain::ids::InvoiceId;
use saldo_domain::invoice::{ItemKind, OpenItem};
use saldo_domain::late_charge::{ChargeCap, ChargeLine, ChargeReason, ChargeStanding, LateFee, LateFeePolicy, charges};
use saldo_domain::money::Money;
use saldo_domain::policy::PolicyKind;
use uuid::Uuid;

/// Fees and interest for paying late.
pub struct LateFeeEditor;

/// How many days late the sample is.
const SAMPLE_DAYS: i32 = 90;

impl KindEditor for LateFeeEditor {
    fn kind(&self) -> PolicyKind {
        PolicyKind::LateFee
    }

    fn blank(&self, currency: Currency, _chrome: &Chrome) -> Typed {
        let mut typed: Typed =
            [("grace_days", "5"), ("fee", "none"), ("annual_rate", "12"), ("period_days", "30"), ("cap_rate", "10")]
                .into_iter()
                .collect();
        typed.set("currency", currency.code());
        typed
    }

    fn typed(&self, body: &PolicyBody, chrome: &Chrome) -> Typed {
        let mut typed = Typed::default();
        let PolicyBody::LateFee(policy) = body else { return typed };
        fill_segment(&mut typed, &policy.segment, chrome);
        typed.set("grace_days", policy.grace_days);
        let (fee, value) = match policy.fee {
            LateFee::None => ("none", String::new()),
            LateFee::Flat { amount } => ("flat", chrome.locale.number(amount)),
            LateFee::Rate { rate_bps } => ("rate", rate_typed(rate_bps, chrome)),
        };
        typed.set("fee", fee);
        typed.set("fee_value", value);
        typed.set("annual_rate", rate_typed(policy.annual_rate_bps, chrome));
        typed.set("period_days", policy.period_days);
        typed.set("cap_rate", policy.cap.rate_bps.map(|rate| rate_typed(rate, chrome)).unwrap_or_default());
        typed.set("cap_amount", policy.cap.amount.map(|amount| chrome.locale.number(amount)).unwrap_or_default());
        typed
    }

    fn read(&self, typed: &Typed, chrome: &Chrome) -> Result<PolicyBody, Vec<FieldProblem>> {
        let mut reader = Reader::new(typed, chrome);
        let segment = reader.segment();
        let currency = segment.currency;
        let policy = LateFeePolicy {
            segment,
            grace_days: reader.number("grace_days"),
            fee: match typed.get("fee") {
                "flat" => LateFee::Flat { amount: reader.money("fee_value", currency) },
                "rate" => LateFee::Rate { rate_bps: reader.rate("fee_value") },
                _ => LateFee::None,
            },
            annual_rate_bps: if typed.get("annual_rate").is_empty() { 0 } else { reader.rate("annual_rate") },
            period_days: reader.number("period_days"),
            cap: ChargeCap {
                rate_bps: (!typed.get("cap_rate").is_empty()).then(|| reader.rate("cap_rate")),
                amount: reader.money_opt("cap_amount", currency),
            },
        };
        reader.done(PolicyBody::LateFee(policy))
    }

    fn field_of(&self, refusal: &Refusal) -> String {
        let field = match refusal {
            Refusal::DaysOutOfRange => "period_days",
            Refusal::RateZero => "annual_rate",
            refusal => segment_field(refusal).unwrap_or("fee_value"),
        };
        field.to_owned()
    }

    fn fields(&self, fields: Fields<'_>) -> AnyView {
        let chrome = fields.chrome;
        let fees = vec![
            ("none", chrome.t("late-fee-none")),
            ("flat", chrome.t("late-fee-flat")),
            ("rate", chrome.t("late-fee-rate")),
        ];
        let period = Some(chrome.t("late-fee-period-hint"));
        view! {
            {fields.segment()}
            <fieldset class="card stack">
                <legend class="section-title">{chrome.t("late-fee-charges")}</legend>
                <div class="field-row">
                    {fields.input("grace_days", chrome.t("late-fee-grace"), Takes::Digits, None)}
                    {fields.select("fee", chrome.t("late-fee-fee"), fees)}
                    {fields.input("fee_value", chrome.t("late-fee-value"), Takes::Decimal, None)}
                    {fields.input("annual_rate", chrome.t("late-fee-interest"), Takes::Decimal, None)}
                    {fields.input("period_days", chrome.t("late-fee-period"), Takes::Digits, period)}
                    {fields.input("cap_rate", chrome.t("late-fee-cap-rate"), Takes::Decimal, None)}
                    {fields.input("cap_amount", chrome.t("late-fee-cap-amount"), Takes::Decimal, None)}
                </div>
            </fieldset>
        }
        .into_any()
    }

    fn reading(&self, body: &PolicyBody, _typed: &Typed, chrome: &Chrome) -> Reading {
        match body {
            PolicyBody::LateFee(policy) => late_fee_reading(policy, &chrome.locale),
            _ => Reading { headline: String::new(), notes: Vec::new() },
        }
    }

    fn aside(&self, body: &PolicyBody, _typed: &Typed, _around: &Around, chrome: &Chrome) -> AnyView {
        match body {
            PolicyBody::LateFee(policy) => sample(policy, chrome).unwrap_or_else(|| ().into_any()),
            _ => ().into_any(),
        }
    }
}

/// What one invoice would be charged, line by line, by the rule that will charge.
fn sample(policy: &LateFeePolicy, chrome: &Chrome) -> Option<AnyView> {
    let currency = policy.segment.currency;
    let hundred = 10_i64.pow(u32::from(currency.exponent())) * 1_000;
    let amount = policy.segment.amount_min.unwrap_or(Money::new(hundred, currency));
    let due_on = Date::constant(2026, 1, 31);
    let item = OpenItem {
        invoice_id: InvoiceId(Uuid::nil()),
        number: String::new(),
        description: None,
        issued_on: Date::constant(2026, 1, 1),
        due_on,
        amount,
        outstanding: amount,
        disputed: false,
        kind: ItemKind::Invoice,
        tax: None,
        discounts: Vec::new(),
    };
    let through = plus_days(due_on, SAMPLE_DAYS).ok()?;
    let fresh = ChargeStanding::fresh(Money::zero(currency));
    let lines = charges(&item, policy, &fresh, due_on, through).ok()?;
    let title =
        chrome.with("late-fee-sample", [("amount", chrome.money(amount).into()), ("count", SAMPLE_DAYS.into())]);
    let total = Money::sum(currency, lines.iter().map(|line| line.amount)).ok()?;
    let rows = lines.iter().map(|line| {
        view! {
            <div><dt>{explained(line, chrome)}</dt><dd class="amount">{chrome.money(line.amount)}</dd></div>
        }
    });
    Some(
        view! {
            <h3>{title}</h3>
            <dl class="pairs">
                {rows.collect_view()}
                <div><dt><strong>{chrome.t("late-fee-total")}</strong></dt><dd class="amount"><strong>{chrome.money(total)}</strong></dd></div>
            </dl>
        }
        .into_any(),
    )
}

/// `30 days from 1 Feb on $1,000.00 at 12 % a year`.
fn explained(line: &ChargeLine, chrome: &Chrome) -> String {
    let base = chrome.money(line.base);
    let rate = rate_text(line.rate.unwrap_or_default(), &chrome.locale);
    let text = match line.why {
        ChargeReason::FlatFee => chrome.t("late-fee-line-flat"),
        ChargeReason::RateFee => chrome.with("late-fee-line-rate", [("rate", rate.into()), ("base", base.into())]),
        ChargeReason::Interest => {
            let args = [("count", line.days.into()), ("base", base.into()), ("rate", rate.into())];
            chrome.with("late-fee-line-interest", args)
        }
    };
    match line.uncapped {
        Some(whole) => format!("{text} {}", chrome.with("late-fee-capped", [("amount", chrome.money(whole).into())])),
        None => text,
    }
}
