//! The reminder decision: derived anew from the snapshot each time, never cancelled.

use crate::Refusal;
use crate::calendar::{Date, Timestamp, Zone, plus_days};
use crate::chase::{Chase, Claim, chase};
use crate::ids::{DunningPolicyId, InvoiceId};
use crate::snapshot::DebtorSnapshot;
use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};

/// How a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
}

/// One version of a ladder of reminders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DunningPolicy {
    /// This version.
    pub id: DunningPolicyId,
    /// Days after the due date (negative: before it), in rising order.
    pub step_offsets: Vec<i32>,
    /// The first local time at which a message may be handed over.
    pub send_from: Time,
    /// No message is handed over at or after this local time.
    pub send_until: Time,
    /// Whether Sundays are for messages too.
    pub sundays: bool,
}

impl DunningPolicy {
    /// Seven days before, on the day, and 3, 10, 20 and 30 days after; from 9:00 to 18:00, not on Sundays.
    pub fn standard(id: DunningPolicyId) -> Self {
        Self {
            id,
            step_offsets: vec![-7, 0, 3, 10, 20, 30],
            send_from: Time::constant(9, 0, 0, 0),
            send_until: Time::constant(18, 0, 0, 0),
            sundays: false,
        }
    }

    /// The policy, if its steps rise and its hours are a span of one day.
    ///
    /// # Errors
    /// `steps_unordered`.
    pub fn checked(self) -> Result<Self, Refusal> {
        let rising = self.step_offsets.windows(2).all(|pair| pair[0] < pair[1]);
        if rising && !self.step_offsets.is_empty() && self.send_from < self.send_until {
            Ok(self)
        } else {
            Err(Refusal::StepsUnordered)
        }
    }
}

/// A rung that an item has reached: the due date that it counts from, and the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DunningStep {
    /// Days after the due date; negative before it.
    pub offset: i32,
    /// The due date of the item that reached it.
    pub due_on: Date,
}

impl DunningStep {
    /// The key under which a debtor gets this step once: `2026-03-01+10`.
    pub fn key(&self) -> String {
        format!("{}{:+}", self.due_on, self.offset)
    }

    /// The date on which it was reached.
    ///
    /// # Errors
    /// `date_out_of_range`.
    pub fn reached_on(&self) -> Result<Date, Refusal> {
        plus_days(self.due_on, self.offset)
    }
}

/// A reminder that was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// When it left.
    pub handed_off_at: Timestamp,
    /// The rung that it was sent for.
    pub step: DunningStep,
    /// The items that it named.
    pub invoice_ids: Vec<InvoiceId>,
}

/// Why nothing is sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// A payment is under way.
    PendingPayment,
    /// Not at this local hour or on this day.
    OutsideHours,
    /// The next rung is still to come.
    NotYetDue,
    /// A message has gone today.
    ContactedToday,
    /// A plan is in good standing: its next instalment is still to come.
    PaymentPlan,
    /// The debtor named a date that has not passed.
    Promise,
    /// The debtor says that it made a transfer.
    DeclaredTransfer,
    /// Finance asked for silence.
    Manual,
}

/// Why nothing will be sent until something changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// Nothing is owed.
    Paid,
    /// Every open item is contested.
    Disputed,
    /// The debtor withdrew the channel.
    OptedOut,
    /// No address.
    NoAddress,
    /// The last rung has been sent.
    LadderEnded,
}

/// What to do about one debtor now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// One message with these items.
    Send {
        /// The rung.
        step: DunningStep,
        /// How.
        channel: Channel,
        /// Everything open and uncontested that is due or on the ladder, oldest due first.
        items: Vec<InvoiceId>,
    },
    /// Ask again at that moment.
    Wait {
        /// When.
        until: Timestamp,
        /// Why.
        why: Hold,
    },
    /// Nothing to ask again until the ledger or the debtor changes.
    Stop {
        /// Why.
        why: StopReason,
    },
}

/// How long to wait before asking again while a payment is under way.
const RECHECK: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// Decides over one debtor at a moment. What may be chased at all is [`chase`]'s; a rung outside of the calendar is never
/// reached.
///
/// # Errors
/// `date_out_of_range` for moments at the end of the calendar.
pub fn decide(snapshot: &DebtorSnapshot, now: Timestamp) -> Result<Decision, Refusal> {
    if !snapshot.owes() {
        return Ok(Decision::Stop { why: StopReason::Paid });
    }
    let debtor = &snapshot.debtor;
    if debtor.email_opt_out_at.is_some() {
        return Ok(Decision::Stop { why: StopReason::OptedOut });
    }
    if debtor.email.is_none() {
        return Ok(Decision::Stop { why: StopReason::NoAddress });
    }
    if !snapshot.open_attempts.is_empty() {
        return Ok(Decision::Wait { until: in_an_hour(now)?, why: Hold::PendingPayment });
    }
    let zone = snapshot.debtor.zone(&snapshot.creditor);
    if let Some((until_on, why)) = silence(snapshot, zone, snapshot.today(now))? {
        return Ok(Decision::Wait { until: opening(&snapshot.dunning_policy, zone, until_on, now)?, why });
    }
    let chase = chase(snapshot, now)?;
    match (chase.claims.is_empty(), chase.held) {
        (true, None) => Ok(Decision::Stop { why: StopReason::Disputed }),
        (true, Some((until_on, why))) => {
            Ok(Decision::Wait { until: opening(&snapshot.dunning_policy, zone, until_on, now)?, why })
        }
        (false, _) => climb(snapshot, &chase, now),
    }
}

