//! Parties that owe, and their statements.

use saldo_domain::ageing::AgingBucket;
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ledger::EntryKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payment::Money;

/// A debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Debtor {
    /// Its id.
    pub id: Uuid,
    /// The creditor's own key for it.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Where reminders and receipts go.
    pub email: Option<String>,
    /// In the form of E.164.
    pub phone: Option<String>,
    /// Where letters go: the lines under the name.
    pub postal_address: Option<String>,
    /// `es`, `en`, `pt`; the creditor's where none.
    pub language: Option<String>,
    /// Two letters of ISO 3166.
    pub country: Option<String>,
    /// A zone of the tz database.
    pub time_zone: Option<String>,
    /// Whether it withdrew e-mail.
    pub email_opted_out: bool,
    /// The creditor's own words for it, by which policies choose.
    pub tags: Vec<String>,
    /// What is open, by currency.
    pub outstanding: Vec<Money>,
}

/// Makes a debtor, or changes the one with this reference.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PutDebtor {
    /// The creditor's own key for it, 1 to 64 characters.
    pub reference: String,
    /// 1 to 200 characters.
    pub name: String,
    /// Where reminders and receipts go.
    pub email: Option<String>,
    /// With its country code, or as it is written in the debtor's country.
    pub phone: Option<String>,
    /// The lines under the name, up to 300 characters.
    #[serde(default)]
    pub postal_address: Option<String>,
    /// `es`, `en`, `pt`.
    pub language: Option<String>,
    /// Two letters of ISO 3166.
    pub country: Option<String>,
    /// A zone of the tz database.
    pub time_zone: Option<String>,
    /// Words by which policies choose, up to 20; absent leaves them as they are.
    #[serde(default)]
    pub tags: Option<Vec<String>>,
}

/// Finds debtors.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct DebtorQuery {
    /// The beginnings of words of the name, the reference or the address.
    #[cfg_attr(feature = "openapi", param(example = "acer nor"))]
    pub search: Option<String>,
    /// `owing`, `overdue`.
    #[cfg_attr(feature = "openapi", param(example = "overdue"))]
    pub state: Option<String>,
    /// `written`, `name`; after a `-` the greatest first. `written` unless told.
    #[cfg_attr(feature = "openapi", param(example = "name"))]
    pub sort: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// A statement of account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The debtor.
    pub debtor_id: Uuid,
    /// The date in the debtor's zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub as_of: Date,
    /// One for each currency.
    pub accounts: Vec<AccountStatement>,
}

/// One currency of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountStatement {
    /// The receivable account.
    pub account_id: Uuid,
    /// Counts up with every change of the balance.
    pub balance_version: i64,
    /// What is open.
    pub outstanding: Money,
    /// What of it is past due, agreements honoured.
    pub overdue: Money,
    /// What is asked for now: discounts taken off, and of plans only what is due.
    pub asked: Money,
    /// Received and not applied.
    pub credit: Money,
    /// Outstanding by time past due.
    pub ageing: Vec<AgedAmount>,
    /// The open items, oldest due first.
    pub items: Vec<StatementItem>,
    /// What made the balance what it is, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// One bucket of the ageing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AgedAmount {
    /// `current`, `d1_to30`, `d31_to60`, `d61_to90`, `over90`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub bucket: AgingBucket,
    /// What is open in it.
    pub amount: Money,
}

/// One open item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StatementItem {
    /// The invoice.
    pub invoice_id: Uuid,
    /// Its number.
    pub number: String,
    /// The last day to pay on time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_on: Date,
    /// Negative before the due date.
    pub days_past_due: i32,
    /// What is still owed.
    pub outstanding: Money,
    /// What paying it now saves, where that is something.
    pub saved: Option<Money>,
    /// The last moment of that price.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub price_until: Option<Timestamp>,
    /// The active payment plan that it is part of.
    pub plan_id: Option<Uuid>,
}

/// One movement of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TimelineEntry {
    /// `issue`, `payment`, `credit_note`, …
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: EntryKind,
    /// When it counts.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub effective_on: Date,
    /// Up for a claim, down for a payment.
    pub effect: Money,
    /// What was owed afterwards.
    pub balance_after: Money,
    /// The invoices that it concerns.
    pub invoice_numbers: Vec<String>,
}
