//! The ladder day by day. Every day at 10:00 the question is asked; what is sent is remembered.

use crate::reminder::{ask, one_invoice, shown};
use crate::table::rows;
use crate::things::{date, item, items, mxn, snapshot, wall, zone};
use saldo_domain::calendar::plus_days;
use saldo_domain::snapshot::DebtorSnapshot;

/// Asks on every day of every row and compares with the row's answer.
fn follow(snapshot: &mut DebtorSnapshot, table: &'static str) {
    let home = zone("America/Mexico_City");
    for row in rows(table) {
        let (mut day, last) = (date(row.get("from")), date(row.get("to")));
        while day <= last {
            let decision = ask(snapshot, wall(&format!("{day} 10:00"), &home));
            row.expect("answer", shown(&decision, &home));
            day = plus_days(day, 1).unwrap();
        }
    }
}

/// Due on Thursday, 12 March; the 15th and the 22nd are Sundays, the 16th is a holiday.
#[test]
fn one_invoice_climbs_the_standard_ladder() {
    follow(
        &mut one_invoice(),
        "
        from       | to         | answer
        2026-02-20 | 2026-03-04 | wait until 2026-03-05 09:00: not_yet_due
        2026-03-05 | 2026-03-05 | send 2026-03-12-7: F-1
        2026-03-06 | 2026-03-11 | wait until 2026-03-12 09:00: not_yet_due
        2026-03-12 | 2026-03-12 | send 2026-03-12+0: F-1
        2026-03-13 | 2026-03-14 | wait until 2026-03-17 09:00: not_yet_due
        2026-03-15 | 2026-03-15 | wait until 2026-03-17 09:00: outside_hours
        2026-03-16 | 2026-03-16 | wait until 2026-03-17 09:00: holiday
        2026-03-17 | 2026-03-17 | send 2026-03-12+3: F-1
        2026-03-18 | 2026-03-21 | wait until 2026-03-23 09:00: not_yet_due
        2026-03-22 | 2026-03-22 | wait until 2026-03-23 09:00: outside_hours
        2026-03-23 | 2026-03-23 | send 2026-03-12+10: F-1
        2026-03-24 | 2026-03-31 | wait until 2026-04-01 09:00: not_yet_due
        2026-04-01 | 2026-04-01 | send 2026-03-12+20: F-1
        2026-04-02 | 2026-04-10 | wait until 2026-04-11 09:00: not_yet_due
        2026-04-11 | 2026-04-11 | send 2026-03-12+30: F-1
        2026-04-12 | 2026-06-30 | stop: ladder_ended
        ",
    );
}

#[test]
fn ten_days_of_downtime_send_one_message() {
    follow(
        &mut one_invoice(),
        "
        from       | to         | answer
        2026-03-05 | 2026-03-05 | send 2026-03-12-7: F-1
        2026-03-24 | 2026-03-24 | send 2026-03-12+10: F-1
        2026-03-25 | 2026-03-31 | wait until 2026-04-01 09:00: not_yet_due
        2026-06-01 | 2026-06-01 | send 2026-03-12+30: F-1
        2026-06-02 | 2026-06-30 | stop: ladder_ended
        ",
    );
}

#[test]
fn a_late_first_message_does_not_bring_the_next_one_at_once() {
    follow(
        &mut one_invoice(),
        "
        from       | to         | answer
        2026-03-14 | 2026-03-14 | send 2026-03-12+0: F-1
        2026-03-15 | 2026-03-15 | wait until 2026-03-17 09:00: outside_hours
        2026-03-16 | 2026-03-16 | wait until 2026-03-17 09:00: holiday
        2026-03-17 | 2026-03-17 | send 2026-03-12+3: F-1
        ",
    );
}

/// F-1 is due on 2 March, F-2 a week later, F-3 in May.
#[test]
fn several_invoices_share_one_message() {
    let mut snapshot = snapshot(items(&rows(
        "
        number | due        | open
        F-2    | 2026-03-09 | 200.00 MXN
        F-1    | 2026-03-02 | 100.00 MXN
        F-3    | 2026-05-11 | 300.00 MXN
        ",
    )));
    follow(
        &mut snapshot,
        "
        from       | to         | answer
        2026-03-02 | 2026-03-02 | send 2026-03-02+0: F-1 F-2
        2026-03-03 | 2026-03-04 | wait until 2026-03-05 09:00: not_yet_due
        2026-03-05 | 2026-03-05 | send 2026-03-02+3: F-1 F-2
        2026-03-06 | 2026-03-08 | wait until 2026-03-09 09:00: not_yet_due
        2026-03-09 | 2026-03-09 | send 2026-03-09+0: F-1 F-2
        2026-03-10 | 2026-03-11 | wait until 2026-03-12 09:00: not_yet_due
        2026-03-12 | 2026-03-12 | send 2026-03-02+10: F-1 F-2
        2026-03-13 | 2026-03-18 | wait until 2026-03-19 09:00: not_yet_due
        2026-03-19 | 2026-03-19 | send 2026-03-09+10: F-1 F-2
        2026-03-20 | 2026-03-21 | wait until 2026-03-23 09:00: not_yet_due
        2026-03-22 | 2026-03-22 | wait until 2026-03-23 09:00: outside_hours
        2026-03-23 | 2026-03-23 | send 2026-03-02+20: F-1 F-2
        ",
    );
    snapshot.accounts[0].items.retain(|item| item.number == "F-3");
    follow(
        &mut snapshot,
        "
        from       | to         | answer
        2026-03-24 | 2026-05-03 | wait until 2026-05-04 09:00: not_yet_due
        2026-05-04 | 2026-05-04 | send 2026-05-11-7: F-3
        ",
    );
}

