//! Disputes and the files of claims.

use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A file that came with a claim; fetch it from `/v1/attachments/{attachment_id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000009", "name": "recibo.pdf", "media_type": "application/pdf",
    "byte_count": 48213, "sent_at": "2026-03-10T18:00:00Z"})))]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its id.
    pub id: Uuid,
    /// A name that is safe everywhere.
    pub name: String,
    /// By its first bytes: `application/pdf`, `image/png`, `image/jpeg`, `image/webp`, `image/heic`.
    pub media_type: String,
    /// How large it is.
    pub byte_count: u64,
    /// When it was sent.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub sent_at: Timestamp,
}

/// A contested claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001", "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "invoice_id": "0198a000-0000-7000-8000-000000000003", "reason": "wrong_amount", "message": "We agreed on 80.",
    "opened_at": "2026-03-10T18:00:00Z", "state": "open", "outcome": null, "note": null, "closed_at": null,
    "attachments": []})))]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// Its id.
    pub id: Uuid,
    /// Who owes.
    pub debtor_id: Uuid,
    /// The claim.
    pub invoice_id: Uuid,
    /// `not_mine`, `already_paid`, `wrong_amount`, `not_delivered`, `quality`, `other`.
    pub reason: String,
    /// In the debtor's words.
    pub message: String,
    /// When it was opened.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub opened_at: Timestamp,
    /// `open`, `resolved`, `withdrawn`.
    pub state: String,
    /// For a decided one: `upheld` (the debtor is right) or `rejected`.
    pub outcome: Option<String>,
    /// What was found.
    pub note: Option<String>,
    /// When it was decided or taken back.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub closed_at: Option<Timestamp>,
    /// Its files, where one dispute is asked for; none in lists.
    pub attachments: Option<Vec<Attachment>>,
}

/// Opens a dispute on a debtor's behalf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"invoice_id": "0198a000-0000-7000-8000-000000000003", "reason": "wrong_amount",
    "message": "We agreed on 80."})))]
#[serde(deny_unknown_fields)]
pub struct OpenDispute {
    /// The claim.
    pub invoice_id: Uuid,
    /// `not_mine`, `already_paid`, `wrong_amount`, `not_delivered`, `quality`, `other`.
    pub reason: String,
    /// 1 to 2,000 characters.
    pub message: String,
}

/// Decides a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"outcome": "rejected", "note": "The order says 100."})))]
#[serde(deny_unknown_fields)]
pub struct ResolveDispute {
    /// `upheld` (the debtor is right) or `rejected`.
    pub outcome: String,
    /// What was found, 1 to 2,000 characters; the debtor reads it.
    pub note: String,
}

/// What a list of claims is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ClaimQuery {
    /// Of one debtor.
    pub debtor_id: Option<Uuid>,
    /// In one state.
    pub state: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}
