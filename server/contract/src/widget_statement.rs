//! The open items as widgets show them.

use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payment::Money;

/// The open items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementPart {
    /// The oldest due first.
    pub items: Vec<WidgetItem>,
    /// The credit, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_text: Option<String>,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// It falls due within a week.
    DueSoon,
    /// It falls due later.
    Due,
    /// It is late.
    Overdue,
    /// It is in a plan.
    Planned,
    /// It is contested.
    Disputed,
}

/// One open item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WidgetItem {
    /// Its id, for the form.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Its description, else its number in words.
    pub name: String,
    /// The last day to pay it on time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_on: Date,
    /// The same in the reader's form.
    pub due_text: String,
    /// How it stands.
    pub state: ItemState,
    /// The same in words.
    pub state_text: String,
    /// What is open of it.
    pub outstanding: Money,
    /// The same in the reader's form.
    pub formatted: String,
    /// What paying it now costs.
    pub price: Money,
    /// The same in the reader's form.
    pub price_text: String,
    /// What that saves, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_text: Option<String>,
    /// The last moment at which that price holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub until_at: Option<Timestamp>,
    /// Whether it can be chosen and paid now: with the scope `pay`, and unless it is in a plan.
    pub payable: bool,
}
