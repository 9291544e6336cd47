use super::policy::{ActiveDunning, Audience, CountsFrom, HistoryRule, LadderStep};
use super::{DunningStep, PaymentHistory};
use crate::Refusal;
use crate::calendar::{Date, Timestamp, days_between};
use crate::chase::{Claim, chase};
use crate::ids::InvoiceId;
use crate::money::Money;
use crate::snapshot::{AccountSnapshot, DebtorSnapshot};

impl Audience {
    fn covers(&self, days_overdue: i32, history: PaymentHistory) -> bool {
        self.days_overdue_min.is_none_or(|min| days_overdue >= min)
            && self.days_overdue_max.is_none_or(|max| days_overdue <= max)
            && match self.history {
                HistoryRule::Any => true,
                HistoryRule::NeverLate => history.paid_late_count == 0,
                HistoryRule::LateAtLeast { count } => history.paid_late_count >= count,
            }
    }

    fn is_narrow(&self) -> bool {
        *self != Self::default()
    }
}

/// The ladder of one account: of those in force that cover what it asks for, its age and its history, the one for a tag
/// before one for all, then one with amounts, then one with an audience, then the latest published.
pub fn ladder_for<'a>(
    snapshot: &'a DebtorSnapshot,
    account: &AccountSnapshot,
    now: Timestamp,
) -> Option<&'a ActiveDunning> {
    let open = account.items.iter().filter(|item| !item.disputed);
    let oldest = open.clone().map(|item| item.due_on).min()?;
    let owed = Money::sum(account.currency, open.map(|item| item.outstanding)).ok();
    // More than can be summed is more than any segment's limit.
    let owed = owed.unwrap_or(Money::new(i64::MAX, account.currency));
    let days = days_between(oldest, snapshot.today(now));
    let fits = |active: &&ActiveDunning| {
        active.is_in_force(now)
            && active.policy.segment.covers(owed, &snapshot.debtor.tags)
            && active.policy.audience.covers(days, snapshot.history)
    };
    let narrowness = |active: &&ActiveDunning| {
        let segment = &active.policy.segment;
        let amounts = segment.amount_min.is_some() || segment.amount_max.is_some();
        (segment.tag.is_some(), amounts, active.policy.audience.is_narrow(), active.from_at, active.id)
    };
    snapshot.dunning.iter().filter(fits).max_by_key(narrowness)
}

/// The claims behind a message's items, as they stand now: what may be chased of them, or the instalment that it announces.
///
/// # Errors
/// Those of [`chase`].
pub fn named_claims(snapshot: &DebtorSnapshot, items: &[InvoiceId], now: Timestamp) -> Result<Vec<Claim>, Refusal> {
    let chase = chase(snapshot, now)?;
    let is_named = |claim: &Claim| claim.invoice_ids.iter().any(|id| items.contains(id));
    let mut named: Vec<Claim> = chase.claims.into_iter().filter(is_named).collect();
    if named.is_empty() {
        named = chase.announced.into_iter().filter(is_named).collect();
    }
    Ok(named)
}

/// One rung as a claim meets it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rung<'a> {
    pub place: usize,
    pub step: DunningStep,
    pub reached_on: Date,
    pub says: &'a LadderStep,
}

/// The rungs of a claim with the dates on which they are reached, rising. A claim due at the end of the calendar
/// (`9999-12-31` is how files say "never") has fewer.
pub(super) fn rungs<'a>(
    ladder: &'a ActiveDunning,
    claim: &Claim,
    announced: bool,
) -> impl DoubleEndedIterator<Item = Rung<'a>> {
    let (due_on, kind) = match claim.plan_id {
        Some(_) => (claim.due_on, CountsFrom::InstalmentDate),
        None => (claim.due_on, CountsFrom::DueDate),
    };
    // An instalment that is due is not announced any more.
    let speaks = move |step: &LadderStep| claim_speaks(kind, step.offset, announced);
    ladder.policy.steps_from(kind).filter(move |(_, says)| speaks(says)).filter_map(move |(place, says)| {
        let step = DunningStep { offset: says.offset, due_on };
        Some(Rung { place, step, reached_on: step.reached_on().ok()?, says })
    })
}

fn claim_speaks(kind: CountsFrom, offset: i32, announced: bool) -> bool {
    match kind {
        CountsFrom::DueDate => true,
        CountsFrom::InstalmentDate => (offset < 0) == announced,
    }
}
