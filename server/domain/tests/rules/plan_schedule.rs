use crate::plan_things::{choice, template, template_in};
use crate::table::rows;
use crate::things::{answer, date, money, mxn, plain};
use saldo_domain::money::Money;
use saldo_domain::plan::{Frequency, PlanCharge, PlanTemplate, Schedule, counts, schedule};

fn frequency(word: &str) -> Frequency {
    match word {
        "weekly" => Frequency::Weekly,
        "fortnightly" => Frequency::Fortnightly,
        "monthly" => Frequency::Monthly,
        other => panic!("no frequency {other}"),
    }
}

fn dates(schedule: &Schedule) -> String {
    let days: Vec<String> = schedule.instalments.iter().map(|one| one.due_on.to_string()).collect();
    days.join(" ")
}

fn amounts(schedule: &Schedule) -> String {
    let parts: Vec<String> =
        schedule.instalments.iter().map(|one| format!("{}:{}", one.number, plain(one.amount))).collect();
    parts.join(" ")
}

#[test]
fn dates_keep_their_day() {
    let table = rows(
        "
        frequency   | today      | choice            | dates
        monthly     | 2026-01-10 | 4 from 2026-01-31 | 2026-01-31 2026-02-28 2026-03-31 2026-04-30
        monthly     | 2028-01-10 | 3 from 2028-01-31 | 2028-01-31 2028-02-29 2028-03-31
        monthly     | 2028-02-20 | 3 from 2028-02-29 | 2028-02-29 2028-03-29 2028-04-29
        monthly     | 2026-01-10 | 3 from 2026-01-30 | 2026-01-30 2026-02-28 2026-03-30
        monthly     | 2026-10-10 | 4 from 2026-10-31 | 2026-10-31 2026-11-30 2026-12-31 2027-01-31
        monthly     | 2026-02-10 | 3 from 2026-02-28 | 2026-02-28 2026-03-28 2026-04-28
        fortnightly | 2026-02-10 | 3 from 2026-02-20 | 2026-02-20 2026-03-06 2026-03-20
        weekly      | 2028-02-10 | 4 from 2028-02-22 | 2028-02-22 2028-02-29 2028-03-07 2028-03-14
        weekly      | 2026-12-20 | 3 from 2026-12-24 | 2026-12-24 2026-12-31 2027-01-07
        ",
    );
    for row in table {
        let template = PlanTemplate { frequency: frequency(row.get("frequency")), ..template() };
        let made = schedule(&template, mxn("1,200.00"), &choice(row.get("choice")), date(row.get("today")));
        row.expect("dates", answer(made, |made| dates(&made)));
    }
}

#[test]
fn amounts_sum_and_differ_by_at_most_one_minor_unit() {
    let table = rows(
        "
        principal    | down_bps | charge     | count | total    | instalments
        1,200.00 MXN | 0        | none       | 6     | 1,200.00 | 1:200.00 2:200.00 3:200.00 4:200.00 5:200.00 6:200.00
        1,000.00 MXN | 0        | none       | 3     | 1,000.00 | 1:333.34 2:333.33 3:333.33
        100.01 MXN   | 0        | none       | 3     | 100.01   | 1:33.34 2:33.34 3:33.33
        10000 CLP    | 0        | none       | 3     | 10,000   | 1:3,334 2:3,333 3:3,333
        100001 PYG   | 1000     | none       | 2     | 100,001  | 0:10,000 1:45,001 2:45,000
        1,000.00 MXN | 2000     | none       | 3     | 1,000.00 | 0:200.00 1:266.67 2:266.67 3:266.66
        0.05 MXN     | 1000     | none       | 2     | 0.05     | 0:0.01 1:0.02 2:0.02
        0.04 MXN     | 1000     | none       | 2     | 0.04     | 1:0.02 2:0.02
        1,000.00 MXN | 0        | fee 50.00  | 2     | 1,050.00 | 1:525.00 2:525.00
        1,000.00 MXN | 2000     | fee 50.00  | 2     | 1,050.00 | 0:200.00 1:425.00 2:425.00
        999.99 MXN   | 0        | rate 500   | 2     | 1,049.99 | 1:525.00 2:524.99
        0.10 MXN     | 0        | rate 500   | 2     | 0.11     | 1:0.06 2:0.05
        0.09 MXN     | 0        | rate 500   | 2     | 0.09     | 1:0.05 2:0.04
        ",
    );
    for row in table {
        let principal = money(row.get("principal"));
        let code = principal.currency().code();
        let mut template = template_in(Money::zero(principal.currency()));
        template.down_payment_bps = row.number("down_bps");
        template.charge = match row.get("charge").split_once(' ') {
            Some(("fee", amount)) => PlanCharge::Fee { amount: money(&format!("{amount} {code}")) },
            Some((_, rate)) => PlanCharge::FlatRate { rate_bps: rate.parse().unwrap() },
            None => PlanCharge::None,
        };
        let chosen = choice(&format!("{} from 2026-04-01", row.get("count")));
        let made = schedule(&template, principal, &chosen, date("2026-03-05")).unwrap();
        row.expect("total", plain(made.total));
        row.expect("instalments", amounts(&made));
        assert_eq!(made.total, made.principal.plus(made.charge).unwrap());
        assert_eq!(made.down_payment.is_some(), made.instalments[0].number == 0);
        if made.down_payment.is_some() {
            assert_eq!(made.instalments[0].due_on, date("2026-03-05"), "the down payment is due at once");
        }
    }
}

