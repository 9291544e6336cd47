//! Payment plans: agreed once, paid through the books, ended by their rule, and nothing changed by a refusal.

use saldo_app::flows::payment_plan;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{PlanId, PolicyId};
use saldo_domain::plan::{InstalmentState, PlanState, PlanTemplate};
use saldo_domain::quote::Selection;
use saldo_providers::channel::MemoryChannel;
use saldo_store::PageRequest;
use saldo_store::payment_plan::PlanFilter;

use crate::plan_stand::{Stand, code, mxn, template};
use crate::support::{on_both, on_both_with};

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_agreed_paid_and_everything_agrees() {
    on_both(async |product| {
        let stand = Stand::new(&product, template()).await;
        let offers = payment_plan::offers(&product.app, stand.session()).await.expect("offers");
        assert_eq!((offers.len(), offers[0].offer.principal), (1, mxn(123_450)));
        assert_eq!(offers[0].offer.counts, 2..=6);
        let plan = stand.accept(stand.wish(3, "2026-03-10").await).await.expect("a plan").plan;
        assert!(plan.is_active());
        let amounts: Vec<i64> = plan.schedule.instalments.iter().map(|one| one.amount.minor()).collect();
        assert_eq!(amounts, [42_817, 42_817, 42_816], "1,234.50 and 50.00 for the plan");
        stand.agrees(plan.id, 128_450, 128_450).await;
        stand.pay_instalments(plan.id, 1).await;
        stand.agrees(plan.id, 85_633, 85_633).await;
        let view = stand.plan(plan.id).await;
        assert_eq!(view.progress.instalments[0].state, InstalmentState::Paid);
        assert_eq!(view.progress.due_now, mxn(0));
        assert!(payment_plan::offers(&product.app, stand.session()).await.expect("offers").is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_an_instalment_and_several_at_once_fill_in_order() {
    on_both(async |product| {
        let stand = Stand::new(&product, template()).await;
        let plan = stand.accept(stand.wish(4, "2026-03-10").await).await.expect("a plan").plan;
        stand.pay(Selection::Amount { amount: mxn(10_000) }).await;
        let view = stand.plan(plan.id).await;
        assert_eq!(view.progress.instalments[0].state, InstalmentState::Partial);
        stand.agrees(plan.id, 118_450, 118_450).await;
        stand.pay_instalments(plan.id, 2).await;
        let view = stand.plan(plan.id).await;
        let states: Vec<_> = view.progress.instalments.iter().map(|one| one.state).collect();
        let (paid, upcoming) = (InstalmentState::Paid, InstalmentState::Upcoming);
        assert_eq!(states, [paid, paid, upcoming, upcoming]);
        stand.agrees(plan.id, 64_224, 64_224).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paying_the_rest_early_gives_the_unearned_charge_back_and_completes() {
    on_both(async |product| {
        let stand = Stand::new(&product, template()).await;
        let plan = stand.accept(stand.wish(2, "2026-03-10").await).await.expect("a plan").plan;
        stand.pay_instalments(plan.id, 1).await;
        let early = stand.plan(plan.id).await.early.expect("it can be ended at once");
        assert_eq!((early.full, early.rebate, early.pay), (mxn(64_225), mxn(2_500), mxn(61_725)));
        stand.pay(Selection::PlanRest { plan_id: plan.id }).await;
        stand.agrees(plan.id, 0, 0).await;
        product.tick().await;
        let ended = stand.plan(plan.id).await.plan;
        assert!(matches!(ended.state, PlanState::Completed { .. }), "{:?}", ended.state);
        let received: i64 = stand.api.get("/v1/payments").await.expect(200).json()["items"]
            .as_array()
            .expect("payments")
            .iter()
            .map(|payment| payment["amount"]["minor"].as_i64().unwrap_or(0))
            .sum();
        assert_eq!(received, 64_225 + 61_725);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_instalment_breaks_the_plan_and_reminders_resume() {
    let channel = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&channel),
        async |product| {
            let stand = Stand::new(&product, template()).await;
            let plan = stand.accept(stand.wish(3, "2026-03-10").await).await.expect("a plan").plan;
            product.work().await;
            let agreed = channel.take_sent();
            let mail = agreed.iter().find(|mail| mail.to.email == "ana@example.com").expect("the plan by mail");
            for words in ["10 de marzo", "10 de abril", "10 de mayo", "428", "1,284.50"] {
                assert!(mail.text.contains(words), "{words}: {}", mail.text);
            }
            stand.live_days(6).await;
            let kept = channel.take_sent();
            assert!(kept.iter().all(|mail| mail.to.email != "ana@example.com"), "nothing before the day: {kept:?}");
            stand.live_days(6).await;
            assert!(stand.plan(plan.id).await.plan.is_active(), "15 March is the last day of grace");
            stand.live_days(1).await;
            let broken = stand.plan(plan.id).await.plan;
            let PlanState::Broken { instalment, missed, .. } = broken.state else { panic!("{:?}", broken.state) };
            assert_eq!((instalment, missed), (1, mxn(42_817)));
            stand.live_days(10).await;
            let told: Vec<String> = channel
                .take_sent()
                .into_iter()
                .filter(|mail| mail.to.email == "ana@example.com")
                .map(|mail| mail.subject)
                .collect();
            assert!(told.iter().any(|subject| subject.contains("terminó antes de tiempo")), "{told:?}");
            assert!(told.last().is_some_and(|subject| subject.contains("por pagar")), "reminders resume: {told:?}");
            // Two of the three parts of the charge were not due: 33.33 of it is given back, 16.67 stands.
            let path = format!("/v1/debtors/{}/statement", stand.business.ana.id);
            let statement = stand.api.get(&path).await.expect(200).json();
            assert_eq!(statement["accounts"][0]["outstanding"]["minor"], 123_450 + 1_667, "{statement}");
            let offers = payment_plan::offers(&product.app, stand.session()).await.expect("offers");
            assert!(offers.is_empty(), "this template does not let her choose again");
            crate::support::assert_parity(&product).await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_acceptances_at_once_are_one_plan() {
    on_both(async |product| {
        let stand = Stand::new(&product, template()).await;
        let (one, two) = (stand.wish(3, "2026-03-10").await, stand.wish(3, "2026-03-10").await);
        let (first, second) = tokio::join!(stand.accept(one.clone()), stand.accept(two.clone()));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        let refused = code(if first.is_ok() { second } else { first });
        assert!(["balance_changed", "item_in_plan"].contains(&refused.as_str()), "{refused}");
        let again = if stand.accept(one.clone()).await.is_ok() { one } else { two };
        let (first, second) = tokio::join!(stand.accept(again.clone()), stand.accept(again.clone()));
        let ids = [first.expect("the plan that exists").plan.id, second.expect("the plan that exists").plan.id];
        assert_eq!(ids, [again.plan_id; 2], "the same acceptance twice is one plan");
        stand.agrees(again.plan_id, 128_450, 128_450).await;
        assert_eq!(plans(&stand).await, 1);
    })
    .await;
}

async fn plans(stand: &Stand<'_>) -> usize {
    let creditor = stand.business.creditor.id;
    let tx = stand.product.app.store().read_of(creditor).await.expect("the database answers");
    let page = saldo_store::payment_plan::list(&tx, creditor, PlanFilter::default(), PageRequest::first(50)).await;
    page.expect("a page").items.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_needs_approval_is_active_when_finance_agrees() {
    on_both(async |product| {
        let by_finance = PlanTemplate { approval: saldo_domain::plan::Approval::ByFinance, ..template() };
        let stand = Stand::new(&product, by_finance).await;
        let plan = stand.accept(stand.wish(3, "2026-03-20").await).await.expect("a plan").plan;
        assert!(plan.waits_for_finance());
        stand.agrees(plan.id, 128_450, 123_450).await;
        let finance = crate::world::console(&product, &stand.business.creditor).await;
        let page = finance.get(&format!("/console/plans/{}", plan.id)).await.expect(200);
        assert!(page.body.contains("203.0.113.7"), "{}", page.body);
        finance.post(&format!("/console/plans/{}/approve", plan.id), &[]).await.expect(303);
        assert!(stand.plan(plan.id).await.plan.is_active());
        finance.post(&format!("/console/plans/{}/approve", plan.id), &[]).await.expect(303);
        stand.agrees(plan.id, 128_450, 128_450).await;
        finance.post(&format!("/console/plans/{}/cancel", plan.id), &[("note", "moved")]).await.expect(303);
        let ended = stand.plan(plan.id).await.plan;
        assert!(matches!(ended.state, PlanState::Canceled { .. }), "{:?}", ended.state);
        let path = format!("/v1/debtors/{}/statement", stand.business.ana.id);
        let statement = stand.api.get(&path).await.expect(200).json();
        assert_eq!(statement["accounts"][0]["outstanding"]["minor"], 123_450, "none of the charge was earned");
        let log = stand.api.get(&format!("/v1/payment-plans/{}", plan.id)).await.expect(200).json();
        assert_eq!((&log["state"], &log["end_reason"]), (&"canceled".into(), &"withdrawn".into()), "{log}");
        crate::support::assert_parity(&product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finance_proposes_and_the_debtor_agrees_or_declines() {
    on_both(async |product| {
        let stand = Stand::new(&product, template()).await;
        let finance = crate::world::console(&product, &stand.business.creditor).await;
        let debtor = stand.business.ana.id;
        let address = format!("/console/debtors/{debtor}/plans/new?offer=0&count=3&first_on=2026-03-10");
        let page = finance.get(&address).await.expect(200);
        let field = |name| crate::support::hidden(&page.body, name).unwrap_or_else(|| panic!("{name}: {}", page.body));
        let names = ["plan", "account", "template", "balance_version", "count", "first_on"];
        let form: Vec<(&str, String)> = names.map(|name| (name, field(name))).into();
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sent = finance.post(&format!("/console/debtors/{debtor}/plans"), &form).await.expect(303);
        let id: PlanId = sent.header("location").rsplit('/').next().expect("an id").parse().expect("an id");
        assert!(stand.plan(id).await.plan.waits_for_debtor());
        let (_, balance_version) = stand.account().await;
        let wish = |balance_version| payment_plan::AcceptProposed {
            plan_id: id,
            balance_version,
            text_version: "plan-acceptance-1".to_owned(),
            address: "203.0.113.7".to_owned(),
            language: saldo_domain::locale::Language::Es,
        };
        let stale = payment_plan::accept_proposed(&product.app, stand.session(), wish(balance_version - 1)).await;
        assert_eq!(code(stale), "balance_changed");
        let row = payment_plan::accept_proposed(&product.app, stand.session(), wish(balance_version)).await;
        assert!(row.expect("agreed").plan.is_active());
        let again = payment_plan::accept_proposed(&product.app, stand.session(), wish(balance_version)).await;
        assert!(again.expect("agreed already").plan.is_active());
        stand.agrees(id, 128_450, 128_450).await;
        assert_eq!(code(payment_plan::decline(&product.app, stand.session(), id).await), "plan_not_open");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_leaves_nothing_changed() {
    on_both(async |product| {
        let stand = Stand::new(&product, template()).await;
        let good = stand.wish(3, "2026-03-10").await;
        let changed = |change: fn(&mut payment_plan::AcceptPlan)| {
            let mut wish = good.clone();
            change(&mut wish);
            wish
        };
        let cases = [
            ("balance_changed", changed(|wish| wish.balance_version -= 1)),
            ("plan_not_offered", changed(|wish| wish.template_id = PolicyId(uuid::Uuid::now_v7()))),
            ("not_found", changed(|wish| wish.account_id.0 = uuid::Uuid::now_v7())),
            ("instalment_count_out_of_range", changed(|wish| wish.choice.count = 7)),
            ("instalment_count_out_of_range", changed(|wish| wish.choice.count = 1)),
            ("first_date_out_of_range", changed(|wish| wish.choice.first_on = "2026-03-02".parse().expect("a date"))),
            ("first_date_out_of_range", changed(|wish| wish.choice.first_on = "2026-04-03".parse().expect("a date"))),
            ("text_length", changed(|wish| wish.address.clear())),
            ("method_needed", changed(|wish| wish.autopay = true)),
        ];
        let before = stand.account().await;
        for (expected, wish) in cases {
            assert_eq!(code(stand.accept(wish).await), expected);
        }
        assert_eq!((stand.account().await, plans(&stand).await), (before, 0));
        let plan = stand.accept(good.clone()).await.expect("a plan").plan;
        let mut other = good.clone();
        other.choice.count = 4;
        assert_eq!(code(stand.accept(other).await), "plan_not_open", "the id is another plan's");
        let another = stand.wish(3, "2026-03-10").await;
        assert_eq!(code(stand.accept(another).await), "item_in_plan");
        let by = Actor::Operator;
        let rejected = payment_plan::reject(&product.app, stand.business.creditor.id, plan.id, by, None).await;
        assert_eq!(code(rejected), "plan_not_open");
        stand.agrees(plan.id, 128_450, 128_450).await;
        assert_eq!(plans(&stand).await, 1);
    })
    .await;
}
