use crate::plan_things::{
    active, applicant, choice, finance, herself, plan_id, proposed, request, template, template_id,
};
use crate::table::rows;
use crate::things::{account, account_id, answer, date, id, item, mxn, name_of, utc};
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::attempt::PaymentAttempt;
use saldo_domain::ids::InvoiceId;
use saldo_domain::invoice::OpenItem;
use saldo_domain::money::Money;
use saldo_domain::plan::{Applicant, BreakReason, PlanState, PlanTemplate, ProposeAgain, offer_of, offers, propose};

fn words(items: &[InvoiceId]) -> String {
    items.iter().map(|item| name_of(*item)).collect::<Vec<_>>().join(" ")
}

/// A, 40 days past due, 300; B, 10 days past due, 500; C, due in 20 days, 700; on 5 March.
fn three() -> Vec<OpenItem> {
    vec![
        item("A", date("2026-01-24"), mxn("300.00")),
        item("B", date("2026-02-23"), mxn("500.00")),
        item("C", date("2026-03-25"), mxn("700.00")),
    ]
}

fn attempt(order: AllocationOrder) -> PaymentAttempt {
    PaymentAttempt { account_id: account_id(), order, ..crate::attempt::attempt("created") }
}

#[test]
fn a_template_takes_the_items_that_it_is_for() {
    let table = rows(
        "
        age_min | age_max | amount_min | amount_max | contested | answer
        ·       | ·       | ·          | ·          | ·         | A B C 1500.00
        1       | ·       | ·          | ·          | ·         | A B 800.00
        ·       | 10      | ·          | ·          | ·         | B C 1200.00
        11      | 39      | ·          | ·          | ·         | plan_not_offered
        ·       | ·       | 1,500.00   | 1,500.00   | ·         | A B C 1500.00
        ·       | ·       | 1,500.01   | ·          | ·         | plan_not_offered
        ·       | ·       | ·          | 1,499.99   | ·         | plan_not_offered
        ·       | ·       | ·          | ·          | B         | A C 1000.00
        ·       | ·       | ·          | ·          | A B C     | plan_not_offered
        ",
    );
    for row in table {
        let age = |column| row.get(column).parse().ok();
        let amount = |column| Some(row.get(column)).filter(|cell| *cell != "·").map(mxn);
        let mut template =
            PlanTemplate { days_past_due_min: age("age_min"), days_past_due_max: age("age_max"), ..template() };
        template.segment.amount_min = amount("amount_min");
        template.segment.amount_max = amount("amount_max");
        let mut items = three();
        for item in &mut items {
            item.disputed = row.words("contested").contains(&item.number.as_str());
        }
        let account = account(items);
        let offer = offer_of(template_id(), &template, &applicant(&account, date("2026-03-05")));
        row.expect(
            "answer",
            answer(offer, |offer| {
                let minor = offer.principal.minor();
                format!("{} {}.{:02}", words(&offer.items), minor / 100, minor % 100)
            }),
        );
    }
}

#[test]
fn a_template_for_a_tag_is_for_debtors_that_have_it() {
    let mut template = template();
    template.segment.tag = Some("school".to_owned());
    let account = account(three());
    let applicant = applicant(&account, date("2026-03-05"));
    let templates = [(template_id(), template)];
    assert!(offers(&templates, &applicant).is_empty());
    let tags = ["school".to_owned()];
    assert_eq!(offers(&templates, &Applicant { tags: &tags, ..applicant }).len(), 1);
}

#[test]
fn an_item_under_payment_stays_outside() {
    let account = account(three());
    let today = date("2026-03-05");
    let one = [attempt(AllocationOrder::Selected(vec![id("B")]))];
    let offer =
        offer_of(template_id(), &template(), &Applicant { attempts: &one, ..applicant(&account, today) }).unwrap();
    assert_eq!(words(&offer.items), "A C");
    let any = [attempt(AllocationOrder::OldestDueFirst)];
    let offer = offer_of(template_id(), &template(), &Applicant { attempts: &any, ..applicant(&account, today) });
    assert_eq!(answer(offer, |offer| words(&offer.items)), "payment_under_way");
    let mut elsewhere = attempt(AllocationOrder::OldestDueFirst);
    elsewhere.account_id = id("other");
    let elsewhere = [elsewhere];
    let offer = offer_of(template_id(), &template(), &Applicant { attempts: &elsewhere, ..applicant(&account, today) });
    assert_eq!(answer(offer, |offer| words(&offer.items)), "A B C");
}

