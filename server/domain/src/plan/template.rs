use crate::Refusal;
use crate::money::Money;
use crate::segment::Segment;
use serde::{Deserialize, Serialize};

/// The fewest instalments that any template allows.
pub const INSTALMENTS_MIN: u32 = 2;
/// The most instalments that any template allows.
pub const INSTALMENTS_MAX: u32 = 24;
/// All of an amount, in basis points.
const WHOLE_BPS: u32 = 10_000;
/// The longest wait for the first instalment.
const FIRST_WITHIN_MAX: u32 = 366;
/// The longest grace.
const GRACE_DAYS_MAX: u32 = 90;
/// The longest wait after a broken plan.
const AGAIN_DAYS_MAX: u32 = 3_660;

/// What policy allows a debtor to agree to alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanTemplate {
    /// Who may use it; its amounts are those of the whole plan.
    pub segment: Segment,
    /// An item younger than this stays outside; negative before the due date.
    pub days_past_due_min: Option<i32>,
    /// An item older than this stays outside.
    pub days_past_due_max: Option<i32>,
    /// The share of the principal that is due on the day of acceptance.
    pub down_payment_bps: u32,
    /// The fewest instalments, the down payment not counted.
    pub instalments_min: u32,
    /// The most instalments, the down payment not counted.
    pub instalments_max: u32,
    /// How far apart.
    pub frequency: Frequency,
    /// No instalment is smaller.
    pub instalment_min: Money,
    /// What the plan costs.
    pub charge: PlanCharge,
    /// The last day for the first instalment, counted from the day of acceptance.
    pub first_within_days: u32,
    /// Who must agree.
    pub approval: Approval,
    /// Whether a saved method pays the instalments.
    pub autopay: AutopayRule,
    /// How many days an instalment may be late before it counts as missed.
    pub grace_days: u32,
    /// When the plan ends early.
    pub break_rule: BreakRule,
    /// Whether a debtor whose plan broke may choose another.
    pub propose_again: ProposeAgain,
    /// What paying the rest early saves, and what of the charge stands when the plan ends early.
    pub early: EarlySettlement,
}

/// How far apart instalments are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Seven days.
    Weekly,
    /// Fourteen days.
    Fortnightly,
    /// The same day of each month, or its last day where it has no such day.
    Monthly,
}

/// What a plan costs beside its principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "charge", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanCharge {
    /// Nothing.
    None,
    /// A fixed fee.
    Fee {
        /// Above zero.
        amount: Money,
    },
    /// Flat interest on the principal, rounded once.
    FlatRate {
        /// For the whole plan, not by year.
        rate_bps: u32,
    },
}

/// Who must agree to a plan beside the debtor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// Nobody: the debtor's acceptance makes it active.
    Automatic,
    /// Finance.
    ByFinance,
}

/// Whether a saved method pays the instalments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutopayRule {
    /// The debtor pays each by hand.
    Off,
    /// The debtor chooses.
    Optional,
    /// A plan needs a saved method.
    Required,
}

/// When a plan ends early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakRule {
    /// How many instalments may be past their grace at once; one more breaks the plan.
    pub missed_max: u32,
}

/// Whether a debtor whose plan broke may choose another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "again", rename_all = "snake_case", deny_unknown_fields)]
pub enum ProposeAgain {
    /// At once.
    Always,
    /// Finance must propose it.
    Never,
    /// After some days.
    AfterDays {
        /// Counted from the day on which it broke.
        days: u32,
    },
}

/// What paying the rest early saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EarlySettlement {
    /// Nothing: the charge was agreed.
    Full,
    /// The charge's share of the instalments that are not yet due.
    RebateUnearned,
}

impl PlanTemplate {
    /// The template, if a plan can be made of it and it contradicts itself nowhere.
    ///
    /// # Errors
    /// `currency_mismatch`, `range_reversed`, `instalment_count_out_of_range`, `rate_above_whole`, `amount_not_positive`,
    /// `days_out_of_range`, `instalment_below_minimum`, and those of [`Segment::checked`].
    pub fn checked(mut self) -> Result<Self, Refusal> {
        self.segment = self.segment.checked()?;
        if matches!((self.days_past_due_min, self.days_past_due_max), (Some(min), Some(max)) if min > max) {
            return Err(Refusal::RangeReversed { field: "days_past_due_max" });
        }
        let counts = INSTALMENTS_MIN..=INSTALMENTS_MAX;
        if !counts.contains(&self.instalments_min) || !counts.contains(&self.instalments_max) {
            return Err(Refusal::InstalmentCountOutOfRange { min: INSTALMENTS_MIN, max: INSTALMENTS_MAX });
        }
        if self.instalments_min > self.instalments_max {
            return Err(Refusal::RangeReversed { field: "instalments_max" });
        }
        self.check_amounts()?;
        // The day of the down payment cannot be that of the first instalment.
        days(self.first_within_days, u32::from(self.down_payment_bps > 0), FIRST_WITHIN_MAX)?;
        days(self.grace_days, 0, GRACE_DAYS_MAX)?;
        if self.break_rule.missed_max > INSTALMENTS_MAX {
            return Err(Refusal::InstalmentCountOutOfRange { min: 0, max: INSTALMENTS_MAX });
        }
        if let ProposeAgain::AfterDays { days } = self.propose_again {
            self::days(days, 0, AGAIN_DAYS_MAX)?;
        }
        Ok(self)
    }

    fn check_amounts(&self) -> Result<(), Refusal> {
        // A down payment of everything leaves nothing for the instalments.
        if self.down_payment_bps >= WHOLE_BPS {
            return Err(Refusal::RateAboveWhole);
        }
        match self.charge {
            PlanCharge::None => {}
            PlanCharge::Fee { amount } => self.own(amount)?,
            PlanCharge::FlatRate { rate_bps } if rate_bps > WHOLE_BPS => {
                return Err(Refusal::RateAboveWhole);
            }
            PlanCharge::FlatRate { .. } => {}
        }
        self.own(self.instalment_min)?;
        // The largest amount that may use it must allow the fewest instalments.
        self.segment.amount_max.map_or(Ok(()), |most| super::counts(self, most).map(|_| ()))
    }

    fn own(&self, amount: Money) -> Result<(), Refusal> {
        Money::zero(self.segment.currency).plus(amount.positive()?).map(|_| ())
    }

    /// Whether an item of this age may be in a plan.
    pub fn takes_age(&self, days_past_due: i32) -> bool {
        self.days_past_due_min.is_none_or(|min| days_past_due >= min)
            && self.days_past_due_max.is_none_or(|max| days_past_due <= max)
    }
}

fn days(value: u32, min: u32, max: u32) -> Result<(), Refusal> {
    if (min..=max).contains(&value) { Ok(()) } else { Err(Refusal::DaysOutOfRange) }
}
