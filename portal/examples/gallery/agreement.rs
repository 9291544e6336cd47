//! What stands between a debtor and an agreement: the code, the choice, the plan.

use crate::Gallery;
use crate::debtor::{pay, view};
use crate::sample::*;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::{Date, plus_days};
use saldo_domain::currency::Currency;
use saldo_domain::discount::{DiscountOffer, DiscountStep, DiscountTerms, PartPayments, TermsSource};
use saldo_domain::ids::{AccountId, AttemptId, DebtorId, InvoiceId, PlanId, PolicyId};
use saldo_domain::invoice::OpenItem;
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::plan::{
    Acceptance, Approval, AutopayRule, BreakReason, BreakRule, CancelReason, EarlySettlement, Frequency, PaymentPlan,
    PlanCharge, PlanChoice, PlanOffer, PlanState, PlanTemplate, PlanTerms, ProposeAgain, Schedule, progress, schedule,
    settle_early,
};
use saldo_domain::segment::Segment;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::ways::ways;
use saldo_portal::Chrome;
use saldo_portal::pages::*;

const MXN: Currency = Currency::MXN;

fn today() -> Date {
    "2026-11-22".parse().expect("a date")
}

pub fn write(gallery: &mut Gallery) {
    let mx = chrome(&mexico(), Language::Es);
    codes(gallery, &mx);
    profile(gallery, &mx);
    choosing(gallery, &mx);
    standing(gallery, &mx);
    ways_to_pay(gallery, &mx);
}

/// The usual account with a discount on what is not late yet.
fn discounted() -> DebtorSnapshot {
    let mut snapshot = usual();
    for item in &mut snapshot.accounts[0].items {
        let until_on = plus_days(item.issued_on, 30).expect("a date");
        let saved = item.amount.share(300).expect("a share");
        let until_at = mexico().zone.end_of(until_on).expect("a moment");
        item.discounts = vec![DiscountTerms {
            source: TermsSource::Policy { id: id::<PolicyId>(210) },
            base: item.amount,
            offer: DiscountOffer::Steps { steps: vec![DiscountStep { until_on, until_at, saved }] },
            zone: mexico().zone,
            part_payments: PartPayments::IfRestInTime,
            grace_minutes: 10,
        }];
    }
    snapshot
}

fn ways_to_pay(gallery: &mut Gallery, mx: &Chrome) {
    let snapshot = discounted();
    let monthly = offer(1, template(Frequency::Monthly, PlanCharge::FlatRate { rate_bps: 400 }));
    let mut three = view(&snapshot);
    let offers = [monthly.clone()];
    three.ways.extend(ways(&three.statement.accounts[0], &offers, today()).expect("ways"));
    gallery.add("statement-ways", &three, mx);
    gallery.add("statement-ways-en", &three, &chrome(&mexico(), Language::En));
    let mut plain = view(&usual());
    plain.ways.extend(ways(&plain.statement.accounts[0], &offers, today()).expect("ways"));
    let (_, schedule) = made(&monthly, 6);
    let items = open(&schedule, 1_184_050);
    let proposed = PlanState::Proposed { acceptance: None, approved: None };
    plain.plans = vec![plan(proposed, schedule, &items)];
    gallery.add("statement-ways-plan", &plain, mx);
    gallery.add("pay-discount", &pay(&snapshot, PayChoice::Everything, None), mx);
    let chosen = vec![snapshot.accounts[0].items[3].invoice_id];
    gallery.add("pay-discount-items", &pay(&snapshot, PayChoice::Items(chosen), None), mx);

    let mut agreed = usual();
    let (_, schedule) = made(&monthly, 6);
    let active = PlanState::Active { acceptance: acceptance(), approved: None };
    let held = vec![agreed.accounts[0].items[0].clone(), agreed.accounts[0].items[3].clone()];
    agreed.plans = vec![PaymentPlan { account_id: agreed.accounts[0].id, ..plan(active, schedule, &held) }];
    gallery.add("statement-in-plan", &view(&agreed), mx);
}

