//! What a discount costs the creditor as if it were a loan.

use super::policy::{DiscountPolicy, DiscountRule, DiscountTier, RATE_WHOLE_BPS, Reduction, TierUntil};
use crate::Refusal;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// The annualised cost of offering `rate_bps` for paying after `discount_days` instead of `net_days`, as a fraction to six
/// decimals (0.372449 is 37.24 %): (d / (1 − d)) × 365 / (net − n).
///
/// # Errors
/// `rate_zero`, `rate_above_whole`, `discount_after_due` where nothing is gained.
pub fn annualised_cost(rate_bps: u32, discount_days: u32, net_days: u32) -> Result<Decimal, Refusal> {
    if rate_bps == 0 {
        return Err(Refusal::RateZero);
    }
    let kept = RATE_WHOLE_BPS.checked_sub(rate_bps).filter(|kept| *kept > 0).ok_or(Refusal::RateAboveWhole)?;
    let days = net_days.checked_sub(discount_days).filter(|days| *days > 0).ok_or(Refusal::DiscountAfterDue)?;
    let part = Decimal::from(u64::from(rate_bps) * 365);
    let whole = Decimal::from(u64::from(kept) * u64::from(days));
    let cost = part.checked_div(whole).ok_or(Refusal::AmountOverflow)?;
    Ok(cost.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero))
}

impl DiscountPolicy {
    /// What its dearest tier costs a year, in basis points, where invoices are due after `net_days`; none where no tier is a
    /// rate that ends before that. A sliding rate costs what it says.
    pub fn annualised_cost_bps(&self, net_days: u32) -> Option<u32> {
        let tiers = match &self.rule {
            DiscountRule::Sliding { annual_rate_bps } => return Some(*annual_rate_bps),
            DiscountRule::Tiers { tiers } => tiers,
        };
        let cost = tiers.iter().filter_map(|tier| tier_cost(tier, net_days)).max()?;
        let bps = cost.checked_mul(Decimal::from(RATE_WHOLE_BPS))?;
        bps.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_u32()
    }
}

fn tier_cost(tier: &DiscountTier, net_days: u32) -> Option<Decimal> {
    let Reduction::Rate { rate_bps } = tier.reduction else { return None };
    let days = match tier.until {
        TierUntil::DaysAfterIssue { days } => days,
        TierUntil::DaysBeforeDue { days } => net_days.checked_sub(days)?,
    };
    annualised_cost(rate_bps, days, net_days).ok()
}
