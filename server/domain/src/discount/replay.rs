//! What a policy would have done over past invoices: its cost, and the money that could have come in earlier.

use super::policy::DiscountPolicy;
use super::price::price_by_value_date;
use super::terms::{DiscountOffer, DiscountTerms, InvoiceFacts, grant};
use crate::Refusal;
use crate::calendar::{Date, Zone, days_between};
use crate::ids::{InvoiceId, PolicyId};
use crate::invoice::{ItemKind, OpenItem};
use crate::money::Money;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A past invoice with what came in for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidInvoice {
    /// What decides over its terms.
    pub facts: InvoiceFacts,
    /// What was paid, oldest first; all of it together closed the invoice.
    pub payments: Vec<PaidPart>,
}

/// One payment of a past invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidPart {
    /// When it counts.
    pub on: Date,
    /// How much.
    pub amount: Money,
}

/// What a policy would have done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Invoices that the policy covers.
    pub covered_count: u32,
    /// What they claimed.
    pub covered: Money,
    /// Invoices that were paid in time for a discount without one: each would have taken it.
    pub taken_count: u32,
    /// What those would have saved: the cost that is certain.
    pub cost_min: Money,
    /// Invoices that were paid after the last deadline.
    pub movable_count: u32,
    /// The cost if each of those too had been paid on the last day of the policy's last tier.
    pub cost_max: Money,
    /// What would have come in earlier then, discount taken off.
    pub earlier: Money,
    /// By how many days, weighted by amount, to one decimal.
    pub earlier_days: Decimal,
    /// The same by the month in which money came in, oldest first, no month left out.
    pub months: Vec<ReplayMonth>,
}

/// One month of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplayMonth {
    /// Its first day.
    pub month: Date,
    /// What came in.
    pub received: Money,
    /// What would have come in, had everybody taken the discount.
    pub would_receive: Money,
    /// The certain cost.
    pub cost_min: Money,
    /// The cost had everybody taken the discount.
    pub cost_max: Money,
}

/// Replays a policy over past invoices. A sliding rate has no date on which to wait for late payers: only what was paid
/// early counts.
///
/// # Errors
/// `amount_overflow`, `date_out_of_range`.
pub fn replay(history: &[PaidInvoice], policy: &DiscountPolicy, zone: &Zone) -> Result<Replay, Refusal> {
    let mut sum = Sum::new(Money::zero(policy.segment.currency));
    let policies = [(PolicyId(Uuid::nil()), policy.clone())];
    for invoice in history {
        if let Some(terms) = grant(&policies, &invoice.facts, zone)? {
            sum.add(invoice, terms)?;
        }
    }
    sum.finish()
}

struct Sum {
    replay: Replay,
    money_days: Decimal,
    months: BTreeMap<Date, ReplayMonth>,
}

impl Sum {
    fn new(zero: Money) -> Self {
        let replay = Replay {
            covered_count: 0,
            covered: zero,
            taken_count: 0,
            cost_min: zero,
            movable_count: 0,
            cost_max: zero,
            earlier: zero,
            earlier_days: Decimal::ZERO,
            months: Vec::new(),
        };
        Self { replay, money_days: Decimal::ZERO, months: BTreeMap::new() }
    }

    fn add(&mut self, invoice: &PaidInvoice, terms: DiscountTerms) -> Result<(), Refusal> {
        let Some((last, before)) = invoice.payments.split_last() else { return Ok(()) };
        self.replay.covered_count += 1;
        self.replay.covered = self.replay.covered.plus(invoice.facts.amount)?;
        for part in before {
            let month = self.month(part.on);
            month.received = month.received.plus(part.amount)?;
            month.would_receive = month.would_receive.plus(part.amount)?;
        }
        let month = self.month(last.on);
        month.received = month.received.plus(last.amount)?;
        let wait = match &terms.offer {
            DiscountOffer::Steps { steps } => steps.last().map(|step| step.until_on),
            DiscountOffer::Sliding { .. } => None,
        };
        let item = item_before(invoice, last.amount, terms);
        if let Some(price) = price_by_value_date(&item, last.on)? {
            self.replay.taken_count += 1;
            return self.book(last.on, last.on, last.amount, price.saved);
        }
        let moved = match wait.filter(|on| *on < last.on) {
            Some(on) => price_by_value_date(&item, on)?.map(|price| (on, price)),
            None => None,
        };
        let Some((on, price)) = moved else {
            let month = self.month(last.on);
            month.would_receive = month.would_receive.plus(last.amount)?;
            return Ok(());
        };
        self.replay.movable_count += 1;
        self.replay.earlier = self.replay.earlier.plus(price.pay)?;
        let days = Decimal::from(days_between(on, last.on));
        let weighted = Decimal::from(price.pay.minor()).checked_mul(days).ok_or(Refusal::AmountOverflow)?;
        self.money_days = self.money_days.checked_add(weighted).ok_or(Refusal::AmountOverflow)?;
        self.book(on, last.on, last.amount, price.saved)
    }

    /// Books a saving on the day on which it would have been taken; it is certain where nobody had to move.
    fn book(&mut self, on: Date, paid_on: Date, amount: Money, saved: Money) -> Result<(), Refusal> {
        let certain = if on == paid_on { saved } else { Money::zero(saved.currency()) };
        self.replay.cost_min = self.replay.cost_min.plus(certain)?;
        self.replay.cost_max = self.replay.cost_max.plus(saved)?;
        let month = self.month(on);
        month.would_receive = month.would_receive.plus(amount.minus(saved)?)?;
        month.cost_min = month.cost_min.plus(certain)?;
        month.cost_max = month.cost_max.plus(saved)?;
        Ok(())
    }

    fn month(&mut self, on: Date) -> &mut ReplayMonth {
        let zero = Money::zero(self.replay.covered.currency());
        let month = on.first_of_month();
        let empty = ReplayMonth { month, received: zero, would_receive: zero, cost_min: zero, cost_max: zero };
        self.months.entry(month).or_insert(empty)
    }

    fn finish(mut self) -> Result<Replay, Refusal> {
        if let (Some(first), Some(last)) = (self.months.keys().next().copied(), self.months.keys().next_back().copied())
        {
            let mut on = first;
            while on < last {
                on = on.checked_add(jiff::Span::new().months(1)).map_err(|_| Refusal::DateOutOfRange)?;
                self.month(on);
            }
        }
        if self.replay.earlier.is_positive() {
            let days = self.money_days / Decimal::from(self.replay.earlier.minor());
            self.replay.earlier_days = days.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        }
        self.replay.months = self.months.into_values().collect();
        Ok(self.replay)
    }
}

/// The item as it stood before its last payment, with the terms that it would have had.
fn item_before(invoice: &PaidInvoice, outstanding: Money, terms: DiscountTerms) -> OpenItem {
    OpenItem {
        invoice_id: InvoiceId(Uuid::nil()),
        number: String::new(),
        description: None,
        issued_on: invoice.facts.issued_on,
        due_on: invoice.facts.due_on,
        amount: invoice.facts.amount,
        outstanding,
        disputed: false,
        kind: ItemKind::Invoice,
        tax: invoice.facts.tax,
        discounts: vec![terms],
    }
}