#[test]
fn an_item_is_in_one_live_plan_at_most() {
    let today = date("2026-03-05");
    let live = active(&template(), &three()[..2], choice("2 from 2026-04-01"), today);
    let all = account(three());
    let plans = [live.clone()];
    let asked = Applicant { plans: &plans, ..applicant(&all, today) };
    assert_eq!(words(&offer_of(template_id(), &template(), &asked).unwrap().items), "C");
    let planned = account(three()[..2].to_vec());
    let asked = Applicant { plans: &plans, ..applicant(&planned, today) };
    assert_eq!(answer(offer_of(template_id(), &template(), &asked), |_| String::new()), "item_in_plan");
    let ended = live.cancel(finance(), None, mxn("0.00"), utc("2026-03-06T15:00:00Z")).unwrap().executed().unwrap();
    let plans = [ended];
    let asked = Applicant { plans: &plans, ..applicant(&planned, today) };
    assert_eq!(words(&offer_of(template_id(), &template(), &asked).unwrap().items), "A B");
}

#[test]
fn a_broken_plan_may_forbid_another() {
    let table = rows(
        "
        again | today      | offered
        0     | 2026-03-05 | true
        30    | 2026-03-30 | false
        30    | 2026-03-31 | true
        never | 2029-03-05 | false
        ",
    );
    for row in table {
        let again = row.get("again").parse().map_or(ProposeAgain::Never, |days| match days {
            0 => ProposeAgain::Always,
            days => ProposeAgain::AfterDays { days },
        });
        let mut broken = active(&template(), &three(), choice("2 from 2026-03-05"), date("2026-03-01"));
        broken.terms.propose_again = again;
        let zero = Money::zero(mxn("1").currency());
        broken.state = PlanState::Broken {
            acceptance: crate::plan_things::acceptance(),
            approved: None,
            broken_at: utc("2026-03-01T15:00:00Z"),
            broken_on: date("2026-03-01"),
            instalment: 1,
            missed: zero,
            paid: zero,
            why: BreakReason::Missed { count: 1 },
        };
        let account = account(three());
        let plans = [broken];
        let asked = Applicant { plans: &plans, ..applicant(&account, date(row.get("today"))) };
        let templates = [(template_id(), template())];
        row.expect("offered", !offers(&templates, &asked).is_empty());
        let mut wanted = request(choice("2 from 2026-04-01"));
        wanted.choice.first_on = date(row.get("today"));
        wanted.plan_id = id("another");
        let now = utc("2026-03-05T15:00:00Z");
        row.expect("offered", propose(&wanted, &templates, &asked, herself(), now).is_ok());
        assert!(propose(&wanted, &templates, &asked, finance(), now).is_ok(), "finance may propose again");
    }
}

#[test]
fn a_proposal_stands_on_the_balance_and_the_templates_of_now() {
    let account = account(three());
    let today = date("2026-03-05");
    let now = utc("2026-03-05T15:00:00Z");
    let templates = [(template_id(), template())];
    let asked = applicant(&account, today);
    let wanted = request(choice("3 from 2026-04-01"));
    let code = |result: Result<_, saldo_domain::Refusal>| answer(result, |_| "good".to_owned());
    assert_eq!(code(propose(&wanted, &templates, &asked, herself(), now).map(drop)), "good");
    let mut stale = wanted.clone();
    stale.balance_version = 6;
    assert_eq!(code(propose(&stale, &templates, &asked, herself(), now).map(drop)), "balance_changed");
    assert_eq!(code(propose(&wanted, &[], &asked, herself(), now).map(drop)), "plan_not_offered");
    let plan = proposed(&template(), &three(), choice("3 from 2026-04-01"), today);
    assert_eq!((plan.id, plan.items.len()), (plan_id(), 3));
    let known = [plan];
    let again = Applicant { plans: &known, ..asked };
    assert_eq!(propose(&stale, &templates, &again, herself(), now).unwrap().executed(), None, "once, on any balance");
    let mut other = wanted;
    other.choice.count = 4;
    assert_eq!(code(propose(&other, &templates, &again, herself(), now).map(drop)), "plan_not_open");
}
