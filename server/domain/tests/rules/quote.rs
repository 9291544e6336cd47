//! What a debtor may pay now, on the balance that it saw.

use crate::attempt::attempt;
use crate::table::{Row, rows};
use crate::things::{
    account, account_id, answer, date, id, item, items, money, mxn, name_of, plain, snapshot, tries, utc,
};
use jiff::SignedDuration;
use proptest::prelude::*;
use saldo_domain::Refusal;
use saldo_domain::allocation::{AllocationOrder, allocate};
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AttemptId, InvoiceId};
use saldo_domain::money::Money;
use saldo_domain::quote::{Quote, Selection, attempt_under_way, quote};

const OPEN: &str = "
    number | due        | open
    F-1    | 2026-03-01 | 100.00 MXN
    F-2    | 2026-03-10 | 200.00 MXN
    F-3    | 2026-03-20 | 300.00 MXN
";

fn now() -> Timestamp {
    utc("2026-03-05T15:00:00Z")
}

/// Reads `everything`, `items F-1 F-2` or `amount 50.00 MXN`.
fn selection(row: &Row) -> Selection {
    let (kind, rest) = row.get("chosen").split_once(' ').unwrap_or((row.get("chosen"), ""));
    match kind {
        "everything" => Selection::Everything,
        "items" => Selection::Items { invoice_ids: rest.split_whitespace().map(id).collect() },
        "amount" => Selection::Amount { amount: money(rest) },
        other => panic!("no selection {other}"),
    }
}

fn order(order: &AllocationOrder) -> String {
    match order {
        AllocationOrder::Parts(parts) => format!("{} parts", parts.len()),
        AllocationOrder::OldestDueFirst => "oldest due first".to_owned(),
        AllocationOrder::Selected(ids) => ids.iter().map(|id| name_of(*id)).collect::<Vec<_>>().join(" "),
    }
}

#[test]
fn a_selection_is_priced_from_the_ledger() {
    let table = rows(
        "
        chosen             | seen | answer               | pays
        everything         | 7    | 600.00               | F-1 F-2 F-3
        items F-2          | 7    | 200.00               | F-2
        items F-3 F-1      | 7    | 400.00               | F-1 F-3
        items F-2 F-2      | 7    | 200.00               | F-2
        items              | 7    | nothing_to_pay       | -
        items F-9          | 7    | item_not_open        | -
        items F-1 F-9      | 7    | item_not_open        | -
        amount 0.01 MXN    | 7    | 0.01                 | oldest due first
        amount 250.00 MXN  | 7    | 250.00               | oldest due first
        amount 600.00 MXN  | 7    | 600.00               | oldest due first
        amount 600.01 MXN  | 7    | amount_above_balance | -
        amount 0.00 MXN    | 7    | amount_not_positive  | -
        amount -5.00 MXN   | 7    | amount_not_positive  | -
        amount 5.00 USD    | 7    | currency_mismatch    | -
        amount 500 CLP     | 7    | currency_mismatch    | -
        everything         | 6    | balance_changed      | -
        items F-2          | 6    | balance_changed      | -
        amount 50.00 MXN   | 6    | balance_changed      | -
        everything         | 8    | balance_changed      | -
        everything         | -1   | balance_changed      | -
        ",
    );
    let snapshot = snapshot(items(&rows(OPEN)));
    for row in table {
        let found = quote(&snapshot, account_id(), &selection(&row), row.number("seen"), now());
        if let Ok(quote) = &found {
            row.expect("pays", order(&quote.order));
            assert_eq!((quote.account_id, quote.balance_version), (account_id(), 7));
            assert_eq!(quote.valid_until, now() + SignedDuration::from_mins(30));
        }
        row.expect("answer", answer(found, |quote: Quote| plain(quote.amount)));
    }
}

#[test]
fn nothing_owed_is_nothing_to_pay_whatever_was_seen() {
    let paid = snapshot(Vec::new());
    for seen in [7, 6] {
        let found = quote(&paid, account_id(), &Selection::Everything, seen, now());
        assert_eq!(found, Err(Refusal::NothingToPay));
    }
}

#[test]
fn an_account_of_somebody_else_does_not_exist() {
    let snapshot = snapshot(items(&rows(OPEN)));
    assert_eq!(quote(&snapshot, id("foreign"), &Selection::Everything, 7, now()), Err(Refusal::NotFound));
}

