//! Whole lives of an account against a second book.

use crate::book::{Book, pesos};
use crate::things::{date, item, snapshot, tries, utc};
use proptest::prelude::*;
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::calendar::{Date, plus_days};
use saldo_domain::ids::InvoiceId;
use saldo_domain::ledger::LedgerAccount;
use saldo_domain::payment::{GivenBack, apply_credit, give_back, receive};
use saldo_domain::statement::build;

#[derive(Debug, Clone)]
enum Step {
    Issue { due_in: i32, minor: i64 },
    Receive { minor: i64, chosen: Option<u16> },
    ApplyCredit,
    Refund { payment: prop::sample::Index, minor: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (-60..60, 1_i64..50_000).prop_map(|(due_in, minor)| Step::Issue { due_in, minor }),
        3 => (1_i64..90_000, any::<Option<u16>>()).prop_map(|(minor, chosen)| Step::Receive { minor, chosen }),
        1 => Just(Step::ApplyCredit),
        3 => (any::<prop::sample::Index>(), 1_i64..90_000).prop_map(|(payment, minor)| Step::Refund { payment, minor }),
    ]
}

fn today() -> Date {
    date("2026-03-05")
}

fn take(book: &mut Book, step: &Step, count: usize) {
    match step {
        Step::Issue { due_in, minor } => {
            let due_on = plus_days(today(), *due_in).unwrap();
            book.issue(item(&format!("F-{count}"), due_on, pesos(*minor)));
        }
        Step::Receive { minor, chosen } => {
            let account = book.account();
            let ids = |mask: u16| -> Vec<InvoiceId> {
                let marked = account.items.iter().enumerate().filter(|(place, _)| mask >> (place % 16) & 1 == 1);
                marked.map(|(_, item)| item.invoice_id).collect()
            };
            let order = chosen.map_or(AllocationOrder::OldestDueFirst, |mask| AllocationOrder::Selected(ids(mask)));
            let booking =
                receive(&account, pesos(*minor), &order, &[], LedgerAccount::ProviderClearing, today()).unwrap();
            book.received(pesos(*minor), &booking, today());
        }
        Step::ApplyCredit => {
            if let Some(booking) = apply_credit(&book.account(), today()).unwrap() {
                book.applied(&booking);
            }
            assert!(book.credit() == 0 || book.owed() == 0, "credit lies beside an open item");
        }
        Step::Refund { payment, minor } if !book.payments.is_empty() => {
            let place = payment.index(book.payments.len());
            let paid = book.payments[place].clone();
            let left = paid.amount.minor() - paid.refunded.minor();
            match give_back(GivenBack::Refund, &paid, pesos(*minor), |id| book.outstanding(id), today()) {
                Ok(booking) => book.refunded(place, pesos(*minor), &booking),
                Err(refusal) => assert!(*minor > left, "refused {refusal} with {left} left"),
            }
        }
        Step::Refund { .. } => {}
    }
}

proptest! {
    #![proptest_config(tries(512))]

    #[test]
    fn any_life_of_an_account_keeps_the_books_in_step(steps in prop::collection::vec(step(), 1..40)) {
        let mut book = Book::default();
        for (count, step) in steps.iter().enumerate() {
            take(&mut book, step, count);
            book.agrees();
        }
        let mut snapshot = snapshot(Vec::new());
        snapshot.accounts = vec![book.account()];
        let statement = build(&snapshot, utc("2026-03-05T15:00:00Z")).unwrap();
        let account = &statement.accounts[0];
        prop_assert_eq!(account.outstanding.minor(), book.owed());
        let explained = account.timeline.last().map_or(0, |last| last.balance_after.minor());
        prop_assert_eq!(explained, account.outstanding.minor() - account.credit.minor());
    }

    #[test]
    fn giving_everything_back_leaves_what_was_claimed(steps in prop::collection::vec(step(), 1..30)) {
        let mut book = Book::default();
        for (count, step) in steps.iter().enumerate() {
            take(&mut book, step, count);
        }
        for place in 0..book.payments.len() {
            let paid = book.payments[place].clone();
            let left = pesos(paid.amount.minor() - paid.refunded.minor());
            if left.is_positive() {
                let booking = give_back(GivenBack::Refund, &paid, left, |id| book.outstanding(id), today()).unwrap();
                book.refunded(place, left, &booking);
            }
        }
        book.agrees();
        prop_assert_eq!(book.credit(), 0);
        prop_assert_eq!(book.sum(LedgerAccount::ProviderClearing), 0);
        prop_assert_eq!(book.owed(), -book.sum(LedgerAccount::Invoiced));
    }
}
