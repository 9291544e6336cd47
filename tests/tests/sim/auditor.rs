//! An auditor with books of its own: it reads what the database commits and what the provider really took, and knows nothing
//! of the product's arithmetic. Each method answers what is broken, beginning with the promise's name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;

use crate::contact::{Silence, local_day, may_call};
use crate::feed::{Change, ids, json, moment, number, text, truth};
use crate::progress::Said;
use crate::till::{State, Till};

pub type Verdict = Result<(), String>;

fn broken<T>(words: impl Into<String>) -> Result<T, String> {
    Err(words.into())
}

struct Attempt {
    account: String,
    /// What it pays; nothing named is everything.
    items: BTreeSet<String>,
    made: u64,
    booked: Option<u64>,
    open: bool,
}

impl Attempt {
    fn is_for_same(&self, other: &Self) -> bool {
        let all = self.items.is_empty() || other.items.is_empty();
        self.account == other.account && (all || !self.items.is_disjoint(&other.items))
    }
}

#[derive(Default)]
struct Payment {
    amount: i64,
    unapplied: i64,
    refunded: i64,
    parts: BTreeMap<i64, i64>,
}

/// The auditor's books of one world.
#[derive(Default)]
pub struct Auditor {
    step: u64,
    sums: BTreeMap<(String, String), i128>,
    keys: BTreeMap<String, String>,
    pub booked: BTreeMap<String, i64>,
    fresh: BTreeSet<String>,
    pub owed: BTreeMap<String, i128>,
    payments: BTreeMap<String, Payment>,
    touched: BTreeSet<String>,
    paid_attempts: BTreeSet<String>,
    attempts: BTreeMap<String, Attempt>,
    closed: Vec<(String, String)>,
    pub silence: Silence,
    pub said: Said,
    reminders: BTreeMap<String, (String, String, String)>,
    messages: BTreeMap<String, (String, Timestamp)>,
    pub left: BTreeMap<(String, String), u32>,
    /// Attempts whose page a debtor was led to.
    told: BTreeSet<String>,
    pub changes: u64,
}

impl Auditor {
    /// Takes in what an operation has committed, in the order of its commits.
    pub fn take(&mut self, step: u64, changes: &[Change], till: &Till) -> Verdict {
        self.step = step;
        self.changes += u64::try_from(changes.len()).unwrap_or(0);
        for Change { relation, act, row } in changes {
            let new = act == "insert";
            match relation.as_str() {
                "journal_entries" | "journal_lines" if !new => return broken(format!("P1: {act} of {relation}")),
                "journal_entries" => {
                    self.keys.insert(text(row, "id"), text(row, "movement_key"));
                }
                "journal_lines" => self.line(row),
                "payments" => self.payment(row, new)?,
                "allocations" => {
                    let payment = text(row, "payment_id");
                    let parts = &mut self.payments.entry(payment.clone()).or_default().parts;
                    parts.insert(number(row, "line_number"), number(row, "amount_minor"));
                    self.touched.insert(payment);
                }
                "attempts" => self.attempt(row, new)?,
                "payment_plans" if new => split(row)?,
                "reminders" => self.reminder(row)?,
                "messages" if new => {
                    if let (Some(reference), Some(at)) =
                        (row["provider_reference"].as_str(), moment(row, "handed_off_at"))
                    {
                        self.messages.insert(reference.to_owned(), (text(row, "reminder_id"), at));
                    }
                }
                _ => {}
            }
            self.silence.take(relation, row);
            self.said.take(relation, row);
        }
        self.settle(till)
    }

    fn line(&mut self, row: &Value) {
        let credit = text(row, "side") == "credit";
        let signed = if credit { -number(row, "amount_minor") } else { number(row, "amount_minor") };
        *self.sums.entry((text(row, "creditor_id"), text(row, "currency"))).or_default() += i128::from(signed);
        match text(row, "ledger_account").as_str() {
            "receivable" => *self.owed.entry(text(row, "invoice_id")).or_default() += i128::from(signed),
            "provider_clearing" => {
                let key = self.keys.get(&text(row, "entry_id")).cloned().unwrap_or_default();
                *self.booked.entry(key.clone()).or_default() += signed;
                self.fresh.insert(key);
            }
            _ => {}
        }
    }