#[test]
fn items_of_the_debtors_other_account_are_not_open_on_this_one() {
    let mut snapshot = snapshot(items(&rows(OPEN)));
    let mut dollars = account(vec![item("U-1", date("2026-03-01"), money("10.00 USD"))]);
    dollars.id = id("dollars");
    snapshot.accounts.push(dollars);
    let chosen = Selection::Items { invoice_ids: vec![id("U-1")] };
    assert_eq!(quote(&snapshot, account_id(), &chosen, 7, now()), Err(Refusal::ItemNotOpen));
    let found = quote(&snapshot, id("dollars"), &chosen, 7, now()).unwrap();
    assert_eq!(found.amount, money("10.00 USD"));
}

#[test]
fn the_refusals_say_what_is_true_now() {
    let snapshot = snapshot(items(&rows(OPEN)));
    let ask = |selection: Selection, seen| quote(&snapshot, account_id(), &selection, seen, now()).unwrap_err();
    assert_eq!(ask(Selection::Everything, 3), Refusal::BalanceChanged { seen: 3, current: 7 });
    let above = Selection::Amount { amount: mxn("1,000.00") };
    assert_eq!(ask(above, 7), Refusal::AmountAboveBalance { owed: mxn("600.00") });
}

/// `all` stands for an attempt at an amount without chosen items.
fn order_of(words: &str) -> AllocationOrder {
    match words {
        "all" => AllocationOrder::OldestDueFirst,
        names => AllocationOrder::Selected(names.split_whitespace().map(id).collect()),
    }
}

#[test]
fn the_same_item_is_paid_once_at_a_time() {
    let table = rows(
        "
        new     | open    | on account | open attempt's id | answer
        F-1     | F-1     | this one   | other             | other
        F-1     | F-2     | this one   | other             | none
        F-1 F-2 | F-2 F-3 | this one   | other             | other
        F-1     | all     | this one   | other             | other
        all     | F-1     | this one   | other             | other
        all     | all     | this one   | other             | other
        F-1     | F-1     | dollars    | other             | none
        all     | all     | dollars    | other             | none
        F-1     | F-1     | this one   | own               | none
        all     | all     | this one   | own               | none
        ",
    );
    for row in table {
        let mut snapshot = snapshot(items(&rows(OPEN)));
        let mut open = attempt("created");
        open.id = id(row.get("open attempt's id"));
        open.order = order_of(row.get("open"));
        open.account_id = if row.get("on account") == "this one" { account_id() } else { id("dollars") };
        snapshot.open_attempts.push(open);
        let found = attempt_under_way(&snapshot, account_id(), &order_of(row.get("new")), id("own"));
        row.expect("answer", if found == Some(id::<AttemptId>("other")) { "other" } else { "none" });
    }
}

#[test]
fn without_open_attempts_nothing_is_under_way() {
    let snapshot = snapshot(items(&rows(OPEN)));
    assert_eq!(attempt_under_way(&snapshot, account_id(), &order_of("all"), id("own")), None);
}

proptest! {
    #![proptest_config(tries(256))]

    #[test]
    fn a_quote_is_taken_up_whole_by_what_it_pays(
        open in prop::collection::vec(1_i64..1_000_000, 1..8),
        chosen in any::<u8>(),
        part in 1_i64..8_000_000,
    ) {
        let pesos = |minor| Money::new(minor, Currency::MXN);
        let named = |(place, minor): (usize, &i64)| item(&format!("F-{place}"), date("2026-03-01"), pesos(*minor));
        let snapshot = snapshot(open.iter().enumerate().map(named).collect());
        let items = &snapshot.accounts[0].items;
        let ids: Vec<InvoiceId> =
            items.iter().enumerate().filter(|(place, _)| chosen >> place & 1 == 1).map(|(_, item)| item.invoice_id).collect();
        let selections = [
            Selection::Everything,
            Selection::Items { invoice_ids: ids },
            Selection::Amount { amount: pesos(part) },
        ];
        for selection in selections {
            if let Ok(quote) = quote(&snapshot, account_id(), &selection, 7, now()) {
                let allocated = allocate(quote.amount, items, &quote.order, &[]).unwrap();
                prop_assert!(allocated.surplus.is_zero());
            }
        }
    }
}
