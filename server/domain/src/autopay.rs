//! When a saved method pays the instalments of a plan: announced before, taken on the day, tried again by a fixed schedule.

use crate::Refusal;
use crate::calendar::{Date, Timestamp, Zone, plus_days};
use crate::invoice::OpenItem;
use crate::money::Money;
use crate::plan::{InstalmentStanding, InstalmentState, PaymentPlan, progress};
use jiff::SignedDuration;
use jiff::civil::{Time, time};

/// How many days before its due date an instalment is announced.
pub const ANNOUNCED_DAYS: i32 = 3;
/// On which days after the due date the tries are made: the first one and three more.
pub const TRY_DAYS: [i32; 4] = [0, 1, 2, 4];
/// Nothing is announced or taken before this time on the debtor's wall.
pub const NOT_BEFORE: Time = time(9, 0, 0, 0);
/// How long to wait for a bank's answer before looking again.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// What is known of one try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AutopayTry {
    /// The instalment's number.
    pub instalment: u32,
    /// 1 for the first try.
    pub try_number: u32,
    /// Where it stands.
    pub state: TryState,
    /// Whether the debtor was told that it did not go through.
    pub told: bool,
}

/// Where a try stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TryState {
    /// The debtor was told that it will come.
    Announced,
    /// The bank has not answered.
    UnderWay,
    /// Taken.
    Captured,
    /// Not taken.
    Failed,
    /// The bank asks for the debtor, who is away.
    AuthenticationNeeded,
}

/// What is to be done for a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutopayStep {
    /// Tell the debtor what will be taken and when.
    Announce {
        /// The instalment's number.
        instalment: u32,
        /// The day.
        take_on: Date,
        /// What will be missing then, if nothing is paid before.
        amount: Money,
    },
    /// Take it now.
    Take {
        /// The instalment's number.
        instalment: u32,
        /// 1 for the first try.
        try_number: u32,
        /// What the plan asks now, earlier instalments included.
        amount: Money,
    },
    /// Tell the debtor that it did not go through and will not be tried again by itself.
    Tell {
        /// The instalment's number.
        instalment: u32,
        /// The try.
        try_number: u32,
        /// Whether the bank asks for the debtor; else the bank said no for the last time.
        authentication: bool,
    },
    /// Nothing before this moment.
    Wait {
        /// When to look again.
        until: Timestamp,
    },
    /// Nothing ever again, unless something changes.
    Stop,
}

/// What is to be done next. A paid instalment asks nothing; one that was taken once, needs the debtor, or failed for the
/// last time is never tried again by itself. The down payment is the debtor's own to pay: where it is missing, the first
/// instalment takes it along.
///
/// # Errors
/// Those of [`progress`].
pub fn next_step(
    plan: &PaymentPlan,
    open: &[OpenItem],
    tries: &[AutopayTry],
    zone: &Zone,
    now: Timestamp,
) -> Result<AutopayStep, Refusal> {
    if !plan.is_active() || !plan.terms.autopay {
        return Ok(AutopayStep::Stop);
    }
    if tries.iter().any(|one| one.state == TryState::UnderWay) {
        let until = now.checked_add(PATIENCE).map_err(|_| Refusal::DateOutOfRange)?;
        return Ok(AutopayStep::Wait { until });
    }
    if let Some(one) = tries.iter().find(|one| !one.told && ends_its_instalment(one)) {
        let authentication = one.state == TryState::AuthenticationNeeded;
        return Ok(AutopayStep::Tell { instalment: one.instalment, try_number: one.try_number, authentication });
    }
    let progress = progress(plan, open, zone.date_at(now))?;
    let mut wait: Option<Timestamp> = None;
    for standing in progress.instalments.iter().filter(|one| one.number > 0 && one.state != InstalmentState::Paid) {
        let own = || tries.iter().filter(|one| one.instalment == standing.number);
        if own().any(|one| one.state == TryState::Captured || ends_its_instalment(one)) {
            continue;
        }
        let failed = own().filter(|one| one.state == TryState::Failed).count();
        let at = if own().next().is_none() {
            let at = zone.moment(plus_days(standing.due_on, -ANNOUNCED_DAYS)?, NOT_BEFORE)?;
            if at <= now {
                return announce(&progress.instalments, standing);
            }
            at
        } else {
            let days = TRY_DAYS.get(failed).copied().unwrap_or_default();
            let at = zone.moment(plus_days(standing.due_on, days)?, NOT_BEFORE)?;
            if at <= now && progress.due_now.is_positive() {
                let try_number = u32::try_from(failed + 1).map_err(|_| Refusal::AmountOverflow)?;
                return Ok(AutopayStep::Take { instalment: standing.number, try_number, amount: progress.due_now });
            }
            at
        };
        wait = Some(wait.map_or(at, |known| known.min(at)));
    }
    Ok(wait.map_or(AutopayStep::Stop, |until| AutopayStep::Wait { until }))
}

fn ends_its_instalment(one: &AutopayTry) -> bool {
    match one.state {
        TryState::AuthenticationNeeded => true,
        TryState::Failed => usize::try_from(one.try_number).is_ok_and(|number| number >= TRY_DAYS.len()),
        TryState::Announced | TryState::UnderWay | TryState::Captured => false,
    }
}

fn announce(all: &[InstalmentStanding], standing: &InstalmentStanding) -> Result<AutopayStep, Refusal> {
    let mut amount = Money::zero(standing.amount.currency());
    for one in all.iter().filter(|one| one.due_on <= standing.due_on) {
        amount = amount.plus(one.missing()?)?;
    }
    Ok(AutopayStep::Announce { instalment: standing.number, take_on: standing.due_on, amount })
}
