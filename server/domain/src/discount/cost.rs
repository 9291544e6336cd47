//! What a discount costs the creditor as if it were a loan.

use super::policy::RATE_WHOLE_BPS;
use crate::Refusal;
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
