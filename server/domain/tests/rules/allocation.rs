//! Cash application: which items money pays, and in which order.

use crate::table::{Row, rows};
use crate::things::{answer, date, id, item, items, money, mxn, name_of, plain, tries, utc};
use proptest::prelude::*;
use saldo_domain::allocation::{Allocated, AllocationOrder, allocate, in_due_order};
use saldo_domain::calendar::plus_days;
use saldo_domain::concession::{Concession, ConcessionKind, Honour, ItemConcession};
use saldo_domain::currency::Currency;
use saldo_domain::ids::InvoiceId;
use saldo_domain::invoice::OpenItem;
use saldo_domain::money::Money;

/// Open items in the order of an import, not of their due dates.
const OPEN: &str = "
    number | due        | open
    F-3    | 2026-03-20 | 300.00 MXN
    F-1    | 2026-03-01 | 100.00 MXN
    F-2    | 2026-03-10 | 200.00 MXN
";

/// Reads `oldest`, or the names of chosen items.
fn order(row: &Row) -> AllocationOrder {
    match row.get("order") {
        "oldest due first" => AllocationOrder::OldestDueFirst,
        _ => AllocationOrder::Selected(row.words("order").into_iter().filter(|word| *word != "-").map(id).collect()),
    }
}

fn shown(allocated: &Allocated) -> String {
    let part = |(invoice_id, amount)| format!("{} {}", name_of(invoice_id), plain(amount));
    let parts = allocated.allocations.iter().map(|allocation| part((allocation.invoice_id, allocation.amount)));
    parts.collect::<Vec<_>>().join(", ")
}

#[test]
fn money_pays_what_was_chosen_else_the_oldest_due_first() {
    let table = rows(
        "
        received     | order            | pays                               | credit
        100.00 MXN   | oldest due first | F-1 100.00                         | 0.00
        40.00 MXN    | oldest due first | F-1 40.00                          | 0.00
        150.00 MXN   | oldest due first | F-1 100.00, F-2 50.00              | 0.00
        600.00 MXN   | oldest due first | F-1 100.00, F-2 200.00, F-3 300.00 | 0.00
        600.01 MXN   | oldest due first | F-1 100.00, F-2 200.00, F-3 300.00 | 0.01
        0.01 MXN     | oldest due first | F-1 0.01                           | 0.00
        300.00 MXN   | F-3              | F-3 300.00                         | 0.00
        400.00 MXN   | F-3 F-1          | F-1 100.00, F-3 300.00             | 0.00
        250.00 MXN   | F-3 F-1          | F-1 100.00, F-3 150.00             | 0.00
        350.00 MXN   | F-3              | F-3 300.00                         | 50.00
        100.00 MXN   | F-1 F-1          | F-1 100.00                         | 0.00
        200.00 MXN   | F-1 F-1          | F-1 100.00                         | 100.00
        100.00 MXN   | F-9              |                                    | 100.00
        100.00 MXN   | -                |                                    | 100.00
        0.00 MXN     | oldest due first | amount_not_positive                | -
        -1.00 MXN    | oldest due first | amount_not_positive                | -
        100.00 USD   | oldest due first | currency_mismatch                  | -
        100.00 USD   | F-1              | currency_mismatch                  | -
        ",
    );
    for row in table {
        let found = allocate(money(row.get("received")), &items(&rows(OPEN)), &order(&row), &[]);
        if let Ok(allocated) = &found {
            row.expect("credit", plain(allocated.surplus));
        }
        row.expect("pays", answer(found, |allocated| shown(&allocated)));
    }
}

#[test]
fn items_due_on_one_day_are_paid_by_issue_date_then_number() {
    let table = rows(
        "
        number | issued     | due        | place
        F-10   | 2026-02-01 | 2026-03-01 | 2
        F-9    | 2026-02-01 | 2026-03-01 | 3
        F-11   | 2026-01-15 | 2026-03-01 | 1
        F-1    | 2026-02-20 | 2026-03-02 | 4
        ",
    );
    let of = |row: &Row| {
        let item = item(row.get("number"), date(row.get("due")), mxn("1.00"));
        OpenItem { issued_on: date(row.get("issued")), ..item }
    };
    let open: Vec<_> = table.iter().map(of).collect();
    let ordered: Vec<String> = in_due_order(&open).into_iter().map(|item| item.number.clone()).collect();
    for row in &table {
        let place = ordered.iter().position(|number| number == row.get("number")).unwrap();
        row.expect("place", place + 1);
    }
    let all = allocate(mxn("4.00"), &open, &AllocationOrder::OldestDueFirst, &[]).unwrap();
    assert_eq!(shown(&all), "F-11 1.00, F-10 1.00, F-9 1.00, F-1 1.00");
}

