//! What widgets on other people's pages ask.

use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Asks for a token that one page may show one debtor's balance with.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateWidgetSession {
    /// Whose balance.
    pub debtor_id: Uuid,
    /// The site that embeds the widget: one of the creditor's listed origins.
    pub origin: String,
    /// What the widgets may show and lead to; all of it where nothing is said.
    #[serde(default)]
    pub scopes: Option<Vec<WidgetScope>>,
}

/// What a token lets a widget show and lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WidgetScope {
    /// The amount and its dates, and the reminder.
    Balance,
    /// The open items.
    Statement,
    /// Paying on our own page.
    Pay,
    /// Choosing a plan on our own page, and how one stands.
    Plan,
}

impl WidgetScope {
    /// Every scope.
    pub const ALL: [Self; 4] = [Self::Balance, Self::Statement, Self::Pay, Self::Plan];

    /// The word in tokens and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Statement => "statement",
            Self::Pay => "pay",
            Self::Plan => "plan",
        }
    }
}

/// A token for a widget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WidgetSession {
    /// For the element's `token` attribute.
    pub token: String,
    /// When it ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}
