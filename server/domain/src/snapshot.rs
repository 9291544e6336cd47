//! Everything that a decision about one debtor of one creditor needs, read in one database transaction.

use crate::attempt::PaymentAttempt;
use crate::calendar::{Date, Timestamp};
use crate::consent::ChannelConsent;
use crate::contact::ContactPreference;
use crate::creditor::Creditor;
use crate::currency::Currency;
use crate::debtor::Debtor;
use crate::hold::ManualHold;
use crate::ids::{AccountId, PlanId};
use crate::invoice::OpenItem;
use crate::ledger::EntryKind;
use crate::money::Money;
use crate::plan::PaymentPlan;
use crate::promise::PromiseToPay;
use crate::reminder::{ActiveDunning, Contact, PaymentHistory};
use crate::settlement::SettlementOffer;
use crate::transfer::DeclaredTransfer;
use serde::{Deserialize, Serialize};

/// One debtor of one creditor with all its receivable accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtorSnapshot {
    /// Who is owed.
    pub creditor: Creditor,
    /// Who owes.
    pub debtor: Debtor,
    /// One for each currency, by currency code.
    pub accounts: Vec<AccountSnapshot>,
    /// Attempts from which money may still come.
    pub open_attempts: Vec<PaymentAttempt>,
    /// Tries to reach the debtor with a reminder so far, oldest first.
    pub contacts: Vec<Contact>,
    /// The published dunning policies; which of them decide at a moment, [`crate::reminder::ladder_for`] says.
    pub dunning: Vec<ActiveDunning>,
    /// The latest that is known of each channel, at most one for each.
    pub consents: Vec<ChannelConsent>,
    /// How the debtor wants to be reached, where it said so.
    pub preference: Option<ContactPreference>,
    /// How it paid before.
    pub history: PaymentHistory,
    /// When the creditor's books were last brought up to date from outside; none where nothing ever came.
    pub data_fresh_at: Option<Timestamp>,
    /// Plans that are proposed or active, and those that ended lately.
    pub plans: Vec<PaymentPlan>,
    /// The latest promise of each account.
    pub promises: Vec<PromiseToPay>,
    /// Manual holds that were not ended.
    pub holds: Vec<ManualHold>,
    /// Declared transfers that wait.
    pub transfers: Vec<DeclaredTransfer>,
    /// Settlement offers that are open.
    pub settlement_offers: Vec<SettlementOffer>,
}

/// One receivable account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSnapshot {
    /// Its id.
    pub id: AccountId,
    /// Its currency.
    pub currency: Currency,
    /// Counts up with every change of the balance.
    pub balance_version: i64,
    /// What is open, oldest due first.
    pub items: Vec<OpenItem>,
    /// Received and not applied: the debtor's credit, zero or more.
    pub unapplied: Money,
    /// The balance before the first movement below.
    pub carried_forward: Money,
    /// What changed the balance, oldest first; the latest ones where there are many.
    pub movements: Vec<Movement>,
}

/// One change of what is owed, as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// Why.
    pub kind: EntryKind,
    /// When it counts.
    pub effective_on: Date,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// Up for a claim, down for a payment.
    pub effect: Money,
    /// The numbers of the invoices that it concerns.
    pub invoice_numbers: Vec<String>,
}

impl DebtorSnapshot {
    /// The account with an id.
    pub fn account(&self, id: AccountId) -> Option<&AccountSnapshot> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The date on the debtor's wall.
    pub fn today(&self, now: Timestamp) -> Date {
        self.debtor.zone(&self.creditor).date_at(now)
    }

    /// The plan with an id.
    pub fn plan(&self, id: PlanId) -> Option<&PaymentPlan> {
        self.plans.iter().find(|plan| plan.id == id)
    }

    /// Whether anything is owed in any currency, credit in that currency taken off.
    pub fn owes(&self) -> bool {
        self.accounts.iter().any(AccountSnapshot::owes)
    }
}

impl AccountSnapshot {
    /// Whether more is open than the debtor has as credit.
    pub fn owes(&self) -> bool {
        let open = Money::sum(self.currency, self.items.iter().map(|item| item.outstanding));
        open.and_then(|open| open.minus(self.unapplied)).map_or(!self.items.is_empty(), Money::is_positive)
    }
}
