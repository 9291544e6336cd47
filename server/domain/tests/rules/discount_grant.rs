//! What one invoice promises: computed once when it is issued.

use crate::discount_things::{facts, mexico, parts, policy, shown, terms, with_terms};
use crate::table::rows;
use crate::things::{answer, date, id, money, name_of, on_wall, plain, utc, zone};
use saldo_domain::discount::{
    DiscountBase, DiscountOffer, DiscountPolicy, DiscountTerms, ExtraDiscount, InvoiceFacts, TermsSource, extra, grant,
    grant_one, price,
};
use saldo_domain::ids::{InvoiceId, PolicyId};

/// `20.00 until 2026-01-11, 10.00 until 2026-01-21`.
fn told(terms: Option<DiscountTerms>) -> String {
    let Some(terms) = terms else { return "-".to_owned() };
    match &terms.offer {
        DiscountOffer::Steps { steps } => {
            let step = |step: &saldo_domain::discount::DiscountStep| {
                assert_eq!(on_wall(step.until_at, &terms.zone), format!("{} 23:59", step.until_on));
                format!("{} until {}", plain(step.saved), step.until_on)
            };
            steps.iter().map(step).collect::<Vec<_>>().join(", ")
        }
        DiscountOffer::Sliding { annual_rate_bps, due_on, until_at } => {
            format!("{annual_rate_bps} a year to {due_on}, until {}", on_wall(*until_at, &terms.zone))
        }
    }
}

#[test]
fn terms_are_amounts_with_last_days() {
    let table = rows(
        "
        rule             | issued     | due        | amount       | terms                                          | because
        2 % d10          | 2026-01-01 | 2026-01-31 | 1,000.00 MXN | 20.00 until 2026-01-11                         | 2/10 net 30
        2 % d10, 1 % d20 | 2026-01-01 | 2026-01-31 | 1,000.00 MXN | 20.00 until 2026-01-11, 10.00 until 2026-01-21 |
        2 % d10, 1 % b5  | 2026-01-01 | 2026-01-31 | 1,000.00 MXN | 20.00 until 2026-01-11, 10.00 until 2026-01-26 |
        2 % d10, 1 % b5  | 2026-01-01 | 2026-01-16 | 1,000.00 MXN | 20.00 until 2026-01-11                         | both on one day: the first
        2 % d10          | 2026-01-01 | 2026-01-08 | 1,000.00 MXN | 20.00 until 2026-01-08                         | never after the due date
        2 % d10, 1 % d20 | 2026-01-01 | 2026-01-08 | 1,000.00 MXN | 20.00 until 2026-01-08                         |
        2 % d0           | 2026-01-01 | 2026-01-31 | 1,000.00 MXN | 20.00 until 2026-01-01                         |
        2 % b0           | 2026-01-01 | 2026-01-31 | 1,000.00 MXN | 20.00 until 2026-01-31                         |
        2 % d10          | 2028-02-20 | 2028-03-20 | 1,000.00 MXN | 20.00 until 2028-03-01                         | over a leap day
        2 % d9           | 2028-02-20 | 2028-03-20 | 1,000.00 MXN | 20.00 until 2028-02-29                         | on it
        2 % d10          | 2026-12-25 | 2027-01-24 | 1,000.00 MXN | 20.00 until 2027-01-04                         |
        2 % d10          | 2026-01-01 | 2026-01-31 | 0.75 MXN     | 0.02 until 2026-01-11                          | 1.5 cents: away from zero
        2 % d10          | 2026-01-01 | 2026-01-31 | 0.74 MXN     | 0.01 until 2026-01-11                          | 1.48 cents
        2 % d10          | 2026-01-01 | 2026-01-31 | 0.25 MXN     | 0.01 until 2026-01-11                          | half a cent
        2 % d10          | 2026-01-01 | 2026-01-31 | 0.24 MXN     | -                                              | less than half a cent
        2 % d10          | 2026-01-01 | 2026-01-31 | 12,345 CLP   | 247 until 2026-01-11                           | 246.9 whole pesos
        2 % d10          | 2026-01-01 | 2026-01-31 | 24 CLP       | -                                              | 0.48: there is no half peso
        2.5 % d10        | 2026-01-01 | 2026-01-31 | 333.33 MXN   | 8.33 until 2026-01-11                          | 8.33325
        50.00 d10        | 2026-01-01 | 2026-01-31 | 1,000.00 MXN | 50.00 until 2026-01-11                         |
        50.00 d10        | 2026-01-01 | 2026-01-31 | 50.00 MXN    | -                                              | nothing would be left to pay
        50.00 d9, 20.00 d20 | 2026-01-01 | 2026-01-31 | 50.00 MXN | 20.00 until 2026-01-21                         | the first step falls away
        99.99 % d10      | 2026-01-01 | 2026-01-31 | 0.01 MXN     | -                                              | it would be a gift
        18 % a year      | 2026-01-01 | 2026-01-31 | 1,000.00 MXN | 1800 a year to 2026-01-31, until 2026-01-30 23:59 |
        18 % a year      | 2026-01-31 | 2026-01-31 | 1,000.00 MXN | -                                              | nothing is early
        2 % d10          | 2026-01-01 | 2026-01-31 | 1,000.00 USD | -                                              | the policy is for pesos
        ",
    );
    for row in table {
        let facts = facts(row.get("issued"), row.get("due"), row.get("amount"));
        let code =
            if row.get("amount").ends_with("USD") { "MXN" } else { row.get("amount").rsplit(' ').next().unwrap() };
        let policy = policy(row.get("rule"), code).checked().unwrap();
        row.expect("terms", told(terms(&policy, &facts, &mexico())));
    }
}

