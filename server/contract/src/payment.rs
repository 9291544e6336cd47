//! Money, payments and refunds.

use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::currency::Currency;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An amount in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"minor": 123450, "currency": "MXN"})))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Cents of MXN, whole pesos of CLP.
    pub minor: i64,
    /// Three letters of ISO 4217.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
}

impl From<saldo_domain::money::Money> for Money {
    fn from(money: saldo_domain::money::Money) -> Self {
        Self { minor: money.minor(), currency: money.currency() }
    }
}

impl From<Money> for saldo_domain::money::Money {
    fn from(money: Money) -> Self {
        Self::new(money.minor, money.currency)
    }
}

/// Money received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// Its id.
    pub id: Uuid,
    /// Who paid.
    pub debtor_id: Uuid,
    /// What came in.
    pub amount: Money,
    /// What of it pays no item: the debtor's credit.
    pub unapplied: Money,
    /// What was given back.
    pub refunded: Money,
    /// `stripe`, `sandbox`, `import`.
    pub provider: String,
    /// The provider's name of it.
    pub provider_reference: String,
    /// When it counts.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub effective_on: Date,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub recorded_at: Timestamp,
    /// Which invoices it pays.
    pub allocations: Vec<Allocation>,
}

/// The part of a payment that pays one invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// The invoice.
    pub invoice_id: Uuid,
    /// How much.
    pub amount: Money,
    /// What it closed beyond the money: a discount, a rebate, a settlement.
    pub given_up: Option<Money>,
}

/// Asks for money to be given back.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestRefund {
    /// Of which payment.
    pub payment_id: Uuid,
    /// How much; no more than what is left of the payment.
    pub amount: Money,
    /// Why, up to 200 characters.
    pub reason: String,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// Its id.
    pub id: Uuid,
    /// Of which payment.
    pub payment_id: Uuid,
    /// How much.
    pub amount: Money,
    /// `requested`, `succeeded`, `failed`.
    pub state: String,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}

/// Finds payments.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PaymentQuery {
    /// Of one debtor.
    pub debtor_id: Option<Uuid>,
    /// `unapplied`, `refunded`.
    #[cfg_attr(feature = "openapi", param(example = "unapplied"))]
    pub state: Option<String>,
    /// The beginning of the provider's reference, or of words of the debtor's name, reference or address; at most a
    /// thousand rows are considered.
    #[cfg_attr(feature = "openapi", param(example = "acer"))]
    pub search: Option<String>,
    /// Counts on this day or later.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date, example = "2026-01-01"))]
    pub from: Option<Date>,
    /// Counts on this day or earlier.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date, example = "2026-03-31"))]
    pub until: Option<Date>,
    /// `written`, `date`, `amount`; after a `-` the greatest first. Beside a state or a period: `date`. `-written` unless
    /// told, else `-date`.
    #[cfg_attr(feature = "openapi", param(example = "-amount"))]
    pub sort: Option<String>,
    /// Where the page before ended; it belongs to one order.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// Rows of one debtor, or of all.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ByDebtorQuery {
    /// Of one debtor.
    pub debtor_id: Option<Uuid>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// What the return page asks while the bank has not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttemptState {
    /// `created`, `pending`, `requires_action`, `succeeded`, `failed`, `canceled`, `expired`.
    pub state: String,
    /// Whether its money is in the books.
    pub booked: bool,
}
