//! What a banner beside the balance may say by itself, where no ladder wrote one.

use crate::Refusal;
use crate::calendar::{Date, Timestamp, days_between};
use crate::chase::{Claim, chase};
use crate::money::Money;
use crate::reminder::Channel;
use crate::snapshot::DebtorSnapshot;
use crate::statement;
use jiff::SignedDuration;

/// What falls due within so many days is spoken of.
pub const SOON_DAYS: i32 = 7;
/// A discount that ends within so much time is spoken of.
const LAPSING: SignedDuration = SignedDuration::from_hours(72);

/// What there is to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BannerReason {
    /// Something is late.
    Overdue {
        /// How much.
        amount: Money,
        /// Since when.
        due_on: Date,
    },
    /// A discount is about to end.
    DiscountEnds {
        /// What paying now costs.
        pay: Money,
        /// What that saves.
        saved: Money,
        /// The last moment for it.
        last_moment: Timestamp,
    },
    /// Something falls due.
    DueSoon {
        /// How much.
        amount: Money,
        /// When.
        due_on: Date,
    },
}

/// Whether banners may speak to a debtor at all: not to who has paid, disputes, promised or keeps a plan, not while a
/// payment or a declared transfer is under way, in a hold, or after it said no to banners.
///
/// # Errors
/// Those of [`chase`].
pub fn may_speak(snapshot: &DebtorSnapshot, now: Timestamp) -> Result<bool, Refusal> {
    let (today, zone) = (snapshot.today(now), snapshot.debtor.zone(&snapshot.creditor));
    let refused = snapshot.consents.iter().any(|known| known.channel == Channel::Banner && known.state.is_no());
    let waits = !snapshot.open_attempts.is_empty()
        || snapshot.holds.iter().any(|hold| hold.is_live(today))
        || snapshot.transfers.iter().any(|transfer| transfer.is_live(zone, today));
    Ok(!refused && !waits && !chase(snapshot, now)?.claims.is_empty())
}

/// The one thing that there is to say, the most pressing one.
///
/// # Errors
/// Those of [`chase`].
pub fn reason(snapshot: &DebtorSnapshot, now: Timestamp) -> Result<Option<BannerReason>, Refusal> {
    if !may_speak(snapshot, now)? {
        return Ok(None);
    }
    let (today, claims) = (snapshot.today(now), chase(snapshot, now)?.claims);
    let Some(first) = claims.iter().min_by_key(|claim| claim.due_on) else { return Ok(None) };
    let sum = |wanted: &dyn Fn(&Claim) -> bool| {
        let currency = first.amount.currency();
        let fitting = claims.iter().filter(|claim| claim.amount.currency() == currency && wanted(claim));
        Money::sum(currency, fitting.map(|claim| claim.amount))
    };
    if first.due_on < today {
        let amount = sum(&|claim| claim.due_on < today)?;
        return Ok(Some(BannerReason::Overdue { amount, due_on: first.due_on }));
    }
    for account in statement::build(snapshot, now)?.accounts {
        let saved = account.asked_full.minus(account.asked)?;
        if let Some(last_moment) = account.price_until.filter(|_| saved.is_positive())
            && last_moment.duration_since(now) <= LAPSING
        {
            return Ok(Some(BannerReason::DiscountEnds { pay: account.asked, saved, last_moment }));
        }
    }
    if days_between(today, first.due_on) > SOON_DAYS {
        return Ok(None);
    }
    let amount = sum(&|claim| claim.due_on == first.due_on)?;
    Ok(Some(BannerReason::DueSoon { amount, due_on: first.due_on }))
}
