use crate::plan_things::{acceptance, active, charge_id, choice, finance, herself, left, proposed, template};
use crate::table::rows;
use crate::things::{answer, date, item, mxn, plain, utc};
use saldo_domain::calendar::Date;
use saldo_domain::invoice::OpenItem;
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::{
    Approval, Approved, BreakReason, BreakRule, CancelReason, PaymentPlan, PlanCharge, PlanState, PlanTemplate, review,
};
use saldo_domain::{Refusal, calendar::Timestamp};

fn at() -> Timestamp {
    utc("2026-03-05T15:00:00Z")
}

fn today() -> Date {
    date("2026-03-05")
}

fn invoice() -> Vec<OpenItem> {
    vec![item("F-1", date("2026-01-15"), mxn("1,000.00"))]
}

fn waiting(approval: Approval) -> PaymentPlan {
    let charge = PlanCharge::Fee { amount: mxn("50.00") };
    let template = PlanTemplate { approval, charge, ..template() };
    proposed(&template, &invoice(), choice("4 from 2026-04-01"), today())
}

fn said(result: Result<Outcome<PaymentPlan>, Refusal>) -> String {
    answer(result, |outcome| match outcome {
        Outcome::Executed(plan) => plan.state.name().to_owned(),
        Outcome::AlreadyApplied => "already".to_owned(),
    })
}

fn accept(plan: PaymentPlan, on: Date) -> Result<Outcome<PaymentPlan>, Refusal> {
    plan.accept(acceptance(), mxn("1,000.00"), on, charge_id())
}

fn approve(plan: PaymentPlan, on: Date) -> Result<Outcome<PaymentPlan>, Refusal> {
    plan.approve(Approved { by: finance(), at: at() }, mxn("1,000.00"), on, charge_id())
}

fn done(result: Result<Outcome<PaymentPlan>, Refusal>) -> PaymentPlan {
    result.unwrap().executed().unwrap()
}

#[test]
fn each_command_fits_some_states() {
    let fresh = waiting(Approval::Automatic);
    let accepted = done(accept(waiting(Approval::ByFinance), today()));
    let approved = done(approve(waiting(Approval::ByFinance), today()));
    let live = done(accept(fresh.clone(), today()));
    let ended = done(live.clone().cancel(finance(), None, mxn("0.00"), at()));
    let mut completed = live.clone();
    completed.state = PlanState::Completed { acceptance: acceptance(), approved: None, completed_at: at() };
    let rejected = done(fresh.clone().reject(finance(), Some("no".to_owned()), at()));
    let table = rows(
        "
        plan      | accept        | approve       | reject        | decline       | withdraw
        fresh     | active        | proposed      | canceled      | canceled      | canceled
        accepted  | already       | active        | canceled      | canceled      | canceled
        approved  | active        | already       | canceled      | canceled      | canceled
        live      | already       | already       | plan_not_open | plan_not_open | canceled
        completed | plan_not_open | plan_not_open | plan_not_open | plan_not_open | plan_not_open
        ended     | plan_not_open | plan_not_open | plan_not_open | already       | already
        rejected  | plan_not_open | plan_not_open | already       | already       | already
        ",
    );
    for row in table {
        let plan = match row.get("plan") {
            "fresh" => &fresh,
            "accepted" => &accepted,
            "approved" => &approved,
            "live" => &live,
            "completed" => &completed,
            "ended" => &ended,
            _ => &rejected,
        };
        row.expect("accept", said(accept(plan.clone(), today())));
        row.expect("approve", said(approve(plan.clone(), today())));
        row.expect("reject", said(plan.clone().reject(finance(), None, at())));
        row.expect("decline", said(plan.clone().cancel(herself(), None, mxn("0.00"), at())));
        row.expect("withdraw", said(plan.clone().cancel(finance(), None, mxn("0.00"), at())));
    }
}

#[test]
fn an_active_plan_holds_its_charge_and_keeps_who_agreed() {
    let plan = done(approve(done(accept(waiting(Approval::ByFinance), today())), today()));
    assert_eq!(plan.items.last(), Some(&charge_id()));
    assert_eq!(plan.state.acceptance(), Some(&acceptance()));
    assert_eq!(plan.state.approved().map(|approved| approved.by), Some(finance()));
    let ended = done(plan.cancel(finance(), Some("moved".to_owned()), mxn("10.00"), at()));
    assert_eq!(ended.state.acceptance(), Some(&acceptance()));
    assert!(matches!(ended.state, PlanState::Canceled { reason: CancelReason::Withdrawn, .. }));
    let free = done(accept(proposed(&template(), &invoice(), choice("4 from 2026-04-01"), today()), today()));
    assert_eq!(free.items.len(), 1, "without a charge there is no item for it");
}

