//! The business that is owed.

use crate::payment::Money;
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
    /// What one message costs, by channel: what rehearsals estimate with. A channel without a price is not estimated.
    pub channel_prices: Vec<ChannelPrice>,
    /// What letters, invoices and receipts are printed on: `a4` or `letter`.
    pub paper: String,
    /// Whether that is set, and not the country's usual one.
    pub paper_is_set: bool,
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
    /// Replaces the prices: one for each channel that has one, in any currency.
    pub channel_prices: Option<Vec<ChannelPrice>>,
    /// `a4`, `letter`, or `by_country`.
    pub paper: Option<String>,
}

/// What one message costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"channel": "sms", "price": {"minor": 85, "currency": "MXN"}})))]
#[serde(deny_unknown_fields)]
pub struct ChannelPrice {
    /// `email`, `sms`, `whatsapp`, `letter`, `call`, `banner`.
    pub channel: String,
    /// Of one message; not below zero.
    pub price: Money,
}