    fn payment(&mut self, row: &Value, new: bool) -> Verdict {
        let id = text(row, "id");
        let payment = self.payments.entry(id.clone()).or_default();
        payment.amount = number(row, "amount_minor");
        payment.unapplied = number(row, "unapplied_minor");
        payment.refunded = number(row, "refunded_minor");
        let attempt = text(row, "attempt_id");
        if new && !attempt.is_empty() {
            if !self.paid_attempts.insert(attempt.clone()) && payment.unapplied != payment.amount {
                return broken("P4: a second payment of one attempt is no visible credit");
            }
            if let Some(attempt) = self.attempts.get_mut(&attempt) {
                attempt.booked.get_or_insert(self.step);
            }
        }
        self.touched.insert(id);
        Ok(())
    }

    fn attempt(&mut self, row: &Value, new: bool) -> Verdict {
        let (id, open) = (text(row, "id"), truth(row, "is_open"));
        if new {
            let mut items = BTreeSet::new();
            ids(&json(row, "allocation_order"), &mut items);
            let new = Attempt { account: text(row, "account_id"), items, made: self.step, booked: None, open };
            if let Some((other, _)) = self.attempts.iter().find(|(_, other)| other.open && other.is_for_same(&new)) {
                return broken(format!("P4: attempts {id} and {other} are open for one amount due"));
            }
            self.attempts.insert(id.clone(), new);
        }
        if let Some(attempt) = self.attempts.get_mut(&id) {
            attempt.open = open;
        }
        if !open {
            self.closed.push((id, text(row, "state_name")));
        }
        Ok(())
    }

    fn reminder(&mut self, row: &Value) -> Verdict {
        let (id, debtor) = (text(row, "id"), text(row, "debtor_id"));
        let (step, state, at) = (text(row, "step_key"), text(row, "state"), moment(row, "handed_off_at"));
        let before = self.reminders.insert(id, (debtor.clone(), step.clone(), state.clone()));
        let gone = ["handing_off", "sent", "delivered", "unknown"];
        if state == "handing_off" && before.is_some_and(|(.., before)| gone.contains(&before.as_str())) {
            return broken(format!("P6: step {step} is handed over to {debtor} again"));
        }
        let (true, Some(at)) = (state == "handing_off", at) else { return Ok(()) };
        let mut items = BTreeSet::new();
        ids(&json(row, "items"), &mut items);
        if let Some(paid) = items.iter().find(|item| self.owed.get(*item).copied().unwrap_or_default() <= 0) {
            return broken(format!("P5: a reminder left after the payment of {paid}"));
        }
        if !may_call(at) {
            return broken(format!("P5: a reminder left outside contact hours, at {at}"));
        }
        match self.silence.held(&debtor, &items, number(row, "step_offset"), local_day(at), Some(&self.owed)) {
            Some(why) => broken(format!("P5: a reminder left to {debtor} in spite of {why}")),
            None => Ok(()),
        }
    }

    /// What must hold after every operation.
    fn settle(&mut self, till: &Till) -> Verdict {
        if let Some(((_, currency), sum)) = self.sums.iter().find(|(_, sum)| **sum != 0) {
            return broken(format!("P1: journal lines in {currency} sum to {sum}"));
        }
        for key in std::mem::take(&mut self.fresh) {
            let moved = till.movements.iter().find(|moved| moved.key == key).map(|moved| moved.minor);
            let booked = self.booked[&key];
            if moved != Some(booked) {
                return broken(format!("P2: {key} is booked as {booked}, and the provider moved {moved:?}"));
            }
        }
        for id in std::mem::take(&mut self.touched) {
            let Payment { amount, unapplied, refunded, parts } = &self.payments[&id];
            let applied: i64 = parts.values().sum();
            if applied + unapplied + refunded != *amount {
                return broken(format!(
                    "P12: a payment of {amount} is split into {applied}, {unapplied} and {refunded}"
                ));
            }
        }
        for (id, state) in std::mem::take(&mut self.closed) {
            self.ended(&id, &state, till)?;
        }
        Ok(())
    }

