//! What messages were followed by: payments within seven days, counted for the last message before them.

use crate::Refusal;
use crate::calendar::Timestamp;
use crate::ids::DebtorId;
use crate::money::Money;
use crate::reminder::Channel;
use jiff::SignedDuration;
use std::collections::HashMap;

/// How long after a message a payment counts for it.
pub const WITHIN: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A message that left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// To whom.
    pub debtor_id: DebtorId,
    /// When.
    pub at: Timestamp,
    /// The days of its step.
    pub offset: i32,
    /// How.
    pub channel: Channel,
    /// The key of its text; empty where it is not known any more.
    pub template: String,
}

/// Money that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// From whom.
    pub debtor_id: DebtorId,
    /// When.
    pub at: Timestamp,
    /// How much, less what was given back.
    pub amount: Money,
}

/// Messages of one step, channel and text, and what followed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectRow {
    /// The days of the step.
    pub offset: i32,
    /// How.
    pub channel: Channel,
    /// The key of the text.
    pub template: String,
    /// How many left.
    pub said_count: u64,
    /// How many of them a payment followed.
    pub followed_count: u64,
    /// What came, by currency.
    pub paid: Vec<Money>,
}

/// Counts each payment for the last message to its debtor before it, if that is not older than [`WITHIN`]. A payment
/// follows a message; that it was caused by it, nobody knows. `said` is in the order of time; messages from `until` on take
/// their payments and are not counted themselves.
///
/// # Errors
/// `amount_overflow`.
pub fn effect(said: &[Said], paid: &[Paid], until: Timestamp) -> Result<Vec<EffectRow>, Refusal> {
    let mut by_debtor: HashMap<DebtorId, Vec<usize>> = HashMap::new();
    for (place, message) in said.iter().enumerate() {
        by_debtor.entry(message.debtor_id).or_default().push(place);
    }
    let mut followed: HashMap<usize, Vec<Money>> = HashMap::new();
    for payment in paid.iter().filter(|payment| payment.amount.is_positive()) {
        let places = by_debtor.get(&payment.debtor_id).map_or(&[][..], Vec::as_slice);
        let last = places.iter().rev().find(|place| said[**place].at <= payment.at);
        if let Some(place) = last.filter(|place| payment.at.duration_since(said[**place].at) < WITHIN) {
            add(followed.entry(*place).or_default(), payment.amount)?;
        }
    }
    let mut rows: Vec<EffectRow> = Vec::new();
    for (place, message) in said.iter().enumerate().filter(|(_, message)| message.at < until) {
        let same = |row: &EffectRow| {
            (row.offset, row.channel, &row.template) == (message.offset, message.channel, &message.template)
        };
        let at = rows.iter().position(same).unwrap_or_else(|| {
            let (offset, channel, template) = (message.offset, message.channel, message.template.clone());
            rows.push(EffectRow { offset, channel, template, said_count: 0, followed_count: 0, paid: Vec::new() });
            rows.len() - 1
        });
        rows[at].said_count += 1;
        if let Some(amounts) = followed.get(&place) {
            rows[at].followed_count += 1;
            for amount in amounts {
                add(&mut rows[at].paid, *amount)?;
            }
        }
    }
    rows.sort_by(|a, b| (a.offset, a.channel, &a.template).cmp(&(b.offset, b.channel, &b.template)));
    Ok(rows)
}

fn add(sums: &mut Vec<Money>, amount: Money) -> Result<(), Refusal> {
    match sums.iter_mut().find(|sum| sum.currency() == amount.currency()) {
        Some(sum) => *sum = sum.plus(amount)?,
        None => sums.push(amount),
    }
    Ok(())
}

impl EffectRow {
    /// How many of a thousand messages a payment followed.
    pub fn per_mille(&self) -> u64 {
        (self.followed_count * 1_000).checked_div(self.said_count).unwrap_or(0)
    }
}