#[test]
fn an_agreement_fits_the_amount_and_the_dates_that_were_proposed() {
    let plan = || waiting(Approval::Automatic);
    let other = plan().accept(acceptance(), mxn("900.00"), today(), charge_id());
    assert_eq!(said(other), "plan_amount_changed");
    assert_eq!(said(accept(plan(), date("2026-04-01"))), "active");
    assert_eq!(said(accept(plan(), date("2026-04-02"))), "first_date_out_of_range");
    assert_eq!(said(approve(plan(), date("2026-04-02"))), "first_date_out_of_range");
    let template = PlanTemplate { down_payment_bps: 1_000, ..template() };
    let with_down = proposed(&template, &invoice(), choice("4 from 2026-04-01"), today());
    assert_eq!(said(accept(with_down.clone(), date("2026-04-01"))), "first_date_out_of_range");
    let late = done(accept(with_down, date("2026-03-20")));
    assert_eq!(late.schedule.instalments[0].due_on, date("2026-03-20"), "the down payment is due when it is agreed");
}

/// 1,000.00 in four of 250.00 from 1 April, five days of grace.
fn running(missed_max: u32) -> PaymentPlan {
    let template = PlanTemplate { break_rule: BreakRule { missed_max }, ..template() };
    active(&template, &invoice(), choice("4 from 2026-04-01"), today())
}

#[test]
fn a_plan_ends_by_its_rule() {
    let table = rows(
        "
        missed_max | paid     | today      | answer
        0          | 0.00     | 2026-04-01 | already
        0          | 0.00     | 2026-04-06 | already
        0          | 0.00     | 2026-04-07 | broken 1 250.00
        0          | 249.99   | 2026-04-07 | broken 1 0.01
        0          | 250.00   | 2026-04-07 | already
        0          | 250.00   | 2026-05-07 | broken 2 250.00
        1          | 0.00     | 2026-04-07 | already
        1          | 0.00     | 2026-05-06 | already
        1          | 0.00     | 2026-05-07 | broken 1 500.00
        1          | 100.00   | 2026-05-07 | broken 1 400.00
        3          | 0.00     | 2026-07-06 | already
        3          | 0.00     | 2026-07-07 | broken 1 1,000.00
        4          | 0.00     | 2029-01-01 | already
        0          | 1,000.00 | 2026-04-07 | completed
        0          | 1,000.00 | 2026-03-05 | completed
        ",
    );
    for row in table {
        let plan = running(row.number("missed_max"));
        let paid = mxn(row.get("paid"));
        let found = review(plan.clone(), &left(&plan, paid), date(row.get("today")), at()).unwrap();
        row.expect(
            "answer",
            match found.executed().map(|plan| plan.state) {
                None => "already".to_owned(),
                Some(PlanState::Broken { instalment, missed, paid: had, why, .. }) => {
                    assert_eq!(had, paid);
                    let BreakReason::Missed { count } = why;
                    assert!(count > plan.terms.break_rule.missed_max);
                    format!("broken {instalment} {}", plain(missed))
                }
                Some(state) => state.name().to_owned(),
            },
        );
    }
}

#[test]
fn a_proposal_lapses_with_its_first_date() {
    let plan = waiting(Approval::Automatic);
    assert_eq!(said(review(plan.clone(), &invoice(), date("2026-04-01"), at())), "already");
    let lapsed = done(review(plan, &invoice(), date("2026-04-02"), at()));
    assert!(matches!(lapsed.state, PlanState::Canceled { reason: CancelReason::Lapsed, .. }));
    assert_eq!(said(review(lapsed, &invoice(), date("2026-05-02"), at())), "already");
}

#[test]
fn a_plan_is_stored_as_it_stands() {
    for plan in [waiting(Approval::ByFinance), running(0)] {
        let written = serde_json::to_string(&plan).unwrap();
        assert_eq!(serde_json::from_str::<PaymentPlan>(&written).unwrap(), plan);
    }
}
