//! The ledger, to read.

use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ledger::{EntryKind, LedgerAccount, Side};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payment::Money;

/// A balanced group of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JournalEntry {
    /// Its id.
    pub id: Uuid,
    /// Why it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: EntryKind,
    /// When it counts.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub effective_on: Date,
    /// When it was written.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub recorded_at: Timestamp,
    /// Debits and credits.
    pub lines: Vec<JournalLine>,
}

/// One debit or credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JournalLine {
    /// The account of the chart.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ledger_account: LedgerAccount,
    /// `debit` or `credit`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub side: Side,
    /// Above zero.
    pub amount: Money,
    /// The invoice that it concerns.
    pub invoice_id: Option<Uuid>,
}
