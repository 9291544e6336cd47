//! Ladders: which can be meant, which one a debtor climbs, and what a change of policy does to who is on it.

use crate::reminder::{ask, one_invoice, shown};
use crate::table::rows;
use crate::things::{MAIL, answer, date, id, item, ladder, mxn, snapshot, utc, wall, zone};
use saldo_domain::calendar::Timestamp;
use saldo_domain::currency::Currency;
use saldo_domain::reminder::{
    ActiveDunning, Audience, Channel, Contact, ContactOutcome, CountsFrom, Decision, DunningPolicy, Escalation,
    HistoryRule, LadderStep, PaymentHistory, Tone, decide, ladder_for,
};
use saldo_domain::snapshot::DebtorSnapshot;

fn channels(words: &[&str]) -> Vec<Channel> {
    words.iter().map(|word| word.parse().unwrap()).collect()
}

/// `3 by sms,email`; `i-3 by email` counts from an instalment's date.
fn step(text: &str) -> LadderStep {
    let (day, by) = text.split_once(" by ").unwrap_or((text, "email"));
    let (counts_from, day) = match day.strip_prefix('i') {
        Some(day) => (CountsFrom::InstalmentDate, day),
        None => (CountsFrom::DueDate, day),
    };
    LadderStep {
        counts_from,
        offset: day.parse().unwrap(),
        channels: channels(&by.split(',').collect::<Vec<_>>()),
        template: "overdue".to_owned(),
        tone: Tone::Neutral,
        amount_min: None,
        escalation: None,
    }
}

/// Steps parted by `; `.
fn steps(text: &str) -> Vec<LadderStep> {
    text.split("; ").filter(|text| !text.is_empty()).map(step).collect()
}

fn policy(text: &str) -> DunningPolicy {
    DunningPolicy { steps: steps(text), ..ladder(Currency::MXN).policy }
}

pub fn with_steps(snapshot: &mut DebtorSnapshot, text: &str) {
    snapshot.dunning[0].policy.steps = steps(text);
}

#[test]
fn a_ladder_rises_and_every_rung_has_channels() {
    let table = rows(
        "
        steps                 | answer
        -7; 0; 3; 10          | fine
        0                     | fine
        0; 3; i0; i3          | fine
        i-3; 0                | fine
        0 by sms,email        | fine
                              | steps_unordered
        0; 0                  | steps_unordered
        3; 0                  | steps_unordered
        i3; i3                | steps_unordered
        0 by sms,sms          | step_channels
        731                   | days_out_of_range
        ",
    );
    for row in table {
        row.expect("answer", answer(policy(row.get("steps")).checked(), |_| "fine".to_owned()));
    }
    assert!(DunningPolicy::standard(Currency::MXN).checked().is_ok());
}

type Change = Box<dyn Fn(&mut DunningPolicy)>;

#[test]
fn what_a_rung_asks_for_must_make_sense() {
    let amount = |text: &str| Some(crate::things::money(text));
    let changes: [(&str, Change); 14] = [
        ("fine", Box::new(|_| {})),
        ("step_channels", Box::new(|it| it.steps[0].channels.clear())),
        ("template_key_unreadable", Box::new(|it| it.steps[0].template = "Due!".to_owned())),
        ("template_key_unreadable", Box::new(|it| it.steps[0].template = String::new())),
        ("template_key_unreadable", Box::new(|it| it.steps[0].template = "x".repeat(41))),
        ("currency_mismatch", Box::new(move |it| it.steps[0].amount_min = amount("5.00 USD"))),
        ("amount_not_positive", Box::new(move |it| it.steps[0].amount_min = amount("0.00 MXN"))),
        ("fine", Box::new(move |it| it.steps[0].amount_min = amount("5.00 MXN"))),
        ("fee_before_due", Box::new(|it| it.steps[0].escalation = Some(Escalation::Fee { amount: mxn("5.00") }))),
        ("fine", Box::new(|it| it.steps[3].escalation = Some(Escalation::Fee { amount: mxn("5.00") }))),
        ("days_out_of_range", Box::new(|it| it.stale_after_hours = Some(0))),
        ("days_out_of_range", Box::new(|it| it.stale_after_hours = Some(673))),
        ("audience_empty", Box::new(|it| it.audience.history = HistoryRule::LateAtLeast { count: 0 })),
        (
            "audience_empty",
            Box::new(|it| (it.audience.days_overdue_min, it.audience.days_overdue_max) = (Some(3), Some(2))),
        ),
    ];
    for (expected, change) in changes {
        let mut it = ladder(Currency::MXN).policy;
        change(&mut it);
        assert_eq!(answer(it.checked(), |_| "fine".to_owned()), expected);
    }
}

