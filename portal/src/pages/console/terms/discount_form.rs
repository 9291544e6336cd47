//! The fields of a discount policy, read and filled.

use super::fields::{Reader, fill_segment, rate_typed};
use super::kind::{FieldProblem, Typed};
use crate::layout::Chrome;
use saldo_domain::currency::Currency;
use saldo_domain::discount::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, PartPayments, Reduction, TIERS_MAX, TierUntil,
};

/// How many rows of tiers are shown at least.
const ROWS: usize = 3;

/// The fields of a new policy: 2/10 net 30.
pub(super) fn blank(currency: Currency) -> Typed {
    let mut typed: Typed = [
        ("rule", "tiers"),
        ("reduction", "rate"),
        ("tier_1_value", "2"),
        ("tier_1_days", "10"),
        ("tier_1_until", "issue"),
        ("base", "gross"),
        ("part_payments", "none"),
        ("grace_minutes", "15"),
        ("net_days", "30"),
    ]
    .into_iter()
    .collect();
    typed.set("currency", currency.code());
    typed
}

/// How many rows of tiers the form has.
pub(super) fn row_count(typed: &Typed) -> usize {
    let filled = (1..=TIERS_MAX).rev().find(|row| !typed.get(&format!("tier_{row}_value")).is_empty()).unwrap_or(0);
    (filled + 1).clamp(ROWS, TIERS_MAX)
}

/// The fields of a policy that was kept.
pub(super) fn typed(policy: &DiscountPolicy, chrome: &Chrome) -> Typed {
    let mut typed = blank(policy.segment.currency);
    fill_segment(&mut typed, &policy.segment, chrome);
    typed.set("tier_1_value", "");
    typed.set("tier_1_days", "");
    match &policy.rule {
        DiscountRule::Sliding { annual_rate_bps } => {
            typed.set("rule", "sliding");
            typed.set("annual_rate", rate_typed(*annual_rate_bps, chrome));
        }
        DiscountRule::Tiers { tiers } => {
            for (place, tier) in tiers.iter().enumerate() {
                fill_tier(&mut typed, place + 1, tier, chrome);
            }
        }
    }
    typed.set("base", if policy.base == DiscountBase::Gross { "gross" } else { "net_of_tax" });
    let parts = match policy.part_payments {
        PartPayments::None => "none",
        PartPayments::Proportional => "proportional",
        PartPayments::IfRestInTime => "if_rest_in_time",
    };
    typed.set("part_payments", parts);
    typed.set("grace_minutes", policy.grace_minutes);
    typed
}

fn fill_tier(typed: &mut Typed, row: usize, tier: &DiscountTier, chrome: &Chrome) {
    let (until, days) = match tier.until {
        TierUntil::DaysAfterIssue { days } => ("issue", days),
        TierUntil::DaysBeforeDue { days } => ("due", days),
    };
    let (reduction, value) = match tier.reduction {
        Reduction::Rate { rate_bps } => ("rate", rate_typed(rate_bps, chrome)),
        Reduction::Fixed { amount } => ("fixed", chrome.locale.number(amount)),
    };
    typed.set("reduction", reduction);
    typed.set(&format!("tier_{row}_value"), value);
    typed.set(&format!("tier_{row}_days"), days);
    typed.set(&format!("tier_{row}_until"), until);
}

/// The policy that the fields mean.
pub(super) fn read(typed: &Typed, chrome: &Chrome) -> Result<DiscountPolicy, Vec<FieldProblem>> {
    let mut reader = Reader::new(typed, chrome);
    let segment = reader.segment();
    let rule = match typed.get("rule") {
        "sliding" => DiscountRule::Sliding { annual_rate_bps: reader.rate("annual_rate") },
        _ => DiscountRule::Tiers { tiers: tiers(&mut reader, typed, segment.currency) },
    };
    let policy = DiscountPolicy {
        segment,
        base: if typed.get("base") == "net_of_tax" { DiscountBase::NetOfTax } else { DiscountBase::Gross },
        rule,
        part_payments: match typed.get("part_payments") {
            "proportional" => PartPayments::Proportional,
            "if_rest_in_time" => PartPayments::IfRestInTime,
            _ => PartPayments::None,
        },
        grace_minutes: reader.number("grace_minutes"),
    };
    reader.done(policy)
}

/// The rows in which something was typed.
fn tiers(reader: &mut Reader<'_>, typed: &Typed, currency: Currency) -> Vec<DiscountTier> {
    let mut tiers = Vec::new();
    for row in 1..=TIERS_MAX {
        let (value, days) = (format!("tier_{row}_value"), format!("tier_{row}_days"));
        if typed.get(&value).is_empty() && typed.get(&days).is_empty() {
            continue;
        }
        let reduction = match typed.get("reduction") {
            "fixed" => Reduction::Fixed { amount: reader.money(&value, currency) },
            _ => Reduction::Rate { rate_bps: reader.rate(&value) },
        };
        let days = reader.number(&days);
        let until = match typed.get(&format!("tier_{row}_until")) {
            "due" => TierUntil::DaysBeforeDue { days },
            _ => TierUntil::DaysAfterIssue { days },
        };
        tiers.push(DiscountTier { until, reduction });
    }
    tiers
}
