//! What holds of every discount, whatever the policy, the invoice and the moment.

use crate::discount_things::with_terms;
use crate::things::{CURRENCIES, currency, date, tries, zone};
use jiff::SignedDuration;
use proptest::prelude::*;
use saldo_domain::calendar::{Timestamp, Zone, plus_days};
use saldo_domain::discount::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, InvoiceFacts, PartPayments, Reduction, TierUntil, grant,
    price, price_by_value_date,
};
use saldo_domain::ids::PolicyId;
use saldo_domain::invoice::OpenItem;
use saldo_domain::money::Money;
use saldo_domain::segment::Segment;
use uuid::Uuid;

const ZONES: [&str; 5] =
    ["America/Mexico_City", "America/Santiago", "America/New_York", "Pacific/Kiritimati", "America/Nuuk"];

/// Numbers without a generator's shrinking: a million cases in seconds.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn count(&mut self, end: u64) -> u32 {
        u32::try_from(self.below(end)).unwrap()
    }

    /// Mostly everyday amounts, sometimes single units, sometimes the end of the range.
    fn minor(&mut self) -> i64 {
        let top = [200, 100_000, 5_000_000_000, i64::MAX.unsigned_abs()][usize::try_from(self.below(4)).unwrap()];
        i64::try_from(1 + self.below(top)).unwrap()
    }

    fn policy(&mut self, code: &str) -> DiscountPolicy {
        let bps = 1 + self.count(9_999);
        let first = self.count(60);
        let rule = match self.below(3) {
            0 => DiscountRule::Sliding { annual_rate_bps: bps },
            1 => {
                let amount = Money::new(self.minor(), currency(code));
                let until = TierUntil::DaysBeforeDue { days: first };
                DiscountRule::Tiers { tiers: vec![DiscountTier { until, reduction: Reduction::Fixed { amount } }] }
            }
            _ => {
                let tier = |days, rate_bps| DiscountTier {
                    until: TierUntil::DaysAfterIssue { days },
                    reduction: Reduction::Rate { rate_bps },
                };
                DiscountRule::Tiers { tiers: vec![tier(first, bps.max(2)), tier(first + 7, bps.max(2) / 2)] }
            }
        };
        let part_payments = [PartPayments::None, PartPayments::Proportional, PartPayments::IfRestInTime]
            [usize::try_from(self.below(3)).unwrap()];
        let base = if self.below(4) == 0 { DiscountBase::NetOfTax } else { DiscountBase::Gross };
        DiscountPolicy { segment: Segment::all(currency(code)), base, rule, part_payments, grace_minutes: 15 }
    }

    fn facts(&mut self, code: &str) -> InvoiceFacts {
        let issued_on = plus_days(date("2026-01-01"), i32::try_from(self.below(900)).unwrap()).unwrap();
        let amount = Money::new(self.minor(), currency(code));
        InvoiceFacts {
            issued_on,
            due_on: plus_days(issued_on, i32::try_from(self.below(90)).unwrap()).unwrap(),
            amount,
            tax: (self.below(3) > 0).then(|| amount.share(1_600).unwrap()),
            tags: Vec::new(),
        }
    }
}

fn noon(on: saldo_domain::calendar::Date, zone: &Zone) -> Timestamp {
    zone.moment(on, jiff::civil::Time::constant(12, 0, 0, 0)).unwrap()
}

/// Grants, prices over the days and checks what must hold; answers how many prices were found.
fn check(dice: &mut Dice, zones: &[Zone]) -> u32 {
    let code = CURRENCIES[usize::try_from(dice.below(11)).unwrap()];
    let zone = &zones[usize::try_from(dice.below(5)).unwrap()];
    let policy = dice.policy(code).checked().unwrap();
    let facts = dice.facts(code);
    let terms = grant(&[(PolicyId(Uuid::nil()), policy)], &facts, zone).unwrap();
    let whole = with_terms(&facts, terms);
    let open = match dice.below(2) {
        0 => facts.amount.minor(),
        _ => 1 + i64::try_from(dice.below(facts.amount.minor().unsigned_abs())).unwrap(),
    };
    let item = OpenItem { outstanding: Money::new(open, currency(code)), ..whole };
    let mut before = i64::MAX;
    let mut found = 0;
    for day in [0, 3, 11, 40, 120] {
        let on = plus_days(facts.issued_on, day).unwrap();
        let by_moment = price(&item, noon(on, zone)).unwrap();
        assert_eq!(by_moment, price_by_value_date(&item, on).unwrap(), "noon and its date agree: {item:?}");
        let saved = by_moment.map_or(0, |price| price.saved.minor());
        assert!(saved <= before, "paying later saves more: {item:?} on {on}");
        before = saved;
        let Some(price) = by_moment else { continue };
        found += 1;
        assert!(price.saved.is_positive() && price.pay.is_positive(), "both sides of a price are something: {price:?}");
        assert_eq!(price.saved.minor() + price.pay.minor(), open, "money is lost or made: {price:?}");
        assert!(price.saved.minor() < facts.amount.minor(), "above the base: {price:?}");
        assert!(
            item.discounts.iter().all(|terms| price.saved.minor() < terms.base.minor()),
            "above the base: {price:?}"
        );
    }
    found
}

fn million(part: u64) {
    let zones = ZONES.map(zone);
    let mut dice = Dice(part);
    let mut found = 0;
    for _ in 0..50_000 {
        found += check(&mut dice, &zones);
    }
    assert!(found > 50_000, "hardly anything was priced: {found}");
}

// 250,000 prices each; together 10^6.
#[test]
fn a_million_prices_conserve_money_part_1() {
    million(1);
}

#[test]
fn a_million_prices_conserve_money_part_2() {
    million(2);
}

#[test]
fn a_million_prices_conserve_money_part_3() {
    million(3);
}

#[test]
fn a_million_prices_conserve_money_part_4() {
    million(4);
}

proptest! {
    #![proptest_config(tries(300))]

    #[test]
    fn a_price_holds_to_its_last_second_and_not_beyond(seed in any::<u64>(), hours in 0_i64..3_000) {
        let mut dice = Dice(seed);
        let zone = zone(ZONES[usize::try_from(dice.below(5)).unwrap()]);
        let (policy, facts) = (dice.policy("MXN"), dice.facts("MXN"));
        let terms = grant(&[(PolicyId(Uuid::nil()), policy)], &facts, &zone).unwrap();
        let item = with_terms(&facts, terms);
        let at = noon(facts.issued_on, &zone) + SignedDuration::from_hours(hours);
        if let Some(found) = price(&item, at).unwrap() {
            prop_assert!(at <= found.last_moment);
            prop_assert_eq!(price(&item, found.last_moment).unwrap(), Some(found));
            let after = price(&item, found.last_moment + SignedDuration::from_secs(1)).unwrap();
            prop_assert!(after.is_none_or(|after| after.saved.minor() <= found.saved.minor() && after != found));
        }
    }
}
