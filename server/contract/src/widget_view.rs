//! What widgets show, with every word, amount and date ready to be shown.

use std::collections::BTreeMap;

use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payment::Money;
use crate::widget::WidgetScope;
pub use crate::widget_choices::{ChoicesPart, DiscountChoice, FullChoice, PlanChoice, PlanRow};
pub use crate::widget_plan::{NextInstalment, PlanInstalment, PlanPart};
pub use crate::widget_statement::{ItemState, StatementPart, WidgetItem};

/// A part of what widgets show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WidgetPart {
    /// The amount and its dates.
    Balance,
    /// The open items.
    Statement,
    /// Discount, full price and plans beside each other.
    Choices,
    /// How a plan stands.
    Plan,
    /// The banner.
    Reminder,
}

/// How amounts name their currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CurrencyDisplay {
    /// By its sign in its own country, else by its code.
    #[default]
    Symbol,
    /// Always by its code.
    Code,
}

/// Asks what widgets show. The token stands in the body, so that a browser asks nothing beforehand.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ViewWidget {
    /// The widget's token.
    pub token: String,
    /// The page's language, as BCP 47; the debtor's where it is unknown.
    #[serde(default)]
    pub locale: Option<String>,
    /// Which parts; the words come with them.
    pub parts: Vec<WidgetPart>,
    /// The revision that is on the page: answered 204 while it holds.
    #[serde(default)]
    pub known: Option<String>,
    /// How amounts name their currency.
    #[serde(default)]
    pub currency_display: CurrencyDisplay,
}

/// Asks to be told of changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WatchWidget {
    /// The widget's token.
    pub token: String,
    /// Takes no part here; for symmetry with the view.
    #[serde(default)]
    pub locale: Option<String>,
    /// The revision of the view that is on the page: where it is over, that is told at once.
    #[serde(default)]
    pub known: Option<String>,
}

/// For how long a reminder stays away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DismissUntil {
    /// For a day.
    Later,
    /// For good.
    ForGood,
}

/// Puts a reminder away.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DismissReminder {
    /// The widget's token.
    pub token: String,
    /// Which one.
    pub reminder_id: Uuid,
    /// For how long.
    pub until: DismissUntil,
}

/// What widgets show, in one currency: that in which most items are open. A part is there when it was asked for, the token's
/// scope covers it, and there is something to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WidgetView {
    /// Changes with anything that is shown; opaque.
    pub revision: String,
    /// When the token ends.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// The language and country of the words and forms: `es-MX`.
    pub locale: String,
    /// What the token covers.
    pub scopes: Vec<WidgetScope>,
    /// Who is owed.
    pub creditor: WidgetCreditor,
    /// Every word of the parts, by key.
    pub words: BTreeMap<String, String>,
    /// Where a form leads to our own page.
    pub open: String,
    /// The amount; with the scope `balance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<BalancePart>,
    /// The open items; with the scope `statement`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementPart>,
    /// The ways to pay; with the scopes `pay` or `plan`, each its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<ChoicesPart>,
    /// The active plan; with the scope `plan`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanPart>,
    /// The banner; with the scope `balance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<ReminderPart>,
}

/// Who is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WidgetCreditor {
    /// The name that debtors know.
    pub name: String,
}

/// How the balance stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BalanceState {
    /// Something falls due within a week, nothing is late.
    DueSoon,
    /// Something is open, and is due later than in a week.
    Due,
    /// Something is late.
    Overdue,
    /// Everything that is open is in a plan, of which nothing is due now.
    Planned,
    /// Nothing is open.
    Paid,
    /// Nothing is open, and there is credit.
    Credit,
}

/// The amount and its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BalancePart {
    /// What is asked for now, without discounts: the amount at the head of the statement.
    pub amount_due: Money,
    /// The same in the reader's form.
    pub formatted: String,
    /// How it stands.
    pub state: BalanceState,
    /// The same in words.
    pub state_text: String,
    /// The next due date, today included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub next_due_on: Option<Date>,
    /// The same in the reader's form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due_text: Option<String>,
    /// How many items are open.
    pub open_item_count: u32,
    /// The same in words.
    pub items_text: String,
    /// What paying now saves, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_text: Option<String>,
    /// The credit, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_text: Option<String>,
    /// That something is open in another currency too, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_text: Option<String>,
}

/// How loud a reminder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReminderTone {
    /// Good to know.
    Info,
    /// Soon.
    Warning,
    /// Late.
    Urgent,
}

/// Where a reminder leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReminderAction {
    /// To paying.
    Pay,
    /// To the ways to pay.
    Choices,
}

/// The banner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReminderPart {
    /// Its id, to put it away by.
    pub id: Uuid,
    /// How loud.
    pub tone: ReminderTone,
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub action: ReminderAction,
    /// Until when it is shown.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub until_at: Timestamp,
}
