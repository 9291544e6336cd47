//! The business that is owed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The creditor that the API key belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Creditor {
    /// Its id.
    pub id: Uuid,
    /// The name that debtors know.
    pub name: String,
    /// Two letters of ISO 3166.
    pub country: String,
    /// A zone of the tz database.
    pub time_zone: String,
    /// `es`, `en` or `pt`.
    pub language: String,
    /// What an amount is in when a file does not say.
    pub currency: String,
    /// Where debtors' answers to mail go.
    pub reply_to: Option<String>,
    /// `#rrggbb`.
    pub brand_colour: String,
    /// Sites on which widgets of this creditor work, as origins: `https://shop.example`.
    pub widget_origins: Vec<String>,
    /// Whether an invoice is mailed to its debtor when it is issued or imported.
    pub send_invoices: bool,
    /// Where the payment provider is to post its events.
    pub webhook_url: String,
}

/// What may change of a creditor.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateCreditor {
    /// `#rrggbb`.
    pub brand_colour: Option<String>,
    /// Replaces the list of origins.
    pub widget_origins: Option<Vec<String>>,
    /// Where debtors' answers to mail go.
    pub reply_to: Option<String>,
    /// Whether an invoice is mailed to its debtor when it is issued or imported.
    pub send_invoices: Option<bool>,
}
