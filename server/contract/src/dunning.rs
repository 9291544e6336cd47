//! What a dunning policy says.

use crate::payment::Money;
use crate::policy_body::Segment;
use serde::{Deserialize, Serialize};

/// A ladder of reminders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DunningPolicy {
    /// Which debtors it is for; its amounts are those of all that an account asks for.
    pub segment: Segment,
    /// Which of them, by age and history.
    #[serde(default)]
    pub audience: Audience,
    /// The rungs, 1 to 24; those of one kind rise.
    pub steps: Vec<LadderStep>,
    /// Own hours and caps, never looser than the law's.
    #[serde(default)]
    pub own_rules: OwnRules,
    /// Nothing is sent while the last import is older than this, 1 to 672.
    #[serde(default)]
    pub stale_after_hours: Option<u32>,
}

/// Which accounts a ladder is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Audience {
    /// The oldest claim is at least so many days past due; negative before its date.
    pub days_overdue_min: Option<i32>,
    /// The oldest claim is at most so many days past due.
    pub days_overdue_max: Option<i32>,
    /// How it paid before.
    pub history: HistoryRule,
}

/// How an account paid before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum HistoryRule {
    /// However it paid.
    #[default]
    Any,
    /// It never paid late.
    NeverLate,
    /// It paid late at least so often.
    LateAtLeast {
        /// How often.
        count: u32,
    },
}

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LadderStep {
    /// `due_date` or `instalment_date`.
    #[cfg_attr(feature = "openapi", schema(example = "due_date"))]
    pub counts_from: String,
    /// Days after that date, -730 to 730.
    pub offset: i32,
    /// `email`, `sms`, `whatsapp`, `letter`, `call`, `banner`: the first of them that can be used.
    #[cfg_attr(feature = "openapi", schema(example = json!(["whatsapp", "email"])))]
    pub channels: Vec<String>,
    /// The key of the template that it says.
    #[cfg_attr(feature = "openapi", schema(example = "overdue"))]
    pub template: String,
    /// `friendly`, `neutral`, `firm`.
    #[serde(default = "neutral")]
    #[cfg_attr(feature = "openapi", schema(default = "neutral"))]
    pub tone: String,
    /// It is left out where less is asked for.
    #[serde(default)]
    pub amount_min: Option<Money>,
    /// What else happens with it.
    #[serde(default)]
    pub escalation: Option<Escalation>,
}

fn neutral() -> String {
    "neutral".to_owned()
}

/// What happens beside a rung's message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

/// Own hours and caps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct OwnRules {
    /// Nothing before this local time.
    #[cfg_attr(feature = "openapi", schema(example = "09:00:00"))]
    pub from: Option<String>,
    /// Nothing at or after this local time.
    #[cfg_attr(feature = "openapi", schema(example = "18:00:00"))]
    pub until: Option<String>,
    /// Nothing on these days: `monday` to `sunday`.
    pub closed: Vec<String>,
    /// At most so many messages a day.
    pub per_day_max: Option<u32>,
    /// At most so many messages a week.
    pub per_week_max: Option<u32>,
    /// At least so many hours between two messages.
    pub gap_hours: Option<u32>,
}
