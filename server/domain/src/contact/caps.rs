use super::{ContactRules, OwnRules, Week};
use crate::Refusal;
use crate::calendar::{Date, Timestamp, Zone, plus_days};
use crate::reminder::{Channel, Contact, ContactOutcome, Hold};
use jiff::SignedDuration;
use jiff::civil::Time;

/// Seven days, whatever the clocks do.
const SEVEN_DAYS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How often a person may be reached. Contacts stand oldest first.
pub(super) struct Caps<'a> {
    rules: &'a ContactRules,
    zones: &'a [Zone],
    contacts: &'a [Contact],
    channel: Channel,
    per_day_max: u32,
    per_week_max: u32,
    gap: SignedDuration,
}

impl<'a> Caps<'a> {
    pub(super) fn new(
        rules: &'a ContactRules,
        own: &OwnRules,
        zones: &'a [Zone],
        contacts: &'a [Contact],
        channel: Channel,
    ) -> Self {
        let least = |law: u32, own: Option<u32>| own.map_or(law, |own| own.min(law)).max(1);
        let gap_hours = own.gap_hours.map_or(rules.gap_hours, |own| own.max(rules.gap_hours));
        Self {
            rules,
            zones,
            contacts,
            channel,
            per_day_max: least(rules.per_day_max, own.per_day_max),
            per_week_max: least(rules.per_week_max, own.per_week_max),
            gap: SignedDuration::from_hours(i64::from(gap_hours)),
        }
    }

    /// The cap that a moment is within and the latest end of those, if there is one.
    pub(super) fn closed(&self, at: Timestamp) -> Result<Option<(Timestamp, Hold)>, Refusal> {
        if self.contacts.is_empty() {
            return Ok(None);
        }
        let mut latest = None;
        let any = |_: Channel| true;
        if let Some(last) = self.last_from(1, any) {
            later(&mut latest, at, plus(last, self.gap)?, Hold::MinimumGap);
        }
        if let Some(last) = self.last_from(self.per_day_max, any) {
            later(&mut latest, at, self.day_ends(last, at)?, Hold::DailyCap);
        }
        if let Some(last) = self.last_from(self.per_week_max, any) {
            later(&mut latest, at, self.week_ends(last, at)?, Hold::WeeklyCap);
        }
        for cap in self.rules.channel_caps.iter().filter(|cap| cap.channels.contains(&self.channel)) {
            let same = |used: Channel| cap.channels.contains(&used);
            if let Some(last) = self.last_from(1, same) {
                let gap = SignedDuration::from_hours(i64::from(cap.gap_hours));
                later(&mut latest, at, plus(last, gap)?, Hold::MinimumGap);
            }
            if let Some(last) = self.last_from(cap.per_week_max, same) {
                later(&mut latest, at, self.week_ends(last, at)?, Hold::WeeklyCap);
            }
        }
        Ok(latest)
    }

    /// When the contact left that is the nth from the last one, of those that count.
    fn last_from(&self, nth: u32, counts: impl Fn(Channel) -> bool) -> Option<Timestamp> {
        let counted = self.contacts.iter().rev().filter(|it| it.counts() && counts(it.channel));
        let place = usize::try_from(nth.max(1) - 1).unwrap_or(usize::MAX);
        counted.map(|contact| contact.handed_off_at).nth(place)
    }

    /// When the day of a contact ends everywhere, if `at` is on it anywhere.
    fn day_ends(&self, contact: Timestamp, at: Timestamp) -> Result<Timestamp, Refusal> {
        self.ends(contact, at, SignedDuration::from_hours(49), |date| plus_days(date, 1))
    }

    fn week_ends(&self, contact: Timestamp, at: Timestamp) -> Result<Timestamp, Refusal> {
        match self.rules.week {
            Week::Rolling => plus(contact, SEVEN_DAYS),
            Week::Calendar => self.ends(contact, at, SEVEN_DAYS + SignedDuration::from_hours(25), next_monday),
        }
    }

    /// When a span of days that began with a contact's date ends everywhere. Those of contacts that are longer ago than
    /// `longest` have ended.
    fn ends(
        &self,
        contact: Timestamp,
        at: Timestamp,
        longest: SignedDuration,
        next: impl Fn(Date) -> Result<Date, Refusal>,
    ) -> Result<Timestamp, Refusal> {
        let mut latest = contact;
        if at.duration_since(contact) > longest {
            return Ok(latest);
        }
        for zone in self.zones {
            let next = next(zone.wall_at(contact).date())?;
            if zone.wall_at(at).date() < next {
                latest = latest.max(begins(zone, next, at)?);
            }
        }
        Ok(latest)
    }
}

/// The first moment of a date; where clocks that go back brought an earlier date again, an hour from now.
fn begins(zone: &Zone, date: Date, at: Timestamp) -> Result<Timestamp, Refusal> {
    let begins_at = zone.moment(date, Time::midnight())?;
    if begins_at > at { Ok(begins_at) } else { plus(at, SignedDuration::from_hours(1)) }
}

fn later(latest: &mut Option<(Timestamp, Hold)>, at: Timestamp, until: Timestamp, why: Hold) {
    if until > at && latest.is_none_or(|(known, _)| until > known) {
        *latest = Some((until, why));
    }
}

pub(super) fn next_monday(date: Date) -> Result<Date, Refusal> {
    plus_days(date, 7 - i32::from(date.weekday().to_monday_zero_offset()))
}

fn plus(at: Timestamp, span: SignedDuration) -> Result<Timestamp, Refusal> {
    at.checked_add(span).map_err(|_| Refusal::DateOutOfRange)
}

/// One channel a week: the one that reached the person this week, and until when it is the only one.
pub(super) fn week_channel(
    rules: &ContactRules,
    zone: &Zone,
    contacts: &[Contact],
    now: Timestamp,
) -> Option<(Channel, Timestamp)> {
    if !rules.one_channel_a_week {
        return None;
    }
    let last = contacts.iter().rev().find(|it| it.counts() && it.outcome == ContactOutcome::Left)?;
    let until = match rules.week {
        Week::Rolling => plus(last.handed_off_at, SEVEN_DAYS).ok()?,
        Week::Calendar => {
            let monday = next_monday(zone.wall_at(last.handed_off_at).date()).ok()?;
            zone.moment(monday, Time::midnight()).ok()?
        }
    };
    (until > now).then_some((last.channel, until))
}
