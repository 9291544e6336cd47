use crate::calendar::{Date, plus_days};
use jiff::civil::Weekday;

/// The years whose holidays are laid out beforehand.
const YEARS: std::ops::Range<i16> = 2000..2100;

/// One holiday of a country, by the rule that its law gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its name, as people there say it.
    pub name: String,
    /// On which day it falls.
    pub day: HolidayDay,
    /// Whether the law moves it.
    pub moved: Option<Move>,
    /// It is kept only where it falls on one of these weekdays; none named means always.
    pub only_on: Vec<Weekday>,
    /// The first year.
    pub since: Option<i16>,
    /// The last year.
    pub until: Option<i16>,
    /// Kept only in years whose number leaves one of these rests when it is divided by `of`.
    pub cycle: Option<Cycle>,
}

/// Years that recur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// How many years it takes.
    pub of: i16,
    /// Which of them.
    pub rests: Vec<i16>,
}

/// On which day of a year a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayDay {
    /// The same date each year.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// Days after Easter Sunday; negative before it.
    Easter {
        /// How many.
        offset: i32,
    },
    /// The nth weekday of a month; the last one for -1.
    Nth {
        /// 1 to 12.
        month: i8,
        /// Which weekday.
        weekday: Weekday,
        /// 1 to 5, or -1.
        nth: i8,
    },
}

/// How a law moves a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// To the next Monday, unless it is one (Colombia, Ley 51 de 1983).
    NextMonday,
    /// From Tuesday, Wednesday and Thursday to the Monday before, from Friday to the Monday after (Chile, Ley 19.668).
    NearMonday,
    /// From Tuesday to the Friday before, from Wednesday to the Friday after (Chile, Ley 20.299).
    NearFriday,
    /// Observed as well on the Friday before a Saturday and on the Monday after a Sunday (United States, 5 U.S.C. 6103).
    Observed,
}

/// The holidays of a country, computed for any year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayCalendar {
    holidays: Vec<Holiday>,
    /// One bit for each day of each of [`YEARS`].
    laid_out: Vec<[u64; 6]>,
}

impl HolidayCalendar {
    /// The calendar of these rules.
    pub fn new(holidays: Vec<Holiday>) -> Self {
        let mut calendar = Self { holidays, laid_out: Vec::new() };
        calendar.laid_out = YEARS.map(|year| bits(&calendar.holidays, year)).collect();
        calendar
    }

    /// Whether a date is a holiday.
    pub fn is_holiday(&self, date: Date) -> bool {
        let place = usize::try_from(date.year() - YEARS.start);
        match place.ok().and_then(|place| self.laid_out.get(place)) {
            Some(days) => is_set(days, date),
            None => is_set(&bits(&self.holidays, date.year()), date),
        }
    }

    /// The name of the holiday on a date.
    pub fn name_on(&self, date: Date) -> Option<&str> {
        let is_it = |holiday: &&Holiday| holiday.dates(date.year()).into_iter().flatten().any(|found| found == date);
        self.holidays.iter().find(is_it).map(|holiday| holiday.name.as_str())
    }

    /// The holidays of a year with their names, earliest first.
    pub fn of_year(&self, year: i16) -> Vec<(Date, &str)> {
        let dates = |holiday: &Holiday| holiday.dates(year).into_iter().flatten();
        let mut found: Vec<(Date, &str)> =
            self.holidays.iter().flat_map(|it| dates(it).map(|date| (date, it.name.as_str()))).collect();
        found.sort_unstable();
        found.dedup_by_key(|(date, _)| *date);
        found
    }
}

fn bits(holidays: &[Holiday], year: i16) -> [u64; 6] {
    let mut days = [0; 6];
    for date in holidays.iter().flat_map(|holiday| holiday.dates(year)).flatten() {
        let place = day_place(date);
        days[place / 64] |= 1 << (place % 64);
    }
    days
}

fn is_set(days: &[u64; 6], date: Date) -> bool {
    let place = day_place(date);
    days[place / 64] & (1 << (place % 64)) != 0
}

fn day_place(date: Date) -> usize {
    usize::try_from(date.day_of_year() - 1).unwrap_or(0)
}

impl Holiday {
    /// On which dates of a year it is kept: on none, on one, or on its own and the one on which it is observed. A date of
    /// another year, to which New Year's Day is moved, belongs to that year and comes from its own rule there.
    fn dates(&self, year: i16) -> [Option<Date>; 2] {
        let kept = self.since.is_none_or(|since| year >= since)
            && self.until.is_none_or(|until| year <= until)
            && self.cycle.as_ref().is_none_or(|cycle| cycle.rests.contains(&year.rem_euclid(cycle.of)));
        let found = if kept { self.day.of(year) } else { None };
        let Some(date) = found.filter(|date| self.only_on.is_empty() || self.only_on.contains(&date.weekday())) else {
            return [None, self.of_next_year(year)];
        };
        let observed = match self.moved {
            None => return [Some(date), None],
            Some(Move::NextMonday) => return [plus_days(date, days_to_monday(date)).ok(), None],
            Some(Move::NearMonday) => near_monday(date),
            Some(Move::NearFriday) => near_friday(date),
            Some(Move::Observed) => {
                let other = observed(date).filter(|other| other.year() == year);
                return [Some(date), other.or_else(|| self.of_next_year(year))];
            }
        };
        [plus_days(date, observed).ok(), None]
    }

    /// New Year's Day of the next year on a Saturday is observed on the last day of this one.
    fn of_next_year(&self, year: i16) -> Option<Date> {
        let first = HolidayDay::Fixed { month: 1, day: 1 };
        let kept = self.moved == Some(Move::Observed) && self.day == first;
        let next = if kept { first.of(year.checked_add(1)?) } else { None };
        next.and_then(observed).filter(|date| date.year() == year)
    }
}

impl HolidayDay {
    fn of(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::Easter { offset } => plus_days(easter(year)?, offset).ok(),
            Self::Nth { month, weekday, nth } => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
        }
    }
}

fn days_to_monday(date: Date) -> i32 {
    i32::from((7 - date.weekday().to_monday_zero_offset()) % 7)
}

fn near_monday(date: Date) -> i32 {
    match date.weekday() {
        Weekday::Tuesday => -1,
        Weekday::Wednesday => -2,
        Weekday::Thursday => -3,
        Weekday::Friday => 3,
        _ => 0,
    }
}

fn near_friday(date: Date) -> i32 {
    match date.weekday() {
        Weekday::Tuesday => -4,
        Weekday::Wednesday => 2,
        _ => 0,
    }
}

fn observed(date: Date) -> Option<Date> {
    match date.weekday() {
        Weekday::Saturday => plus_days(date, -1).ok(),
        Weekday::Sunday => plus_days(date, 1).ok(),
        _ => None,
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus that Meeus gives (Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let h = (19 * a + b - d - (b - f + 1) / 3 + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}
