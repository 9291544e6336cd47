//! Invoices.

use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payment::Money;

/// An invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Invoice {
    /// Its id.
    pub id: Uuid,
    /// Who owes it.
    pub debtor_id: Uuid,
    /// The creditor's number.
    pub number: String,
    /// What it is for.
    pub description: Option<String>,
    /// The day it was issued.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub issued_on: Date,
    /// The last day to pay it on time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_on: Date,
    /// What it claims.
    pub amount: Money,
    /// What is still owed.
    pub outstanding: Money,
    /// `open`, `paid`, `void`, `written_off`.
    pub status: String,
    /// Whether the debtor contests it.
    pub disputed: bool,
    /// `invoice`, `late_fee`, `interest`, `plan_charge`.
    pub kind: String,
    /// The tax in its amount, where it is known.
    pub tax: Option<Money>,
    /// What paying it early saves, frozen on it.
    pub discounts: Vec<InvoiceDiscount>,
}

/// What paying an invoice early saves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvoiceDiscount {
    /// What is saved of the whole.
    pub saved: Money,
    /// The last moment.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub until_at: Timestamp,
}

/// Issues one invoice. The same number with the same content changes nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueInvoice {
    /// Who owes it: the creditor's own key of a debtor that exists.
    pub debtor_reference: String,
    /// The creditor's number, 1 to 64 characters.
    pub number: String,
    /// What it is for, up to 500 characters.
    pub description: Option<String>,
    /// The day it was issued.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub issued_on: Date,
    /// The last day to pay it on time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_on: Date,
    /// What it claims.
    pub amount: Money,
    /// The tax in the amount, where it is known: discounts that are taken net of tax need it.
    #[serde(default)]
    pub tax: Option<Money>,
    /// Whether it is mailed to the debtor now, as a PDF with a link. As the creditor has set it where absent.
    #[serde(default)]
    pub send: Option<bool>,
}

/// Finds invoices.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct InvoiceQuery {
    /// Of one debtor.
    pub debtor_id: Option<Uuid>,
    /// `open`, `overdue`, `paid`, `disputed`, `void`, `written_off`.
    #[cfg_attr(feature = "openapi", param(example = "overdue"))]
    pub status: Option<String>,
    /// The beginning of a number, or of words of the debtor's name, reference or address; at most a thousand rows are
    /// considered.
    #[cfg_attr(feature = "openapi", param(example = "FAC-10"))]
    pub search: Option<String>,
    /// Due on this day or later.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date, example = "2026-01-01"))]
    pub due_from: Option<Date>,
    /// Due on this day or earlier.
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, format = Date, example = "2026-03-31"))]
    pub due_until: Option<Date>,
    /// `written`, `due`, `issued`, `amount`, `number`; after a `-` the greatest first. Beside a status: `due`, `amount` or
    /// `written`; beside a period, `overdue` and `disputed`: `due`. `written` unless told, else `-due`.
    #[cfg_attr(feature = "openapi", param(example = "-due"))]
    pub sort: Option<String>,
    /// Where the page before ended; it belongs to one order.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}
