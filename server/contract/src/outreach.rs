//! Reminders before, while and after they leave: rehearsals, what comes next, decisions, calls, messages, effect.

use crate::payment::Money;
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::rehearsal::{BlockCount, DayCount, StopCount};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rehearses one version of a dunning policy over the books of the next 30 days.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"policy_id": "0198a000-0000-7000-8000-000000000001"})))]
#[serde(deny_unknown_fields)]
pub struct Rehearse {
    /// The version, a draft or a published one.
    pub policy_id: Uuid,
}

/// A rehearsal: what would leave, what keeps it back, what the draft changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001",
    "policy_id": "0198a000-0000-7000-8000-000000000002", "revision": 3, "state": "done",
    "from_at": "2026-03-04T16:00:00Z", "until_at": "2026-04-03T16:00:00Z", "debtor_count": 2, "done_count": 2,
    "reached_count": 1, "added": 1, "removed": 0, "moved": 0, "same": 4, "line_count": 5,
    "published": [{"on": "2026-03-05", "channel": "email", "count": 1}],
    "draft": [{"on": "2026-03-05", "channel": "email", "count": 1}],
    "blocks": [{"why": "outside_hours", "rule": "co", "weekday": 7, "count": 1}],
    "stops": [{"why": "ladder_ended", "count": 1}],
    "costs": [{"channel": "email", "count": 1, "price": null, "cost": null}]})))]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// Its id.
    pub id: Uuid,
    /// The version.
    pub policy_id: Uuid,
    /// The revision that was rehearsed.
    pub revision: i64,
    /// `running`, `done`, or `broken_off` where its limit ended it: then only `done_count` debtors were looked at.
    pub state: String,
    /// The first moment that it looks at.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub from_at: Timestamp,
    /// The moment at which it ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub until_at: Timestamp,
    /// Debtors with something open when it began.
    pub debtor_count: u64,
    /// Those of them that were looked at.
    pub done_count: u64,
    /// Those who would hear from the creditor.
    pub reached_count: u64,
    /// Messages that would be new.
    pub added: u64,
    /// Messages that would not leave any more.
    pub removed: u64,
    /// Messages that would leave on another day, by another channel or with another text.
    pub moved: u64,
    /// Messages that would stay as they are.
    pub same: u64,
    /// How many messages are kept one by one: the first 20,000.
    pub line_count: u64,
    /// What the published policies would send, by day and channel.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub published: Vec<DayCount>,
    /// What this version would send.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub draft: Vec<DayCount>,
    /// What would keep messages back, by reason, rules and closed day of the week.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub blocks: Vec<BlockCount>,
    /// Why debtors would hear nothing more.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub stops: Vec<StopCount>,
    /// What this version's messages would cost, by the creditor's own prices.
    pub costs: Vec<ChannelCost>,
}

/// What a rehearsal's messages by one channel would cost.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChannelCost {
    /// The channel.
    pub channel: String,
    /// How many messages.
    pub count: u64,
    /// Of one message; none where the creditor has set no price: then nothing is estimated.
    pub price: Option<Money>,
    /// Of all of them.
    pub cost: Option<Money>,
}

/// Which message of a rehearsal is to be shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct RehearsedTextQuery {
    /// Its place in the rehearsal; the first unless told.
    pub place: Option<u64>,
}

/// What a rehearsed message would say. Its links are samples: nothing is sent, and no link is made.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"place": 1, "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "at": "2026-03-16T15:00:00Z", "channel": "sms", "template": "overdue", "language": "es", "subject": null,
    "text": "Norte: $1,250.00 pendiente …"})))]
#[serde(deny_unknown_fields)]
pub struct RehearsedText {
    /// Its place in the rehearsal.
    pub place: u64,
    /// To whom.
    pub debtor_id: Uuid,
    /// When it would leave.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// The channel.
    pub channel: String,
    /// The key of the text that it would be said with.
    pub template: String,
    /// In which language.
    pub language: String,
    /// Of an e-mail or a letter.
    pub subject: Option<String>,
    /// The words.
    pub text: String,
}

/// One message of a rehearsal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"place": 1, "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "change": "moved", "at": "2026-03-16T15:00:00Z", "step": "2026-03-12+3", "channel": "email", "template": "overdue",
    "before_at": "2026-03-15T15:00:00Z"})))]
#[serde(deny_unknown_fields)]
pub struct RehearsedMessage {
    /// Its place in the rehearsal.
    pub place: u64,
    /// To whom.
    pub debtor_id: Uuid,
    /// `same`, `added`, `removed` or `moved`.
    pub change: String,
    /// When it would leave.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// The rung.
    pub step: String,
    /// The channel.
    pub channel: String,
    /// The key of the text.
    pub template: String,
    /// When the published policies would send it, for one that moved.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub before_at: Option<Timestamp>,
}

/// Which messages of a rehearsal are wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct RehearsedQuery {
    /// `same`, `added`, `removed` or `moved`.
    pub change: Option<String>,
    /// A channel.
    pub channel: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

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
