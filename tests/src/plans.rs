//! Plan templates that tests agree to.

use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_domain::plan::{
    Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PlanCharge, PlanTemplate, ProposeAgain,
};
use saldo_domain::segment::Segment;

/// Two to six monthly instalments without a charge, from 100.00 each, broken by the second one that is missed.
#[must_use]
pub fn monthly() -> PlanTemplate {
    PlanTemplate {
        segment: Segment::all(Currency::MXN),
        days_past_due_min: None,
        days_past_due_max: None,
        down_payment_bps: 0,
        instalments_min: 2,
        instalments_max: 6,
        frequency: Frequency::Monthly,
        instalment_min: Money::new(10_000, Currency::MXN),
        charge: PlanCharge::None,
        first_within_days: 30,
        approval: Approval::Automatic,
        autopay: AutopayRule::Optional,
        grace_days: 5,
        break_rule: BreakRule { missed_max: 1 },
        propose_again: ProposeAgain::Always,
        early: EarlySettlement::Full,
    }
}
