//! The reminder decision: who is left alone, and why.

use crate::attempt::attempt;
use crate::table::{Row, rows};
use crate::things::{
    MAIL, account, answer, date, id, item, money, mxn, name_of, on_wall, opted_out, snapshot, utc, wall, zone,
};
use saldo_domain::calendar::{Date, Timestamp, Zone};
use saldo_domain::ids::InvoiceId;
use saldo_domain::reminder::{Channel, Contact, ContactOutcome, Decision, DunningStep, Hold, StopReason, decide};
use saldo_domain::snapshot::DebtorSnapshot;

/// Writes a decision as `send 2026-03-12+3: F-1`, `wait until 2026-03-17 09:00: outside_hours`, `stop: paid`.
pub fn shown(decision: &Decision, zone: &Zone) -> String {
    match decision {
        Decision::Send { step, items, .. } => {
            let names: Vec<String> = items.iter().map(|id| name_of(*id)).collect();
            format!("send {}: {}", step.key(), names.join(" "))
        }
        Decision::Wait { until, why } => format!("wait until {}: {}", on_wall(*until, zone), why.as_str()),
        Decision::Stop { why } => format!("stop: {}", why.as_str()),
    }
}

/// Asks, and writes down the message where one is sent.
pub fn ask(snapshot: &mut DebtorSnapshot, now: Timestamp) -> Decision {
    let decision = decide(snapshot, &MAIL, now).unwrap();
    if let Decision::Send { step, items, channel, .. } = &decision {
        let (channel, step, invoice_ids) = (*channel, *step, items.clone());
        let outcome = ContactOutcome::Left;
        snapshot.contacts.push(Contact { handed_off_at: now, channel, step, invoice_ids, outcome });
    }
    decision
}

/// One invoice of 100.00 pesos, due on Thursday, 12 March 2026.
pub fn one_invoice() -> DebtorSnapshot {
    snapshot(vec![item("F-1", date("2026-03-12"), mxn("100.00"))])
}

fn sent(on: &str, offset: i32, names: &[&str]) -> Contact {
    let invoice_ids = names.iter().map(|name| id::<InvoiceId>(name)).collect();
    let step = DunningStep { offset, due_on: date("2026-03-12") };
    let handed_off_at = wall(on, &zone("America/Mexico_City"));
    Contact { handed_off_at, channel: Channel::Email, step, invoice_ids, outcome: ContactOutcome::Left }
}

/// A message of the step so many days after the due date of [`one_invoice`].
pub fn sent_step(on: &str, offset: i32) -> Contact {
    sent(on, offset, &["F-1"])
}

fn case(name: &str) -> DebtorSnapshot {
    let mut it = one_invoice();
    let second = |due: &str| item("F-2", date(due), mxn("50.00"));
    match name {
        "due today" => {}
        "paid" => it.accounts[0].items.clear(),
        "opted out" => it.consents.push(opted_out()),
        "no address" => it.debtor.email = None,
        "contested" => it.accounts[0].items[0].disputed = true,
        "one of two contested" => {
            it.accounts[0].items[0].disputed = true;
            it.accounts[0].items.push(second("2026-03-12"));
        }
        "payment under way" => it.open_attempts.push(attempt("created")),
        "bank has not answered" => it.open_attempts.push(attempt("pending")),
        "opted out, paid" => {
            it.accounts[0].items.clear();
            it.consents.push(opted_out());
        }
        "credit covers it" => it.accounts[0].unapplied = mxn("100.00"),
        "credit covers part" => it.accounts[0].unapplied = mxn("99.99"),
        "more than can be summed" => {
            it.accounts[0].items.push(second("2026-03-12"));
            it.accounts[0].items[0].outstanding = mxn("92,233,720,368,547,758.07");
        }
        "dollars open, pesos covered" => {
            it.accounts[0].unapplied = mxn("100.00");
            let mut dollars = account(vec![item("U-1", date("2026-03-12"), money("7.00 USD"))]);
            dollars.id = id("dollars");
            it.accounts.push(dollars);
        }
        "told this morning" => it.contacts.push(sent("2026-03-12 09:05", 0, &["F-1"])),
        "told of another today" => it.contacts.push(sent("2026-03-12 09:05", 3, &["F-9"])),
        "told yesterday" => it.contacts.push(sent("2026-03-11 17:00", -7, &["F-1"])),
        "new item on a told step" => {
            it.contacts.push(sent("2026-03-12 09:05", 0, &["F-1"]));
            it.accounts[0].items.push(second("2026-03-12"));
        }
        "due never" => it.accounts[0].items[0].due_on = Date::MAX,
        "one due never" => it.accounts[0].items.push(second("9999-12-31")),
        "not on the ladder yet" => it.accounts[0].items.push(second("2026-03-20")),
        "on the ladder" => it.accounts[0].items.push(second("2026-03-19")),
        other => panic!("no case {other}"),
    }
    it
}

