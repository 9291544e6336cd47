use crate::plan_things::{active, charge_id, choice, left, proposed, template};
use crate::table::{Row, rows};
use crate::things::{answer, date, item, mxn, name_of, plain};
use saldo_domain::invoice::OpenItem;
use saldo_domain::plan::{
    EarlySettlement, InstalmentState, PaymentPlan, PlanCharge, PlanProgress, PlanTemplate, amount_of, progress,
    settle_early,
};

/// 1,000.00 with a fee of 50.00: 250.00 at once, then three of 266.67, 266.67, 266.66 from 1 April.
fn plan(early: EarlySettlement) -> PaymentPlan {
    let template =
        PlanTemplate { down_payment_bps: 2_500, charge: PlanCharge::Fee { amount: mxn("50.00") }, early, ..template() };
    let items = [item("F-1", date("2026-01-15"), mxn("1,000.00"))];
    active(&template, &items, choice("3 from 2026-04-01"), date("2026-03-05"))
}

fn states(progress: &PlanProgress) -> String {
    let word = |state| match state {
        InstalmentState::Paid => "paid",
        InstalmentState::Partial => "partial",
        InstalmentState::Due => "due",
        InstalmentState::Overdue => "overdue",
        InstalmentState::Upcoming => "upcoming",
    };
    progress.instalments.iter().map(|one| word(one.state)).collect::<Vec<_>>().join(" ")
}

fn standing(row: &Row, plan: &PaymentPlan) -> PlanProgress {
    progress(plan, &left(plan, mxn(row.get("paid"))), date(row.get("today"))).unwrap()
}

#[test]
fn progress_is_what_is_not_open_any_more() {
    let table = rows(
        "
        paid     | today      | due_now  | remaining | next | states
        0.00     | 2026-03-05 | 250.00   | 1,050.00  | 0    | due upcoming upcoming upcoming
        0.00     | 2026-03-06 | 250.00   | 1,050.00  | 0    | overdue upcoming upcoming upcoming
        100.00   | 2026-03-05 | 150.00   | 950.00    | 0    | partial upcoming upcoming upcoming
        250.00   | 2026-03-31 | 0.00     | 800.00    | 1    | paid upcoming upcoming upcoming
        250.00   | 2026-04-01 | 266.67   | 800.00    | 1    | paid due upcoming upcoming
        250.01   | 2026-03-20 | 0.00     | 799.99    | 1    | paid partial upcoming upcoming
        300.00   | 2026-04-01 | 216.67   | 750.00    | 1    | paid partial upcoming upcoming
        300.00   | 2026-04-02 | 216.67   | 750.00    | 1    | paid overdue upcoming upcoming
        250.00   | 2026-05-01 | 533.34   | 800.00    | 1    | paid overdue due upcoming
        783.34   | 2026-05-01 | 0.00     | 266.66    | 3    | paid paid paid upcoming
        1,020.00 | 2026-05-02 | 0.00     | 30.00     | 3    | paid paid paid partial
        1,020.00 | 2026-07-02 | 30.00    | 30.00     | 3    | paid paid paid overdue
        1,050.00 | 2026-03-05 | 0.00     | 0.00      | ·    | paid paid paid paid
        ",
    );
    let plan = plan(EarlySettlement::Full);
    for row in table {
        let found = standing(&row, &plan);
        row.expect("due_now", plain(found.due_now));
        row.expect("remaining", plain(found.remaining));
        row.expect("states", states(&found));
        row.expect("next", found.next.map_or("\u{a0}".to_owned(), |next| next.number.to_string()));
    }
}

#[test]
fn the_next_several_or_all_instalments_can_be_paid() {
    let table = rows(
        "
        paid     | count | amount
        0.00     | 1     | 250.00
        0.00     | 2     | 516.67
        0.00     | 4     | 1,050.00
        0.00     | 5     | instalment_count_out_of_range
        0.00     | 0     | instalment_count_out_of_range
        300.00   | 1     | 216.67
        300.00   | 3     | 750.00
        300.00   | 4     | instalment_count_out_of_range
        1,050.00 | 1     | nothing_to_pay
        ",
    );
    let plan = plan(EarlySettlement::Full);
    for row in table {
        let found = amount_of(&plan, &left(&plan, mxn(row.get("paid"))), date("2026-03-20"), row.number("count"));
        row.expect("amount", answer(found, plain));
    }
}

