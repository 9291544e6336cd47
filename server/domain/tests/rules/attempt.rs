//! One try at a provider: what each report does to each state.

use crate::table::rows;
use crate::things::{account_id, id, money, mxn, utc};
use saldo_domain::Refusal;
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::attempt::{AttemptOrigin, AttemptState, Observed, PaymentAttempt};
use saldo_domain::calendar::Timestamp;
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::provider::{Capture, CheckoutReport, FailureReason};

fn now() -> Timestamp {
    utc("2026-03-01T15:00:00Z")
}

fn earlier() -> Timestamp {
    utc("2026-03-01T14:00:00Z")
}

fn capture(reference: &str, amount: Money) -> Capture {
    Capture { payment_reference: reference.to_owned(), amount, captured_at: utc("2026-03-01T14:59:00Z") }
}

/// An attempt at 100.00 pesos in a state.
pub fn attempt(state: &str) -> PaymentAttempt {
    let state = match state {
        "created" => AttemptState::Created,
        "pending" => AttemptState::Pending { since: earlier() },
        "requires_action" => AttemptState::RequiresAction { since: earlier() },
        "succeeded" => AttemptState::Succeeded { capture: capture("first", mxn("100.00")) },
        "failed" => AttemptState::Failed { failed_at: earlier(), reason: FailureReason::Declined },
        "canceled" => AttemptState::Canceled { canceled_at: earlier() },
        "expired" => AttemptState::Expired { expired_at: earlier() },
        other => panic!("no state {other}"),
    };
    PaymentAttempt {
        concessions: Vec::new(),
        origin: AttemptOrigin::Debtor,
        id: id("attempt"),
        creditor_id: id("creditor"),
        debtor_id: id("debtor"),
        account_id: account_id(),
        provider: "sandbox".to_owned(),
        amount: mxn("100.00"),
        order: AllocationOrder::OldestDueFirst,
        balance_version: 7,
        created_at: earlier(),
        expires_at: utc("2026-03-01T16:00:00Z"),
        checkout: None,
        state,
    }
}

fn report(name: &str) -> CheckoutReport {
    match name {
        "open" => CheckoutReport::Open,
        "action" => CheckoutReport::RequiresAction,
        "pending" => CheckoutReport::Pending,
        "captured" => CheckoutReport::Captured(capture("first", mxn("100.00"))),
        "2nd capture" => CheckoutReport::Captured(capture("second", mxn("100.00"))),
        "failed" => CheckoutReport::Failed { reason: FailureReason::InsufficientFunds },
        "expired" => CheckoutReport::Expired,
        other => panic!("no report {other}"),
    }
}

/// `done` for a report that changes nothing, else the next state, with `+ money` where money is to be booked.
fn shown(found: Result<Outcome<Observed>, Refusal>) -> String {
    match found {
        Ok(Outcome::AlreadyApplied) => "done".to_owned(),
        Ok(Outcome::Executed(Observed { attempt, capture })) => {
            format!("{}{}", attempt.state.name(), if capture.is_some() { " + money" } else { "" })
        }
        Err(refusal) => refusal.code().to_owned(),
    }
}

const MATRIX: &str = "
    state           | open? | open | action          | pending | captured          | 2nd capture       | failed | expired
    created         | yes   | done | requires_action | pending | succeeded + money | succeeded + money | failed | expired
    pending         | yes   | done | requires_action | done    | succeeded + money | succeeded + money | failed | expired
    requires_action | yes   | done | done            | pending | succeeded + money | succeeded + money | failed | expired
    succeeded       | no    | done | done            | done    | done              | succeeded + money | done   | done
    failed          | no    | done | done            | done    | succeeded + money | succeeded + money | done   | done
    canceled        | no    | done | done            | done    | succeeded + money | succeeded + money | done   | done
    expired         | no    | done | done            | done    | succeeded + money | succeeded + money | done   | done
";

const REPORTS: [&str; 7] = ["open", "action", "pending", "captured", "2nd capture", "failed", "expired"];

#[test]
fn every_report_in_every_state_has_its_answer() {
    for row in rows(MATRIX) {
        let before = attempt(row.get("state"));
        row.expect("state", before.state.name());
        row.expect("open?", if before.state.is_open() { "yes" } else { "no" });
        for name in REPORTS {
            row.expect(name, shown(before.clone().observe(report(name), now())));
        }
    }
}

