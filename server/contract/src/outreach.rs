//! Reminders before, while and after they leave: what comes next, decisions, effect.

use crate::payment::Money;
use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A debtor whose time comes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"debtor_id": "0198a000-0000-7000-8000-000000000002",
    "look_at": "2026-03-05T15:00:00Z", "expected": "message", "at": "2026-03-05T15:00:00Z", "step": "2026-03-12-7",
    "channel": "email", "why": null})))]
#[serde(deny_unknown_fields)]
pub struct Upcoming {
    /// Who.
    pub debtor_id: Uuid,
    /// When it is looked at next.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub look_at: Timestamp,
    /// `message`, `silence` or `nothing`.
    pub expected: String,
    /// When the message would leave, or the silence ends.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub at: Option<Timestamp>,
    /// The rung of the message.
    pub step: Option<String>,
    /// Its channel.
    pub channel: Option<String>,
    /// What keeps it back, or why nothing comes.
    pub why: Option<String>,
}

/// How far what comes next is looked at.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct UpcomingQuery {
    /// `today` (unless told otherwise) or `week`.
    pub span: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// A step that was brought forward.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"reminder_id": "0198a000-0000-7000-8000-000000000003"})))]
#[serde(deny_unknown_fields)]
pub struct SentNow {
    /// Its reminder.
    pub reminder_id: Uuid,
}

/// One decision.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001",
    "debtor_id": "0198a000-0000-7000-8000-000000000002", "decided_at": "2026-03-08T16:00:00Z", "outcome": "wait",
    "why": "outside_hours", "until_at": "2026-03-09T13:00:00Z", "step": null, "channel": null,
    "policy_id": "0198a000-0000-7000-8000-000000000004", "rules": "co", "rules_version": 1})))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Its id.
    pub id: Uuid,
    /// Over whom.
    pub debtor_id: Uuid,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub decided_at: Timestamp,
    /// `send`, `wait` or `stop`.
    pub outcome: String,
    /// The word of the hold or of the reason to stop; `due` for a message.
    pub why: String,
    /// When it is looked at again, for a wait.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub until_at: Option<Timestamp>,
    /// The rung, for a message.
    pub step: Option<String>,
    /// The channel, for a message.
    pub channel: Option<String>,
    /// The version of the dunning policy that decided.
    pub policy_id: Option<Uuid>,
    /// The contact rules: `co`.
    pub rules: String,
    /// Their version.
    pub rules_version: u32,
}

/// Which decisions are wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct DecisionQuery {
    /// Over one debtor.
    pub debtor_id: Option<Uuid>,
    /// `send`, `wait` or `stop`.
    pub outcome: Option<String>,
    /// One reason.
    pub why: Option<String>,
    /// The first day.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date))]
    pub from: Option<Date>,
    /// The last day.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date))]
    pub until: Option<Date>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// What followed one step's messages by one channel with one text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"offset": 3, "channel": "email", "template": "overdue",
    "sent": 120, "followed": 30, "paid": [{"minor": 4500000, "currency": "MXN"}]})))]
#[serde(deny_unknown_fields)]
pub struct EffectRow {
    /// The days of the step.
    pub offset: i32,
    /// The channel.
    pub channel: String,
    /// The key of the text.
    pub template: String,
    /// How many messages left.
    pub sent: u64,
    /// How many of them a payment followed within seven days.
    pub followed: u64,
    /// What was paid, by currency.
    pub paid: Vec<Money>,
}

/// The effect of a period's messages.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The first day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until: Date,
    /// By step, channel and text.
    pub items: Vec<EffectRow>,
    /// Whether there were more messages than the 50,000 that were read.
    pub truncated: bool,
    /// Whether seven days have not passed yet since the last messages.
    pub unfinished: bool,
}

/// A period.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PeriodQuery {
    /// The first day; 90 days ago unless told.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date))]
    pub from: Option<Date>,
    /// The last day; today unless told.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date))]
    pub until: Option<Date>,
}
