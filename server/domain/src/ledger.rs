//! Double entry: an entry balances or cannot be made.

use crate::Refusal;
use crate::calendar::Date;
use crate::ids::{AccountId, InvoiceId};
use crate::invoice::ItemKind;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A line of the chart of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerAccount {
    /// What debtors owe.
    Receivable,
    /// What a provider has taken and not yet paid out.
    ProviderClearing,
    /// The creditor's bank.
    Bank,
    /// Received and not yet applied: the debtor's credit.
    UnappliedCash,
    /// Early-payment discounts that were taken.
    DiscountAllowed,
    /// Fees for paying late.
    LateFeeIncome,
    /// Interest.
    InterestIncome,
    /// Claims that were given up.
    WriteOff,
    /// Refunds promised and not yet paid.
    RefundPayable,
    /// What providers keep.
    ProviderFees,
    /// What was invoiced.
    Invoiced,
}

/// Which side of an account a line stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left.
    Debit,
    /// Right.
    Credit,
}

/// Why an entry was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// An invoice was issued or imported.
    Issue,
    /// An open invoice was raised.
    Amendment,
    /// Money came in.
    Payment,
    /// Credit was applied to an item.
    CreditApplied,
    /// We gave money back.
    Refund,
    /// The bank took money back.
    Reversal,
    /// The card holder disputed the payment.
    Chargeback,
    /// The claim was reduced.
    CreditNote,
    /// The claim was given up.
    WriteOff,
    /// A discount was taken.
    DiscountTaken,
    /// A fee was added.
    LateFee,
    /// Interest was added.
    Interest,
    /// A provider paid out.
    Payout,
    /// The price of a payment plan was added.
    PlanCharge,
    /// A part of a plan's price was given up.
    PlanRebate,
    /// What had been given up for a payment is owed again, because the payment went back.
    ConcessionReversed,
    /// A chargeback was decided for the creditor: the money counts again.
    ChargebackWon,
    /// A refund did not reach the debtor: the money counts again.
    RefundReturned,
}

/// One debit or credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalLine {
    /// The account of the chart.
    pub ledger_account: LedgerAccount,
    /// The side.
    pub side: Side,
    /// Above zero.
    pub amount: Money,
    /// The debtor's account that it concerns.
    pub account_id: Option<AccountId>,
    /// The item that it concerns.
    pub invoice_id: Option<InvoiceId>,
}

/// A balanced group of lines in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalEntry {
    kind: EntryKind,
    effective_on: Date,
    lines: Vec<JournalLine>,
}

impl JournalEntry {
    /// An entry of lines whose debits and credits are equal.
    ///
    /// # Errors
    /// `entry_unbalanced`, `amount_not_positive`, `currency_mismatch`, `amount_overflow`.
    pub fn try_new(kind: EntryKind, effective_on: Date, lines: Vec<JournalLine>) -> Result<Self, Refusal> {
        let currency = lines.first().ok_or(Refusal::EntryUnbalanced)?.amount.currency();
        let mut balance = Money::zero(currency);
        for line in &lines {
            let amount = line.amount.positive()?;
            balance = match line.side {
                Side::Debit => balance.plus(amount)?,
                Side::Credit => balance.minus(amount)?,
            };
        }
        if balance.is_zero() { Ok(Self { kind, effective_on, lines }) } else { Err(Refusal::EntryUnbalanced) }
    }

    /// Why it was written.
    pub fn kind(&self) -> EntryKind {
        self.kind
    }

    /// The business date on which it counts.
    pub fn effective_on(&self) -> Date {
        self.effective_on
    }

    /// Its lines.
    pub fn lines(&self) -> &[JournalLine] {
        &self.lines
    }

    /// A claim: Receivable / Invoiced.
    ///
    /// # Errors
    /// Those of [`JournalEntry::try_new`].
    pub fn issue(account: AccountId, invoice: InvoiceId, amount: Money, on: Date) -> Result<Self, Refusal> {
        Self::claim(EntryKind::Issue, LedgerAccount::Invoiced, account, invoice, amount, on)
    }

