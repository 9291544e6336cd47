//! What is asked for now: open items at their price today, and of an agreed plan only what is due.

use crate::Refusal;
use crate::calendar::{Date, Timestamp};
use crate::concession::{Concession, ConcessionKind, Honour, ItemConcession};
use crate::discount::{DiscountPrice, price};
use crate::ids::{AccountId, InvoiceId};
use crate::invoice::OpenItem;
use crate::money::Money;
use crate::plan::{PaymentPlan, PlanProgress, progress};
use crate::snapshot::{AccountSnapshot, DebtorSnapshot};

/// What one account asks for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Items outside of an active plan, the oldest due first, each with its price.
    pub items: Vec<AskedItem<'a>>,
    /// Active plans with what is due of each.
    pub plans: Vec<(&'a PaymentPlan, PlanProgress)>,
    /// What paying all of it now costs.
    pub pay: Money,
    /// What it would cost without discounts.
    pub full: Money,
    /// The last moment at which that price holds, where a discount is in it.
    pub price_until: Option<Timestamp>,
}

/// One item at its price now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedItem<'a> {
    /// The item.
    pub item: &'a OpenItem,
    /// What paying it now saves, where that is something.
    pub discount: Option<DiscountPrice>,
}

impl AskedItem<'_> {
    /// What closing it now costs.
    pub fn pay(&self) -> Money {
        self.discount.as_ref().map_or(self.item.outstanding, |discount| discount.pay)
    }

    /// What a payment of it gives up, and until when.
    pub fn concession(&self) -> Option<ItemConcession> {
        let discount = self.discount.as_ref()?;
        Some(ItemConcession {
            invoice_id: self.item.invoice_id,
            concession: Concession { kind: ConcessionKind::Discount, amount: discount.saved },
            proportional: discount.proportional,
            honour: Honour { until_at: discount.last_moment, grace_minutes: discount.grace_minutes },
        })
    }
}

/// The active plan of an account that holds an item.
pub fn active_plan(plans: &[PaymentPlan], item: InvoiceId) -> Option<&PaymentPlan> {
    plans.iter().find(|plan| plan.is_active() && plan.items.contains(&item))
}

/// What an account asks for at a moment.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`, `date_out_of_range`.
pub fn asked<'a>(
    snapshot: &'a DebtorSnapshot,
    account: &'a AccountSnapshot,
    now: Timestamp,
) -> Result<Asked<'a>, Refusal> {
    let today = snapshot.today(now);
    let free = crate::allocation::in_due_order(&account.items)
        .into_iter()
        .filter(|item| active_plan(&snapshot.plans, item.invoice_id).is_none());
    let items = free
        .map(|item| Ok(AskedItem { item, discount: price(item, now)? }))
        .collect::<Result<Vec<AskedItem<'a>>, Refusal>>()?;
    let plans = active_plans(snapshot, account.id)
        .map(|plan| Ok((plan, progress(plan, &account.items, today)?)))
        .collect::<Result<Vec<_>, Refusal>>()?;
    let due = Money::sum(account.currency, plans.iter().map(|(_, progress)| progress.due_now))?;
    let pay = Money::sum(account.currency, items.iter().map(AskedItem::pay))?;
    let full = Money::sum(account.currency, items.iter().map(|item| item.item.outstanding))?;
    let price_until = items.iter().filter_map(|item| Some(item.discount.as_ref()?.last_moment)).min();
    Ok(Asked { items, plans, pay: pay.plus(due)?, full: full.plus(due)?, price_until })
}

/// The active plans of one account.
pub fn active_plans(snapshot: &DebtorSnapshot, account: AccountId) -> impl Iterator<Item = &PaymentPlan> {
    snapshot.plans.iter().filter(move |plan| plan.is_active() && plan.account_id == account)
}

/// What is past due on an account, by its items' own dates and by its plans' instalments.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`.
pub fn overdue(asked: &Asked<'_>, as_of: Date) -> Result<Money, Refusal> {
    let zero = Money::zero(asked.pay.currency());
    let items = asked.items.iter().filter(|item| item.item.days_past_due(as_of) > 0);
    let items = items.map(|item| Ok(item.item.outstanding));
    let instalments = asked.plans.iter().flat_map(|(_, progress)| &progress.instalments);
    let instalments = instalments.filter(|one| one.due_on < as_of).map(crate::plan::InstalmentStanding::missing);
    items.chain(instalments).try_fold(zero, |sum, part: Result<Money, Refusal>| sum.plus(part?))
}