#[test]
fn a_choice_outside_of_the_template_is_refused() {
    let table = rows(
        "
        principal               | down_bps | choice             | answer
        1,200.00 MXN            | 0        | 2 from 2026-03-05  | good
        1,200.00 MXN            | 0        | 12 from 2026-04-04 | good
        1,200.00 MXN            | 0        | 1 from 2026-04-01  | instalment_count_out_of_range
        1,200.00 MXN            | 0        | 13 from 2026-04-01 | instalment_count_out_of_range
        1,199.99 MXN            | 0        | 12 from 2026-04-01 | instalment_below_minimum
        199.99 MXN              | 0        | 2 from 2026-04-01  | instalment_below_minimum
        1,200.00 MXN            | 0        | 2 from 2026-03-04  | first_date_out_of_range
        1,200.00 MXN            | 0        | 2 from 2026-04-05  | first_date_out_of_range
        1,200.00 MXN            | 1000     | 2 from 2026-03-05  | first_date_out_of_range
        1,200.00 MXN            | 1000     | 2 from 2026-03-06  | good
        1,200.00 USD            | 0        | 2 from 2026-04-01  | currency_mismatch
        0.00 MXN                | 0        | 2 from 2026-04-01  | amount_not_positive
        -5.00 MXN               | 0        | 2 from 2026-04-01  | amount_not_positive
        92233720368547758.07 MXN | 0       | 12 from 2026-04-01 | good
        ",
    );
    for row in table {
        let template = PlanTemplate { down_payment_bps: row.number("down_bps"), ..template() };
        let made = schedule(&template, money(row.get("principal")), &choice(row.get("choice")), date("2026-03-05"));
        row.expect("answer", answer(made, |_| "good".to_owned()));
    }
}

#[test]
fn a_charge_beyond_what_can_be_counted_is_refused() {
    let template = PlanTemplate { charge: PlanCharge::FlatRate { rate_bps: 1 }, ..template() };
    let most = Money::new(i64::MAX, mxn("1").currency());
    let made = schedule(&template, most, &choice("2 from 2026-04-01"), date("2026-03-05"));
    assert_eq!(answer(made, |_| "good".to_owned()), "amount_overflow");
    let made =
        schedule(&crate::plan_things::template(), mxn("500.00"), &choice("2 from 9999-12-31"), date("9999-12-20"));
    assert_eq!(answer(made, |_| "good".to_owned()), "date_out_of_range");
}

#[test]
fn the_minimum_cuts_the_number_of_instalments() {
    let table = rows(
        "
        principal    | down_bps | counts
        200.00 MXN   | 0        | 2-2
        299.99 MXN   | 0        | 2-2
        300.00 MXN   | 0        | 2-3
        1,250.00 MXN | 0        | 2-12
        9,999.00 MXN | 0        | 2-12
        300.00 MXN   | 3000     | 2-2
        199.99 MXN   | 0        | instalment_below_minimum
        250.00 MXN   | 3000     | instalment_below_minimum
        ",
    );
    for row in table {
        let template = PlanTemplate { down_payment_bps: row.number("down_bps"), ..template() };
        let found = counts(&template, money(row.get("principal")));
        row.expect("counts", answer(found, |range| format!("{}-{}", range.start(), range.end())));
    }
}
