//! What money that came in, or went back, does to the books.

use crate::ledger::shown;
use crate::table::{Row, rows};
use crate::things::{account, account_id, answer, date, id, items, money, mxn, name_of, plain};
use saldo_domain::Refusal;
use saldo_domain::allocation::{Allocation, AllocationOrder};
use saldo_domain::calendar::Date;
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::ledger::LedgerAccount;
use saldo_domain::payment::{Booking, GivenBack, Payment, apply_credit, give_back, receive};
use saldo_domain::snapshot::AccountSnapshot;

fn today() -> Date {
    date("2026-03-05")
}

fn open_items() -> AccountSnapshot {
    account(items(&rows(
        "
        number | due        | open
        F-1    | 2026-03-01 | 100.00 MXN
        F-2    | 2026-03-10 | 200.00 MXN
        ",
    )))
}

/// Writes item changes as `F-1 paid, F-2 open 50.00`.
fn after(booking: &Booking) -> String {
    let one = |change: &saldo_domain::payment::ItemChange| match change.status {
        InvoiceStatus::Paid { paid_on } if paid_on == today() => format!("{} paid", name_of(change.invoice_id)),
        InvoiceStatus::Open { outstanding } => format!("{} open {}", name_of(change.invoice_id), plain(outstanding)),
        other => format!("{} {other:?}", name_of(change.invoice_id)),
    };
    booking.items.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn expect(row: &Row, found: Result<Booking, Refusal>) {
    if let Ok(booking) = &found {
        row.expect("items after", after(booking));
        row.expect("credit", plain(booking.unapplied));
        assert_eq!(booking.entries[0].effective_on(), today());
    }
    row.expect("entry", answer(found, |booking| shown(booking.entries[0].lines())));
}

fn order(row: &Row) -> AllocationOrder {
    match row.get("pays") {
        "oldest" => AllocationOrder::OldestDueFirst,
        _ => AllocationOrder::Selected(row.words("pays").into_iter().map(id).collect()),
    }
}

#[test]
fn money_that_came_in_pays_items_and_the_rest_is_credit() {
    let table = rows(
        "
        received   | pays   | entry                                                                                                   | items after              | credit
        100.00 MXN | oldest | Dr ProviderClearing 100.00, Cr Receivable F-1 100.00                                                    | F-1 paid                 | 0.00
        40.00 MXN  | oldest | Dr ProviderClearing 40.00, Cr Receivable F-1 40.00                                                      | F-1 open 60.00           | 0.00
        150.00 MXN | oldest | Dr ProviderClearing 150.00, Cr Receivable F-1 100.00, Cr Receivable F-2 50.00                           | F-1 paid, F-2 open 150.00 | 0.00
        300.00 MXN | oldest | Dr ProviderClearing 300.00, Cr Receivable F-1 100.00, Cr Receivable F-2 200.00                          | F-1 paid, F-2 paid       | 0.00
        350.00 MXN | oldest | Dr ProviderClearing 350.00, Cr Receivable F-1 100.00, Cr Receivable F-2 200.00, Cr UnappliedCash 50.00 | F-1 paid, F-2 paid       | 50.00
        200.00 MXN | F-2    | Dr ProviderClearing 200.00, Cr Receivable F-2 200.00                                                    | F-2 paid                 | 0.00
        250.00 MXN | F-2    | Dr ProviderClearing 250.00, Cr Receivable F-2 200.00, Cr UnappliedCash 50.00                            | F-2 paid                 | 50.00
        100.00 MXN | F-9    | Dr ProviderClearing 100.00, Cr UnappliedCash 100.00                                                     |                          | 100.00
        0.00 MXN   | oldest | amount_not_positive                                                                                     | -                        | -
        -1.00 MXN  | oldest | amount_not_positive                                                                                     | -                        | -
        100.00 USD | oldest | currency_mismatch                                                                                       | -                        | -
        ",
    );
    for row in table {
        let amount = money(row.get("received"));
        expect(&row, receive(&open_items(), amount, &order(&row), &[], LedgerAccount::ProviderClearing, today()));
    }
}

#[test]
fn money_at_the_bank_lies_at_the_bank() {
    let found =
        receive(&open_items(), mxn("10.00"), &AllocationOrder::OldestDueFirst, &[], LedgerAccount::Bank, today());
    assert_eq!(shown(found.unwrap().entries[0].lines()), "Dr Bank 10.00, Cr Receivable F-1 10.00");
}

#[test]
fn money_on_a_paid_account_is_all_credit() {
    let paid = account(Vec::new());
    let all = AllocationOrder::OldestDueFirst;
    let found = receive(&paid, mxn("100.00"), &all, &[], LedgerAccount::ProviderClearing, today()).unwrap();
    assert_eq!(shown(found.entries[0].lines()), "Dr ProviderClearing 100.00, Cr UnappliedCash 100.00");
}

#[test]
fn credit_is_applied_to_the_oldest_due_first() {
    let table = rows(
        "
        credit before | entry                                                                        | items after               | credit
        60.00         | Dr UnappliedCash 60.00, Cr Receivable F-1 60.00                              | F-1 open 40.00            | -60.00
        100.00        | Dr UnappliedCash 100.00, Cr Receivable F-1 100.00                            | F-1 paid                  | -100.00
        120.00        | Dr UnappliedCash 120.00, Cr Receivable F-1 100.00, Cr Receivable F-2 20.00   | F-1 paid, F-2 open 180.00 | -120.00
        500.00        | Dr UnappliedCash 300.00, Cr Receivable F-1 100.00, Cr Receivable F-2 200.00  | F-1 paid, F-2 paid        | -300.00
        ",
    );
    for row in table {
        let account = AccountSnapshot { unapplied: mxn(row.get("credit before")), ..open_items() };
        expect(&row, apply_credit(&account, today()).map(Option::unwrap));
    }
}

#[test]
fn without_credit_or_without_items_nothing_is_applied() {
    assert_eq!(apply_credit(&open_items(), today()), Ok(None));
    let credit_alone = AccountSnapshot { unapplied: mxn("10.00"), ..account(Vec::new()) };
    assert_eq!(apply_credit(&credit_alone, today()), Ok(None));
}

/// A payment of 350.00 that paid F-1 with 100.00 and F-2 with 200.00 and left 50.00 as credit.
fn payment() -> Payment {
    let part = |number, amount| Allocation::new(id(number), mxn(amount));
    Payment {
        id: id("P-1"),
        account_id: account_id(),
        amount: mxn("350.00"),
        effective_on: date("2026-03-02"),
        allocations: vec![part("F-1", "100.00"), part("F-2", "200.00")],
        unapplied: mxn("50.00"),
        refunded: mxn("0.00"),
    }
}

#[test]
fn a_refund_takes_credit_first_then_opens_the_item_paid_last() {
    let table = rows(
        "
        refund     | entry                                                                                                   | items after                      | credit
        0.01 MXN   | Dr UnappliedCash 0.01, Cr ProviderClearing 0.01                                                         |                                  | 0.01
        50.00 MXN  | Dr UnappliedCash 50.00, Cr ProviderClearing 50.00                                                       |                                  | 50.00
        60.00 MXN  | Dr UnappliedCash 50.00, Dr Receivable F-2 10.00, Cr ProviderClearing 60.00                              | F-2 open 10.00                   | 50.00
        250.00 MXN | Dr UnappliedCash 50.00, Dr Receivable F-2 200.00, Cr ProviderClearing 250.00                            | F-2 open 200.00                  | 50.00
        350.00 MXN | Dr UnappliedCash 50.00, Dr Receivable F-2 200.00, Dr Receivable F-1 100.00, Cr ProviderClearing 350.00  | F-2 open 200.00, F-1 open 100.00 | 50.00
        350.01 MXN | refund_above_payment                                                                                    | -                                | -
        0.00 MXN   | amount_not_positive                                                                                     | -                                | -
        -1.00 MXN  | amount_not_positive                                                                                     | -                                | -
        10.00 USD  | currency_mismatch                                                                                       | -                                | -
        ",
    );
    for row in table {
        expect(&row, give_back(GivenBack::Refund, &payment(), money(row.get("refund")), |_| mxn("0.00"), today()));
    }
}

#[test]
fn an_item_that_was_only_part_paid_opens_further() {
    let found = give_back(GivenBack::Refund, &payment(), mxn("70.00"), |_| mxn("5.00"), today()).unwrap();
    assert_eq!(after(&found), "F-2 open 25.00");
}

#[test]
fn a_second_refund_gives_back_only_what_is_left() {
    let part = |amount| Allocation::new(id("F-1"), mxn(amount));
    let once_refunded =
        Payment { allocations: vec![part("80.00")], unapplied: mxn("0.00"), refunded: mxn("270.00"), ..payment() };
    let table = rows(
        "
        refund    | entry                                              | items after     | credit
        80.00 MXN | Dr Receivable F-1 80.00, Cr ProviderClearing 80.00 | F-1 open 100.00 | 0.00
        80.01 MXN | refund_above_payment                               | -               | -
        ",
    );
    for row in table {
        expect(&row, give_back(GivenBack::Refund, &once_refunded, money(row.get("refund")), |_| mxn("20.00"), today()));
    }
}

#[test]
fn a_refund_of_a_second_capture_touches_no_item() {
    let second = Payment { amount: mxn("100.00"), allocations: Vec::new(), unapplied: mxn("100.00"), ..payment() };
    let found =
        give_back(GivenBack::Refund, &second, mxn("100.00"), |_| panic!("no item is asked about"), today()).unwrap();
    assert_eq!(shown(found.entries[0].lines()), "Dr UnappliedCash 100.00, Cr ProviderClearing 100.00");
    assert_eq!((found.items.len(), found.allocations.len()), (0, 0));
}

#[test]
fn two_parts_that_paid_one_item_open_it_once_by_their_sum() {
    let part = |number, amount| Allocation::new(id(number), mxn(amount));
    let twice = Payment {
        amount: mxn("100.00"),
        allocations: vec![part("F-1", "60.00"), part("F-1", "40.00")],
        unapplied: mxn("0.00"),
        ..payment()
    };
    let found = give_back(GivenBack::Refund, &twice, mxn("90.00"), |_| mxn("5.00"), today()).unwrap();
    assert_eq!(after(&found), "F-1 open 95.00");
    assert_eq!(found.allocations.iter().map(|part| plain(part.amount)).collect::<Vec<_>>(), ["40.00", "50.00"]);
}

#[test]
fn a_payment_whose_parts_do_not_add_up_is_not_refunded_past_them() {
    let torn = Payment { allocations: Vec::new(), unapplied: mxn("50.00"), ..payment() };
    assert_eq!(
        give_back(GivenBack::Refund, &torn, mxn("60.00"), |_| mxn("0.00"), today()),
        Err(Refusal::RefundAbovePayment)
    );
}