    /// The entry with which an item of any kind begins: Receivable / Invoiced, LateFeeIncome or InterestIncome.
    ///
    /// # Errors
    /// Those of [`JournalEntry::try_new`].
    pub fn begin(
        kind: ItemKind,
        account: AccountId,
        invoice: InvoiceId,
        amount: Money,
        on: Date,
    ) -> Result<Self, Refusal> {
        let (entry_kind, income) = match kind {
            ItemKind::Invoice => (EntryKind::Issue, LedgerAccount::Invoiced),
            ItemKind::LateFee { .. } => (EntryKind::LateFee, LedgerAccount::LateFeeIncome),
            ItemKind::Interest { .. } => (EntryKind::Interest, LedgerAccount::InterestIncome),
            ItemKind::PlanCharge { .. } => (EntryKind::PlanCharge, LedgerAccount::InterestIncome),
        };
        Self::claim(entry_kind, income, account, invoice, amount, on)
    }

    /// A raised claim: Receivable / Invoiced.
    ///
    /// # Errors
    /// Those of [`JournalEntry::try_new`].
    pub fn amendment(account: AccountId, invoice: InvoiceId, raise: Money, on: Date) -> Result<Self, Refusal> {
        Self::claim(EntryKind::Amendment, LedgerAccount::Invoiced, account, invoice, raise, on)
    }

    fn claim(
        kind: EntryKind,
        income: LedgerAccount,
        account: AccountId,
        invoice: InvoiceId,
        amount: Money,
        on: Date,
    ) -> Result<Self, Refusal> {
        let lines = vec![
            item_line(LedgerAccount::Receivable, Side::Debit, amount, account, invoice),
            item_line(income, Side::Credit, amount, account, invoice),
        ];
        Self::try_new(kind, on, lines)
    }

    /// A reduced claim: Invoiced / Receivable.
    ///
    /// # Errors
    /// Those of [`JournalEntry::try_new`].
    pub fn credit_note(account: AccountId, invoice: InvoiceId, amount: Money, on: Date) -> Result<Self, Refusal> {
        Self::give_up(EntryKind::CreditNote, LedgerAccount::Invoiced, account, invoice, amount, on)
    }

    /// A claim, or a part of it, that ends without money: the account that bears it / Receivable.
    ///
    /// # Errors
    /// Those of [`JournalEntry::try_new`].
    pub fn give_up(
        kind: EntryKind,
        borne_by: LedgerAccount,
        account: AccountId,
        invoice: InvoiceId,
        amount: Money,
        on: Date,
    ) -> Result<Self, Refusal> {
        let lines = vec![
            item_line(borne_by, Side::Debit, amount, account, invoice),
            item_line(LedgerAccount::Receivable, Side::Credit, amount, account, invoice),
        ];
        Self::try_new(kind, on, lines)
    }
}

/// A line that concerns a debtor's account.
pub fn account_line(ledger_account: LedgerAccount, side: Side, amount: Money, account: AccountId) -> JournalLine {
    JournalLine { ledger_account, side, amount, account_id: Some(account), invoice_id: None }
}

/// A line that concerns one item.
pub fn item_line(
    ledger_account: LedgerAccount,
    side: Side,
    amount: Money,
    account: AccountId,
    invoice: InvoiceId,
) -> JournalLine {
    JournalLine { ledger_account, side, amount, account_id: Some(account), invoice_id: Some(invoice) }
}

/// What an entry does to what a debtor owes: up for a claim, down for a payment. Credit counts against what is owed.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`.
pub fn effect_on_balance(lines: &[JournalLine], zero: Money) -> Result<Money, Refusal> {
    lines
        .iter()
        .filter(|line| matches!(line.ledger_account, LedgerAccount::Receivable | LedgerAccount::UnappliedCash))
        .try_fold(zero, |sum, line| match line.side {
            Side::Debit => sum.plus(line.amount),
            Side::Credit => sum.minus(line.amount),
        })
}
