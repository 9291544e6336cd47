//! Plans of any size, date and currency.

use crate::plan_things::{active, left, template_in};
use crate::things::{CURRENCIES, currency, date, item, tries};
use proptest::prelude::*;
use saldo_domain::calendar::{Date, days_between, plus_days};
use saldo_domain::money::Money;
use saldo_domain::plan::{
    EarlySettlement, Frequency, PaymentPlan, PlanCharge, PlanChoice, PlanTemplate, Schedule, amount_of, progress,
    schedule, settle_early,
};

fn any_template() -> impl Strategy<Value = PlanTemplate> {
    let charge = prop_oneof![
        Just(None),
        (1_i64..1_000_000).prop_map(|minor| Some((true, minor))),
        (0_i64..10_000).prop_map(|rate| Some((false, rate))),
    ];
    let frequency = prop_oneof![Just(Frequency::Weekly), Just(Frequency::Fortnightly), Just(Frequency::Monthly)];
    let early = prop_oneof![Just(EarlySettlement::Full), Just(EarlySettlement::RebateUnearned)];
    (prop::sample::select(&CURRENCIES[..]), charge, frequency, 0_u32..10_000, 0_u32..30, early).prop_map(
        |(code, charge, frequency, down_payment_bps, grace_days, early)| {
            let zero = Money::zero(currency(code));
            let charge = match charge {
                None => PlanCharge::None,
                Some((true, minor)) => PlanCharge::Fee { amount: Money::new(minor, zero.currency()) },
                Some((false, rate)) => PlanCharge::FlatRate { rate_bps: u32::try_from(rate).unwrap() },
            };
            PlanTemplate {
                charge,
                frequency,
                down_payment_bps,
                instalments_max: 24,
                first_within_days: 60,
                grace_days,
                early,
                ..template_in(zero)
            }
        },
    )
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..47_000).prop_map(|days| plus_days(date("1970-01-01"), days).unwrap())
}

fn any_minor() -> impl Strategy<Value = i64> {
    prop_oneof![2 => 1_i64..1_000_000, 1 => 1_i64..i64::MAX, 1 => Just(i64::MAX)]
}

fn agrees(made: &Schedule, template: &PlanTemplate, choice: &PlanChoice, today: Date) {
    let sum = Money::sum(made.total.currency(), made.instalments.iter().map(|one| one.amount)).unwrap();
    assert_eq!(sum, made.total);
    assert_eq!(made.total, made.principal.plus(made.charge).unwrap());
    let numbered: Vec<_> = made.instalments.iter().filter(|one| one.number > 0).collect();
    assert_eq!(numbered.len(), usize::try_from(choice.count).unwrap());
    let minors: Vec<i64> = numbered.iter().map(|one| one.amount.minor()).collect();
    assert!(minors.windows(2).all(|pair| pair[0] >= pair[1]), "the rest comes first");
    assert!(minors[0] - minors[minors.len() - 1] <= 1);
    assert!(minors[minors.len() - 1] >= template.instalment_min.minor());
    assert!(made.instalments.windows(2).all(|pair| pair[0].due_on < pair[1].due_on), "dates rise");
    assert_eq!(numbered[0].due_on, choice.first_on);
    for (steps, one) in numbered.iter().enumerate() {
        let steps = i32::try_from(steps).unwrap();
        match template.frequency {
            Frequency::Weekly => assert_eq!(days_between(choice.first_on, one.due_on), 7 * steps),
            Frequency::Fortnightly => assert_eq!(days_between(choice.first_on, one.due_on), 14 * steps),
            Frequency::Monthly => {
                let last_day = one.due_on.days_in_month();
                assert_eq!(one.due_on.day(), choice.first_on.day().min(last_day), "the anchor day is kept");
            }
        }
    }
    if let Some(down) = made.down_payment {
        assert_eq!((made.instalments[0].due_on, made.instalments[0].amount), (today, down));
    }
    let shares = made.charge_shares().unwrap();
    assert_eq!(Money::sum(made.charge.currency(), shares.into_iter().map(|(_, share)| share)).unwrap(), made.charge);
}