    /// An attempt that ended here must have ended there: unknown is not guessed.
    fn ended(&self, id: &str, state: &str, till: &Till) -> Verdict {
        match (state, till.there(id)) {
            ("succeeded", Some(State::Paid)) | ("failed" | "expired" | "canceled", None) => Ok(()),
            ("failed" | "expired" | "canceled", Some(State::Failed | State::Expired)) => Ok(()),
            // Nobody can pay on a page that nobody was led to.
            ("canceled", Some(State::Open)) if !self.told.contains(id) => Ok(()),
            ("canceled", there) => broken(format!("P4: attempt {id} is given up, and its page is {there:?}")),
            (_, there) => broken(format!("P3: attempt {id} is {state} here and {there:?} there")),
        }
    }

    /// A debtor was led to the page of an attempt.
    pub fn led(&mut self, attempt: &str, till: &Till) -> Verdict {
        self.told.insert(attempt.to_owned());
        let is_open = self.attempts.get(attempt).is_some_and(|known| known.open);
        match till.there(attempt) {
            Some(State::Open) if !is_open => {
                broken(format!("P4: a debtor is led to pay {attempt}, which was given up"))
            }
            _ => Ok(()),
        }
    }

    /// Two attempts for one amount due, each taken before the other was in the books.
    pub fn charges(&self, till: &Till) -> Verdict {
        let taken = till.sessions.iter().filter(|session| !session.captures.is_empty());
        let taken = taken.filter_map(|session| self.attempts.get_key_value(&session.attempt.0.simple().to_string()));
        let taken: Vec<(&String, &Attempt)> = taken.collect();
        for (place, (id, one)) in taken.iter().enumerate() {
            for (other_id, other) in &taken[place + 1..] {
                let before = |a: &Attempt, b: &Attempt| a.booked.is_some_and(|booked| booked <= b.made);
                if one.is_for_same(other) && !before(one, other) && !before(other, one) {
                    return broken(format!("P4: charged twice for one amount due, by {id} and {other_id}"));
                }
            }
        }
        Ok(())
    }

    /// A message left.
    pub fn left(&mut self, message: &str, at: Timestamp) -> Verdict {
        let Some((reminder, decided_at)) = self.messages.get(message) else { return Ok(()) };
        let Some((debtor, step, _)) = self.reminders.get(reminder) else { return Ok(()) };
        if at.duration_since(*decided_at).as_secs() > 60 {
            return broken(format!(
                "P5: a reminder left {} s after its decision",
                at.duration_since(*decided_at).as_secs()
            ));
        }
        let count = self.left.entry((debtor.clone(), step.clone())).or_default();
        *count += 1;
        self.silence.left(debtor, local_day(*decided_at));
        match *count {
            1 => Ok(()),
            more => broken(format!("P6: {more} messages to {debtor} for step {step}")),
        }
    }

    /// Everything that the provider moved is in the books, and nothing else.
    pub fn all_booked(&self, till: &Till) -> Verdict {
        let mut objects: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for moved in &till.movements {
            let sums = objects.entry(&moved.object).or_default();
            sums.0 += moved.minor;
            sums.1 += self.booked.get(&moved.key).copied().unwrap_or_default();
        }
        match objects.iter().find(|(_, (moved, booked))| moved != booked) {
            Some((object, (moved, booked))) => {
                broken(format!("P3: the provider moved {moved} for {object}, and {booked} is booked"))
            }
            None => Ok(()),
        }
    }
}

/// The instalments of a plan sum to its total, and those after the down payment are alike.
fn split(row: &Value) -> Verdict {
    let body = json(row, "body");
    let schedule = &body["schedule"];
    let lines: Vec<&Value> = schedule["instalments"].as_array().map(|lines| lines.iter().collect()).unwrap_or_default();
    let minor = |value: &Value| value["minor"].as_i64().unwrap_or_default();
    let sum: i64 = lines.iter().map(|line| minor(&line["amount"])).sum();
    let total = minor(&schedule["total"]);
    let rest = lines.iter().filter(|line| line["number"].as_i64() != Some(0)).map(|line| minor(&line["amount"]));
    let (low, high) = rest.fold((i64::MAX, i64::MIN), |(low, high), it| (low.min(it), high.max(it)));
    if sum != total || minor(&schedule["principal"]) + minor(&schedule["charge"]) != total || high - low > 1 {
        return broken(format!("P12: instalments of {total} sum to {sum}"));
    }
    Ok(())
}