fn codes(gallery: &mut Gallery, mx: &Chrome) {
    let view = CodeView {
        back: "/profile".to_owned(),
        creditor_name: mexico().name,
        email: debtor("Mariana Ortega Luján").masked_email(),
        sent_until: None,
        problem: None,
    };
    let sent = CodeView { sent_until: Some(now()), ..view.clone() };
    let wrong = CodeProblem::Refused(Refusal::CodeWrong(3));
    gallery.add("code", &view, mx);
    gallery.add("code-sent", &sent, mx);
    gallery.add("code-wrong", &CodeView { problem: Some(wrong), ..sent.clone() }, mx);
    gallery.add("code-too-many", &CodeView { problem: Some(CodeProblem::TooMany), ..sent }, mx);
    gallery.add("code-not-sent", &CodeView { problem: Some(CodeProblem::NotSent), ..view.clone() }, mx);
    gallery.add("code-no-contact", &CodeView { email: None, ..view }, mx);
}

fn profile(gallery: &mut Gallery, mx: &Chrome) {
    let view = ProfileView { creditor: mexico(), debtor: debtor("Mariana Ortega Luján"), open: false, saved: false };
    gallery.add("profile-masked", &view, mx);
    gallery.add("profile", &ProfileView { open: true, saved: true, ..view }, mx);
}

pub fn template(frequency: Frequency, charge: PlanCharge) -> PlanTemplate {
    PlanTemplate {
        segment: Segment { currency: MXN, tag: None, amount_min: None, amount_max: None },
        days_past_due_min: None,
        days_past_due_max: None,
        down_payment_bps: 1_000,
        instalments_min: 2,
        instalments_max: 6,
        frequency,
        instalment_min: Money::new(50_000, MXN),
        charge,
        first_within_days: 30,
        approval: Approval::Automatic,
        autopay: AutopayRule::Optional,
        grace_days: 5,
        break_rule: BreakRule { missed_max: 1 },
        propose_again: ProposeAgain::Always,
        early: EarlySettlement::RebateUnearned,
    }
}

pub fn offer(number: u128, template: PlanTemplate) -> PlanOffer {
    PlanOffer {
        template_id: id::<PolicyId>(200 + number),
        template,
        items: vec![id::<InvoiceId>(1121), id::<InvoiceId>(1144), id::<InvoiceId>(1152)],
        principal: Money::new(1_184_050, MXN),
        counts: 2..=6,
        first_from: plus_days(today(), 1).expect("a date"),
        first_until: plus_days(today(), 30).expect("a date"),
    }
}

fn made(offer: &PlanOffer, count: u32) -> (PlanChoice, Schedule) {
    let choice = PlanChoice { count, first_on: plus_days(today(), 9).expect("a date") };
    let schedule = schedule(&offer.template, offer.principal, &choice, today()).expect("a schedule");
    (choice, schedule)
}

fn choosing(gallery: &mut Gallery, mx: &Chrome) {
    let monthly = offer(1, template(Frequency::Monthly, PlanCharge::FlatRate { rate_bps: 400 }));
    let weekly = offer(2, template(Frequency::Weekly, PlanCharge::None));
    let (choice, schedule) = made(&monthly, 6);
    let picker = PlanPickerView {
        account_id: id::<AccountId>(20),
        offers: vec![monthly.clone(), weekly.clone()],
        offer: monthly.clone(),
        choice,
        schedule: schedule.clone(),
        today: today(),
        problem: None,
    };
    let (from, until) = (monthly.first_from, monthly.first_until);
    gallery.add("plan-new", &picker, mx);
    gallery.add("plan-new-one", &PlanPickerView { offers: vec![monthly.clone()], ..picker.clone() }, mx);
    let problem = Some(Refusal::FirstDateOutOfRange { from, until });
    gallery.add("plan-new-refused", &PlanPickerView { problem, ..picker }, mx);

    let confirm = PlanConfirmView {
        creditor_name: mexico().name,
        account_id: id::<AccountId>(20),
        balance_version: 7,
        plan_id: id::<PlanId>(80),
        wish: PlanWish::Own { template_id: monthly.template_id, frequency: Frequency::Monthly, choice },
        schedule,
        grace_days: 5,
        missed_max: 1,
        approval: Approval::Automatic,
        autopay: AutopayRule::Optional,
        has_method: true,
        problem: None,
        unticked: false,
    };
    gallery.add("plan-confirm", &confirm, mx);
    gallery.add("plan-confirm-unticked", &PlanConfirmView { unticked: true, ..confirm.clone() }, mx);
    let required = PlanConfirmView {
        autopay: AutopayRule::Required,
        has_method: false,
        approval: Approval::ByFinance,
        ..confirm.clone()
    };
    gallery.add("plan-confirm-method", &required, mx);
    let changed = Some(Refusal::BalanceChanged { seen: 6, current: 7 });
    let proposed = PlanConfirmView { wish: PlanWish::Proposed, autopay: AutopayRule::Off, problem: changed, ..confirm };
    gallery.add("plan-confirm-proposed", &proposed, mx);
}

