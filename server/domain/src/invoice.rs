//! The document, and what is still open of it.

use crate::Refusal;
use crate::calendar::{Date, days_between};
use crate::discount::DiscountTerms;
use crate::ids::{AccountId, InvoiceId, PlanId};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A document that claims an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its id.
    pub id: InvoiceId,
    /// Whose account it is on.
    pub account_id: AccountId,
    /// The creditor's number, unique for the creditor.
    pub number: String,
    /// What it is for.
    pub description: Option<String>,
    /// The day it was issued.
    pub issued_on: Date,
    /// The last day to pay it on time.
    pub due_on: Date,
    /// What it claims now: as issued, plus and minus its amendments.
    pub amount: Money,
    /// Where it stands.
    pub status: InvoiceStatus,
    /// Whether the debtor contests it.
    pub disputed: bool,
    /// What it claims an amount for.
    pub kind: ItemKind,
    /// The tax in its amount, where it is known.
    pub tax: Option<Money>,
    /// What paying early saves: terms frozen when it was issued, and those that were granted since.
    pub discounts: Vec<DiscountTerms>,
}

/// What an item claims an amount for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ItemKind {
    /// Goods or services.
    #[default]
    Invoice,
    /// A fee for paying another item late.
    LateFee {
        /// The item that was paid late.
        of: InvoiceId,
    },
    /// Interest on another item.
    Interest {
        /// The item that was paid late.
        of: InvoiceId,
    },
    /// The price of a payment plan.
    PlanCharge {
        /// The plan.
        plan_id: PlanId,
    },
}

impl ItemKind {
    /// Whether it claims goods or services, and not the price of time.
    pub fn is_invoice(self) -> bool {
        matches!(self, Self::Invoice)
    }
}

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum InvoiceStatus {
    /// Something is still owed.
    Open {
        /// What is still owed, above zero.
        outstanding: Money,
    },
    /// Nothing is owed any more.
    Paid {
        /// The day on which the last part came in.
        paid_on: Date,
    },
    /// It should not have been issued.
    Void {
        /// The day on which it was voided.
        voided_on: Date,
    },
    /// The claim was given up.
    WrittenOff {
        /// The day on which it was given up.
        written_off_on: Date,
    },
}

impl Invoice {
    /// A new claim, open for its whole amount.
    ///
    /// # Errors
    /// `amount_not_positive`, `due_before_issue`.
    pub fn try_new(
        id: InvoiceId,
        account_id: AccountId,
        number: String,
        issued_on: Date,
        due_on: Date,
        amount: Money,
    ) -> Result<Self, Refusal> {
        let amount = amount.positive()?;
        if due_on < issued_on {
            return Err(Refusal::DueBeforeIssue);
        }
        Ok(Self {
            id,
            account_id,
            number,
            description: None,
            issued_on,
            due_on,
            amount,
            status: InvoiceStatus::Open { outstanding: amount },
            disputed: false,
            kind: ItemKind::Invoice,
            tax: None,
            discounts: Vec::new(),
        })
    }

    /// What is still owed, where something is.
    pub fn open_item(&self) -> Option<OpenItem> {
        let InvoiceStatus::Open { outstanding } = self.status else { return None };
        Some(OpenItem {
            invoice_id: self.id,
            number: self.number.clone(),
            description: self.description.clone(),
            issued_on: self.issued_on,
            due_on: self.due_on,
            amount: self.amount,
            outstanding,
            disputed: self.disputed,
            kind: self.kind,
            tax: self.tax,
            discounts: self.discounts.clone(),
        })
    }
}

/// What is still owed on one invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenItem {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// What it is for.
    pub description: Option<String>,
    /// The day it was issued.
    pub issued_on: Date,
    /// The last day to pay it on time.
    pub due_on: Date,
    /// What it claims.
    pub amount: Money,
    /// What is still owed, above zero.
    pub outstanding: Money,
    /// Whether the debtor contests it.
    pub disputed: bool,
    /// What it claims an amount for.
    pub kind: ItemKind,
    /// The tax in its amount, where it is known.
    pub tax: Option<Money>,
    /// What paying early saves: terms frozen when it was issued, and those that were granted since.
    pub discounts: Vec<DiscountTerms>,
}

impl OpenItem {
    /// Days since the due date; zero on it, negative before it.
    pub fn days_past_due(&self, as_of: Date) -> i32 {
        days_between(self.due_on, as_of)
    }
}
