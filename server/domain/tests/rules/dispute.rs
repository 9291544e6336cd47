//! Disputes: who may open one, and how it ends.

use crate::table::rows;
use crate::things::{account_id, answer, date, id, mxn, utc};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::dispute::{Dispute, DisputeOutcome, DisputeReason, MESSAGE_MAX, NewDispute, open};
use saldo_domain::invoice::{Invoice, InvoiceStatus};
use saldo_domain::outcome::Outcome;

fn now() -> Timestamp {
    utc("2026-03-10T18:00:00Z")
}

fn debtor() -> Actor {
    Actor::Debtor { id: id("debtor") }
}

fn finance() -> Actor {
    Actor::Member { id: id("member") }
}

fn invoice() -> Invoice {
    let (from, until) = (date("2026-02-01"), date("2026-03-01"));
    Invoice::try_new(id("F-1"), account_id(), "F-1".to_owned(), from, until, mxn("100.00")).unwrap()
}

fn new(name: &str, message: &str) -> NewDispute {
    let (reason, message) = (DisputeReason::WrongAmount, message.to_owned());
    NewDispute { id: id(name), reason, message, at: now(), by: debtor() }
}

fn opened() -> Dispute {
    open(&invoice(), new("d1", "It should be 80."), None).unwrap().executed().unwrap()
}

fn shown(found: Result<Outcome<Dispute>, Refusal>) -> String {
    answer(found, |outcome| match outcome {
        Outcome::Executed(dispute) => dispute.state.name().to_owned(),
        Outcome::AlreadyApplied => "done".to_owned(),
    })
}

#[test]
fn an_open_invoice_has_one_open_dispute_with_a_message_that_can_be_kept() {
    let table = rows(
        "
        name | message             | invoice | open | answer
        d2   | It should be 80.    | open    | -    | open
        d1   | It should be 80.    | open    | d1   | done
        d2   | It should be 80.    | open    | d1   | dispute_open
        d2   |                     | open    | -    | text_length
        d2   | It should be 80.    | paid    | -    | invoice_not_open
        d2   | It should be 80.    | void    | -    | invoice_not_open
        d2   | 4242 4242 4242 4242 | open    | -    | card_number_in_text
        ",
    );
    for row in table {
        let status = match row.get("invoice") {
            "paid" => InvoiceStatus::Paid { paid_on: date("2026-03-01") },
            "void" => InvoiceStatus::Void { voided_on: date("2026-03-01") },
            _ => invoice().status,
        };
        let known = (row.get("open") == "d1").then(opened);
        let found = open(&Invoice { status, ..invoice() }, new(row.get("name"), row.get("message")), known.as_ref());
        row.expect("answer", shown(found));
    }
}

#[test]
fn a_message_has_up_to_two_thousand_characters_in_lines() {
    let long = "ñ".repeat(MESSAGE_MAX);
    assert!(open(&invoice(), new("d", &long), None).is_ok());
    let code = |message: &str| shown(open(&invoice(), new("d", message), None));
    assert_eq!(code(&format!("{long}ñ")), "text_length");
    assert_eq!(code("one line\r\nanother\tline"), "open");
    assert_eq!(code("a bell \u{7}"), "text_length");
}

#[test]
fn a_dispute_ends_once() {
    let table = rows(
        "
        state     | uphold       | reject       | withdraw
        open      | resolved     | resolved     | withdrawn
        upheld    | done         | claim_closed | claim_closed
        rejected  | claim_closed | done         | claim_closed
        withdrawn | claim_closed | claim_closed | done
        ",
    );
    for row in table {
        let resolve = |dispute: Dispute, outcome| dispute.resolve(outcome, "Looked at.", now(), finance());
        let ended = |found: Result<Outcome<Dispute>, Refusal>| found.unwrap().executed().unwrap();
        let dispute = match row.get("state") {
            "upheld" => ended(resolve(opened(), DisputeOutcome::Upheld)),
            "rejected" => ended(resolve(opened(), DisputeOutcome::Rejected)),
            "withdrawn" => ended(opened().withdraw(now(), debtor())),
            _ => opened(),
        };
        row.expect("uphold", shown(resolve(dispute.clone(), DisputeOutcome::Upheld)));
        row.expect("reject", shown(resolve(dispute.clone(), DisputeOutcome::Rejected)));
        row.expect("withdraw", shown(dispute.withdraw(now(), debtor())));
    }
}

#[test]
fn whoever_decides_says_why() {
    let found = opened().resolve(DisputeOutcome::Rejected, "  ", now(), finance());
    assert_eq!(shown(found), "text_length");
}

#[test]
fn words_of_reasons_and_outcomes_come_back() {
    for reason in DisputeReason::ALL {
        assert_eq!(DisputeReason::find(reason.name()), Some(reason));
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
    }
    for outcome in [DisputeOutcome::Upheld, DisputeOutcome::Rejected] {
        assert_eq!(DisputeOutcome::find(outcome.name()), Some(outcome));
    }
    assert_eq!(DisputeReason::find("NOT_MINE"), None);
}
