//! What a debtor allows, channel by channel.

use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How a debtor may be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"debtor_id": "0198a000-0000-7000-8000-000000000002",
    "channels": [{"channel": "sms", "address": "+525512345678", "usable": false, "reason": "withdrawn"}],
    "preference": {"channel": "email", "from": "18:00:00", "until": "20:00:00"},
    "history": [{"channel": "sms", "state": "withdrawn", "at": "2026-03-10T18:00:00Z", "source": "reply_word", "proof": "BAJA",
    "address": "+525512345678", "recorded_at": "2026-03-10T18:00:00Z"}]})))]
#[serde(deny_unknown_fields)]
pub struct Consents {
    /// Whose.
    pub debtor_id: Uuid,
    /// How each channel stands.
    pub channels: Vec<ChannelStanding>,
    /// What the debtor wishes.
    pub preference: Option<Preference>,
    /// What was said, the latest first, up to 200 lines.
    pub history: Vec<ConsentLine>,
}

/// How one channel stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChannelStanding {
    /// `email`, `sms`, `whatsapp`, `letter`, `call`, `banner`.
    pub channel: String,
    /// Where its messages go.
    pub address: Option<String>,
    /// Whether it may be used now.
    pub usable: bool,
    /// Why not: `not_authorised`, `no_address`, `no_consent`, `withdrawn`, `bounced`, `complained`.
    pub reason: Option<String>,
}

/// How a debtor would rather be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// By this channel.
    pub channel: Option<String>,
    /// Not before this local time.
    pub from: Option<String>,
    /// Not at or after this local time.
    pub until: Option<String>,
}

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentLine {
    /// Which channel.
    pub channel: String,
    /// `given`, `withdrawn`, `bounced`, `complained`.
    pub state: String,
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// `debtor`, `import`, `api`, `console`, `reply_word`, `one_click`, `provider`.
    pub source: String,
    /// What shows it.
    pub proof: String,
    /// The address that it was said of.
    pub address: Option<String>,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub recorded_at: Timestamp,
}

/// That a debtor gave or withdrew a channel, outside of Saldo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"channel": "whatsapp", "state": "given", "at": "2026-03-10T18:00:00Z",
    "proof": "Contract 4711, clause 9"})))]
#[serde(deny_unknown_fields)]
pub struct PutConsent {
    /// `email`, `sms`, `whatsapp`, `letter`, `call`, `banner`.
    pub channel: String,
    /// `given`, `withdrawn`.
    pub state: String,
    /// When the debtor said so; now unless told.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub at: Option<Timestamp>,
    /// What shows it, up to 500 characters.
    pub proof: String,
}
