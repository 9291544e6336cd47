//! The document: what it may claim, and what is open of it.

use crate::table::rows;
use crate::things::{account_id, answer, date, id, mxn, plain};
use saldo_domain::invoice::{Invoice, InvoiceStatus};

#[test]
fn an_invoice_claims_more_than_nothing_and_is_due_no_earlier_than_issued() {
    let table = rows(
        "
        issued     | due        | amount   | answer
        2026-03-01 | 2026-03-31 | 1,000.00 | open 1,000.00
        2026-03-01 | 2026-03-01 | 0.01     | open 0.01
        2026-03-01 | 2026-02-28 | 1,000.00 | due_before_issue
        2026-03-01 | 2026-03-31 | 0.00     | amount_not_positive
        2026-03-01 | 2026-03-31 | -5.00    | amount_not_positive
        ",
    );
    for row in table {
        let (issued_on, due_on) = (date(row.get("issued")), date(row.get("due")));
        let made =
            Invoice::try_new(id("F-1"), account_id(), "F-1".to_owned(), issued_on, due_on, mxn(row.get("amount")));
        let show = |invoice: Invoice| format!("open {}", plain(invoice.open_item().unwrap().outstanding));
        row.expect("answer", answer(made, show));
    }
}

#[test]
fn only_an_open_invoice_has_an_open_item() {
    let on = date("2026-03-10");
    let made = || Invoice::try_new(id("F-1"), account_id(), "F-1".to_owned(), on, on, mxn("50.00")).unwrap();
    let with = |status| Invoice { status, disputed: true, ..made() };

    let part_paid = with(InvoiceStatus::Open { outstanding: mxn("20.00") }).open_item().unwrap();
    assert_eq!((part_paid.amount, part_paid.outstanding, part_paid.disputed), (mxn("50.00"), mxn("20.00"), true));
    assert_eq!((part_paid.number.as_str(), part_paid.due_on), ("F-1", on));

    assert_eq!(with(InvoiceStatus::Paid { paid_on: on }).open_item(), None);
    assert_eq!(with(InvoiceStatus::Void { voided_on: on }).open_item(), None);
    assert_eq!(with(InvoiceStatus::WrittenOff { written_off_on: on }).open_item(), None);
}

#[test]
fn days_past_due_are_none_on_the_due_date() {
    let table = rows(
        "
        due        | as of      | days
        2026-03-10 | 2026-03-09 | -1
        2026-03-10 | 2026-03-10 | 0
        2026-03-10 | 2026-03-11 | 1
        2026-02-28 | 2026-03-01 | 1
        2028-02-28 | 2028-03-01 | 2
        2025-12-31 | 2026-12-31 | 365
        ",
    );
    for row in table {
        let due_on = date(row.get("due"));
        let invoice = Invoice::try_new(id("F-1"), account_id(), "F-1".to_owned(), due_on, due_on, mxn("1.00")).unwrap();
        row.expect("days", invoice.open_item().unwrap().days_past_due(date(row.get("as of"))));
    }
}
