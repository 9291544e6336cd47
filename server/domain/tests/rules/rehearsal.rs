//! A rehearsal says what the decision itself would say, hour by hour, and names what a draft changes.

use crate::reminder::one_invoice;
use crate::things::{MAIL, date, id, item, ladder, mxn, on_wall, snapshot, wall, zone};
use jiff::SignedDuration;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::{Timestamp, Zone};
use saldo_domain::currency::Currency;
use saldo_domain::hold::ManualHold;
use saldo_domain::money::Money;
use saldo_domain::rehearsal::{
    Change, ChannelPrices, DebtorRun, RehearsedMessage, Summary, Walk, ahead, changes, end_of, walk, with_draft,
};
use saldo_domain::reminder::{
    ActiveDunning, Channel, Contact, ContactOutcome, CountsFrom, Decision, Hold, StopReason, decide,
};
use saldo_domain::snapshot::DebtorSnapshot;

fn home() -> Zone {
    zone("America/Mexico_City")
}

fn from() -> Timestamp {
    wall("2026-03-04 10:00", &home())
}

fn rehearsed(snapshot: &DebtorSnapshot) -> Walk {
    walk(snapshot, &MAIL, from(), end_of(from()).unwrap()).unwrap()
}

fn told(messages: &[RehearsedMessage]) -> Vec<String> {
    messages.iter().map(|message| format!("{} {}", on_wall(message.at, &home()), message.step.key())).collect()
}

/// The decision asked every minute of an hour's quarter, and what it sends remembered: slow, and nothing to be mistaken in.
fn lived_through(snapshot: &DebtorSnapshot) -> Vec<String> {
    let mut lived = snapshot.clone();
    let (mut now, end) = (from(), end_of(from()).unwrap());
    let mut sent = Vec::new();
    while now < end {
        if let Decision::Send { step, items, channel, .. } = decide(&lived, &MAIL, now).unwrap() {
            sent.push(format!("{} {}", on_wall(now, &home()), step.key()));
            let (invoice_ids, outcome) = (items, ContactOutcome::Left);
            lived.contacts.push(Contact { handed_off_at: now, channel, step, invoice_ids, outcome });
        }
        now += SignedDuration::from_mins(15);
    }
    sent
}

fn several() -> DebtorSnapshot {
    snapshot(vec![
        item("F-1", date("2026-02-20"), mxn("100.00")),
        item("F-2", date("2026-03-12"), mxn("50.00")),
        item("F-3", date("2026-03-14"), mxn("70.00")),
    ])
}

fn held() -> DebtorSnapshot {
    let hold = ManualHold {
        id: id("hold"),
        reason: "in hospital".to_owned(),
        from_at: from(),
        until_on: date("2026-03-20"),
        by: Actor::System,
        ended: None,
    };
    DebtorSnapshot { holds: vec![hold], ..several() }
}

#[test]
fn a_rehearsal_sends_what_living_through_the_days_sends() {
    let mut empty = one_invoice();
    empty.accounts[0].items.clear();
    for (name, snapshot, count) in
        [("one invoice", one_invoice(), 5), ("several", several(), 6), ("held", held(), 3), ("paid", empty, 0)]
    {
        let found = told(&rehearsed(&snapshot).messages);
        assert_eq!(found, lived_through(&snapshot), "{name}");
        assert!(found.len() >= count.min(2), "{name}: {found:?}");
    }
}

#[test]
fn silences_are_named_and_the_end_of_a_ladder_too() {
    let walk = rehearsed(&held());
    assert_eq!(walk.blocks[0].why, Hold::Manual);
    assert_eq!(on_wall(walk.blocks[0].until_at, &home()), "2026-03-21 09:00");
    assert!(walk.blocks.iter().all(|block| block.why != Hold::NotYetDue), "{walk:?}");
    let sunday = rehearsed(&one_invoice());
    let closed = sunday.blocks.iter().find(|block| block.on == date("2026-03-15"));
    assert!(closed.is_none(), "nothing is due to be said on that Sunday before its step is reached: {sunday:?}");
    let mut nobody = one_invoice();
    nobody.dunning.clear();
    assert_eq!(rehearsed(&nobody).end, Some(StopReason::NoPolicy));
}

