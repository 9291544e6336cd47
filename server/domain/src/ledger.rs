//! Double entry: an entry balances or cannot be made.

use crate::Refusal;
use crate::calendar::Date;
use crate::ids::{AccountId, InvoiceId};
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
        Self::claim(EntryKind::Issue, account, invoice, amount, on)
    }

    /// A raised claim: Receivable / Invoiced.
    ///
    /// # Errors
    /// Those of [`JournalEntry::try_new`].
    pub fn amendment(account: AccountId, invoice: InvoiceId, raise: Money, on: Date) -> Result<Self, Refusal> {
        Self::claim(EntryKind::Amendment, account, invoice, raise, on)
    }

    fn claim(
        kind: EntryKind,
        account: AccountId,
        invoice: InvoiceId,
        amount: Money,
        on: Date,
    ) -> Result<Self, Refusal> {
        let lines = vec![
            item_line(LedgerAccount::Receivable, Side::Debit, amount, account, invoice),
            item_line(LedgerAccount::Invoiced, Side::Credit, amount, account, invoice),
        ];
        Self::try_new(kind, on, lines)
    }

    /// A reduced claim: Invoiced / Receivable.
    ///
    /// # Errors
    /// Those of [`JournalEntry::try_new`].
    pub fn credit_note(account: AccountId, invoice: InvoiceId, amount: Money, on: Date) -> Result<Self, Refusal> {
        let lines = vec![
            item_line(LedgerAccount::Invoiced, Side::Debit, amount, account, invoice),
            item_line(LedgerAccount::Receivable, Side::Credit, amount, account, invoice),
        ];
        Self::try_new(EntryKind::CreditNote, on, lines)
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