#[test]
fn an_item_with_a_discount_closes_for_its_price_among_others() {
    let open = items(&rows(OPEN));
    let until_at = utc("2026-03-31T00:00:00Z");
    let given = |item: &OpenItem, proportional| ItemConcession {
        invoice_id: item.invoice_id,
        concession: Concession { kind: ConcessionKind::Discount, amount: mxn("1.00") },
        proportional,
        honour: Honour { until_at, grace_minutes: 0 },
    };
    let owed = Money::sum(Currency::MXN, open.iter().map(|item| item.outstanding)).unwrap();
    let price = owed.minus(mxn("1.00")).unwrap();
    for item in &open {
        let found = allocate(price, &open, &AllocationOrder::OldestDueFirst, &[given(item, false)]).unwrap();
        assert!(found.surplus.is_zero(), "{found:?}");
        for part in &found.allocations {
            let whole = open.iter().find(|one| one.invoice_id == part.invoice_id).unwrap().outstanding;
            assert_eq!(part.closes().unwrap(), whole, "{}", name_of(part.invoice_id));
            assert_eq!(part.concession.is_some(), part.invoice_id == item.invoice_id);
        }
        let one_cent_less = price.minus(mxn("0.01")).unwrap();
        let last = in_due_order(&open).last().unwrap().invoice_id == item.invoice_id;
        let less = allocate(one_cent_less, &open, &AllocationOrder::OldestDueFirst, &[given(item, false)]).unwrap();
        assert_eq!(
            less.allocations.iter().any(|part| part.concession.is_some()),
            !last,
            "one cent less closes nothing"
        );
    }
}

#[test]
fn without_open_items_all_of_it_is_credit() {
    let found = allocate(mxn("10.00"), &[], &AllocationOrder::OldestDueFirst, &[]).unwrap();
    assert_eq!((found.allocations.len(), found.surplus), (0, mxn("10.00")));
}

proptest! {
    #![proptest_config(tries(512))]

    #[test]
    fn allocation_conserves_and_never_exceeds(
        open in prop::collection::vec((0_i32..90, 1_i64..1_000_000), 0..12),
        received in prop_oneof![1_i64..4_000_000, Just(i64::MAX)],
        chosen in any::<Option<u16>>(),
    ) {
        let pesos = |minor| Money::new(minor, Currency::MXN);
        let items: Vec<_> = open.iter().enumerate().map(|(place, (days, minor))| {
            item(&format!("F-{place}"), plus_days(date("2026-03-01"), *days).unwrap(), pesos(*minor))
        }).collect();
        let selected = |mask: u16| -> Vec<InvoiceId> {
            items.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1).map(|(_, item)| item.invoice_id).collect()
        };
        let order = chosen.map_or(AllocationOrder::OldestDueFirst, |mask| AllocationOrder::Selected(selected(mask)));
        let found = allocate(pesos(received), &items, &order, &[]).unwrap();

        let paid: i64 = found.allocations.iter().map(|part| part.amount.minor()).sum();
        prop_assert_eq!(paid + found.surplus.minor(), received);
        prop_assert!(found.surplus.minor() >= 0);
        for part in &found.allocations {
            let item = items.iter().find(|item| item.invoice_id == part.invoice_id).unwrap();
            prop_assert!(part.amount.is_positive() && part.amount.minor() <= item.outstanding.minor());
            let times = found.allocations.iter().filter(|other| other.invoice_id == part.invoice_id).count();
            prop_assert_eq!(times, 1);
            if let AllocationOrder::Selected(chosen) = &order {
                prop_assert!(chosen.contains(&part.invoice_id));
            }
        }
        if found.surplus.is_positive() {
            let wanted = items.iter().filter(|item| match &order {
                AllocationOrder::Parts(_) => unreachable!(),
                AllocationOrder::Selected(chosen) => chosen.contains(&item.invoice_id),
                AllocationOrder::OldestDueFirst => true,
            });
            prop_assert_eq!(paid, wanted.map(|item| item.outstanding.minor()).sum::<i64>());
        }
    }
}
