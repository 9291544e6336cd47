use crate::harness::{Db, on_both};
use crate::world::{World, at, id, mxn, noon, on};
use saldo_domain::actor::Actor;
use saldo_domain::ids::InvoiceId;
use saldo_domain::locale::Language;
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::{
    Acceptance, Approval, BreakRule, CancelReason, EarlySettlement, PaymentPlan, PlanState, PlanTerms, ProposeAgain,
    Schedule, ScheduledInstalment,
};
use saldo_store::payment_plan::{self, PlanFilter, PlanRow, PlanWaitsFor};
use saldo_store::{PageRequest, StoreFault};

/// A plan of two instalments over one invoice, proposed by its creditor.
pub fn a_plan(world: &World, invoice: InvoiceId) -> PaymentPlan {
    let line = |number, day| ScheduledInstalment { number, due_on: on(day), amount: mxn(150) };
    PaymentPlan {
        id: id(),
        account_id: world.account_id,
        template_id: id(),
        terms: PlanTerms {
            grace_days: 5,
            break_rule: BreakRule { missed_max: 0 },
            autopay: false,
            early: EarlySettlement::Full,
            propose_again: ProposeAgain::Always,
            approval: Approval::Automatic,
        },
        items: vec![invoice],
        charge_item: None,
        schedule: Schedule {
            down_payment: None,
            instalments: vec![line(1, "2026-04-01"), line(2, "2026-05-01")],
            principal: mxn(300),
            charge: mxn(0),
            total: mxn(300),
        },
        state: PlanState::Proposed { acceptance: None, approved: None },
        proposed_at: noon("2026-03-05"),
        proposed_by: Actor::Member { id: id() },
    }
}

fn acceptance() -> Acceptance {
    Acceptance {
        accepted_at: noon("2026-03-05"),
        text_version: "2026-01".to_owned(),
        address: "203.0.113.7".to_owned(),
        language: Language::Pt,
    }
}

fn canceled() -> PlanState {
    PlanState::Canceled {
        acceptance: None,
        canceled_at: noon("2026-03-06"),
        by: Actor::System,
        reason: CancelReason::Lapsed,
        note: None,
        paid: mxn(0),
    }
}

async fn with_invoices(db: &Db, count: usize) -> (World, Vec<InvoiceId>) {
    let tx = db.store.write().await.unwrap();
    let world = World::in_tx(&tx, &format!("Owner {count}")).await;
    let mut invoices = Vec::new();
    for number in 0..count {
        invoices.push(world.issue(&tx, &format!("F-{number}"), 300).await);
    }
    tx.commit().await.unwrap();
    (world, invoices)
}