#[test]
fn the_last_second_is_that_of_the_debtors_own_wall() {
    let table = rows(
        "
        zone                | issued     | until                | because
        America/Mexico_City | 2026-01-01 | 2026-01-12T05:59:59Z |
        Pacific/Kiritimati  | 2026-01-01 | 2026-01-11T09:59:59Z | twenty hours earlier
        America/New_York    | 2026-02-26 | 2026-03-09T03:59:59Z | a day of 23 hours
        America/Santiago    | 2026-03-25 | 2026-04-05T03:59:59Z | 23:59:59 comes twice, the second counts
        America/Santiago    | 2026-08-26 | 2026-09-06T03:59:59Z | the next day begins at 1:00
        America/Nuuk        | 2026-03-18 | 2026-03-29T00:59:59Z | 23:00 to 24:00 is skipped that day
        ",
    );
    for row in table {
        let mut facts = facts(row.get("issued"), "2026-12-31", "1,000.00 MXN");
        facts.due_on = date("2026-12-31");
        let terms = terms(&policy("2 % d10", "MXN"), &facts, &zone(row.get("zone"))).unwrap();
        row.expect("until", terms.until_at());
    }
}

#[test]
fn a_base_net_of_tax_needs_the_tax() {
    let net = DiscountPolicy { base: DiscountBase::NetOfTax, ..policy("2 % d10", "MXN") };
    let invoice =
        |tax: Option<&str>| InvoiceFacts { tax: tax.map(money), ..facts("2026-01-01", "2026-01-31", "1,160.00 MXN") };
    assert_eq!(told(terms(&net, &invoice(Some("160.00 MXN")), &mexico())), "20.00 until 2026-01-11");
    assert_eq!(told(terms(&net, &invoice(Some("0.00 MXN")), &mexico())), "23.20 until 2026-01-11");
    assert_eq!(told(terms(&net, &invoice(None), &mexico())), "-", "the tax is not known");
    assert_eq!(told(terms(&net, &invoice(Some("1,160.00 MXN")), &mexico())), "-", "all of it is tax");
}

#[test]
fn the_best_single_discount_applies_never_two() {
    let table = rows(
        "
        a           | b                | won | terms                  | because
        2 % d10     | 3 % d5           | b   | 30.00 until 2026-01-06 | it saves more at its first step
        2 % d10     | 2 % d15          | b   | 20.00 until 2026-01-16 | as much, for longer
        2 % d10     | 2 % d10          | a   | 20.00 until 2026-01-11 | equal: the first
        1 % d20     | 2 % d5, 0.5 % d9 | b   | 20.00 until 2026-01-06, 5.00 until 2026-01-10 |
        25.00 d10   | 2 % d10          | a   | 25.00 until 2026-01-11 | an amount against a rate
        18 % a year | 1 % d10          | a   | 1800 a year to 2026-01-31, until 2026-01-30 23:59 | 14.79 on the first day
        18 % a year | 2 % d10          | b   | 20.00 until 2026-01-11 |
        ",
    );
    for row in table {
        let policies: Vec<(PolicyId, DiscountPolicy)> =
            ["a", "b"].map(|name| (id(name), policy(row.get(name), "MXN"))).to_vec();
        let facts = facts("2026-01-01", "2026-01-31", "1,000.00 MXN");
        let found = grant(&policies, &facts, &mexico()).unwrap().unwrap();
        let TermsSource::Policy { id } = found.source else { panic!("granted by nobody") };
        row.expect("won", name_of(InvoiceId(id.0)));
        row.expect("terms", told(Some(found)));
    }
}

