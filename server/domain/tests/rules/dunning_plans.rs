//! Ladders over time: several invoices, plans whose instalments are announced or left alone.

use crate::dunning_policy::{shown_at, with_steps};
use crate::reminder::{ask, one_invoice, shown};
use crate::table::rows;
use crate::things::{date, item, mxn, snapshot, wall, zone};
use saldo_domain::calendar::plus_days;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_domain::reminder::Decision;
use saldo_domain::snapshot::DebtorSnapshot;

/// 600.00 since January, agreed on 5 March in three months from the 20th.
fn in_a_plan() -> DebtorSnapshot {
    use crate::plan_things::{active, choice, template};
    let items = [item("F-1", date("2026-01-15"), mxn("600.00"))];
    let plan = active(&template(), &items, choice("3 from 2026-03-20"), date("2026-03-05"));
    let mut it = snapshot(items.to_vec());
    it.plans = vec![plan];
    it
}

#[test]
fn a_plan_in_good_standing_is_left_alone_unless_the_ladder_announces_its_instalments() {
    let table = rows(
        "
        steps             | asked            | answer
        0; 3; i0; i3      | 2026-03-17 10:00 | wait until 2026-03-20 09:00: payment_plan
        0; 3; i0; i3      | 2026-03-20 10:00 | send 2026-03-20+0: F-1
        0; 3; i0; i3      | 2026-03-23 10:00 | send 2026-03-20+3: F-1
        0; 3; i-3; i0     | 2026-03-16 10:00 | wait until 2026-03-17 09:00: payment_plan
        0; 3; i-3; i0     | 2026-03-17 10:00 | send 2026-03-20-3: F-1
        0; 3; i-3; i0     | 2026-03-20 10:00 | send 2026-03-20+0: F-1
        0; 3; i-3         | 2026-03-21 10:00 | stop: ladder_ended
        0; 3              | 2026-03-21 10:00 | stop: ladder_ended
        ",
    );
    for row in table {
        let mut it = in_a_plan();
        with_steps(&mut it, row.get("steps"));
        row.expect("answer", shown_at(&it, row.get("asked")));
    }
    let mut it = in_a_plan();
    with_steps(&mut it, "0; 3; i-3; i0");
    let home = zone("America/Mexico_City");
    ask(&mut it, wall("2026-03-17 10:00", &home));
    assert_eq!(shown_at(&it, "2026-03-18 10:00"), "wait until 2026-03-20 09:00: payment_plan");
}

#[test]
fn paying_the_oldest_of_several_neither_skips_nor_repeats_a_stage() {
    let home = zone("America/Mexico_City");
    let two = || {
        let older = item("F-1", date("2026-03-02"), mxn("100.00"));
        snapshot(vec![older, item("F-2", date("2026-03-09"), mxn("50.00"))])
    };
    let mut it = two();
    // Told of both on the 10th day of the older one, which then is paid.
    let first = ask(&mut it, wall("2026-03-12 10:00", &home));
    assert_eq!(shown(&first, &home), "send 2026-03-02+10: F-1 F-2");
    it.accounts[0].items.remove(0);
    let mut told = Vec::new();
    let mut day = date("2026-03-13");
    while day < date("2026-05-01") {
        if let Decision::Send { step, .. } = ask(&mut it, wall(&format!("{day} 10:00"), &home)) {
            told.push(format!("{day} {}", step.key()));
        }
        day = plus_days(day, 1).unwrap();
    }
    // The third day of F-2 was the 12th, and that message named it: its next stage is the tenth day.
    assert_eq!(told, ["2026-03-19 2026-03-09+10", "2026-03-30 2026-03-09+20", "2026-04-08 2026-03-09+30"]);
}

#[test]
fn an_amount_past_every_sum_is_above_every_minimum() {
    let mut it = one_invoice();
    it.accounts[0].items.push(item("F-2", date("2026-03-12"), Money::new(i64::MAX, Currency::MXN)));
    it.dunning[0].policy.steps.iter_mut().for_each(|step| step.amount_min = Some(mxn("5,000.00")));
    assert_eq!(shown_at(&it, "2026-03-12 10:00"), "send 2026-03-12+0: F-1 F-2");
}
