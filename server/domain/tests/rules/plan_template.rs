use crate::plan_things::template;
use crate::table::rows;
use crate::things::{answer, money};
use saldo_domain::plan::{BreakRule, PlanCharge, PlanTemplate, ProposeAgain};

fn changed(what: &str) -> PlanTemplate {
    let mut changed = template();
    let (field, value) = what.split_once('=').unwrap_or((what, ""));
    let number = || value.parse().unwrap_or_else(|_| panic!("no number: {what}"));
    let amount = || Some(money(&value.replace('_', " ")));
    match field {
        "nothing" => {}
        "count_min" => changed.instalments_min = number(),
        "count_max" => changed.instalments_max = number(),
        "down_bps" => changed.down_payment_bps = number(),
        "rate_bps" => changed.charge = PlanCharge::FlatRate { rate_bps: number() },
        "fee" => changed.charge = PlanCharge::Fee { amount: amount().unwrap() },
        "minimum" => changed.instalment_min = amount().unwrap(),
        "amount_min" => changed.segment.amount_min = amount(),
        "amount_max" => changed.segment.amount_max = amount(),
        "age_min" => changed.days_past_due_min = Some(value.parse().unwrap()),
        "age_max" => changed.days_past_due_max = Some(value.parse().unwrap()),
        "within" => changed.first_within_days = number(),
        "grace" => changed.grace_days = number(),
        "missed" => changed.break_rule = BreakRule { missed_max: number() },
        "again" => changed.propose_again = ProposeAgain::AfterDays { days: number() },
        other => panic!("no field {other}"),
    }
    changed
}

#[test]
fn a_template_that_contradicts_itself_is_refused() {
    let table = rows(
        "
        set                                     | answer
        nothing                                 | good
        count_min=1                             | instalment_count_out_of_range
        count_min=0                             | instalment_count_out_of_range
        count_max=24                            | good
        count_max=25                            | instalment_count_out_of_range
        count_min=6 count_max=6                 | good
        count_min=7 count_max=6                 | range_reversed
        down_bps=9999                           | good
        down_bps=10000                          | rate_above_whole
        rate_bps=10000                          | good
        rate_bps=10001                          | rate_above_whole
        fee=25.00_MXN                           | good
        fee=0.00_MXN                            | amount_not_positive
        fee=25.00_USD                           | currency_mismatch
        minimum=0.00_MXN                        | amount_not_positive
        minimum=-1.00_MXN                       | amount_not_positive
        minimum=100_CLP                         | currency_mismatch
        amount_min=500.00_MXN                   | good
        amount_min=500.00_USD                   | currency_mismatch
        amount_max=200.00_MXN                   | good
        amount_max=199.99_MXN                   | instalment_below_minimum
        amount_max=200.00_MXN down_bps=1        | instalment_below_minimum
        amount_max=199.99_MXN fee=0.01_MXN      | good
        age_min=1 age_max=90                    | good
        age_min=-30 age_max=-30                 | good
        age_min=91 age_max=90                   | range_reversed
        within=366                              | good
        within=367                              | days_out_of_range
        within=0                                | good
        within=0 down_bps=1000                  | days_out_of_range
        grace=90                                | good
        grace=91                                | days_out_of_range
        missed=24                               | good
        missed=25                               | instalment_count_out_of_range
        again=3660                              | good
        again=3661                              | days_out_of_range
        ",
    );
    for row in table {
        let mut whole = template();
        for what in row.words("set") {
            let one = changed(what);
            let base = template();
            macro_rules! take {
                ($($field:ident),+) => {$( if one.$field != base.$field { whole.$field = one.$field.clone(); } )+};
            }
            take!(
                segment,
                days_past_due_min,
                days_past_due_max,
                down_payment_bps,
                instalments_min,
                instalments_max,
                instalment_min,
                charge,
                first_within_days,
                grace_days,
                break_rule,
                propose_again
            );
        }
        row.expect("answer", answer(whole.checked(), |_| "good".to_owned()));
    }
}

#[test]
fn a_template_is_stored_as_it_was_written() {
    let written = serde_json::to_string(&template()).unwrap();
    assert_eq!(serde_json::from_str::<PlanTemplate>(&written).unwrap(), template());
    let unknown = written.replacen('{', r#"{"colour":"red","#, 1);
    assert!(serde_json::from_str::<PlanTemplate>(&unknown).is_err(), "unknown fields are refused");
}