#[test]
fn each_reason_to_speak_or_to_stay_silent_has_its_case() {
    let table = rows(
        "
        case                        | asked            | answer
        due today                   | 2026-03-12 09:00 | send 2026-03-12+0: F-1
        paid                        | 2026-03-12 09:00 | stop: paid
        opted out                   | 2026-03-12 09:00 | stop: opted_out
        opted out, paid             | 2026-03-12 09:00 | stop: paid
        no address                  | 2026-03-12 09:00 | stop: no_address
        contested                   | 2026-03-12 09:00 | stop: disputed
        one of two contested        | 2026-03-12 09:00 | send 2026-03-12+0: F-2
        payment under way           | 2026-03-12 09:00 | wait until 2026-03-12 10:00: pending_payment
        bank has not answered       | 2026-03-12 09:00 | wait until 2026-03-12 10:00: pending_payment
        credit covers it            | 2026-03-12 09:00 | stop: paid
        credit covers part          | 2026-03-12 09:00 | send 2026-03-12+0: F-1
        dollars open, pesos covered | 2026-03-12 09:00 | send 2026-03-12+0: U-1
        more than can be summed     | 2026-03-12 09:00 | send 2026-03-12+0: F-1 F-2
        told this morning           | 2026-03-12 10:00 | wait until 2026-03-17 09:00: not_yet_due
        told of another today       | 2026-03-12 10:00 | wait until 2026-03-13 09:00: daily_cap
        told yesterday              | 2026-03-12 10:00 | send 2026-03-12+0: F-1
        new item on a told step     | 2026-03-13 10:00 | wait until 2026-03-17 09:00: not_yet_due
        not on the ladder yet       | 2026-03-12 10:00 | send 2026-03-12+0: F-1
        on the ladder               | 2026-03-12 10:00 | send 2026-03-12+0: F-1 F-2
        due never                   | 2026-03-12 10:00 | wait until 9999-12-24 09:00: not_yet_due
        one due never               | 2026-03-12 10:00 | send 2026-03-12+0: F-1
        due today                   | 2026-03-12 00:00 | wait until 2026-03-12 09:00: outside_hours
        due today                   | 2026-03-12 08:59 | wait until 2026-03-12 09:00: outside_hours
        due today                   | 2026-03-12 17:59 | send 2026-03-12+0: F-1
        due today                   | 2026-03-12 18:00 | wait until 2026-03-13 09:00: outside_hours
        due today                   | 2026-03-14 20:00 | wait until 2026-03-17 09:00: outside_hours
        due today                   | 2026-03-15 08:00 | wait until 2026-03-17 09:00: outside_hours
        due today                   | 2026-03-15 12:00 | wait until 2026-03-17 09:00: outside_hours
        ",
    );
    let home = zone("America/Mexico_City");
    for row in table {
        let decision = decide(&case(row.get("case")), &MAIL, wall(row.get("asked"), &home));
        row.expect("answer", answer(decision, |decision| shown(&decision, &home)));
    }
}

/// The business is in Mexico City; its debtor may live elsewhere.
fn living_in(name: &str) -> DebtorSnapshot {
    let mut it = one_invoice();
    it.debtor.zone = Some(zone(name));
    it
}