fn any_plan() -> impl Strategy<Value = (PaymentPlan, Date)> {
    let first = 1_i32..60;
    (any_template(), 100_i64..10_000_000_000, 2_u32..=24, first, any_day()).prop_filter_map(
        "not possible",
        |(template, minor, count, first, today)| {
            let principal = Money::new(minor, template.segment.currency);
            let choice = PlanChoice { count, first_on: plus_days(today, first).unwrap() };
            schedule(&template, principal, &choice, today).ok()?;
            Some((active(&template, &[item("F-1", today, principal)], choice, today), today))
        },
    )
}

proptest! {
    #![proptest_config(tries(2_000))]

    #[test]
    fn a_schedule_conserves_money_and_keeps_its_dates(
        template in any_template(), minor in any_minor(), count in 2_u32..=24, first in 0_i32..=60, today in any_day(),
    ) {
        let principal = Money::new(minor, template.segment.currency);
        let choice = PlanChoice { count, first_on: plus_days(today, first).unwrap() };
        match schedule(&template, principal, &choice, today) {
            Ok(made) => agrees(&made, &template, &choice, today),
            Err(refusal) => {
                let known = ["amount_overflow", "instalment_below_minimum", "first_date_out_of_range"];
                prop_assert!(known.contains(&refusal.code()), "{}", refusal);
            }
        }
    }

    #[test]
    fn progress_only_rises_with_what_is_paid((plan, today) in any_plan(), parts in prop::collection::vec(0_u32..=10_000, 1..8), on in 0_i32..900) {
        let day = plus_days(today, on).unwrap();
        let total = plan.schedule.total;
        let mut paid: Vec<Money> = parts.iter().map(|bps| total.share(*bps).unwrap()).collect();
        paid.sort_by_key(|amount| amount.minor());
        let mut before = progress(&plan, &left(&plan, Money::zero(total.currency())), day).unwrap();
        for amount in paid {
            let now = progress(&plan, &left(&plan, amount), day).unwrap();
            prop_assert_eq!(now.paid, amount);
            prop_assert_eq!(now.paid.plus(now.remaining).unwrap(), total);
            prop_assert!(now.due_now.minor() <= before.due_now.minor());
            prop_assert!(now.due_now.minor() <= now.remaining.minor());
            for (earlier, later) in before.instalments.iter().zip(&now.instalments) {
                prop_assert!(later.paid.minor() >= earlier.paid.minor());
            }
            before = now;
        }
    }

    #[test]
    fn what_is_asked_is_never_more_than_what_remains((plan, today) in any_plan(), bps in 0_u32..10_000, on in 0_i32..900, count in 1_u32..30) {
        let day = plus_days(today, on).unwrap();
        let open = left(&plan, plan.schedule.total.share(bps).unwrap());
        let standing = progress(&plan, &open, day).unwrap();
        if standing.remaining.is_zero() {
            return Ok(());
        }
        let early = settle_early(&plan, &open, day).unwrap();
        prop_assert!(early.pay.is_positive() && early.rebate.minor() >= 0);
        prop_assert_eq!(early.pay.plus(early.rebate).unwrap(), standing.remaining);
        let charge = open.iter().find(|item| Some(item.invoice_id) == early.charge_item);
        prop_assert!(early.rebate.minor() <= charge.map_or(0, |item| item.outstanding.minor()));
        let unpaid = standing.instalments.iter().filter(|one| one.missing().unwrap().is_positive()).count();
        let asked = amount_of(&plan, &open, day, count);
        prop_assert_eq!(asked.is_ok(), usize::try_from(count).unwrap() <= unpaid);
        if let Ok(asked) = asked {
            prop_assert!(asked.is_positive() && asked.minor() <= standing.remaining.minor());
        }
        prop_assert_eq!(amount_of(&plan, &open, day, u32::try_from(unpaid).unwrap()), Ok(standing.remaining));
    }
}
