use super::{ContactPreference, ContactRules, OwnRules};
use crate::Refusal;
use crate::calendar::{Date, Timestamp, Zone};
use crate::reminder::Hold;
use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};

/// How far ahead an opening is looked for: hours that open on one weekday only may fall on holidays for some weeks.
pub(super) const HORIZON: SignedDuration = SignedDuration::from_hours(24 * 60);

/// From when until when a person may be reached on a day: at `from` it may, at `until` it may not any more.
pub type Span = (Time, Time);

/// The hours of each weekday, Monday first, and those of holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekHours {
    /// Monday to Sunday; none means that the day is quiet.
    pub days: [Option<Span>; 7],
    /// On a holiday, whatever its weekday.
    pub holidays: Option<Span>,
}

impl WeekHours {
    /// The hours of a date that is no holiday.
    pub fn on(&self, date: Date) -> Option<Span> {
        self.days[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
    }
}

/// The hours that law, finance and the person leave together.
pub(super) struct Hours<'a> {
    pub(super) rules: &'a ContactRules,
    pub(super) own: &'a OwnRules,
    pub(super) wish: Option<&'a ContactPreference>,
    /// Open is what is open in all of them.
    pub(super) zones: &'a [Zone],
}

impl Hours<'_> {
    /// Why a moment is closed somewhere; none where it is open everywhere.
    pub(super) fn closed(&self, at: Timestamp) -> Option<Hold> {
        self.zones.iter().find_map(|zone| self.closed_on(zone.wall_at(at)))
    }

    fn closed_on(&self, wall: DateTime) -> Option<Hold> {
        let (date, time) = (wall.date(), wall.time());
        let within = |span: Option<Span>| span.is_some_and(|(from, until)| time >= from && time < until);
        let usual = self.tightened(self.rules.hours.on(date), date);
        let open = if self.rules.holidays.is_holiday(date) {
            let kept = self.tightened(self.rules.hours.holidays, date);
            if !within(kept) && within(usual) {
                return Some(Hold::Holiday);
            }
            within(kept)
        } else {
            within(usual)
        };
        match (open, self.wish) {
            (false, _) => Some(Hold::OutsideHours),
            (true, Some(wish)) if !is_wished(time, wish) => Some(Hold::PreferredHours),
            _ => None,
        }
    }

    /// A span of the law, as finance tightens it.
    fn tightened(&self, law: Option<Span>, date: Date) -> Option<Span> {
        let (from, until) = law?;
        if self.own.closed.iter().any(|day| day.is(date.weekday())) {
            return None;
        }
        let from = self.own.from.map_or(from, |own| own.max(from));
        let until = self.own.until.map_or(until, |own| own.min(until));
        (from < until).then_some((from, until))
    }

    /// The span of a date, with everything that narrows it.
    fn span(&self, date: Date) -> Option<Span> {
        let holiday = self.rules.holidays.is_holiday(date);
        let law = if holiday { self.rules.hours.holidays } else { self.rules.hours.on(date) };
        let span = self.tightened(law, date);
        match self.wish {
            Some(wish) => wished(span, wish),
            None => span,
        }
    }

    /// The first moment from `at` on that is open everywhere, within [`HORIZON`].
    pub(super) fn next_open(&self, at: Timestamp) -> Result<Option<Timestamp>, Refusal> {
        let end = at.checked_add(HORIZON).unwrap_or(Timestamp::MAX);
        let mut found = at;
        loop {
            let before = found;
            for zone in self.zones {
                match self.next_in(zone, found, end)? {
                    Some(next) => found = next,
                    None => return Ok(None),
                }
            }
            if found == before {
                return Ok(Some(found));
            }
        }
    }

    /// The first moment from `at` on that is open in one zone.
    fn next_in(&self, zone: &Zone, at: Timestamp, end: Timestamp) -> Result<Option<Timestamp>, Refusal> {
        let wall = zone.wall_at(at);
        let (mut date, mut time) = (wall.date(), wall.time());
        let mut from_at = at;
        while from_at <= end {
            match self.span(date) {
                Some((from, until)) if time < until => {
                    return if time >= from { Ok(Some(from_at)) } else { self.opens(zone, date, from, from_at, time) };
                }
                _ => {}
            }
            date = date.tomorrow().map_err(|_| Refusal::DateOutOfRange)?;
            from_at = zone.moment(date, Time::midnight())?.max(from_at);
            time = zone.wall_at(from_at).time();
        }
        Ok(None)
    }

    /// The moment at which a date's hours open. Where the clock went back before `at`, its first time has passed.
    fn opens(
        &self,
        zone: &Zone,
        date: Date,
        from: Time,
        at: Timestamp,
        time: Time,
    ) -> Result<Option<Timestamp>, Refusal> {
        let opens_at = zone.moment(date, from)?;
        if opens_at >= at {
            return Ok(Some(opens_at));
        }
        let rest = from.duration_since(time);
        at.checked_add(rest).map(Some).map_err(|_| Refusal::DateOutOfRange)
    }
}

fn is_wished(time: Time, wish: &ContactPreference) -> bool {
    wish.from.is_none_or(|from| time >= from) && wish.until.is_none_or(|until| time < until)
}

/// A span that a person's wish narrows.
fn wished(span: Option<Span>, wish: &ContactPreference) -> Option<Span> {
    let (from, until) = span?;
    let from = wish.from.map_or(from, |wish| wish.max(from));
    let until = wish.until.map_or(until, |wish| wish.min(until));
    (from < until).then_some((from, until))
}
