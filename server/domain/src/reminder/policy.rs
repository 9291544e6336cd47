use super::Channel;
use crate::Refusal;
use crate::calendar::Timestamp;
use crate::contact::OwnRules;
use crate::currency::Currency;
use crate::ids::PolicyId;
use crate::money::Money;
use crate::segment::Segment;
use serde::{Deserialize, Serialize};

/// The most rungs of one ladder.
pub const STEPS_MAX: usize = 24;
/// A rung stands at most so many days from the date that it counts from.
pub const OFFSET_MAX: i32 = 730;
/// The longest age of the books that a policy may allow: four weeks.
pub const STALE_HOURS_MAX: u32 = 672;
/// The most characters of a template's key.
pub const TEMPLATE_KEY_MAX: usize = 40;

/// One version of a ladder of reminders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DunningPolicy {
    /// Whose debts it is for; its amounts are those of all that an account asks for.
    pub segment: Segment,
    /// Which of them, by age and history.
    #[serde(default)]
    pub audience: Audience,
    /// The rungs: those of one kind rise.
    pub steps: Vec<LadderStep>,
    /// Finance's own hours and caps, never looser than the law's.
    #[serde(default)]
    pub own_rules: OwnRules,
    /// Nothing is sent while the last import is older than this.
    #[serde(default)]
    pub stale_after_hours: Option<u32>,
}

/// Which accounts a ladder is for, by the age of their oldest claim and by how they paid before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Audience {
    /// The oldest claim is at least so many days past due; negative before its date.
    pub days_overdue_min: Option<i32>,
    /// The oldest claim is at most so many days past due.
    pub days_overdue_max: Option<i32>,
    /// How it paid before.
    pub history: HistoryRule,
}

/// How an account paid the invoices that it has closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum HistoryRule {
    /// However it paid.
    #[default]
    Any,
    /// It never paid late; one that has paid nothing yet is one of these.
    NeverLate,
    /// It paid late at least so often.
    LateAtLeast {
        /// How often.
        count: u32,
    },
}

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LadderStep {
    /// From which date it counts.
    pub counts_from: CountsFrom,
    /// Days after that date; negative before it.
    pub offset: i32,
    /// How it travels: the first of these that can be used.
    pub channels: Vec<Channel>,
    /// The key of the template that it says.
    pub template: String,
    /// How it speaks.
    #[serde(default)]
    pub tone: Tone,
    /// It is left out where less is asked for.
    #[serde(default)]
    pub amount_min: Option<Money>,
    /// What else happens with it.
    #[serde(default)]
    pub escalation: Option<Escalation>,
}

/// From which date a rung counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountsFrom {
    /// The due date of an item that stands in no plan.
    DueDate,
    /// The date of a plan's instalment. Before that date the message announces this instalment and asks for nothing.
    InstalmentDate,
}

/// How a message speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As to somebody who has just forgotten.
    Friendly,
    /// Plainly.
    #[default]
    Neutral,
    /// Firmly, and still with respect.
    Firm,
}

/// What happens beside a rung's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Escalation {
    /// A late fee is charged, once.
    Fee {
        /// How much.
        amount: Money,
    },
    /// An agent gets a task to call.
    HandOver,
    /// The message may say that service can be suspended.
    SuspendNote,
    /// The message says that it is the last one.
    FinalNotice,
}

/// A published policy, as a snapshot carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveDunning {
    /// This version.
    pub id: PolicyId,
    /// Since when it decides.
    pub from_at: Timestamp,
    /// Up to when it decides; for good where there is none.
    pub until_at: Option<Timestamp>,
    /// What it says.
    pub policy: DunningPolicy,
}

impl ActiveDunning {
    /// Whether it decides at a moment.
    pub fn is_in_force(&self, at: Timestamp) -> bool {
        self.from_at <= at && self.until_at.is_none_or(|end| at < end)
    }
}

impl Tone {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Friendly => "friendly",
            Self::Neutral => "neutral",
            Self::Firm => "firm",
        }
    }
}

impl LadderStep {
    fn mail(counts_from: CountsFrom, offset: i32, template: &str, tone: Tone) -> Self {
        let (channels, template) = (vec![Channel::Email], template.to_owned());
        Self { counts_from, offset, channels, template, tone, amount_min: None, escalation: None }
    }

