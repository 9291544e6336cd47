//! A date that the debtor named.

use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::{Date, Timestamp, plus_days};
use crate::ids::{AccountId, PromiseId};
use crate::ledger::EntryKind;
use crate::money::Money;
use crate::outcome::Outcome;
use crate::snapshot::AccountSnapshot;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// A promise's date lies at most this many days ahead.
pub const DAYS_MAX: i32 = 30;

/// A date by which the debtor will pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseToPay {
    /// Its id.
    pub id: PromiseId,
    /// On which account.
    pub account_id: AccountId,
    /// How much; none for everything that was owed.
    pub amount: Option<Money>,
    /// What was owed when it was made, credit taken off.
    pub owed: Money,
    /// The last day.
    pub promised_on: Date,
    /// When it was made.
    pub made_at: Timestamp,
    /// By whom: the debtor, or finance on its behalf.
    pub made_by: Actor,
    /// When and by whom it was taken back.
    pub withdrawn: Option<Withdrawal>,
}

/// That a promise was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
}

/// What became of a promise, as the ledger tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseStanding {
    /// The date has not passed.
    Waiting,
    /// What was promised came in time.
    Kept,
    /// The date has passed and it had not come.
    Broken,
    /// It was taken back.
    Withdrawn,
}

impl PromiseStanding {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// What is to be promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromise {
    /// Made with the page: the same id is the same promise.
    pub id: PromiseId,
    /// How much; none for everything.
    pub amount: Option<Money>,
    /// The last day.
    pub promised_on: Date,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
}

/// The last date that may be promised today.
///
/// # Errors
/// `date_out_of_range`.
pub fn last_date(today: Date) -> Result<Date, Refusal> {
    plus_days(today, DAYS_MAX)
}

/// Makes a promise; `known` are the account's promises that were not taken back. It is made after all that the account's
/// movements tell, also where another node's clock, which wrote them, is ahead: what is in the books already is no part of
/// what was promised.
///
/// # Errors
/// `nothing_to_pay`, `promise_date`, `promise_open`, `amount_not_positive`, `amount_above_balance`, `currency_mismatch`.
pub fn make(
    account: &AccountSnapshot,
    new: NewPromise,
    known: &[PromiseToPay],
    today: Date,
) -> Result<Outcome<PromiseToPay>, Refusal> {
    if known.iter().any(|promise| promise.id == new.id) {
        return Ok(Outcome::AlreadyApplied);
    }
    let open = Money::sum(account.currency, account.items.iter().map(|item| item.outstanding))?;
    let owed = open.minus(account.unapplied)?;
    if !owed.is_positive() {
        return Err(Refusal::NothingToPay);
    }
    let until_on = last_date(today)?;
    if new.promised_on < today || new.promised_on > until_on {
        return Err(Refusal::PromiseDate { until_on });
    }
    if let Some(amount) = new.amount
        && amount.positive()?.minus(owed)?.is_positive()
    {
        return Err(Refusal::AmountAboveBalance { owed });
    }
    if known.iter().any(|promise| promise.is_live(account, today)) {
        return Err(Refusal::PromiseOpen);
    }
    let last = account.movements.iter().map(|movement| movement.recorded_at).max();
    let after = last.and_then(|last| last.checked_add(SignedDuration::from_micros(1)).ok());
    Ok(Outcome::Executed(PromiseToPay {
        id: new.id,
        account_id: account.id,
        amount: new.amount,
        owed,
        promised_on: new.promised_on,
        made_at: after.map_or(new.at, |after| after.max(new.at)),
        made_by: new.by,
        withdrawn: None,
    }))
}

impl PromiseToPay {
    /// What was promised.
    pub fn expected(&self) -> Money {
        self.amount.unwrap_or(self.owed)
    }

    /// What became of it. Money counts that came in for the account since it was made and by its date, less what went
    /// back; so do discounts, credit notes and claims given up. A new claim does not count against it.
    ///
    /// # Errors
    /// `currency_mismatch`, `amount_overflow`.
    pub fn standing(&self, account: &AccountSnapshot, today: Date) -> Result<PromiseStanding, Refusal> {
        if self.withdrawn.is_some() {
            return Ok(PromiseStanding::Withdrawn);
        }
        let settles = |kind: EntryKind| {
            !matches!(
                kind,
                EntryKind::Issue | EntryKind::Amendment | EntryKind::LateFee | EntryKind::Interest | EntryKind::Payout
            )
        };
        let since = account.movements.iter().filter(|movement| {
            settles(movement.kind) && movement.recorded_at >= self.made_at && movement.effective_on <= self.promised_on
        });
        let settled = Money::sum(account.currency, since.map(|movement| movement.effect))?.negated()?;
        if !self.expected().minus(settled)?.is_positive() {
            return Ok(PromiseStanding::Kept);
        }
        Ok(match (today <= self.promised_on, account.owes()) {
            (true, true) => PromiseStanding::Waiting,
            (true, false) => PromiseStanding::Kept,
            (false, _) => PromiseStanding::Broken,
        })
    }

    /// Whether reminders of its account are silent: until its date has passed, whatever came in before. What did may have been
    /// for something else, and the rest is what was promised.
    pub fn silences(&self, account: &AccountSnapshot, today: Date) -> bool {
        self.account_id == account.id && self.withdrawn.is_none() && today <= self.promised_on
    }

    /// Whether it is still waited for: another one may be made once it is not.
    pub fn is_live(&self, account: &AccountSnapshot, today: Date) -> bool {
        self.account_id == account.id && self.standing(account, today) == Ok(PromiseStanding::Waiting)
    }

    /// Takes it back.
    ///
    /// # Errors
    /// None today; a command answers a result.
    pub fn withdraw(self, at: Timestamp, by: Actor) -> Result<Outcome<Self>, Refusal> {
        if self.withdrawn.is_some() {
            return Ok(Outcome::AlreadyApplied);
        }
        Ok(Outcome::Executed(Self { withdrawn: Some(Withdrawal { at, by }), ..self }))
    }
}