fn expect_on_wall(row: &Row, snapshot: &DebtorSnapshot) {
    let there = snapshot.debtor.zone(&snapshot.creditor);
    row.expect("on the debtor's wall", on_wall(utc(row.get("asked")), there));
    row.expect("answer", shown(&decide(snapshot, &MAIL, utc(row.get("asked"))).unwrap(), there));
}

#[test]
fn hours_and_days_are_those_on_the_debtors_wall() {
    let table = rows(
        "
        debtor lives in     | asked                | on the debtor's wall | answer
        America/Los_Angeles | 2026-03-12T15:00:00Z | 2026-03-12 08:00     | wait until 2026-03-12 09:00: outside_hours
        America/Los_Angeles | 2026-03-12T16:00:00Z | 2026-03-12 09:00     | send 2026-03-12+0: F-1
        America/Los_Angeles | 2026-03-13T00:59:00Z | 2026-03-12 17:59     | send 2026-03-12+0: F-1
        Europe/Madrid       | 2026-03-12T15:00:00Z | 2026-03-12 16:00     | send 2026-03-12+0: F-1
        Europe/Madrid       | 2026-03-12T17:00:00Z | 2026-03-12 18:00     | wait until 2026-03-13 09:00: outside_hours
        Pacific/Kiritimati  | 2026-03-11T19:00:00Z | 2026-03-12 09:00     | send 2026-03-12+0: F-1
        Pacific/Kiritimati  | 2026-03-14T15:00:00Z | 2026-03-15 05:00     | wait until 2026-03-17 09:00: outside_hours
        Pacific/Pago_Pago   | 2026-03-16T05:00:00Z | 2026-03-15 18:00     | wait until 2026-03-17 09:00: outside_hours
        America/Santiago    | 2026-03-12T12:00:00Z | 2026-03-12 09:00     | send 2026-03-12+0: F-1
        ",
    );
    for row in table {
        expect_on_wall(&row, &living_in(row.get("debtor lives in")));
    }
}

#[test]
fn hours_keep_to_the_wall_over_a_clock_change() {
    let table = rows(
        "
        asked                | on the debtor's wall | answer
        2026-03-07T23:00:00Z | 2026-03-07 18:00     | wait until 2026-03-09 09:00: outside_hours
        2026-03-09T12:59:00Z | 2026-03-09 08:59     | wait until 2026-03-09 09:00: outside_hours
        2026-03-09T13:00:00Z | 2026-03-09 09:00     | send 2026-03-12-7: F-1
        ",
    );
    for row in table {
        expect_on_wall(&row, &living_in("America/New_York"));
    }
}

#[test]
fn a_payment_between_planning_and_handing_over_keeps_the_message_back() {
    let at = wall("2026-03-12 10:00", &zone("America/Mexico_City"));
    let planned = decide(&one_invoice(), &MAIL, at).unwrap();
    assert!(matches!(planned, Decision::Send { .. }));
    assert_eq!(decide(&case("paid"), &MAIL, at), Ok(Decision::Stop { why: StopReason::Paid }));
    let held = decide(&case("payment under way"), &MAIL, at).unwrap();
    assert!(matches!(held, Decision::Wait { why: Hold::PendingPayment, .. }));
}

#[test]
fn a_step_has_one_key_and_one_day() {
    let table = rows(
        "
        due        | days | key            | reached
        2026-03-12 | -7   | 2026-03-12-7   | 2026-03-05
        2026-03-12 | 0    | 2026-03-12+0   | 2026-03-12
        2026-03-12 | 30   | 2026-03-12+30  | 2026-04-11
        9999-12-31 | 1    | 9999-12-31+1   | date_out_of_range
        ",
    );
    for row in table {
        let step = DunningStep { offset: row.number("days"), due_on: date(row.get("due")) };
        row.expect("key", step.key());
        row.expect("reached", answer(step.reached_on(), |on| on.to_string()));
    }
}
