//! Rehearsals: what a version of a dunning policy would send over the next 30 days, in which words, at what cost.

use crate::payment::Money;
use saldo_domain::calendar::Timestamp;
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
