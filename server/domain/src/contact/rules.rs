use super::hours::WeekHours;
use super::reading::read;
use super::{ContactPreference, HolidayCalendar, OwnRules};
use crate::Refusal;
use crate::calendar::Zone;
use crate::creditor::Creditor;
use crate::debtor::Debtor;
use crate::reminder::Channel;
use jiff::civil::Time;
use std::slice::from_ref;
use std::sync::LazyLock;

/// When, how often and by which channel the law of a country lets a person be reached. Read from a data file of
/// `contact_rules/`, which names its sources. Not legal advice: confirm with counsel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRules {
    /// The file's name: `co`.
    pub id: String,
    /// Counts up with every change of what the file says.
    pub version: u32,
    /// Two letters of ISO 3166; none for the cautious rules of every other country.
    pub country: Option<String>,
    /// The laws that it follows.
    pub sources: Vec<Source>,
    /// What a reader must know of it.
    pub notice: String,
    /// The country's easternmost and westernmost clocks: hours that are open on all of them are open in between.
    pub zones: Vec<Zone>,
    /// At which hours.
    pub hours: WeekHours,
    /// On which days the hours are those of a holiday.
    pub holidays: HolidayCalendar,
    /// At most so many messages on one local day, over all channels.
    pub per_day_max: u32,
    /// At most so many messages in one week, over all channels.
    pub per_week_max: u32,
    /// What a week is.
    pub week: Week,
    /// At least so many hours between two messages.
    pub gap_hours: u32,
    /// Whether only one channel may be used in one week.
    pub one_channel_a_week: bool,
    /// What the law says of some channels apart from the others.
    pub channel_caps: Vec<ChannelCap>,
    /// The channels that may be used at all.
    pub channels: Vec<Channel>,
    /// Those that may be used only with consent on file.
    pub consent_required: Vec<Channel>,
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Law and article.
    pub title: String,
    /// Where it can be read.
    pub url: String,
}

/// What a week is to a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Week {
    /// Any seven days: what keeps to it keeps to weeks from Monday as well.
    Rolling,
    /// From Monday to Sunday.
    Calendar,
}

/// How often some channels may be used, counted together and apart from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelCap {
    /// Which.
    pub channels: Vec<Channel>,
    /// At most so many messages in one week.
    pub per_week_max: u32,
    /// At least so many hours between two of them.
    pub gap_hours: u32,
}

/// The data files: the cautious one last.
const FILES: [&str; 8] = [
    include_str!("../../contact_rules/co.toml"),
    include_str!("../../contact_rules/cl.toml"),
    include_str!("../../contact_rules/mx.toml"),
    include_str!("../../contact_rules/pe.toml"),
    include_str!("../../contact_rules/br.toml"),
    include_str!("../../contact_rules/us.toml"),
    include_str!("../../contact_rules/es.toml"),
    include_str!("../../contact_rules/default.toml"),
];

static RULES: LazyLock<[ContactRules; FILES.len()]> =
    LazyLock::new(|| FILES.map(|file| read(file).expect("the files of this crate are read by its tests")));

/// The rules of a country by its two letters, in any case; the cautious ones where it has none of its own.
pub fn rules_for(country: &str) -> &'static ContactRules {
    let (cautious, known) = (&RULES[FILES.len() - 1], &RULES[..FILES.len() - 1]);
    let is_it = |rules: &&ContactRules| rules.country.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(country));
    known.iter().find(is_it).unwrap_or(cautious)
}

/// The rules of every country that has its own, then the cautious ones.
pub fn all_rules() -> &'static [ContactRules] {
    &*RULES
}

impl ContactRules {
    /// Reads a data file.
    ///
    /// # Errors
    /// What it says that cannot be meant, in words for whoever writes it.
    pub fn read(text: &str) -> Result<Self, String> {
        read(text)
    }

    /// The zones in which a debtor may live: its own where it is known, else those of its country.
    pub fn zones_of<'a>(&'a self, debtor: &'a Debtor, creditor: &'a Creditor) -> &'a [Zone] {
        match &debtor.zone {
            Some(zone) => from_ref(zone),
            None if self.zones.is_empty() => from_ref(&creditor.zone),
            None => &self.zones,
        }
    }

    /// Whether a channel may be used at all.
    pub fn allows(&self, channel: Channel) -> bool {
        self.channels.contains(&channel)
    }

    /// Whether a channel may be used only with consent on file.
    pub fn needs_consent(&self, channel: Channel) -> bool {
        self.consent_required.contains(&channel)
    }
}

impl ContactPreference {
    /// The person's wish, if it leaves some hour of the week.
    ///
    /// # Errors
    /// `contact_hours_never`.
    pub fn checked(&self, rules: &ContactRules) -> Result<(), Refusal> {
        let left = |(from, until): &(Time, Time)| {
            self.from.map_or(*from, |own| own.max(*from)) < self.until.map_or(*until, |own| own.min(*until))
        };
        if rules.hours.days.iter().flatten().any(left) { Ok(()) } else { Err(Refusal::ContactHoursNever) }
    }
}

impl OwnRules {
    /// Finance's rules, if they only tighten these and leave some hour of the week.
    ///
    /// # Errors
    /// `contact_rules_looser`, `contact_hours_never`.
    pub fn checked(&self, rules: &ContactRules) -> Result<(), Refusal> {
        let spans = || rules.hours.days.iter().flatten();
        let looser = self.from.is_some_and(|own| spans().all(|(from, _)| own < *from))
            || self.until.is_some_and(|own| spans().all(|(_, until)| own > *until))
            || self.per_day_max.is_some_and(|own| own > rules.per_day_max)
            || self.per_week_max.is_some_and(|own| own > rules.per_week_max)
            || self.gap_hours.is_some_and(|own| own < rules.gap_hours);
        if looser {
            return Err(Refusal::ContactRulesLooser);
        }
        let days = super::ClosedDay::ALL.iter().zip(rules.hours.days).filter(|(day, _)| !self.closed.contains(day));
        let mut spans = days.filter_map(|(_, span)| span);
        let open = spans.any(|(from, until)| {
            self.from.map_or(from, |own| own.max(from)) < self.until.map_or(until, |own| own.min(until))
        });
        if open && self.per_day_max != Some(0) && self.per_week_max != Some(0) {
            Ok(())
        } else {
            Err(Refusal::ContactHoursNever)
        }
    }
}
