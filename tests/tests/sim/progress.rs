//! When nothing fails any more, everything that should happen does: within 15 minutes what was taken is booked, and every
//! reminder that is due goes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Span};
use serde_json::Value;

use crate::auditor::Verdict;
use crate::contact::local_day;
use crate::feed::{ids, json, moment, number, text};
use crate::nodes;
use crate::points::Fate;
use crate::provider::Mood;
use crate::till::{NAME, State};
use crate::world::World;

/// The days of the standard ladder's rungs that follow the due date.
const RUNGS: [i64; 6] = [-7, 0, 3, 10, 20, 30];
/// For so long a reminder may wait for its day: Sundays, holidays, caps.
const PATIENCE_DAYS: i64 = 8;
/// For so long after a reason for silence has ended: a Sunday, a holiday, a day on which something else was said.
const AFTER_SILENCE_DAYS: i32 = 4;

/// Nothing fails from here on.
pub fn demand(world: &mut World) -> Verdict {
    world.shared.bank.set_mood(Mood::Fine);
    world.shared.post.script(Vec::new());
    for _ in 0..15 {
        world.pass(SignedDuration::from_mins(1));
        round(world)?;
    }
    taken_is_booked(world)?;
    // What a person or a refund waits for takes longer: retries stand up to three hours apart, refunds a day.
    for _ in 0..PATIENCE_DAYS * 6 {
        world.pass(SignedDuration::from_hours(4));
        round(world)?;
    }
    let till = world.shared.bank.till();
    world.auditor.all_booked(&till)?;
    drop(till);
    let (auditor, today) = (&world.auditor, local_day(world.now()));
    let held = |debtor: &str, item: &str| {
        let items = BTreeSet::from([item.to_owned()]);
        let days = (0..AFTER_SILENCE_DAYS).map(|back| today.saturating_sub(Span::new().days(back)));
        days.into_iter().any(|day| auditor.silence.held(debtor, &items, 0, day, None).is_some())
    };
    auditor.said.forgotten(today, held)
}

/// Every node does what it has to, and the provider delivers all that it has to say.
fn round(world: &mut World) -> Verdict {
    for _ in 0..40 {
        let (mut any, place) = (false, world.free_node());
        while let Some((label, work)) = nodes::deliver(world, place) {
            any = true;
            world.tally.operations += 1;
            world.carry(place, label, work, Fate::default())?;
        }
        let app = world.nodes[place].app.clone();
        let before = world.auditor.changes;
        world.tally.operations += 2;
        world.carry(place, "looks what time brings", Box::pin(nodes::tick(app.clone())), Fate::default())?;
        world.carry(place, "works", Box::pin(nodes::work(app)), Fate::default())?;
        if !any && world.auditor.changes == before {
            return Ok(());
        }
    }
    Ok(())
}

/// What was taken more than 15 minutes ago, once, stands in the books.
fn taken_is_booked(world: &World) -> Verdict {
    let till = world.shared.bank.till();
    let before = world.now() - SignedDuration::from_mins(15);
    let taken = till.sessions.iter().filter(|session| session.state == State::Paid);
    let taken = taken.flat_map(|session| &session.captures).filter(|capture| capture.captured_at <= before);
    for capture in taken {
        let key = format!("{NAME}:{}:capture", capture.payment_reference);
        if !world.auditor.booked.contains_key(&key) {
            let (reference, at) = (&capture.payment_reference, capture.captured_at);
            return Err(format!("P3: {reference} was taken at {at} and is not booked 15 minutes later"));
        }
    }
    Ok(())
}

/// What of the ladder was said, and of what.
#[derive(Default)]
pub struct Said {
    /// An open item with the debtor and the due date.
    items: BTreeMap<String, (String, Date)>,
    /// On which days an item was named; none for a channel's final no.
    named: BTreeMap<String, Vec<Option<Date>>>,
    planned: BTreeSet<String>,
    /// Debtors with credit: it may cover what they owe.
    with_credit: BTreeSet<String>,
    /// Since when the ladder is the one that it is.
    ladder_from: Option<Date>,
}

impl Said {
    /// Takes in a row.
    pub fn take(&mut self, relation: &str, row: &Value) {
        match relation {
            "invoices" if text(row, "kind") == "invoice" && text(row, "status") == "open" => {
                let due_on = row["due_on"].as_str().and_then(|text| text.parse().ok()).unwrap_or(Date::MAX);
                self.items.insert(text(row, "id"), (text(row, "debtor_id"), due_on));
            }
            "invoices" => {
                self.items.remove(&text(row, "id"));
            }
            "accounts" => {
                let (debtor, credit) = (text(row, "debtor_id"), number(row, "unapplied_minor"));
                if credit > 0 {
                    self.with_credit.insert(debtor)
                } else {
                    self.with_credit.remove(&debtor)
                };
            }
            "policies" if text(row, "kind") == "dunning" => {
                self.ladder_from = self.ladder_from.max(moment(row, "from_at").map(local_day));
            }
            "payment_plan_items" => {
                self.planned.insert(text(row, "invoice_id"));
            }
            "reminders" => {
                let day = match text(row, "state").as_str() {
                    "planned" | "suppressed" => return,
                    "failed" => None,
                    _ => moment(row, "handed_off_at").map(local_day),
                };
                let mut items = BTreeSet::new();
                ids(&json(row, "items"), &mut items);
                items.into_iter().for_each(|item| self.named.entry(item).or_default().push(day));
            }
            _ => {}
        }
    }

    /// The first open item of which a rung was reached long ago and nothing was said since.
    pub fn forgotten(&self, today: Date, is_held: impl Fn(&str, &str) -> bool) -> Verdict {
        for (item, (debtor, due_on)) in &self.items {
            let reached = RUNGS.iter().map(|days| due_on.saturating_add(SignedDuration::from_hours(24 * days)));
            let long_ago = today.saturating_sub(SignedDuration::from_hours(24 * PATIENCE_DAYS));
            let Some(rung) = reached.filter(|on| *on <= long_ago).max() else { continue };
            let named = self.named.get(item).map(Vec::as_slice).unwrap_or_default();
            // Of a rung that was reached under another ladder nothing is made up for, where that one had begun to speak.
            let begun = |on: Date| self.ladder_from.is_some_and(|from| rung < from && on <= from);
            let said = named.iter().any(|on| on.is_none_or(|on| on >= rung || begun(on)));
            let excused = self.planned.contains(item) || self.with_credit.contains(debtor) || is_held(debtor, item);
            if !said && !excused {
                return Err(format!("a reminder to {debtor} about {item}, due since {rung}, has not gone by {today}"));
            }
        }
        Ok(())
    }
}
