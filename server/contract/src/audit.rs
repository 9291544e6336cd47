//! Who changed what.

use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A line of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "id": "0199a1f0-0000-7000-8000-000000000001",
    "recorded_at": "2026-03-03T15:00:00Z",
    "actor_kind": "member",
    "actor_id": "0199a1f0-0000-7000-8000-000000000002",
    "action": "member_role_changed",
    "subject_kind": "member",
    "subject_id": "0199a1f0-0000-7000-8000-000000000003",
    "before": {"role": "viewer"},
    "after": {"role": "agent"}
})))]
#[serde(deny_unknown_fields)]
pub struct AuditLine {
    /// Its id.
    pub id: Uuid,
    /// When it was done.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub recorded_at: Timestamp,
    /// `member`, `api_key`, `debtor`, `operator` or `system`.
    pub actor_kind: String,
    /// Who exactly; none for the operator and the system.
    pub actor_id: Option<Uuid>,
    /// A stable word for what was done.
    pub action: String,
    /// What kind of thing it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// How it was; none where it is new.
    pub before: Option<serde_json::Value>,
    /// How it is; none where it is gone.
    pub after: Option<serde_json::Value>,
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
    /// Of this kind of action.
    pub action: Option<String>,
    /// Done to this kind of thing.
    pub subject_kind: Option<String>,
    /// Done to this very thing.
    pub subject_id: Option<Uuid>,
    /// Done by this member.
    pub member_id: Option<Uuid>,
}
