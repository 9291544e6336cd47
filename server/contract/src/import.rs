//! Imports of files.

use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payment::Money;

/// How a file is imported. The file itself is the body, as `text/csv`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// Only tell what would happen.
    #[serde(default)]
    pub preview: bool,
    /// Columns by name: `invoice_number=Folio,due_on=Vence`. Guessed where absent. Who owes and how it may be reached:
    /// `debtor_reference`, `debtor_name`, `email`, `phone` (read as it is written in the row's `country`, kept as E.164),
    /// `language`, `country`, `zone`, `postal_address`, `consent_email`, `consent_sms`, `consent_whatsapp`,
    /// `consent_letter`, `consent_call` (yes or no; a yes needs `consent_proof`, and counts from `consent_on`).
    pub map: Option<String>,
    /// The file's name, for the list.
    pub file_name: Option<String>,
}

/// Which invoices of an import are mailed to their debtors.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendInvoices {
    /// Those that were due before today too.
    #[serde(default)]
    pub with_overdue: bool,
}

/// One bad row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RowFault {
    /// The line in the file; the header is line 1.
    pub line: u64,
    /// The column's name in the file.
    pub column: String,
    /// Stable, in snake case.
    pub code: String,
    /// The value, shortened; never a card number.
    pub shown: String,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportReport {
    /// The import; none for a preview and for a file that changed nothing.
    pub id: Option<Uuid>,
    /// Rows in the file.
    pub row_count: u64,
    /// Invoices that were not there before.
    pub new_count: u64,
    /// Invoices whose amount or due date changed.
    pub amended_count: u64,
    /// Invoices that arrived as paid, or became so.
    pub settled_count: u64,
    /// Invoices that the file repeats as they are.
    pub unchanged_count: u64,
    /// Debtors about whose channels the file says something new.
    pub consent_count: u64,
    /// Consents that do not count, because the debtor itself withdrew the channel: the first of them. Their rows are booked.
    pub consents_overridden: Vec<RowFault>,
    /// What the invoices of the file claim, by currency.
    pub totals: Vec<Money>,
    /// `utf-8`, `windows-1252`.
    pub encoding: String,
    /// `,`, `;` or a tab.
    pub separator: String,
    /// `ymd`, `dmy`, `mdy`.
    pub date_order: String,
    /// Whether no date in the file decided the order.
    pub date_order_assumed: bool,
    /// `.` or `,`.
    pub decimal_mark: String,
    /// Whether no amount in the file decided the mark.
    pub decimal_mark_assumed: bool,
    /// Which column was read as what, in the form of `map`.
    pub map: String,
}

/// An import as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Its id.
    pub id: Uuid,
    /// The file's name.
    pub file_name: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// Rows in the file.
    pub row_count: u64,
}
