//! The ways in which a debtor can settle an account: now with the discount, in full, or by a plan, each with its whole cost.

use crate::Refusal;
use crate::calendar::{Date, Timestamp};
use crate::ids::{AccountId, PolicyId};
use crate::money::Money;
use crate::plan::{self, Frequency, PlanChoice, PlanOffer};
use crate::statement::AccountStatement;

/// What can be chosen on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// The account.
    pub account_id: AccountId,
    /// Paying all that is asked now, where that saves something.
    pub discount: Option<DiscountWay>,
    /// Paying all that is asked, without a discount.
    pub full: FullWay,
    /// Paying in parts, where policy offers it: the plan with the smallest payments.
    pub plan: Option<PlanWay>,
}

/// All of it, now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscountWay {
    /// What is paid.
    pub pay: Money,
    /// What is saved.
    pub saved: Money,
    /// The last second at which this holds for every item.
    pub last_moment: Timestamp,
    /// Whether something may still be saved after it.
    pub less_after: bool,
}

/// All of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FullWay {
    /// What is paid.
    pub pay: Money,
    /// The last day on which nothing of it is late; none where something is late already.
    pub due_on: Option<Date>,
}

/// In parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanWay {
    /// Of which template.
    pub template_id: PolicyId,
    /// The largest regular payment.
    pub instalment: Money,
    /// How many of them.
    pub count: u32,
    /// How far apart.
    pub frequency: Frequency,
    /// What is due on the day of acceptance.
    pub down_payment: Option<Money>,
    /// What it costs beside what is owed.
    pub charge: Money,
    /// All of it.
    pub total: Money,
    /// What is asked now and stays outside of it, such as contested items.
    pub outside: Money,
}

/// What a debtor can choose on an account on a day, with the plans that it may agree to; none where nothing is asked.
///
/// # Errors
/// `amount_overflow`, and those of [`plan::schedule`].
pub fn ways(account: &AccountStatement, offers: &[PlanOffer], today: Date) -> Result<Option<Ways>, Refusal> {
    if !account.asked.is_positive() {
        return Ok(None);
    }
    let free = || account.lines.iter().filter(|line| line.plan_id.is_none());
    let saved = account.asked_full.minus(account.asked)?;
    let discount = account.price_until.filter(|_| saved.is_positive()).map(|last_moment| DiscountWay {
        pay: account.asked,
        saved,
        last_moment,
        less_after: free().flat_map(|line| &line.item.discounts).any(|terms| terms.until_at() > last_moment),
    });
    let due_on = free().map(|line| line.item.due_on).min();
    Ok(Some(Ways {
        account_id: account.account_id,
        discount,
        full: FullWay { pay: account.asked_full, due_on: due_on.filter(|due_on| *due_on >= today) },
        plan: plan_way(account, offers, today)?,
    }))
}

fn plan_way(account: &AccountStatement, offers: &[PlanOffer], today: Date) -> Result<Option<PlanWay>, Refusal> {
    let mut found: Option<PlanWay> = None;
    for offer in offers {
        let way = of_offer(offer, account.asked_full, today)?;
        if found.as_ref().is_none_or(|best| per_month(&way) < per_month(best)) {
            found = Some(way);
        }
    }
    Ok(found)
}

fn of_offer(offer: &PlanOffer, asked: Money, today: Date) -> Result<PlanWay, Refusal> {
    let choice = easiest(offer);
    let schedule = plan::schedule(&offer.template, offer.principal, &choice, today)?;
    let regular = schedule.instalments.iter().find(|line| line.number == 1);
    Ok(PlanWay {
        template_id: offer.template_id,
        instalment: regular.map_or(schedule.total, |line| line.amount),
        count: choice.count,
        frequency: offer.template.frequency,
        down_payment: schedule.down_payment,
        charge: schedule.charge,
        total: schedule.total,
        outside: asked.minus(offer.principal)?,
    })
}

/// The choice with the smallest payments, as early as it can begin.
pub fn easiest(offer: &PlanOffer) -> PlanChoice {
    PlanChoice { count: *offer.counts.end(), first_on: offer.first_from }
}

/// What a plan asks in about a month, to compare plans of different frequencies.
fn per_month(way: &PlanWay) -> i64 {
    let times = match way.frequency {
        Frequency::Weekly => 4,
        Frequency::Fortnightly => 2,
        Frequency::Monthly => 1,
    };
    way.instalment.minor().saturating_mul(times)
}