#[test]
fn books_that_are_old_now_hold_now_and_not_for_good() {
    let mut snapshot = several();
    snapshot.dunning[0].policy.stale_after_hours = Some(24);
    snapshot.data_fresh_at = Some(from() - SignedDuration::from_hours(30));
    let old = rehearsed(&snapshot);
    assert_eq!(old.blocks.iter().filter(|block| block.why == Hold::StaleData).count(), 1, "{old:?}");
    assert!(!old.messages.is_empty());
    snapshot.data_fresh_at = Some(from());
    let fresh = rehearsed(&snapshot);
    assert!(fresh.blocks.iter().all(|block| block.why != Hold::StaleData), "imports go on: {fresh:?}");
}

/// The standard ladder with other days for one of its steps.
fn draft(old: i32, new: Option<i32>) -> ActiveDunning {
    let mut active = ActiveDunning { id: id("draft"), from_at: from(), ..ladder(Currency::MXN) };
    let steps = &mut active.policy.steps;
    let place = steps.iter().position(|step| step.counts_from == CountsFrom::DueDate && step.offset == old).unwrap();
    match new {
        Some(new) => steps[place].offset = new,
        None => {
            steps.remove(place);
        }
    }
    active
}

fn difference(snapshot: &DebtorSnapshot, draft: &ActiveDunning) -> Vec<String> {
    let imagined = with_draft(snapshot, draft, &[snapshot.dunning[0].id]);
    let found = changes(&rehearsed(snapshot).messages, &rehearsed(&imagined).messages);
    let line = |change: &Change| match change {
        Change::Moved { before, message } => format!("moved {} {}", before.step.key(), message.step.key()),
        other => format!("{} {}", other.name(), other.message().step.key()),
    };
    found.iter().map(line).collect()
}

#[test]
fn a_draft_is_compared_message_by_message() {
    let snapshot = one_invoice();
    assert_eq!(
        difference(&snapshot, &draft(10, Some(12))),
        [
            "same 2026-03-12-7",
            "same 2026-03-12+0",
            "same 2026-03-12+3",
            "moved 2026-03-12+10 2026-03-12+12",
            "same 2026-03-12+20"
        ]
    );
    let removed = difference(&snapshot, &draft(3, None));
    assert!(removed.contains(&"removed 2026-03-12+3".to_owned()), "{removed:?}");
    assert_eq!(removed.iter().filter(|line| !line.starts_with("same")).count(), 1, "{removed:?}");
    let mut more = draft(10, Some(10));
    let mut extra = more.policy.steps[3].clone();
    extra.offset = 15;
    more.policy.steps.insert(4, extra);
    let added = difference(&snapshot, &more);
    assert!(added.contains(&"added 2026-03-12+15".to_owned()), "{added:?}");
    let mut other = draft(10, Some(10));
    other.policy.steps[3].template = "firm".to_owned();
    let text = difference(&snapshot, &other);
    assert!(text.contains(&"moved 2026-03-12+10 2026-03-12+10".to_owned()), "another text is a change: {text:?}");
}

#[test]
fn a_summary_counts_every_message_once_and_prices_channels() {
    let snapshot = several();
    let published = rehearsed(&snapshot);
    let imagined = with_draft(&snapshot, &draft(10, Some(12)), &[snapshot.dunning[0].id]);
    let walk = rehearsed(&imagined);
    let changes = changes(&published.messages, &walk.messages);
    let mut summary = Summary::default();
    for _ in 0..3 {
        summary.add(&DebtorRun { published: &published, draft: &walk, changes: &changes, rule: "mx" });
    }
    assert_eq!((summary.debtor_count, summary.reached_count), (3, 3));
    assert_eq!(summary.by_channel(Channel::Email), 3 * walk.messages.len() as u64);
    assert_eq!(summary.draft.iter().map(|day| day.count).sum::<u64>(), 3 * walk.messages.len() as u64);
    assert_eq!(summary.published.iter().map(|day| day.count).sum::<u64>(), 3 * published.messages.len() as u64);
    let compared = summary.added + summary.removed + summary.moved + summary.same;
    assert_eq!(compared, 3 * changes.len() as u64);
    let price = Money::new(1_850, Currency::MXN);
    let prices = ChannelPrices::new(vec![(Channel::Letter, price), (Channel::Email, Money::zero(Currency::USD))]);
    assert_eq!(summary.cost(&prices, Channel::Email), Ok(Some(Money::zero(Currency::USD))));
    assert_eq!(summary.cost(&prices, Channel::Sms), Ok(None), "nothing is guessed");
    summary.draft[0].channel = Channel::Letter;
    let letters = i64::try_from(summary.by_channel(Channel::Letter)).unwrap();
    assert_eq!(summary.cost(&prices, Channel::Letter), Ok(Some(Money::new(letters * 1_850, Currency::MXN))));
    let dear = ChannelPrices::new(vec![(Channel::Letter, Money::new(i64::MAX, Currency::MXN))]);
    assert_eq!(summary.cost(&dear, Channel::Letter), Err(Refusal::AmountOverflow));
}

