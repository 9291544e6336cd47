//! Calls to make, and messages that left.

use crate::payment::Money;
use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A task to call, as the books have it now.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001",
    "debtor_id": "0198a000-0000-7000-8000-000000000002", "phone": "+525512345678", "script": "Good morning …",
    "agent_id": null, "standing": "now", "until_at": "2026-03-05T01:00:00Z", "why": null})))]
#[serde(deny_unknown_fields)]
pub struct CallTask {
    /// Its id.
    pub id: Uuid,
    /// Whom to call.
    pub debtor_id: Uuid,
    /// The number.
    pub phone: Option<String>,
    /// What to say.
    pub script: String,
    /// The member whose it is.
    pub agent_id: Option<Uuid>,
    /// `now`, `later`, or `over` where it has closed itself.
    pub standing: String,
    /// Until when it may be called, or from when.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub until_at: Option<Timestamp>,
    /// Why not, or why it is over.
    pub why: Option<String>,
}

/// Whose tasks are wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct CallTaskQuery {
    /// One member's.
    pub agent_id: Option<Uuid>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// Gives a task to a member, or to nobody.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"agent_id": null})))]
#[serde(deny_unknown_fields)]
pub struct AssignCall {
    /// The member.
    pub agent_id: Option<Uuid>,
}

/// A call that was begun, and what came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000005",
    "task_id": "0198a000-0000-7000-8000-000000000001", "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "called_at": "2026-03-04T16:00:00Z", "outcome": "no_answer", "note": "", "call_back_at": null})))]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Its id.
    pub id: Uuid,
    /// For which task.
    pub task_id: Uuid,
    /// To whom.
    pub debtor_id: Uuid,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub called_at: Timestamp,
    /// What came of it; none while it is under way.
    pub outcome: Option<String>,
    /// What the agent wrote.
    pub note: Option<String>,
    /// When the debtor wants to be called again.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub call_back_at: Option<Timestamp>,
}

/// Notes what came of a call.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"outcome": "promised",
    "promise": {"account_id": "0198a000-0000-7000-8000-000000000004", "promised_on": "2026-03-20"}})))]
#[serde(deny_unknown_fields)]
pub struct ReportCall {
    /// `reached`, `no_answer`, `wrong_number`, `promised`, `disputed`, `call_again`.
    pub outcome: String,
    /// At most 2,000 characters.
    #[serde(default)]
    pub note: String,
    /// When the debtor wants to be called again.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub call_back_at: Option<Timestamp>,
    /// What was promised, for `promised`.
    #[serde(default)]
    pub promise: Option<CallPromise>,
    /// What is contested, for `disputed`.
    #[serde(default)]
    pub dispute: Option<CallDispute>,
}

/// What a call promised.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallPromise {
    /// On which account.
    pub account_id: Uuid,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub promised_on: Date,
    /// How much; everything that is owed unless told.
    #[serde(default)]
    pub amount: Option<Money>,
}

/// What a call contested.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CallDispute {
    /// Which invoice.
    pub invoice_id: Uuid,
    /// `not_mine`, `already_paid`, `wrong_amount`, `not_delivered`, `quality`, `other`.
    pub reason: String,
    /// In the debtor's words.
    pub message: String,
}

/// A message that left.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001",
    "debtor_id": "0198a000-0000-7000-8000-000000000002", "reminder_id": null, "purpose": "receipt", "channel": "email",
    "template": null, "recipient": "a…@example.com", "state": "delivered", "error": null,
    "handed_off_at": "2026-03-04T16:00:00Z"})))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub debtor_id: Uuid,
    /// Its reminder, where it is one.
    pub reminder_id: Option<Uuid>,
    /// `reminder`, `receipt`, `invoice`, `link`, `code`, `notice`.
    pub purpose: String,
    /// The channel.
    pub channel: String,
    /// The key of its text.
    pub template: Option<String>,
    /// The address, masked.
    pub recipient: String,
    /// `handing_off`, `sent`, `delivered`, `read`, `bounced`, `complained`, `failed`, `unknown`.
    pub state: String,
    /// What the channel said when it did not arrive.
    pub error: Option<String>,
    /// Why a person sent it again, where one did.
    pub by_hand_reason: Option<String>,
    /// Whether it can be sent again by hand.
    pub may_again: bool,
    /// When it was committed to leave.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub handed_off_at: Timestamp,
}

/// Sends a message again (a reminder, a receipt or an invoice) that failed, or of which nobody knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"reason": "The debtor says that nothing came."})))]
#[serde(deny_unknown_fields)]
pub struct SendAgain {
    /// Why, on one line; at most 300 characters.
    pub reason: String,
}

/// What is sent again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"reminder_id": "0198a000-0000-7000-8000-000000000003"})))]
#[serde(deny_unknown_fields)]
pub struct SentAgain {
    /// Its reminder; none of a receipt or an invoice.
    pub reminder_id: Option<Uuid>,
}

/// Which messages are wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct MessageQuery {
    /// To one debtor.
    pub debtor_id: Option<Uuid>,
    /// Only those that bounced, failed, were complained about or whose fate is unknown.
    pub in_trouble: Option<bool>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}