#[test]
fn own_hours_leave_a_span_open() {
    let hours = |from: i8, until: i8, closed: usize| {
        let mut it = ladder(Currency::MXN).policy;
        it.own_rules.from = Some(jiff::civil::time(from, 0, 0, 0));
        it.own_rules.until = Some(jiff::civil::time(until, 0, 0, 0));
        it.own_rules.closed = saldo_domain::contact::ClosedDay::ALL[..closed].to_vec();
        answer(it.checked(), |_| "fine".to_owned())
    };
    assert_eq!(hours(9, 18, 1), "fine");
    assert_eq!(hours(9, 18, 6), "fine");
    for (from, until, closed) in [(18, 9, 1), (9, 9, 1), (9, 18, 7)] {
        assert_eq!(hours(from, until, closed), "hours_unordered");
    }
}

fn named(name: &str, change: impl FnOnce(&mut DunningPolicy)) -> ActiveDunning {
    let mut active = ActiveDunning { id: id(name), ..ladder(Currency::MXN) };
    change(&mut active.policy);
    active
}

#[test]
fn the_most_specific_ladder_is_climbed() {
    let mut it = snapshot(vec![item("F-1", date("2026-03-12"), mxn("100.00"))]);
    it.dunning = vec![
        named("all", |_| {}),
        named("late payers", |policy| policy.audience.history = HistoryRule::LateAtLeast { count: 2 }),
        named("old", |policy| policy.audience = Audience { days_overdue_min: Some(60), ..Audience::default() }),
        named("large", |policy| policy.segment.amount_min = Some(mxn("5,000.00"))),
        named("vip", |policy| policy.segment.tag = Some("vip".to_owned())),
        named("dollars", |policy| policy.segment.currency = Currency::USD),
        ActiveDunning { from_at: utc("2026-12-01T00:00:00Z"), ..named("to come", |_| {}) },
        ActiveDunning { until_at: Some(utc("2026-01-01T00:00:00Z")), ..named("over", |_| {}) },
    ];
    let table = rows(
        "
        owed     | tags | late | asked on   | ladder
        100.00   |      | 0    | 2026-03-12 | all
        100.00   |      | 1    | 2026-03-12 | all
        100.00   |      | 2    | 2026-03-12 | late payers
        100.00   |      | 2    | 2026-06-12 | old
        5,000.00 |      | 2    | 2026-03-12 | large
        5,000.00 | vip  | 2    | 2026-03-12 | vip
        100.00   | new  | 0    | 2026-05-10 | all
        100.00   | new  | 0    | 2026-05-11 | old
        100.00   |      | 0    | 2026-12-02 | old
        ",
    );
    for row in table {
        it.accounts[0].items[0].outstanding = mxn(row.get("owed"));
        it.debtor.tags = row.words("tags").into_iter().map(str::to_owned).collect();
        it.history = PaymentHistory { paid_count: 9, paid_late_count: row.number("late") };
        let at = wall(&format!("{} 12:00", row.get("asked on")), &zone("America/Mexico_City"));
        let found = ladder_for(&it, &it.accounts[0], at).expect("a ladder");
        let names = ["all", "late payers", "old", "large", "vip", "dollars", "to come", "over"];
        let name = names.into_iter().find(|name| found.id == id(name)).expect("one of them");
        row.expect("ladder", name);
    }
    it.dunning.retain(|active| active.id == id("dollars"));
    assert_eq!(shown_at(&it, "2026-03-12 10:00"), "stop: no_policy");
}

pub fn shown_at(snapshot: &DebtorSnapshot, at: &str) -> String {
    let home = zone("America/Mexico_City");
    shown(&decide(snapshot, &Channel::ALL, wall(at, &home)).unwrap(), &home)
}

/// By which channel the rung of the due date goes, or why it does not.
fn by(snapshot: &DebtorSnapshot, installed: &[Channel], at: Timestamp) -> String {
    match decide(snapshot, installed, at).unwrap() {
        Decision::Send { channel, .. } => channel.as_str().to_owned(),
        Decision::Wait { why, .. } => why.as_str().to_owned(),
        Decision::Stop { why } => why.as_str().to_owned(),
    }
}