#[test]
fn a_policy_covers_its_segment_only() {
    let mut tagged = policy("2 % d10", "MXN");
    tagged.segment.tag = Some("wholesale".to_owned());
    tagged.segment.amount_min = Some(money("500.00 MXN"));
    tagged.segment.amount_max = Some(money("1,000.00 MXN"));
    let table = rows(
        "
        amount       | tags            | terms
        500.00 MXN   | wholesale       | 10.00 until 2026-01-11
        1,000.00 MXN | retail wholesale | 20.00 until 2026-01-11
        499.99 MXN   | wholesale       | -
        1,000.01 MXN | wholesale       | -
        700.00 MXN   | retail          | -
        700.00 MXN   |                 | -
        ",
    );
    for row in table {
        let tags = row.words("tags").into_iter().map(str::to_owned).collect();
        let facts = InvoiceFacts { tags, ..facts("2026-01-01", "2026-01-31", row.get("amount")) };
        row.expect("terms", told(terms(&tagged, &facts, &mexico())));
    }
}

#[test]
fn a_deadline_before_the_issue_date_is_refused() {
    let policy = policy("2 % b20, 1 % b5", "MXN");
    let one = |due: &str| grant_one(id("policy"), &policy, &facts("2026-01-01", due, "1,000.00 MXN"), &mexico());
    assert_eq!(answer(one("2026-01-31"), told), "20.00 until 2026-01-11, 10.00 until 2026-01-26");
    assert_eq!(answer(one("2026-01-15"), told), "10.00 until 2026-01-10", "the first step is over before it begins");
    assert_eq!(answer(one("2026-01-06"), told), "10.00 until 2026-01-01", "on the very day of issue");
    assert_eq!(answer(one("2026-01-05"), told), "deadline_before_issue");
    let all = [(id("policy"), policy.clone())];
    let short = grant(&all, &facts("2026-01-01", "2026-01-05", "1,000.00 MXN"), &mexico());
    assert_eq!(answer(short, told), "-", "an invoice on short terms can still be issued");
}

#[test]
fn an_edited_policy_changes_nothing_on_what_was_issued() {
    let facts = facts("2026-01-01", "2026-01-31", "1,000.00 MXN");
    let issued = with_terms(&facts, terms(&policy("2 % d10", "MXN"), &facts, &mexico()));
    let frozen = serde_json::to_string(&issued.discounts).unwrap();
    let read: Vec<DiscountTerms> = serde_json::from_str(&frozen).unwrap();
    assert_eq!(read, issued.discounts, "they come back from the invoice's row as they were");
    let later = utc("2026-01-05T12:00:00Z");
    assert_eq!(answer(price(&issued, later), shown), "20.00", "whatever 2 % d10 has become since");
}

#[test]
fn an_extra_discount_has_its_own_refusals() {
    let table = rows(
        "
        rate  | until      | terms                  | because
        300   | 2026-01-20 | 30.00 until 2026-01-20 |
        300   | 2026-01-10 | 30.00 until 2026-01-10 | until tonight
        300   | 2026-01-09 | deadline_before_issue  | the day is over
        300   | 2025-12-31 | deadline_before_issue  |
        0     | 2026-01-20 | rate_zero              |
        10000 | 2026-01-20 | rate_above_whole       | that is a write-off
        10001 | 2026-01-20 | rate_above_whole       |
        ",
    );
    for row in table {
        let granted = ExtraDiscount {
            rate_bps: row.number("rate"),
            until_on: date(row.get("until")),
            by: id("agent"),
            at: utc("2026-01-10T18:00:00Z"),
        };
        let found = extra(&granted, date("2026-01-01"), money("1,000.00 MXN"), &mexico());
        row.expect("terms", answer(found, |terms| told(Some(terms))));
    }
    assert_eq!(parts("rest in time"), saldo_domain::discount::PartPayments::IfRestInTime);
}