#[test]
fn rules_of_contact_are_named_and_affairs_of_the_debtor_are_not() {
    let walk = rehearsed(&held());
    let mut summary = Summary::default();
    summary.add(&DebtorRun { published: &walk, draft: &walk, changes: &[], rule: "co" });
    let manual = summary.blocks.iter().find(|block| block.why == Hold::Manual).unwrap();
    assert_eq!((manual.rule.as_deref(), manual.weekday), (None, None));
    let mut late = several();
    late.contacts.clear();
    let begun = wall("2026-03-08 10:00", &home());
    let sunday = saldo_domain::rehearsal::walk(&late, &MAIL, begun, end_of(begun).unwrap()).unwrap();
    let mut summary = Summary::default();
    summary.add(&DebtorRun { published: &sunday, draft: &sunday, changes: &[], rule: "co" });
    let closed = summary.blocks.iter().find(|block| block.why == Hold::OutsideHours).unwrap();
    assert_eq!((closed.rule.as_deref(), closed.weekday), (Some("co"), Some(7)), "{summary:?}");
}

fn brought(snapshot: &DebtorSnapshot, at: &str) -> String {
    match ahead(snapshot, &MAIL, wall(at, &home())).unwrap() {
        Decision::Send { step, .. } => step.key(),
        Decision::Wait { why, .. } => why.as_str().to_owned(),
        Decision::Stop { why } => why.as_str().to_owned(),
    }
}

#[test]
fn the_next_step_comes_forward_only_within_the_rules() {
    let mut snapshot = one_invoice();
    // Seven days before the due date is 5 March: the day before, a friendly word may come early.
    assert_eq!(brought(&snapshot, "2026-03-04 10:00"), "2026-03-12-7");
    assert_eq!(brought(&snapshot, "2026-03-04 08:59"), "outside_hours");
    assert_eq!(brought(&snapshot, "2026-03-08 10:00"), "outside_hours", "Sunday");
    let said = |on: &str, offset: i32| Contact {
        handed_off_at: wall(on, &home()),
        channel: Channel::Email,
        step: saldo_domain::reminder::DunningStep { offset, due_on: date("2026-03-12") },
        invoice_ids: vec![id("F-1")],
        outcome: ContactOutcome::Left,
    };
    snapshot.contacts.push(said("2026-03-04 10:00", -7));
    assert_eq!(brought(&snapshot, "2026-03-05 10:00"), "not_yet_due", "what asks is not said before it is due");
    snapshot.contacts.push(said("2026-03-12 10:00", 0));
    snapshot.contacts.push(said("2026-03-16 10:00", 3));
    assert_eq!(brought(&snapshot, "2026-03-16 12:00"), "not_yet_due", "one word is enough for a day");
    assert_eq!(brought(&snapshot, "2026-03-17 12:00"), "2026-03-12+10");
    let hold = held().holds;
    let quiet = DebtorSnapshot { holds: hold, ..snapshot.clone() };
    assert_eq!(brought(&quiet, "2026-03-17 12:00"), "manual");
    // Once it has left it is not said again on its own day.
    snapshot.contacts.push(said("2026-03-17 12:00", 10));
    assert_eq!(brought(&snapshot, "2026-03-23 12:00"), "2026-03-12+20");
    let day = decide(&snapshot, &MAIL, wall("2026-03-23 12:00", &home())).unwrap();
    assert!(matches!(day, Decision::Wait { why: Hold::NotYetDue, .. }), "{day:?}");
}