#[test]
fn a_rung_goes_by_the_first_of_its_channels_that_can_be_used() {
    let table = rows(
        "
        rung         | installed  | email | tried before        | channel
        email        | email      | yes   |                     | email
        banner,email | email      | yes   |                     | email
        banner,email | banner     | yes   |                     | banner
        email,banner | email banner | no  |                     | banner
        email        | email      | no    |                     | no_address
        email        | banner     | yes   |                     | no_address
        email,banner | email banner | yes | email came back     | banner
        email,banner | email banner | yes | email was refused   | banner
        email        | email      | yes   | email came back     | not_yet_due
        email        | email      | yes   | email was refused   | not_yet_due
        ",
    );
    let at = wall("2026-03-13 10:00", &zone("America/Mexico_City"));
    for row in table {
        let mut it = one_invoice();
        with_steps(&mut it, &format!("0 by {}; 10 by {}", row.get("rung"), row.get("rung")));
        if row.get("email") == "no" {
            it.debtor.email = None;
        }
        let outcome = match row.get("tried before") {
            "email came back" => Some(ContactOutcome::CameBack),
            "email was refused" => Some(ContactOutcome::Refused),
            _ => None,
        };
        it.contacts.extend(outcome.map(|outcome| Contact {
            handed_off_at: wall("2026-03-12 10:00", &zone("America/Mexico_City")),
            channel: Channel::Email,
            step: saldo_domain::reminder::DunningStep { offset: 0, due_on: date("2026-03-12") },
            invoice_ids: vec![id("F-1")],
            outcome,
        }));
        row.expect("channel", by(&it, &channels(&row.words("installed")), at));
    }
}

#[test]
fn a_rung_is_left_out_below_its_minimum() {
    let mut it = one_invoice();
    with_steps(&mut it, "0; 10; 20");
    it.dunning[0].policy.steps[1].amount_min = Some(mxn("100.01"));
    assert_eq!(shown_at(&it, "2026-03-12 10:00"), "send 2026-03-12+0: F-1");
    assert_eq!(shown_at(&it, "2026-03-22 10:00"), "wait until 2026-03-23 09:00: outside_hours");
    ask(&mut it, wall("2026-03-12 10:00", &zone("America/Mexico_City")));
    assert_eq!(shown_at(&it, "2026-03-23 10:00"), "wait until 2026-04-01 09:00: not_yet_due");
    it.dunning[0].policy.steps.iter_mut().for_each(|step| step.amount_min = Some(mxn("100.01")));
    assert_eq!(shown_at(&it, "2026-03-23 10:00"), "stop: below_minimum");
}

#[test]
fn a_new_version_does_not_make_up_for_rungs_that_were_reached_before_it() {
    let home = zone("America/Mexico_City");
    let mut told = one_invoice();
    ask(&mut told, wall("2026-03-17 10:00", &home));
    let fresh = one_invoice();
    for it in [&told, &fresh] {
        assert!(matches!(decide(it, &MAIL, wall("2026-03-23 10:00", &home)), Ok(Decision::Send { .. })));
    }
    // On 20 March the ladder becomes: 5 days after, 12 days after.
    let change = |mut it: DebtorSnapshot| {
        it.dunning[0].until_at = Some(wall("2026-03-20 08:00", &home));
        let from_at = wall("2026-03-20 08:00", &home);
        it.dunning.push(ActiveDunning { id: id("new"), from_at, until_at: None, policy: policy("5; 12") });
        it
    };
    let (told, fresh) = (change(told), change(fresh));
    let table = rows(
        "
        debtor | asked            | answer
        told   | 2026-03-20 10:00 | wait until 2026-03-24 09:00: not_yet_due
        told   | 2026-03-24 10:00 | send 2026-03-12+12: F-1
        fresh  | 2026-03-20 10:00 | send 2026-03-12+5: F-1
        ",
    );
    for row in table {
        let it = if row.get("debtor") == "told" { &told } else { &fresh };
        row.expect("answer", shown_at(it, row.get("asked")));
    }
}

#[test]
fn books_that_are_too_old_keep_the_ladder_still() {
    let mut it = one_invoice();
    it.dunning[0].policy.stale_after_hours = Some(48);
    let home = zone("America/Mexico_City");
    let table = rows(
        "
        last brought up to date | asked            | answer
        never                   | 2026-03-12 10:00 | send 2026-03-12+0: F-1
        2026-03-10 10:00        | 2026-03-12 10:00 | send 2026-03-12+0: F-1
        2026-03-10 09:59        | 2026-03-12 10:00 | wait until 2026-03-12 11:00: stale_data
        ",
    );
    for row in table {
        let fresh = row.get("last brought up to date");
        it.data_fresh_at = (fresh != "never").then(|| wall(fresh, &home));
        row.expect("answer", shown_at(&it, row.get("asked")));
    }
}
