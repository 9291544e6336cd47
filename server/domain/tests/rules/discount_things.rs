//! Policies, terms and prices as the tables write them.

use crate::things::{currency, date, id, item, money, plain, zone};
use saldo_domain::calendar::Zone;
use saldo_domain::discount::{
    DiscountBase, DiscountPolicy, DiscountPrice, DiscountRule, DiscountTerms, DiscountTier, InvoiceFacts, PartPayments,
    Reduction, TierUntil, grant,
};
use saldo_domain::invoice::OpenItem;
use saldo_domain::segment::Segment;

/// Reads `2 % d10, 1 % d20` (days after issue), `1 % b5` (days before due), `50.00 d10` or `18 % a year`.
pub fn rule(text: &str, code: &str) -> DiscountRule {
    if let Some(rate) = text.strip_suffix(" % a year") {
        return DiscountRule::Sliding { annual_rate_bps: bps(rate) };
    }
    let tier = |text: &str| {
        let (what, until) = text.trim().rsplit_once(' ').unwrap_or_else(|| panic!("no tier: {text}"));
        let days = until[1..].parse().unwrap();
        DiscountTier {
            until: match &until[..1] {
                "d" => TierUntil::DaysAfterIssue { days },
                _ => TierUntil::DaysBeforeDue { days },
            },
            reduction: match what.strip_suffix(" %") {
                Some(rate) => Reduction::Rate { rate_bps: bps(rate) },
                None => Reduction::Fixed { amount: money(&format!("{what} {code}")) },
            },
        }
    };
    let tiers = if text == "no tier" { Vec::new() } else { text.split(',').map(tier).collect() };
    DiscountRule::Tiers { tiers }
}

/// Reads a percentage with up to two decimals as basis points.
pub fn bps(text: &str) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<2}").parse().unwrap_or_else(|_| panic!("no rate: {text}"))
}

/// A policy for every invoice in a currency, of the whole amount, for whole payments, without grace.
pub fn policy(text: &str, code: &str) -> DiscountPolicy {
    DiscountPolicy {
        segment: Segment::all(currency(code)),
        base: DiscountBase::Gross,
        rule: rule(text, code),
        part_payments: PartPayments::None,
        grace_minutes: 0,
    }
}

/// Reads `none`, `proportional` or `rest in time`.
pub fn parts(text: &str) -> PartPayments {
    match text {
        "none" => PartPayments::None,
        "proportional" => PartPayments::Proportional,
        "rest in time" => PartPayments::IfRestInTime,
        other => panic!("no part-payment rule {other}"),
    }
}

/// An invoice from one date to another, without tax and tags.
pub fn facts(issued: &str, due: &str, amount: &str) -> InvoiceFacts {
    InvoiceFacts { issued_on: date(issued), due_on: date(due), amount: money(amount), tax: None, tags: Vec::new() }
}

/// The terms that one policy gives an invoice.
pub fn terms(policy: &DiscountPolicy, facts: &InvoiceFacts, zone: &Zone) -> Option<DiscountTerms> {
    grant(&[(id("policy"), policy.clone())], facts, zone).unwrap()
}

/// The open item of an invoice with frozen terms, nothing paid.
pub fn with_terms(facts: &InvoiceFacts, terms: Option<DiscountTerms>) -> OpenItem {
    let open = item("F-1", facts.due_on, facts.amount);
    OpenItem { issued_on: facts.issued_on, tax: facts.tax, discounts: terms.into_iter().collect(), ..open }
}

/// `saved of full until …`, or `-`.
pub fn shown(price: Option<DiscountPrice>) -> String {
    let Some(price) = price else { return "-".to_owned() };
    assert_eq!(price.pay.plus(price.saved), Ok(price.full), "nothing is lost between price and saving");
    plain(price.saved)
}

/// Mexico City, where the clocks have stood still since 2022.
pub fn mexico() -> Zone {
    zone("America/Mexico_City")
}