    fn checked(&self, currency: Currency) -> Result<(), Refusal> {
        if self.offset.abs() > OFFSET_MAX {
            return Err(Refusal::DaysOutOfRange);
        }
        let mut channels = self.channels.clone();
        channels.sort();
        channels.dedup();
        if channels.is_empty() || channels.len() != self.channels.len() {
            return Err(Refusal::StepChannels);
        }
        let key = &self.template;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if key.is_empty() || key.len() > TEMPLATE_KEY_MAX || !key.chars().all(fits) {
            return Err(Refusal::TemplateKeyUnreadable);
        }
        let fee = match self.escalation {
            Some(Escalation::Fee { .. }) if self.offset <= 0 => return Err(Refusal::FeeBeforeDue),
            Some(Escalation::Fee { amount }) => Some(amount),
            _ => None,
        };
        for amount in [self.amount_min, fee].into_iter().flatten() {
            if amount.currency() != currency {
                return Err(Refusal::CurrencyMismatch { left: currency, right: amount.currency() });
            }
            amount.positive()?;
        }
        Ok(())
    }
}

impl DunningPolicy {
    /// What a creditor begins with: seven days before, on the day, and 3, 10, 20 and 30 days after, by e-mail; of a plan's
    /// instalment on its day and 3, 10, 20 and 30 days after.
    pub fn standard(currency: Currency) -> Self {
        use CountsFrom::{DueDate, InstalmentDate};
        let steps = vec![
            LadderStep::mail(DueDate, -7, "upcoming", Tone::Friendly),
            LadderStep::mail(DueDate, 0, "due", Tone::Friendly),
            LadderStep::mail(DueDate, 3, "overdue", Tone::Friendly),
            LadderStep::mail(DueDate, 10, "overdue", Tone::Neutral),
            LadderStep::mail(DueDate, 20, "overdue", Tone::Neutral),
            LadderStep::mail(DueDate, 30, "firm", Tone::Firm),
            LadderStep::mail(InstalmentDate, 0, "instalment", Tone::Friendly),
            LadderStep::mail(InstalmentDate, 3, "instalment_overdue", Tone::Friendly),
            LadderStep::mail(InstalmentDate, 10, "instalment_overdue", Tone::Neutral),
            LadderStep::mail(InstalmentDate, 20, "instalment_overdue", Tone::Neutral),
            LadderStep::mail(InstalmentDate, 30, "instalment_overdue", Tone::Firm),
        ];
        let segment = Segment::all(currency);
        let (audience, own_rules) = (Audience::default(), OwnRules::default());
        Self { segment, audience, steps, own_rules, stale_after_hours: None }
    }

    /// The policy, if it can be meant: its rungs of one kind rise with one on a day, each has channels and a template, and
    /// its own hours are a span. That they only tighten the law's is judged where the country is known.
    ///
    /// # Errors
    /// `steps_unordered`, `step_channels`, `template_key_unreadable`, `fee_before_due`, `days_out_of_range`,
    /// `audience_empty`, `hours_unordered`, and those of [`Segment::checked`].
    pub fn checked(self) -> Result<Self, Refusal> {
        let policy = Self { segment: self.segment.clone().checked()?, ..self };
        if policy.steps.is_empty() || policy.steps.len() > STEPS_MAX {
            return Err(Refusal::StepsUnordered);
        }
        for kind in [CountsFrom::DueDate, CountsFrom::InstalmentDate] {
            let offsets: Vec<i32> = policy.steps_from(kind).map(|(_, step)| step.offset).collect();
            if !offsets.windows(2).all(|pair| pair[0] < pair[1]) {
                return Err(Refusal::StepsUnordered);
            }
        }
        policy.steps.iter().try_for_each(|step| step.checked(policy.segment.currency))?;
        let Audience { days_overdue_min, days_overdue_max, history } = policy.audience;
        if let (Some(min), Some(max)) = (days_overdue_min, days_overdue_max)
            && min > max
        {
            return Err(Refusal::AudienceEmpty);
        }
        if history == (HistoryRule::LateAtLeast { count: 0 }) {
            return Err(Refusal::AudienceEmpty);
        }
        let own = &policy.own_rules;
        let (from, until) = (own.from.unwrap_or(jiff::civil::Time::MIN), own.until.unwrap_or(jiff::civil::Time::MAX));
        let days = crate::contact::ClosedDay::ALL.iter().filter(|day| !own.closed.contains(day)).count();
        if from >= until || days == 0 || own.per_day_max == Some(0) || own.per_week_max == Some(0) {
            return Err(Refusal::HoursUnordered);
        }
        if policy.stale_after_hours.is_some_and(|hours| hours == 0 || hours > STALE_HOURS_MAX) {
            return Err(Refusal::DaysOutOfRange);
        }
        Ok(policy)
    }

    /// Its rungs of one kind with their places in [`Self::steps`].
    pub fn steps_from(&self, kind: CountsFrom) -> impl DoubleEndedIterator<Item = (usize, &LadderStep)> {
        self.steps.iter().enumerate().filter(move |(_, step)| step.counts_from == kind)
    }
}