/// Until which day nothing at all is sent, and why.
fn silence(snapshot: &DebtorSnapshot, zone: &Zone, today: Date) -> Result<Option<(Date, Hold)>, Refusal> {
    let mut last: Option<(Date, Hold)> = None;
    let holds = snapshot.holds.iter().filter(|hold| hold.is_live(today)).map(|hold| Ok((hold.until_on, Hold::Manual)));
    let transfers = snapshot.transfers.iter().filter(|transfer| transfer.is_live(zone, today));
    let transfers = transfers.map(|transfer| Ok((transfer.silent_until(zone)?, Hold::DeclaredTransfer)));
    for found in holds.chain(transfers) {
        let (on, why) = found?;
        if last.is_none_or(|(known, _)| on > known) {
            last = Some((on, why));
        }
    }
    last.map(|(on, why)| Ok((plus_days(on, 1)?, why))).transpose()
}

fn climb(snapshot: &DebtorSnapshot, chase: &Chase, now: Timestamp) -> Result<Decision, Refusal> {
    let zone = snapshot.debtor.zone(&snapshot.creditor);
    let policy = &snapshot.dunning_policy;
    let today = zone.date_at(now);
    let claims = &chase.claims;
    let ladders = claims.iter().filter(|claim| !claim.is_charge);
    let next = ladders.clone().flat_map(|claim| rungs(policy, claim)).map(|(_, on)| on).filter(|on| *on > today);
    let next = next.chain(chase.held.map(|(on, _)| on)).min();
    let due = ladders.filter_map(|claim| Some((claim, latest_reached(policy, claim, today)?)));
    let uncovered = due.filter(|(claim, (step, on))| !covered(snapshot, claim, *step, *on, zone));
    let Some(step) = uncovered.map(|(_, (step, _))| step).max_by_key(|step| (step.offset, step.due_on)) else {
        return match next {
            Some(on) => Ok(Decision::Wait { until: opening(policy, zone, on, now)?, why: Hold::NotYetDue }),
            None => Ok(Decision::Stop { why: StopReason::LadderEnded }),
        };
    };
    if let Some((until, why)) = closed(snapshot, zone, now)? {
        return Ok(Decision::Wait { until, why });
    }
    let named = claims.iter().filter(|claim| latest_reached(policy, claim, today).is_some());
    let items = named.flat_map(|claim| claim.invoice_ids.iter().copied()).collect();
    Ok(Decision::Send { step, channel: Channel::Email, items })
}

/// The rungs of a claim with the dates on which they are reached; an instalment is not spoken of before its day. A claim
/// due at the end of the calendar (`9999-12-31` is how files say "never") has fewer.
fn rungs(policy: &DunningPolicy, claim: &Claim) -> impl Iterator<Item = (DunningStep, Date)> {
    let (due_on, agreed) = (claim.due_on, claim.plan_id.is_some());
    let offsets = policy.step_offsets.iter().filter(move |offset| !agreed || **offset >= 0);
    offsets.filter_map(move |offset| {
        let step = DunningStep { offset: *offset, due_on };
        Some((step, step.reached_on().ok()?))
    })
}

/// The last rung that a claim has reached: ten days of silence owe one message, not three.
fn latest_reached(policy: &DunningPolicy, claim: &Claim, today: Date) -> Option<(DunningStep, Date)> {
    rungs(policy, claim).filter(|(_, on)| *on <= today).last()
}

/// Whether a message that named the claim has left since the rung was reached.
fn covered(snapshot: &DebtorSnapshot, claim: &Claim, step: DunningStep, reached_on: Date, zone: &Zone) -> bool {
    snapshot.contacts.iter().any(|contact| {
        contact.step == step
            || (contact.invoice_ids.iter().any(|id| claim.invoice_ids.contains(id))
                && zone.date_at(contact.handed_off_at) >= reached_on)
    })
}

fn closed(snapshot: &DebtorSnapshot, zone: &Zone, now: Timestamp) -> Result<Option<(Timestamp, Hold)>, Refusal> {
    let policy = &snapshot.dunning_policy;
    let (today, time) = (zone.date_at(now), zone.time_at(now));
    let tomorrow = plus_days(today, 1)?;
    if snapshot.contacts.iter().any(|contact| zone.date_at(contact.handed_off_at) == today) {
        return Ok(Some((opening(policy, zone, tomorrow, now)?, Hold::ContactedToday)));
    }
    let open_day = policy.sundays || today.weekday() != Weekday::Sunday;
    if open_day && time >= policy.send_from && time < policy.send_until {
        return Ok(None);
    }
    let day = if open_day && time < policy.send_from { today } else { tomorrow };
    Ok(Some((opening(policy, zone, day, now)?, Hold::OutsideHours)))
}

/// The first moment on or after a date at which messages may leave. Clocks that go back can bring it behind now: then ask
/// again in an hour.
fn opening(policy: &DunningPolicy, zone: &Zone, on: Date, now: Timestamp) -> Result<Timestamp, Refusal> {
    let sunday = !policy.sundays && on.weekday() == Weekday::Sunday;
    let opens_at = zone.moment(if sunday { plus_days(on, 1)? } else { on }, policy.send_from)?;
    if opens_at > now { Ok(opens_at) } else { in_an_hour(now) }
}

fn in_an_hour(now: Timestamp) -> Result<Timestamp, Refusal> {
    now.checked_add(RECHECK).map_err(|_| Refusal::DateOutOfRange)
}