#[test]
fn a_part_payment_keeps_the_ladder_and_a_paid_invoice_leaves_it() {
    let mut snapshot = one_invoice();
    follow(
        &mut snapshot,
        "
        from       | to         | answer
        2026-03-12 | 2026-03-12 | send 2026-03-12+0: F-1
        ",
    );
    snapshot.accounts[0].items[0].outstanding = mxn("0.01");
    follow(
        &mut snapshot,
        "
        from       | to         | answer
        2026-03-17 | 2026-03-17 | send 2026-03-12+3: F-1
        ",
    );
    snapshot.accounts[0].items.clear();
    follow(
        &mut snapshot,
        "
        from       | to         | answer
        2026-03-18 | 2026-04-30 | stop: paid
        ",
    );
}

#[test]
fn an_invoice_that_opens_again_after_a_refund_is_told_of_once() {
    let mut snapshot = one_invoice();
    let item = snapshot.accounts[0].items.clone();
    follow(
        &mut snapshot,
        "
        from       | to         | answer
        2026-03-17 | 2026-03-17 | send 2026-03-12+3: F-1
        ",
    );
    snapshot.accounts[0].items.clear();
    follow(
        &mut snapshot,
        "
        from       | to         | answer
        2026-03-20 | 2026-03-24 | stop: paid
        ",
    );
    snapshot.accounts[0].items = item;
    follow(
        &mut snapshot,
        "
        from       | to         | answer
        2026-03-25 | 2026-03-25 | send 2026-03-12+10: F-1
        2026-03-26 | 2026-03-31 | wait until 2026-04-01 09:00: not_yet_due
        ",
    );
}

#[test]
fn a_step_that_may_not_have_arrived_is_said_again_when_asked_for_and_counts_all_the_same() {
    use crate::reminder::sent_step;
    use crate::things::MAIL;
    use saldo_domain::reminder::{ContactOutcome, DunningStep, again};
    let home = zone("America/Mexico_City");
    let step = DunningStep { offset: 10, due_on: date("2026-03-12") };
    let mut begun = one_invoice();
    ask(&mut begun, wall("2026-03-23 10:00", &home));
    let look = |snapshot: &DebtorSnapshot, at: &str, channels: &[saldo_domain::reminder::Channel]| {
        shown(&again(snapshot, channels, step, wall(at, &home)).unwrap(), &home)
    };
    assert_eq!(look(&begun, "2026-03-23 12:00", &MAIL), "wait until 2026-03-24 09:00: daily_cap");
    assert_eq!(look(&begun, "2026-03-25 10:00", &MAIL), "send 2026-03-12+10: F-1");
    assert_eq!(look(&begun, "2026-03-25 22:30", &MAIL), "wait until 2026-03-26 09:00: outside_hours");
    assert_eq!(look(&begun, "2026-04-01 10:00", &MAIL), "send 2026-03-12+20: F-1", "another step has come");
    let mut paid = begun.clone();
    paid.accounts[0].items.clear();
    assert_eq!(look(&paid, "2026-03-25 10:00", &MAIL), "stop: paid");
    let mut refused = begun.clone();
    refused.contacts[0].outcome = ContactOutcome::Refused;
    assert_eq!(look(&refused, "2026-03-23 12:00", &MAIL), "send 2026-03-12+10: F-1", "it never left");
    let mut later = begun;
    later.contacts.push(sent_step("2026-03-26 10:00", 20));
    assert_eq!(
        look(&later, "2026-03-27 10:00", &MAIL),
        "wait until 2026-04-01 09:00: not_yet_due",
        "it was named since"
    );
}

#[test]
fn a_step_that_every_channel_refused_does_not_hold_other_claims_back() {
    use saldo_domain::reminder::ContactOutcome;
    let home = zone("America/Mexico_City");
    let mut old_and_new =
        snapshot(vec![item("F-1", date("2026-02-25"), mxn("100.00")), item("F-2", date("2026-03-26"), mxn("100.00"))]);
    ask(&mut old_and_new, wall("2026-03-27 10:00", &home));
    old_and_new.contacts[0].outcome = ContactOutcome::Refused;
    follow(
        &mut old_and_new,
        "
        from       | to         | answer
        2026-03-28 | 2026-03-28 | send 2026-03-26+0: F-1 F-2
        2026-03-30 | 2026-03-30 | send 2026-03-26+3: F-1 F-2
        2026-03-31 | 2026-04-04 | wait until 2026-04-06 09:00: not_yet_due
        2026-04-06 | 2026-04-06 | send 2026-03-26+10: F-1 F-2
        ",
    );
}