#[test]
fn paying_the_rest_early_gives_the_unearned_charge_back() {
    let table = rows(
        "
        early  | paid     | today      | pay      | rebate
        full   | 250.00   | 2026-03-20 | 800.00   | 0.00
        rebate | 0.00     | 2026-03-05 | 1,000.00 | 50.00
        rebate | 250.00   | 2026-03-20 | 750.00   | 50.00
        rebate | 250.00   | 2026-04-01 | 766.67   | 33.33
        rebate | 300.00   | 2026-03-20 | 716.67   | 33.33
        rebate | 516.67   | 2026-04-20 | 500.00   | 33.33
        rebate | 783.34   | 2026-05-20 | 250.00   | 16.66
        rebate | 783.34   | 2026-06-01 | 266.66   | 0.00
        rebate | 1,040.00 | 2026-05-20 | 10.00    | 0.00
        rebate | 1,050.00 | 2026-05-20 | nothing_to_pay | ·
        ",
    );
    for row in table {
        let early = if row.get("early") == "full" { EarlySettlement::Full } else { EarlySettlement::RebateUnearned };
        let plan = plan(early);
        let open = left(&plan, mxn(row.get("paid")));
        let found = settle_early(&plan, &open, date(row.get("today")));
        row.expect("pay", answer(found.clone(), |early| plain(early.pay)));
        if let Ok(found) = found {
            row.expect("rebate", plain(found.rebate));
            assert_eq!(found.pay.plus(found.rebate).unwrap(), found.full);
            assert_eq!(found.charge_item.is_some(), found.rebate.is_positive());
            assert!(found.charge_item.is_none_or(|item| item == charge_id()), "{:?}", found.charge_item.map(name_of));
        }
    }
}

#[test]
fn money_that_goes_back_opens_its_instalment_again() {
    let plan = plan(EarlySettlement::Full);
    let today = date("2026-04-02");
    let before = progress(&plan, &left(&plan, mxn("516.67")), today).unwrap();
    assert_eq!(states(&before), "paid paid upcoming upcoming");
    let after = progress(&plan, &left(&plan, mxn("250.00")), today).unwrap();
    assert_eq!(states(&after), "paid overdue upcoming upcoming");
}

#[test]
fn a_raised_item_is_asked_with_the_last_instalment() {
    let plan = plan(EarlySettlement::Full);
    let mut open = left(&plan, mxn("0.00"));
    open[0].outstanding = mxn("1,100.00");
    let found = progress(&plan, &open, date("2026-03-05")).unwrap();
    assert_eq!(plain(found.remaining), "1,150.00");
    assert_eq!(plain(found.instalments.last().unwrap().amount), "366.66");
}

#[test]
fn other_items_and_plans_that_are_not_active_ask_nothing() {
    let items: Vec<OpenItem> = vec![item("F-1", date("2026-01-15"), mxn("1,000.00"))];
    let waiting = proposed(&template(), &items, choice("2 from 2026-03-05"), date("2026-03-05"));
    let found = progress(&waiting, &items, date("2026-03-05")).unwrap();
    assert_eq!((plain(found.due_now), plain(found.paid)), ("0.00".to_owned(), "0.00".to_owned()));
    assert_eq!(answer(amount_of(&waiting, &items, date("2026-03-05"), 1), plain), "plan_not_open");
    let plan = plan(EarlySettlement::Full);
    let mut open = left(&plan, mxn("250.00"));
    open.push(item("F-9", date("2026-01-15"), mxn("77.00")));
    assert_eq!(plain(progress(&plan, &open, date("2026-03-20")).unwrap().remaining), "800.00");
}
