use super::{Change, ChannelPrices, RehearsedMessage, Walk};
use crate::Refusal;
use crate::calendar::Date;
use crate::money::Money;
use crate::reminder::{Channel, Hold, StopReason};
use serde::{Deserialize, Serialize};

/// What one debtor adds to the whole.
#[derive(Debug, Clone)]
pub struct DebtorRun<'a> {
    /// As the published policies would have it.
    pub published: &'a Walk,
    /// As the draft would have it.
    pub draft: &'a Walk,
    /// What differs.
    pub changes: &'a [Change],
    /// The id of the contact rules of its country.
    pub rule: &'a str,
}

/// Messages of one day and channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    /// The date on the debtors' walls.
    pub on: Date,
    /// How.
    pub channel: Channel,
    /// How many.
    pub count: u64,
}

/// Silences of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockCount {
    /// Why.
    pub why: Hold,
    /// The contact rules that ask for it; none where it is no rule of contact.
    pub rule: Option<String>,
    /// The day of the week that is closed, Monday is 1; none where the day is not the reason.
    pub weekday: Option<i8>,
    /// How many.
    pub count: u64,
}

/// Debtors who would hear nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopCount {
    /// Why.
    pub why: StopReason,
    /// How many.
    pub count: u64,
}

/// A rehearsal in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Debtors that were looked at.
    pub debtor_count: u64,
    /// Those of them who would hear from the creditor.
    pub reached_count: u64,
    /// What the draft would send.
    pub draft: Vec<DayCount>,
    /// What the published policies would send.
    pub published: Vec<DayCount>,
    /// What would keep the draft's messages back.
    pub blocks: Vec<BlockCount>,
    /// Why the draft would end.
    pub stops: Vec<StopCount>,
    /// Messages that would be new.
    pub added: u64,
    /// Messages that would not leave any more.
    pub removed: u64,
    /// Messages that would change.
    pub moved: u64,
    /// Messages that would stay as they are.
    pub same: u64,
}

impl Summary {
    /// Adds one debtor.
    pub fn add(&mut self, run: &DebtorRun<'_>) {
        self.debtor_count += 1;
        self.reached_count += u64::from(!run.draft.messages.is_empty());
        count_days(&mut self.draft, &run.draft.messages);
        count_days(&mut self.published, &run.published.messages);
        for change in run.changes {
            match change {
                Change::Added { .. } => self.added += 1,
                Change::Removed { .. } => self.removed += 1,
                Change::Moved { .. } => self.moved += 1,
                Change::Same { .. } => self.same += 1,
            }
        }
        for block in &run.draft.blocks {
            let rule = is_rule(block.why).then(|| run.rule.to_owned());
            let closed = block.why == Hold::OutsideHours && block.whole_day;
            let weekday = closed.then(|| block.on.weekday().to_monday_one_offset());
            let same = |known: &&mut BlockCount| {
                (known.why, known.weekday, known.rule.as_deref()) == (block.why, weekday, rule.as_deref())
            };
            match self.blocks.iter_mut().find(same) {
                Some(known) => known.count += 1,
                None => self.blocks.push(BlockCount { why: block.why, rule, weekday, count: 1 }),
            }
        }
        if let Some(why) = run.draft.end {
            match self.stops.iter_mut().find(|known| known.why == why) {
                Some(known) => known.count += 1,
                None => self.stops.push(StopCount { why, count: 1 }),
            }
        }
    }

    /// How many messages the draft would send by a channel.
    pub fn by_channel(&self, channel: Channel) -> u64 {
        self.draft.iter().filter(|day| day.channel == channel).map(|day| day.count).sum()
    }

    /// What the draft's messages by a channel would cost; none where the creditor has set no price.
    ///
    /// # Errors
    /// `amount_overflow`.
    pub fn cost(&self, prices: &ChannelPrices, channel: Channel) -> Result<Option<Money>, Refusal> {
        let Some(each) = prices.of(channel) else { return Ok(None) };
        let count = i64::try_from(self.by_channel(channel)).map_err(|_| Refusal::AmountOverflow)?;
        let minor = each.minor().checked_mul(count).ok_or(Refusal::AmountOverflow)?;
        Ok(Some(Money::new(minor, each.currency())))
    }
}

/// Whether the rules of contact ask for a silence, and not the debtor's own affairs.
fn is_rule(why: Hold) -> bool {
    match why {
        Hold::OutsideHours
        | Hold::Holiday
        | Hold::DailyCap
        | Hold::WeeklyCap
        | Hold::MinimumGap
        | Hold::OneChannelAWeek => true,
        Hold::PendingPayment
        | Hold::NotYetDue
        | Hold::PaymentPlan
        | Hold::Promise
        | Hold::DeclaredTransfer
        | Hold::Manual
        | Hold::StaleData
        | Hold::PreferredHours => false,
    }
}

fn count_days(days: &mut Vec<DayCount>, messages: &[RehearsedMessage]) {
    for message in messages {
        match days.iter_mut().find(|day| day.on == message.on && day.channel == message.channel) {
            Some(day) => day.count += 1,
            None => days.push(DayCount { on: message.on, channel: message.channel, count: 1 }),
        }
    }
}
