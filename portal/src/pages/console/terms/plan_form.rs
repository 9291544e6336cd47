//! The fields of a plan template, read and filled.

use super::fields::{Reader, fill_segment, rate_typed};
use super::kind::{FieldProblem, Typed};
use crate::layout::Chrome;
use saldo_domain::currency::Currency;
use saldo_domain::plan::{
    Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PlanCharge, PlanTemplate, ProposeAgain,
};

/// The fields of a new template: three to six months without a charge.
pub(super) fn blank(currency: Currency) -> Typed {
    let mut typed: Typed = [
        ("instalments_min", "2"),
        ("instalments_max", "6"),
        ("frequency", "monthly"),
        ("down_payment", "0"),
        ("first_within_days", "30"),
        ("charge", "none"),
        ("early", "rebate_unearned"),
        ("approval", "automatic"),
        ("autopay", "optional"),
        ("grace_days", "5"),
        ("missed_max", "1"),
        ("again", "after_days"),
        ("again_days", "90"),
    ]
    .into_iter()
    .collect();
    typed.set("currency", currency.code());
    typed.set("instalment_min", 100);
    typed
}

/// The fields of a template that was kept.
pub(super) fn typed(template: &PlanTemplate, chrome: &Chrome) -> Typed {
    let mut typed = Typed::default();
    fill_segment(&mut typed, &template.segment, chrome);
    let days = |days: Option<i32>| days.map(|days| days.to_string()).unwrap_or_default();
    typed.set("days_past_due_min", days(template.days_past_due_min));
    typed.set("days_past_due_max", days(template.days_past_due_max));
    typed.set("instalments_min", template.instalments_min);
    typed.set("instalments_max", template.instalments_max);
    let frequency = match template.frequency {
        Frequency::Weekly => "weekly",
        Frequency::Fortnightly => "fortnightly",
        Frequency::Monthly => "monthly",
    };
    typed.set("frequency", frequency);
    typed.set("instalment_min", chrome.locale.number(template.instalment_min));
    typed.set("down_payment", rate_typed(template.down_payment_bps, chrome));
    typed.set("first_within_days", template.first_within_days);
    fill_charge(&mut typed, template, chrome);
    fill_agreement(&mut typed, template);
    typed
}

fn fill_charge(typed: &mut Typed, template: &PlanTemplate, chrome: &Chrome) {
    let (charge, value) = match template.charge {
        PlanCharge::None => ("none", String::new()),
        PlanCharge::Fee { amount } => ("fee", chrome.locale.number(amount)),
        PlanCharge::FlatRate { rate_bps } => ("flat_rate", rate_typed(rate_bps, chrome)),
    };
    typed.set("charge", charge);
    typed.set("charge_value", value);
    typed.set("early", if template.early == EarlySettlement::Full { "full" } else { "rebate_unearned" });
}

fn fill_agreement(typed: &mut Typed, template: &PlanTemplate) {
    typed.set("approval", if template.approval == Approval::Automatic { "automatic" } else { "by_finance" });
    let autopay = match template.autopay {
        AutopayRule::Off => "off",
        AutopayRule::Optional => "optional",
        AutopayRule::Required => "required",
    };
    typed.set("autopay", autopay);
    typed.set("grace_days", template.grace_days);
    typed.set("missed_max", template.break_rule.missed_max);
    let (again, days) = match template.propose_again {
        ProposeAgain::Always => ("always", String::new()),
        ProposeAgain::Never => ("never", String::new()),
        ProposeAgain::AfterDays { days } => ("after_days", days.to_string()),
    };
    typed.set("again", again);
    typed.set("again_days", days);
}

/// The template that the fields mean.
pub(super) fn read(typed: &Typed, chrome: &Chrome) -> Result<PlanTemplate, Vec<FieldProblem>> {
    let mut reader = Reader::new(typed, chrome);
    let segment = reader.segment();
    let currency = segment.currency;
    let template = PlanTemplate {
        segment,
        days_past_due_min: reader.days("days_past_due_min"),
        days_past_due_max: reader.days("days_past_due_max"),
        down_payment_bps: if typed.get("down_payment").is_empty() { 0 } else { reader.rate("down_payment") },
        instalments_min: reader.number("instalments_min"),
        instalments_max: reader.number("instalments_max"),
        frequency: match typed.get("frequency") {
            "weekly" => Frequency::Weekly,
            "fortnightly" => Frequency::Fortnightly,
            _ => Frequency::Monthly,
        },
        instalment_min: reader.money("instalment_min", currency),
        charge: match typed.get("charge") {
            "fee" => PlanCharge::Fee { amount: reader.money("charge_value", currency) },
            "flat_rate" => PlanCharge::FlatRate { rate_bps: reader.rate("charge_value") },
            _ => PlanCharge::None,
        },
        first_within_days: reader.number("first_within_days"),
        approval: if typed.get("approval") == "by_finance" { Approval::ByFinance } else { Approval::Automatic },
        autopay: match typed.get("autopay") {
            "off" => AutopayRule::Off,
            "required" => AutopayRule::Required,
            _ => AutopayRule::Optional,
        },
        grace_days: reader.number("grace_days"),
        break_rule: BreakRule { missed_max: reader.number("missed_max") },
        propose_again: match typed.get("again") {
            "always" => ProposeAgain::Always,
            "never" => ProposeAgain::Never,
            _ => ProposeAgain::AfterDays { days: reader.number("again_days") },
        },
        early: if typed.get("early") == "full" { EarlySettlement::Full } else { EarlySettlement::RebateUnearned },
    };
    reader.done(template)
}