#[test]
fn money_taken_late_counts_from_every_final_state() {
    for state in ["failed", "canceled", "expired"] {
        let taken = capture("first", mxn("100.00"));
        let found = attempt(state).observe(CheckoutReport::Captured(taken.clone()), now()).unwrap();
        let observed = found.executed().unwrap();
        assert_eq!(observed.capture, Some(taken.clone()), "{state}");
        assert_eq!(observed.attempt.state, AttemptState::Succeeded { capture: taken }, "{state}");
    }
}

#[test]
fn a_second_capture_is_handed_on_and_the_first_stays_the_attempts_own() {
    let second = capture("second", mxn("100.00"));
    let found = attempt("succeeded").observe(CheckoutReport::Captured(second.clone()), now()).unwrap();
    let observed = found.executed().unwrap();
    assert_eq!(observed.capture, Some(second.clone()));
    assert_eq!(observed.attempt, attempt("succeeded"));

    let again = observed.attempt.observe(CheckoutReport::Captured(second.clone()), now()).unwrap();
    assert_eq!(again.executed().unwrap().capture, Some(second), "booked once, by its reference");
}

#[test]
fn any_report_said_twice_changes_nothing_the_second_time() {
    for row in rows(MATRIX) {
        for name in REPORTS.into_iter().filter(|name| *name != "2nd capture") {
            let Ok(Outcome::Executed(first)) = attempt(row.get("state")).observe(report(name), now()) else { continue };
            assert_eq!(first.attempt.observe(report(name), now()), Ok(Outcome::AlreadyApplied), "{name} twice: {row}");
        }
    }
}

#[test]
fn reports_leave_everything_but_the_state_alone() {
    for row in rows(MATRIX) {
        let before = attempt(row.get("state"));
        for name in REPORTS {
            let Ok(Outcome::Executed(observed)) = before.clone().observe(report(name), now()) else { continue };
            let state = before.state.clone();
            assert_eq!(PaymentAttempt { state, ..observed.attempt }, before, "{name}: {row}");
        }
    }
}

#[test]
fn a_capture_of_other_money_than_was_asked_is_refused_in_every_state() {
    let table = rows(
        "
        captured   | answer
        100.00 USD | report_mismatch
        99.99 MXN  | report_mismatch
        100.01 MXN | report_mismatch
        0.00 MXN   | report_mismatch
        -1.00 MXN  | report_mismatch
        100.00 MXN | succeeded + money
        ",
    );
    for state in rows(MATRIX) {
        for row in &table {
            let report = CheckoutReport::Captured(capture("other", money(row.get("captured"))));
            row.expect("answer", shown(attempt(state.get("state")).observe(report, now())));
        }
    }
}

#[test]
fn evidence_is_kept_with_the_state() {
    let after = |name| attempt("created").observe(report(name), now()).unwrap().executed().unwrap().attempt.state;
    assert_eq!(after("pending"), AttemptState::Pending { since: now() });
    assert_eq!(after("action"), AttemptState::RequiresAction { since: now() });
    assert_eq!(after("expired"), AttemptState::Expired { expired_at: now() });
    let reason = FailureReason::InsufficientFunds;
    assert_eq!(after("failed"), AttemptState::Failed { failed_at: now(), reason });
}

#[test]
fn only_an_open_attempt_can_be_given_up() {
    for row in rows(MATRIX) {
        let found = attempt(row.get("state")).cancel(now());
        if row.get("open?") == "yes" {
            assert_eq!(found.executed().unwrap().state, AttemptState::Canceled { canceled_at: now() }, "{row}");
        } else {
            assert_eq!(found, Outcome::AlreadyApplied, "{row}");
        }
    }
}

#[test]
fn failures_have_stable_codes() {
    let codes = [
        (FailureReason::Declined, "declined"),
        (FailureReason::InsufficientFunds, "insufficient_funds"),
        (FailureReason::AuthenticationFailed, "authentication_failed"),
        (FailureReason::DebitReturned, "debit_returned"),
        (FailureReason::Other, "other"),
    ];
    for (reason, code) in codes {
        assert_eq!(reason.code(), code);
    }
}