fn acceptance() -> Acceptance {
    Acceptance {
        accepted_at: now(),
        text_version: ACCEPTANCE_TEXT.to_owned(),
        address: "203.0.113.9".to_owned(),
        language: Language::Es,
    }
}

/// The plan's items with so much of it open.
fn open(schedule: &Schedule, left: i64) -> Vec<OpenItem> {
    vec![item(1121, Some("Harina de trigo, 40 sacos"), -12, schedule.total.minor(), left, MXN)]
}

fn plan(state: PlanState, schedule: Schedule, items: &[OpenItem]) -> PaymentPlan {
    PaymentPlan {
        id: id::<PlanId>(80),
        account_id: id::<AccountId>(20),
        template_id: id::<PolicyId>(201),
        terms: PlanTerms {
            grace_days: 5,
            break_rule: BreakRule { missed_max: 1 },
            autopay: false,
            early: EarlySettlement::RebateUnearned,
            propose_again: ProposeAgain::Always,
            approval: Approval::Automatic,
        },
        items: items.iter().map(|item| item.invoice_id).collect(),
        charge_item: items.first().map(|item| item.invoice_id),
        schedule,
        state,
        proposed_at: now(),
        proposed_by: Actor::Debtor { id: id::<DebtorId>(10) },
    }
}

fn plan_view(state: PlanState, left: i64, days: i32) -> PlanView {
    let monthly = offer(1, template(Frequency::Monthly, PlanCharge::FlatRate { rate_bps: 400 }));
    let (_, schedule) = made(&monthly, 6);
    let items = open(&schedule, left);
    let plan = plan(state, schedule, &items);
    let on = plus_days(today(), days).expect("a date");
    PlanView {
        creditor_name: mexico().name,
        progress: progress(&plan, &items, on).expect("progress"),
        early: settle_early(&plan, &items, on).ok(),
        plan,
        balance: Money::new(left, MXN),
        balance_version: 9,
        attempt_id: id::<AttemptId>(51),
        may_choose: true,
        autopay: AutopayLine::Off,
        today: on,
        zone: mexico().zone,
    }
}

fn standing(gallery: &mut Gallery, mx: &Chrome) {
    let active = || PlanState::Active { acceptance: acceptance(), approved: None };
    gallery.add("plan-active", &plan_view(active(), 1_113_007, 0), mx);
    let late =
        PlanView { autopay: AutopayLine::On("Visa •••• 4242".to_owned()), ..plan_view(active(), 800_000, 75) };
    gallery.add("plan-late", &late, mx);
    let waits = PlanState::Proposed { acceptance: Some(acceptance()), approved: None };
    gallery.add("plan-waits", &plan_view(waits, 1_184_050, 0), mx);
    let offered = PlanState::Proposed { acceptance: None, approved: None };
    gallery.add("plan-offered", &plan_view(offered, 1_184_050, 0), mx);
    let completed = PlanState::Completed { acceptance: acceptance(), approved: None, completed_at: now() };
    gallery.add("plan-completed", &plan_view(completed, 1, 0), mx);
    let broken = PlanState::Broken {
        acceptance: acceptance(),
        approved: None,
        broken_at: now(),
        broken_on: today(),
        instalment: 2,
        missed: Money::new(370_600, MXN),
        paid: Money::new(303_705, MXN),
        why: BreakReason::Missed { count: 2 },
    };
    gallery.add("plan-broken", &plan_view(broken.clone(), 880_345, 0), mx);
    gallery.add("plan-broken-again", &PlanView { may_choose: false, ..plan_view(broken, 880_345, 0) }, mx);
    let rejected = PlanState::Canceled {
        acceptance: Some(acceptance()),
        canceled_at: now(),
        by: Actor::System,
        reason: CancelReason::Rejected,
        note: None,
        paid: Money::zero(MXN),
    };
    gallery.add("plan-rejected", &plan_view(rejected, 1_184_050, 0), mx);
}
