use super::holidays::Cycle;
use super::hours::Span;
use super::{ChannelCap, ContactRules, Holiday, HolidayCalendar, HolidayDay, Move, Source, Week, WeekHours};
use crate::calendar::Zone;
use crate::reminder::Channel;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    version: u32,
    country: Option<String>,
    notice: String,
    zones: Vec<Zone>,
    per_day_max: u32,
    per_week_max: u32,
    week: String,
    gap_hours: u32,
    one_channel_a_week: bool,
    channels: Vec<Channel>,
    consent_required: Vec<Channel>,
    sources: Vec<SourceFile>,
    hours: HoursFile,
    #[serde(default)]
    channel_caps: Vec<CapFile>,
    #[serde(default)]
    holidays: Vec<HolidayFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    title: String,
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CapFile {
    channels: Vec<Channel>,
    per_week_max: u32,
    #[serde(default)]
    gap_hours: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursFile {
    monday: Option<Span>,
    tuesday: Option<Span>,
    wednesday: Option<Span>,
    thursday: Option<Span>,
    friday: Option<Span>,
    saturday: Option<Span>,
    sunday: Option<Span>,
    holidays: Option<Span>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    name: String,
    /// `12-25`.
    on: Option<String>,
    easter: Option<i32>,
    month: Option<i8>,
    weekday: Option<String>,
    nth: Option<i8>,
    moved: Option<String>,
    #[serde(default)]
    only_on: Vec<String>,
    since: Option<i16>,
    until: Option<i16>,
    every: Option<i16>,
    #[serde(default)]
    rests: Vec<i16>,
}

/// Reads a data file of contact rules.
pub(super) fn read(text: &str) -> Result<ContactRules, String> {
    let file: File = toml::from_str(text).map_err(|fault| fault.to_string())?;
    let week = match file.week.as_str() {
        "rolling" => Week::Rolling,
        "calendar" => Week::Calendar,
        other => return Err(format!("week is rolling or calendar, not {other}")),
    };
    if file.sources.is_empty() || file.notice.trim().is_empty() {
        return Err("sources and a notice are missing".to_owned());
    }
    if file.per_day_max == 0 || file.per_week_max == 0 || file.channel_caps.iter().any(|cap| cap.per_week_max == 0) {
        return Err("a cap of none is said by leaving the channel out".to_owned());
    }
    let holidays = file.holidays.iter().map(HolidayFile::read).collect::<Result<Vec<_>, _>>()?;
    Ok(ContactRules {
        id: file.id,
        version: file.version,
        country: file.country,
        sources: file.sources.into_iter().map(|it| Source { title: it.title, url: it.url }).collect(),
        notice: file.notice,
        zones: file.zones,
        hours: file.hours.read()?,
        holidays: HolidayCalendar::new(holidays),
        per_day_max: file.per_day_max,
        per_week_max: file.per_week_max,
        week,
        gap_hours: file.gap_hours,
        one_channel_a_week: file.one_channel_a_week,
        channel_caps: file.channel_caps.into_iter().map(CapFile::read).collect(),
        channels: file.channels,
        consent_required: file.consent_required,
    })
}

impl CapFile {
    fn read(self) -> ChannelCap {
        ChannelCap { channels: self.channels, per_week_max: self.per_week_max, gap_hours: self.gap_hours }
    }
}

impl HoursFile {
    fn read(&self) -> Result<WeekHours, String> {
        let days = [self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday];
        let spans = days.iter().chain([&self.holidays]).flatten();
        if days.iter().all(Option::is_none) || spans.into_iter().any(|(from, until)| from >= until) {
            return Err("hours rise, and some day has them".to_owned());
        }
        Ok(WeekHours { days, holidays: self.holidays })
    }
}

impl HolidayFile {
    fn read(&self) -> Result<Holiday, String> {
        let unfit = |what: &str| format!("{}: {what}", self.name);
        let day = match (&self.on, self.easter, self.month, &self.weekday, self.nth) {
            (Some(on), None, None, None, None) => {
                let date: Date = format!("2000-{on}").parse().map_err(|_| unfit("no such day"))?;
                HolidayDay::Fixed { month: date.month(), day: date.day() }
            }
            (None, Some(offset), None, None, None) => HolidayDay::Easter { offset },
            (None, None, Some(month), Some(weekday), Some(nth)) => {
                if !(1..=12).contains(&month) || !matches!(nth, -1 | 1..=5) {
                    return Err(unfit("no such day"));
                }
                HolidayDay::Nth { month, weekday: read_weekday(weekday).ok_or_else(|| unfit("no such weekday"))?, nth }
            }
            _ => return Err(unfit("a day is given in one way")),
        };
        let moved = match self.moved.as_deref() {
            None => None,
            Some("next_monday") => Some(Move::NextMonday),
            Some("near_monday") => Some(Move::NearMonday),
            Some("near_friday") => Some(Move::NearFriday),
            Some("observed") => Some(Move::Observed),
            Some(other) => return Err(unfit(other)),
        };
        let only_on: Option<Vec<Weekday>> = self.only_on.iter().map(|name| read_weekday(name)).collect();
        let cycle = match self.every {
            Some(of) if of > 1 && !self.rests.is_empty() => Some(Cycle { of, rests: self.rests.clone() }),
            None if self.rests.is_empty() => None,
            _ => return Err(unfit("no such cycle")),
        };
        Ok(Holiday {
            name: self.name.clone(),
            day,
            moved,
            only_on: only_on.ok_or_else(|| unfit("no such weekday"))?,
            since: self.since,
            until: self.until,
            cycle,
        })
    }
}

fn read_weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}
