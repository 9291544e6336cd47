//! When a saved method pays the instalments of a plan.

use crate::plan_things::{active, choice, left, template};
use crate::table::rows;
use crate::things::{date, item, mxn, on_wall, plain, wall, zone};
use saldo_domain::autopay::{AutopayStep, AutopayTry, TryState, next_step};
use saldo_domain::calendar::Zone;
use saldo_domain::plan::{AutopayRule, PaymentPlan, PlanTemplate};

/// 1,000.00 in three months from 1 April: 333.34, 333.33, 333.33.
fn plan() -> PaymentPlan {
    let template = PlanTemplate { autopay: AutopayRule::Required, grace_days: 30, ..template() };
    let items = [item("F-1", date("2026-01-15"), mxn("1,000.00"))];
    active(&template, &items, choice("3 from 2026-04-01"), date("2026-03-05"))
}

/// `1.2 failed` is the second try of the first instalment; `told` behind it, that the debtor knows.
fn tries(words: &[&str]) -> Vec<AutopayTry> {
    let mut tries: Vec<AutopayTry> = Vec::new();
    for word in words {
        if let Some((instalment, number)) = word.split_once('.') {
            let (instalment, try_number) = (instalment.parse().unwrap(), number.parse().unwrap());
            tries.push(AutopayTry { instalment, try_number, state: TryState::Announced, told: false });
            continue;
        }
        let Some(last) = tries.last_mut() else { continue };
        match *word {
            "announced" => {}
            "open" => last.state = TryState::UnderWay,
            "taken" => last.state = TryState::Captured,
            "failed" => last.state = TryState::Failed,
            "proof" => last.state = TryState::AuthenticationNeeded,
            "told" => last.told = true,
            other => panic!("no such word: {other}"),
        }
    }
    tries
}

fn shown(step: AutopayStep, zone: &Zone) -> String {
    match step {
        AutopayStep::Announce { instalment, take_on, amount } => {
            format!("announce {instalment} for {take_on}: {}", plain(amount))
        }
        AutopayStep::Take { instalment, try_number, amount } => {
            format!("take {instalment}.{try_number}: {}", plain(amount))
        }
        AutopayStep::Tell { instalment, try_number, authentication: true } => {
            format!("tell {instalment}.{try_number}: proof")
        }
        AutopayStep::Tell { instalment, try_number, authentication: false } => {
            format!("tell {instalment}.{try_number}: given up")
        }
        AutopayStep::Wait { until } => format!("wait until {}", on_wall(until, zone)),
        AutopayStep::Stop => "stop".to_owned(),
    }
}

#[test]
fn each_instalment_is_announced_taken_and_tried_again_by_its_days() {
    let table = rows(
        "
        now              | paid     | tries                                        | step
        2026-03-05 12:00 | 0.00     | none                                         | wait until 2026-03-29 09:00
        2026-03-29 08:59 | 0.00     | none                                         | wait until 2026-03-29 09:00
        2026-03-29 09:00 | 0.00     | none                                         | announce 1 for 2026-04-01: 333.34
        2026-03-29 09:00 | 100.00   | none                                         | announce 1 for 2026-04-01: 233.34
        2026-03-29 09:00 | 333.34   | none                                         | wait until 2026-04-28 09:00
        2026-03-29 09:01 | 0.00     | 1.1 announced                                | wait until 2026-04-01 09:00
        2026-04-01 08:59 | 0.00     | 1.1 announced                                | wait until 2026-04-01 09:00
        2026-04-01 09:00 | 0.00     | 1.1 announced                                | take 1.1: 333.34
        2026-04-01 09:00 | 200.00   | 1.1 announced                                | take 1.1: 133.34
        2026-04-01 09:00 | 333.34   | 1.1 announced                                | wait until 2026-04-28 09:00
        2026-04-01 09:00 | 0.00     | 1.1 open                                     | wait until 2026-04-01 09:10
        2026-04-01 09:00 | 333.34   | 1.1 taken                                    | wait until 2026-04-28 09:00
        2026-04-01 09:00 | 0.00     | 1.1 failed                                   | wait until 2026-04-02 09:00
        2026-04-02 09:00 | 0.00     | 1.1 failed                                   | take 1.2: 333.34
        2026-04-02 09:00 | 0.00     | 1.1 failed 1.2 failed                        | wait until 2026-04-03 09:00
        2026-04-03 09:00 | 0.00     | 1.1 failed 1.2 failed                        | take 1.3: 333.34
        2026-04-03 09:00 | 0.00     | 1.1 failed 1.2 failed 1.3 failed             | wait until 2026-04-05 09:00
        2026-04-05 09:00 | 0.00     | 1.1 failed 1.2 failed 1.3 failed             | take 1.4: 333.34
        2026-04-05 09:00 | 0.00     | 1.1 failed 1.2 failed 1.3 failed 1.4 failed  | tell 1.4: given up
        2026-04-05 09:00 | 0.00     | 1.1 failed 1.2 failed 1.3 failed 1.4 failed told | wait until 2026-04-28 09:00
        2026-04-01 09:00 | 0.00     | 1.1 proof                                    | tell 1.1: proof
        2026-04-09 09:00 | 0.00     | 1.1 proof told                               | wait until 2026-04-28 09:00
        2026-04-28 09:00 | 0.00     | 1.1 proof told                               | announce 2 for 2026-05-01: 666.67
        2026-05-01 09:00 | 0.00     | 1.1 proof told 2.1 announced                 | take 2.1: 666.67
        2026-05-01 09:00 | 0.00     | 1.1 taken 2.1 announced                      | take 2.1: 666.67
        2026-06-01 09:00 | 1,000.00 | 1.1 taken 2.1 taken 3.1 taken                | stop
        2026-06-09 09:00 | 666.67   | 1.1 taken 2.1 taken 3.1 taken                | stop
        ",
    );
    let zone = zone("America/Mexico_City");
    let plan = plan();
    for row in table {
        let open = left(&plan, mxn(row.get("paid")));
        let words: Vec<&str> = row.words("tries").into_iter().filter(|word| *word != "none").collect();
        let found = next_step(&plan, &open, &tries(&words), &zone, wall(row.get("now"), &zone)).unwrap();
        row.expect("step", shown(found, &zone));
    }
}

#[test]
fn a_plan_without_autopay_or_one_that_ended_asks_nothing() {
    let zone = zone("America/Mexico_City");
    let now = wall("2026-04-01 09:00", &zone);
    let mut without = plan();
    without.terms.autopay = false;
    let open = left(&without, mxn("0.00"));
    assert_eq!(next_step(&without, &open, &[], &zone, now), Ok(AutopayStep::Stop));
    let (by, reason) = (crate::plan_things::finance(), mxn("0.00"));
    let ended = plan().cancel(by, None, reason, now).unwrap().executed().unwrap();
    assert_eq!(next_step(&ended, &open, &[], &zone, now), Ok(AutopayStep::Stop));
}
