//! Calls by an agent: whether a task still stands, when its debtor may be called, and what came of a call.

use crate::Refusal;
use crate::calendar::{Timestamp, plus_days};
use crate::chase::chase;
use crate::consent::{Unusable, may_use};
use crate::contact::{Opening, OwnRules, opening, rules_for, week_channel};
use crate::reminder::{Channel, Hold, ladder_for};
use crate::snapshot::DebtorSnapshot;
use jiff::SignedDuration;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The person was reached; nothing else came of it.
    Reached,
    /// Nobody answered.
    NoAnswer,
    /// Somebody else has the number.
    WrongNumber,
    /// The person promised to pay by a date.
    Promised,
    /// The person contests a claim.
    Disputed,
    /// The person asked to be called at another moment.
    CallAgain,
}

impl CallOutcome {
    /// Every outcome.
    pub const ALL: [Self; 6] =
        [Self::Reached, Self::NoAnswer, Self::WrongNumber, Self::Promised, Self::Disputed, Self::CallAgain];

    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no_answer",
            Self::WrongNumber => "wrong_number",
            Self::Promised => "promised",
            Self::Disputed => "disputed",
            Self::CallAgain => "call_again",
        }
    }

    /// The outcome of a word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }

    /// Whether the task is done with it: nobody answered and another moment leave it open.
    pub fn ends_task(self) -> bool {
        !matches!(self, Self::NoAnswer | Self::CallAgain)
    }
}

/// Whether a debtor is to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallStanding {
    /// It may be called now.
    Now {
        /// Up to this moment, itself not included.
        until_at: Timestamp,
    },
    /// Not now.
    Later {
        /// The first moment to look again.
        from_at: Timestamp,
        /// Why.
        why: Hold,
    },
    /// There is nothing to call for any more: the task has closed itself.
    Over {
        /// Why.
        why: CallOver,
    },
}

/// Why a task has closed itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOver {
    /// Nothing is owed.
    Paid,
    /// The debtor named a date that has not passed.
    Promised,
    /// Everything that is open is contested.
    Disputed,
    /// A plan is in good standing.
    Agreed,
    /// The debtor does not want calls, or the law allows none.
    OptedOut,
    /// There is no number.
    NoNumber,
}

impl CallOver {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Promised => "promised",
            Self::Disputed => "disputed",
            Self::Agreed => "agreed",
            Self::OptedOut => "opted_out",
            Self::NoNumber => "no_number",
        }
    }
}

/// Whether a debtor is to be called at a moment: by the same books, holds, consents and contact rules that decide over
/// every message. Asked when a list is shown, when a task is opened and when a call begins.
///
/// # Errors
/// Those of [`chase`] and [`opening`].
pub fn call_standing(snapshot: &DebtorSnapshot, now: Timestamp) -> Result<CallStanding, Refusal> {
    let over = |why| Ok(CallStanding::Over { why });
    if !snapshot.owes() {
        return over(CallOver::Paid);
    }
    let rules = rules_for(snapshot.debtor.country(&snapshot.creditor));
    match may_use(snapshot, rules, Channel::Call) {
        Ok(()) => {}
        Err(Unusable::NoAddress) => return over(CallOver::NoNumber),
        Err(_) => return over(CallOver::OptedOut),
    }
    let chase = chase(snapshot, now)?;
    if chase.claims.is_empty() {
        return match chase.held {
            Some((_, Hold::Promise)) => over(CallOver::Promised),
            Some(_) => over(CallOver::Agreed),
            None => over(CallOver::Disputed),
        };
    }
    if let Some((from_at, why)) = silence(snapshot, now)? {
        return Ok(CallStanding::Later { from_at, why });
    }
    let zone = snapshot.debtor.zone(&snapshot.creditor);
    if let Some((used, from_at)) = week_channel(rules, zone, &snapshot.contacts, now)
        && used != Channel::Call
    {
        return Ok(CallStanding::Later { from_at, why: Hold::OneChannelAWeek });
    }
    match open_at(snapshot, now)? {
        Opening::Closed { until, why } => Ok(CallStanding::Later { from_at: until, why }),
        Opening::Open => Ok(CallStanding::Now { until_at: closes_at(snapshot, now)? }),
    }
}

/// What keeps everybody silent now, and until when.
fn silence(snapshot: &DebtorSnapshot, now: Timestamp) -> Result<Option<(Timestamp, Hold)>, Refusal> {
    if !snapshot.open_attempts.is_empty() {
        return Ok(Some((later(now, SignedDuration::from_hours(1))?, Hold::PendingPayment)));
    }
    let zone = snapshot.debtor.zone(&snapshot.creditor);
    let today = zone.date_at(now);
    let holds = snapshot.holds.iter().filter(|hold| hold.is_live(today)).map(|hold| Ok((hold.until_on, Hold::Manual)));
    let transfers = snapshot.transfers.iter().filter(|transfer| transfer.is_live(zone, today));
    let transfers = transfers.map(|transfer| Ok((transfer.silent_until(zone)?, Hold::DeclaredTransfer)));
    let found = holds.chain(transfers).collect::<Result<Vec<_>, Refusal>>()?;
    let last = found.into_iter().max_by_key(|(until_on, _)| *until_on);
    last.map(|(on, why)| Ok((zone.moment(plus_days(on, 1)?, Time::midnight())?, why))).transpose()
}

fn open_at(snapshot: &DebtorSnapshot, at: Timestamp) -> Result<Opening, Refusal> {
    let rules = rules_for(snapshot.debtor.country(&snapshot.creditor));
    let zones = rules.zones_of(&snapshot.debtor, &snapshot.creditor);
    let ladder = snapshot.accounts.iter().find_map(|account| ladder_for(snapshot, account, at));
    let none = OwnRules::default();
    let own = ladder.map_or(&none, |ladder| &ladder.policy.own_rules);
    opening(rules, own, snapshot.preference.as_ref(), zones, Channel::Call, &snapshot.contacts, at)
}

/// The minute at which what is open now closes, at the latest a day from now.
fn closes_at(snapshot: &DebtorSnapshot, now: Timestamp) -> Result<Timestamp, Refusal> {
    const STEP: SignedDuration = SignedDuration::from_mins(15);
    const MINUTE: SignedDuration = SignedDuration::from_mins(1);
    let mut open = Timestamp::from_second(now.as_second() / 60 * 60).map_err(|_| Refusal::DateOutOfRange)?;
    for step in [STEP, MINUTE] {
        for _ in 0..96 {
            let next = later(open, step)?;
            if open_at(snapshot, next)? != Opening::Open {
                break;
            }
            open = next;
        }
    }
    later(open, MINUTE)
}

fn later(at: Timestamp, by: SignedDuration) -> Result<Timestamp, Refusal> {
    at.checked_add(by).map_err(|_| Refusal::DateOutOfRange)
}
