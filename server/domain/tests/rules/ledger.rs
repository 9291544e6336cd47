//! Double entry: the design's chart, and the entries that cannot be made.

use crate::table::rows;
use crate::things::{account_id, answer, date, id, money, mxn, plain, tries};
use proptest::prelude::*;
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::ledger::{
    EntryKind, JournalEntry, JournalLine, LedgerAccount, Side, account_line, effect_on_balance, item_line,
};
use saldo_domain::money::Money;
use std::marker::PhantomData;

/// Writes lines as `Dr Receivable F-1 100.00, Cr Invoiced F-1 100.00`.
pub fn shown(lines: &[JournalLine]) -> String {
    let line = |line: &JournalLine| {
        let side = if line.side == Side::Debit { "Dr" } else { "Cr" };
        let item = line.invoice_id.map(|id| format!(" {}", crate::things::name_of(id))).unwrap_or_default();
        format!("{side} {:?}{item} {}", line.ledger_account, plain(line.amount))
    };
    lines.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// Reads `Dr 100.00 MXN, Cr 100.00 MXN`.
fn lines(text: &str) -> Vec<JournalLine> {
    let line = |text: &str| {
        let (side, amount) = text.trim().split_once(' ').unwrap();
        let (side, of) = match side {
            "Dr" => (Side::Debit, LedgerAccount::Receivable),
            _ => (Side::Credit, LedgerAccount::Invoiced),
        };
        account_line(of, side, money(amount), account_id())
    };
    text.split(';').filter(|part| !part.trim().is_empty()).map(line).collect()
}

#[test]
fn an_entry_balances_or_cannot_be_made() {
    let table = rows(
        "
        lines                                                    | answer
        Dr 100.00 MXN; Cr 100.00 MXN                             | made
        Dr 100.00 MXN; Cr 60.00 MXN; Cr 40.00 MXN                | made
        Dr 50.00 MXN; Dr 50.00 MXN; Cr 100.00 MXN                | made
        Cr 100.00 MXN; Dr 100.00 MXN                             | made
                                                                 | entry_unbalanced
        Dr 100.00 MXN                                            | entry_unbalanced
        Dr 100.00 MXN; Cr 99.99 MXN                              | entry_unbalanced
        Dr 100.00 MXN; Cr 60.00 MXN; Cr 39.99 MXN                | entry_unbalanced
        Dr 100.00 MXN; Dr 100.00 MXN                             | entry_unbalanced
        Dr 0.00 MXN; Cr 0.00 MXN                                 | amount_not_positive
        Dr 100.00 MXN; Cr 100.00 MXN; Cr 0.00 MXN                | amount_not_positive
        Dr -100.00 MXN; Cr -100.00 MXN                           | amount_not_positive
        Dr 100.00 MXN; Dr -100.00 MXN                            | amount_not_positive
        Dr 100.00 MXN; Cr 100.00 USD                             | currency_mismatch
        Dr 100 CLP; Cr 100.00 MXN                                | currency_mismatch
        Dr 1.00 MXN; Cr 1.00 MXN; Dr 1.00 USD; Cr 1.00 USD       | currency_mismatch
        Dr 92,233,720,368,547,758.07 MXN; Dr 0.01 MXN            | amount_overflow
        ",
    );
    for row in table {
        let made = JournalEntry::try_new(EntryKind::Payment, date("2026-03-01"), lines(row.get("lines")));
        row.expect("answer", answer(made, |_| "made".to_owned()));
    }
}

type Constructor = fn(
    saldo_domain::ids::AccountId,
    saldo_domain::ids::InvoiceId,
    Money,
    saldo_domain::calendar::Date,
) -> Result<JournalEntry, Refusal>;

#[test]
fn each_constructor_writes_the_lines_of_the_chart() {
    let table = rows(
        "
        entry       | kind       | amount     | lines
        issue       | Issue      | 100.00 MXN | Dr Receivable F-1 100.00, Cr Invoiced F-1 100.00
        amendment   | Amendment  | 20.00 MXN  | Dr Receivable F-1 20.00, Cr Invoiced F-1 20.00
        credit note | CreditNote | 30 CLP     | Dr Invoiced F-1 30, Cr Receivable F-1 30
        issue       | -          | 0.00 MXN   | amount_not_positive
        amendment   | -          | 0.00 MXN   | amount_not_positive
        amendment   | -          | -1.00 MXN  | amount_not_positive
        credit note | -          | 0.00 MXN   | amount_not_positive
        credit note | -          | -1.00 MXN  | amount_not_positive
        ",
    );
    for row in table {
        let make: Constructor = match row.get("entry") {
            "issue" => JournalEntry::issue,
            "amendment" => JournalEntry::amendment,
            _ => JournalEntry::credit_note,
        };
        let made = make(account_id(), id("F-1"), money(row.get("amount")), date("2026-03-01"));
        if let Ok(entry) = &made {
            row.expect("kind", format!("{:?}", entry.kind()));
            assert_eq!(entry.effective_on(), date("2026-03-01"));
            assert!(entry.lines().iter().all(|line| line.account_id == Some(account_id())));
        }
        row.expect("lines", answer(made, |entry| shown(entry.lines())));
    }
}

#[test]
fn what_a_debtor_owes_moves_with_receivable_and_credit_only() {
    let table = rows(
        "
        account          | debit  | credit
        Receivable       | 10.00  | -10.00
        UnappliedCash    | 10.00  | -10.00
        ProviderClearing | 0.00   | 0.00
        Bank             | 0.00   | 0.00
        Invoiced         | 0.00   | 0.00
        DiscountAllowed  | 0.00   | 0.00
        LateFeeIncome    | 0.00   | 0.00
        InterestIncome   | 0.00   | 0.00
        WriteOff         | 0.00   | 0.00
        RefundPayable    | 0.00   | 0.00
        ProviderFees     | 0.00   | 0.00
        ",
    );
    let accounts = [
        LedgerAccount::Receivable,
        LedgerAccount::UnappliedCash,
        LedgerAccount::ProviderClearing,
        LedgerAccount::Bank,
        LedgerAccount::Invoiced,
        LedgerAccount::DiscountAllowed,
        LedgerAccount::LateFeeIncome,
        LedgerAccount::InterestIncome,
        LedgerAccount::WriteOff,
        LedgerAccount::RefundPayable,
        LedgerAccount::ProviderFees,
    ];
    for (row, ledger_account) in table.iter().zip(accounts) {
        row.expect("account", format!("{ledger_account:?}"));
        for (column, side) in [("debit", Side::Debit), ("credit", Side::Credit)] {
            let line = item_line(ledger_account, side, mxn("10.00"), account_id(), id("F-1"));
            row.expect(column, answer(effect_on_balance(&[line], mxn("0.00")), plain));
        }
    }
    let dollars = account_line(LedgerAccount::Receivable, Side::Debit, money("1.00 USD"), account_id());
    assert_eq!(answer(effect_on_balance(&[dollars], mxn("0.00")), plain), "currency_mismatch");
}

struct Probe<T>(PhantomData<T>);

impl<T: serde::de::DeserializeOwned> Probe<T> {
    const CAN_BE_READ: bool = true;
}

trait Otherwise {
    const CAN_BE_READ: bool = false;
}

impl<T> Otherwise for Probe<T> {}

/// Whoever reads an entry from text would go around the check of its balance.
#[test]
fn an_entry_cannot_be_read_from_text() {
    const { assert!(!Probe::<JournalEntry>::CAN_BE_READ) };
    const { assert!(Probe::<JournalLine>::CAN_BE_READ) };
}

proptest! {
    #![proptest_config(tries(512))]

    #[test]
    fn an_entry_is_made_exactly_where_debits_equal_credits(sides in prop::collection::vec((any::<bool>(), 1_i64..6), 0..7)) {
        let line = |(debit, minor): &(bool, i64)| {
            let side = if *debit { Side::Debit } else { Side::Credit };
            account_line(LedgerAccount::Receivable, side, Money::new(*minor, Currency::MXN), account_id())
        };
        let signed: i64 = sides.iter().map(|(debit, minor)| if *debit { *minor } else { -minor }).sum();
        let made = JournalEntry::try_new(EntryKind::Payment, date("2026-03-01"), sides.iter().map(line).collect());
        prop_assert_eq!(made.is_ok(), signed == 0 && !sides.is_empty());
    }
}