fn conflicts<T: std::fmt::Debug>(result: Result<T, StoreFault>) -> bool {
    matches!(result, Err(StoreFault::Conflict("item_in_plan")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_read_as_it_was_written_through_its_life() {
    on_both(async |db| {
        let (world, invoices) = with_invoices(db, 2).await;
        let c = world.c();
        let tx = db.store.write().await.unwrap();
        let mut plan = a_plan(&world, invoices[0]);
        let written = payment_plan::insert(&tx, c, world.d(), &plan, noon("2026-03-05")).await.unwrap();
        assert_eq!(written, Outcome::Executed(()));
        let again = payment_plan::insert(&tx, c, world.d(), &plan, noon("2026-03-05")).await.unwrap();
        assert_eq!(again, Outcome::AlreadyApplied);
        plan.items.push(invoices[1]);
        plan.charge_item = Some(invoices[1]);
        plan.state = PlanState::Active { acceptance: acceptance(), approved: None };
        payment_plan::update(&tx, c, &plan, Some(noon("2026-04-07"))).await.unwrap();
        let row = PlanRow { debtor_id: world.d(), plan: plan.clone() };
        assert_eq!(payment_plan::load(&tx, c, plan.id).await.unwrap(), row);
        assert_eq!(payment_plan::load_for_debtor(&tx, c, world.d()).await.unwrap(), [plan.clone()]);
        let other = a_plan(&world, invoices[1]);
        assert!(conflicts(payment_plan::insert(&tx, c, world.d(), &other, noon("2026-03-05")).await));
        plan.state = canceled();
        payment_plan::update(&tx, c, &plan, Some(noon("2026-04-07"))).await.unwrap();
        payment_plan::insert(&tx, c, world.d(), &other, noon("2026-03-05")).await.unwrap();
        assert_eq!(payment_plan::load_for_debtor(&tx, c, world.d()).await.unwrap(), [plan, other]);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_refuses_an_item_in_two_live_plans() {
    on_both(async |db| {
        let (world, invoices) = with_invoices(db, 2).await;
        let c = world.c();
        let tx = db.store.write().await.unwrap();
        let first = a_plan(&world, invoices[0]);
        payment_plan::insert(&tx, c, world.d(), &first, noon("2026-03-05")).await.unwrap();
        let mut both = a_plan(&world, invoices[1]);
        both.items.push(invoices[0]);
        assert!(conflicts(payment_plan::insert(&tx, c, world.d(), &both, noon("2026-03-05")).await));
        assert!(payment_plan::find(&tx, c, both.id).await.unwrap().is_none(), "nothing of it is written");
        let free = a_plan(&world, invoices[1]);
        payment_plan::insert(&tx, c, world.d(), &free, noon("2026-03-05")).await.unwrap();
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_name_who_must_act() {
    on_both(async |db| {
        let (world, invoices) = with_invoices(db, 4).await;
        let c = world.c();
        let tx = db.store.write().await.unwrap();
        let states = [
            PlanState::Proposed { acceptance: None, approved: None },
            PlanState::Proposed { acceptance: Some(acceptance()), approved: None },
            PlanState::Active { acceptance: acceptance(), approved: None },
            canceled(),
        ];
        let mut plans = Vec::new();
        for (invoice, state) in invoices.iter().zip(states) {
            let plan = PaymentPlan { state, ..a_plan(&world, *invoice) };
            payment_plan::insert(&tx, c, world.d(), &plan, noon("2026-03-05")).await.unwrap();
            plans.push(plan);
        }
        let first = PageRequest::first(10);
        let found = async |filter| {
            let page = payment_plan::list(&tx, c, filter, first).await.unwrap();
            page.items.into_iter().map(|row| row.plan.id).collect::<Vec<_>>()
        };
        assert_eq!(found(PlanFilter::default()).await, [plans[3].id, plans[2].id, plans[1].id, plans[0].id]);
        assert_eq!(found(PlanFilter { state: Some("active"), ..PlanFilter::default() }).await, [plans[2].id]);
        let waiting = |who| PlanFilter { waits_for: Some(who), ..PlanFilter::default() };
        assert_eq!(found(waiting(PlanWaitsFor::Debtor)).await, [plans[0].id]);
        assert_eq!(found(waiting(PlanWaitsFor::Finance)).await, [plans[1].id]);
        assert!(found(PlanFilter { debtor_id: Some(id()), ..PlanFilter::default() }).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn live_plans_come_up_for_review_the_longest_waiting_first() {
    on_both(async |db| {
        let (world, invoices) = with_invoices(db, 3).await;
        let c = world.c();
        let tx = db.store.write().await.unwrap();
        let mut plans: Vec<PaymentPlan> = invoices.iter().map(|invoice| a_plan(&world, *invoice)).collect();
        for (plan, day) in plans.iter().zip(["2026-04-03", "2026-04-01", "2026-04-02"]) {
            payment_plan::insert(&tx, c, world.d(), plan, noon(day)).await.unwrap();
        }
        let due = async |now, limit| {
            let rows = payment_plan::list_due(&tx, now, limit).await.unwrap();
            rows.into_iter().map(|(_, _, plan)| plan).collect::<Vec<_>>()
        };
        assert!(due(noon("2026-03-31"), 10).await.is_empty());
        assert_eq!(due(noon("2026-04-02"), 10).await, [plans[1].id, plans[2].id]);
        assert_eq!(due(noon("2026-04-09"), 1).await, [plans[1].id]);
        plans[1].state = canceled();
        payment_plan::update(&tx, c, &plans[1], Some(noon("2026-04-01"))).await.unwrap();
        payment_plan::update(&tx, c, &plans[2], Some(noon("2026-05-01"))).await.unwrap();
        assert!(due(noon("2026-04-02"), 10).await.is_empty(), "an ended plan never comes up");
        payment_plan::mark_for_review(&tx, c, world.d(), at("2026-04-02T13:00:00Z")).await.unwrap();
        assert_eq!(due(at("2026-04-02T13:00:00Z"), 10).await, [plans[0].id, plans[2].id]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_creditor_finds_and_changes_nothing() {
    on_both(async |db| {
        let (world, invoices) = with_invoices(db, 1).await;
        let (other, foreign) = with_invoices(db, 2).await;
        let tx = db.store.write().await.unwrap();
        let plan = a_plan(&world, invoices[0]);
        payment_plan::insert(&tx, world.c(), world.d(), &plan, noon("2026-03-05")).await.unwrap();
        let absent = |fault: Result<_, StoreFault>| matches!(fault, Err(StoreFault::NotFound("plan")));
        assert!(absent(payment_plan::load(&tx, other.c(), plan.id).await.map(drop)));
        assert!(absent(payment_plan::update(&tx, other.c(), &plan, None).await));
        assert!(payment_plan::load_for_debtor(&tx, other.c(), world.d()).await.unwrap().is_empty());
        let page = payment_plan::list(&tx, other.c(), PlanFilter::default(), PageRequest::first(9)).await.unwrap();
        assert!(page.items.is_empty());
        payment_plan::mark_for_review(&tx, other.c(), world.d(), noon("2026-01-01")).await.unwrap();
        assert!(payment_plan::list_due(&tx, noon("2026-03-04"), 9).await.unwrap().is_empty());
        assert!(!foreign.contains(&invoices[0]));
        tx.commit().await.unwrap();
        let tx = db.store.write().await.unwrap();
        let stolen = a_plan(&world, invoices[0]);
        assert!(payment_plan::insert(&tx, other.c(), other.d(), &stolen, noon("2026-03-05")).await.is_err());
    })
    .await;
}
