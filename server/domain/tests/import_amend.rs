//! What a row does to an invoice that is already there.

#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "a test fails by panicking; tables have wide rows")]

use proptest::prelude::*;
use saldo_domain::calendar::Date;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, DebtorId, InvoiceId};
use saldo_domain::import::amend::{Change, amend};
use saldo_domain::import::row::DebtorCells;
use saldo_domain::import::{ImportRow, fault::code};
use saldo_domain::invoice::{Invoice, InvoiceStatus};
use saldo_domain::money::Money;
use uuid::Uuid;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::MXN)
}

fn debtor(n: u128) -> DebtorId {
    DebtorId(Uuid::from_u128(n))
}

fn invoice(status: InvoiceStatus) -> Invoice {
    let (id, account) = (InvoiceId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
    let mut invoice =
        Invoice::try_new(id, account, "A-1".into(), date("2026-01-03"), date("2026-02-02"), money(1_000)).unwrap();
    invoice.status = status;
    invoice
}

fn row() -> ImportRow {
    ImportRow {
        line: 2,
        number: "A-1".into(),
        debtor: DebtorCells {
            postal_address: None,
            consents: Vec::new(),
            reference: "D".into(),
            name: None,
            email: None,
            phone: None,
            language: None,
            country: None,
            zone: None,
        },
        issued_on: Some(date("2026-01-03")),
        due_on: date("2026-02-02"),
        amount: money(1_000),
        settled_on: None,
        disputed: None,
        description: None,
        notes: Vec::new(),
    }
}

fn open(outstanding: i64) -> InvoiceStatus {
    InvoiceStatus::Open { outstanding: money(outstanding) }
}

fn paid() -> InvoiceStatus {
    InvoiceStatus::Paid { paid_on: date("2026-01-20") }
}

#[test]
fn a_row_amends_an_invoice_by_entries_or_is_refused() {
    let void = InvoiceStatus::Void { voided_on: date("2026-01-20") };
    let settled = Some(date("2026-01-25"));
    let settle = Change::Settle { on: date("2026-01-25") };
    let lower = |by| Change::Reduce { by: money(by) };
    // How the invoice of 10.00 stands; the row's amount and settled date; what changes.
    let table: [(InvoiceStatus, i64, Option<Date>, Result<Vec<Change>, &str>); 17] = [
        (open(1_000), 1_000, None, Ok(vec![])),
        (open(400), 1_000, None, Ok(vec![])),
        (open(1_000), 1_250, None, Ok(vec![Change::Raise { by: money(250) }])),
        (open(1_000), 900, None, Ok(vec![lower(100)])),
        (open(400), 600, None, Ok(vec![lower(400)])),
        (open(400), 599, None, Err(code::REDUCED_BELOW_PAID)),
        (open(1_000), 1_000, settled, Ok(vec![settle])),
        (open(400), 1_000, settled, Ok(vec![settle])),
        (open(1_000), 1_250, settled, Ok(vec![Change::Raise { by: money(250) }, settle])),
        (open(400), 600, settled, Ok(vec![lower(400)])),
        (paid(), 1_000, None, Ok(vec![])),
        (paid(), 1_000, settled, Ok(vec![])),
        (paid(), 1_001, None, Err(code::INVOICE_CLOSED)),
        (paid(), 999, settled, Err(code::INVOICE_CLOSED)),
        (void, 1_000, None, Ok(vec![])),
        (void, 1_000, settled, Err(code::SETTLED_AFTER_CLOSING)),
        (void, 900, None, Err(code::INVOICE_CLOSED)),
    ];
    for (status, amount, settled_on, expected) in table {
        let row = ImportRow { amount: money(amount), settled_on, ..row() };
        assert_eq!(amend(&invoice(status), debtor(1), &row, debtor(1)), expected, "{status:?} {amount} {settled_on:?}");
    }
}

#[test]
fn other_differences_are_changes_or_refusals_too() {
    let existing = invoice(open(1_000));
    let moved = ImportRow { due_on: date("2026-02-10"), disputed: Some(true), ..row() };
    let changes = vec![Change::DueDateMoved { to: date("2026-02-10") }, Change::Disputed { disputed: true }];
    assert_eq!(amend(&existing, debtor(1), &moved, debtor(1)), Ok(changes));
    let table = [
        (row(), debtor(2), Err(code::ANOTHER_DEBTOR)),
        (ImportRow { amount: Money::new(1_000, Currency::USD), ..row() }, debtor(1), Err(code::ANOTHER_CURRENCY)),
        (ImportRow { issued_on: Some(date("2026-03-01")), ..row() }, debtor(1), Err(code::ANOTHER_ISSUE_DATE)),
        (ImportRow { issued_on: None, due_on: date("2026-01-02"), ..row() }, debtor(1), Err(code::DUE_BEFORE_ISSUE)),
        (ImportRow { issued_on: None, ..row() }, debtor(1), Ok(vec![])),
        (ImportRow { disputed: Some(false), ..row() }, debtor(1), Ok(vec![])),
    ];
    for (row, row_debtor, expected) in table {
        assert_eq!(amend(&existing, debtor(1), &row, row_debtor), expected, "{row:?}");
    }
}

proptest! {
    #[test]
    fn amendments_end_at_the_amount_of_the_row(
        amount in 1i64..2_000,
        outstanding in 1i64..=1_000,
        settles in any::<bool>(),
    ) {
        let settled_on = settles.then(|| date("2026-01-25"));
        let row = ImportRow { amount: money(amount), settled_on, ..row() };
        match amend(&invoice(open(outstanding)), debtor(1), &row, debtor(1)) {
            Err(reason) => {
                prop_assert_eq!(reason, code::REDUCED_BELOW_PAID);
                prop_assert!(amount < 1_000 - outstanding, "only what was paid already cannot be taken back");
            }
            Ok(changes) => {
                let (mut claim, mut open) = (1_000, outstanding);
                for change in &changes {
                    match change {
                        Change::Raise { by } => { claim += by.minor(); open += by.minor(); }
                        Change::Reduce { by } => { claim -= by.minor(); open -= by.minor(); }
                        Change::Settle { .. } => { prop_assert!(open > 0); open = 0; }
                        _ => prop_assert!(false, "nothing else differs"),
                    }
                }
                prop_assert_eq!(claim, amount);
                prop_assert!(open >= 0);
                prop_assert!(!settles || open == 0);
            }
        }
    }
}
