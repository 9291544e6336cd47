//! The auditor's own knowledge of when a debtor in Mexico City may not be spoken to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::auditor::Verdict;
use crate::feed::{json, moment, text, truth};

/// Mexico City has had no summer time since October 2022: six hours behind.
const BEHIND: SignedDuration = SignedDuration::from_hours(6);

/// The day on the wall in Mexico City.
pub fn local_day(at: Timestamp) -> Date {
    (at - BEHIND).to_zoned(jiff::tz::TimeZone::UTC).date()
}

const PLAN: &str = "a plan whose day has not come";

/// Between 7:00 and 22:00, no Sunday, no holiday.
pub fn may_call(at: Timestamp) -> bool {
    let local = (at - BEHIND).to_zoned(jiff::tz::TimeZone::UTC);
    let date = local.date();
    let nth = (date.day() + 6) / 7;
    let monday = date.weekday() == Weekday::Monday;
    let fixed = matches!((date.month(), date.day()), (1, 1) | (5, 1) | (9, 16) | (12, 25));
    let moving = monday && matches!((date.month(), nth), (2, 1) | (3, 3) | (11, 3));
    (7..22).contains(&local.hour()) && date.weekday() != Weekday::Sunday && !fixed && !moving
}

/// A reason to leave somebody alone.
#[derive(Default)]
struct Quiet {
    /// Debtors, accounts or items.
    about: BTreeSet<String>,
    why: &'static str,
    live: bool,
    until_on: Option<Date>,
    /// It counts only while exactly this is owed on the account.
    owed: Option<i128>,
}

/// Every reason for silence, and on which days who was spoken to.
#[derive(Default)]
pub struct Silence {
    quiet: BTreeMap<String, Quiet>,
    account_of: BTreeMap<String, String>,
    days: BTreeMap<String, Vec<Date>>,
}

fn day(row: &Value, name: &str) -> Option<Date> {
    row[name].as_str().and_then(|text| text.parse().ok())
}

/// What is owed on the accounts that a reason is about.
fn owed_on(account_of: &BTreeMap<String, String>, quiet: &Quiet, owed: &BTreeMap<String, i128>) -> i128 {
    let own = |item: &String| account_of.get(item).is_some_and(|account| quiet.about.contains(account));
    owed.iter().filter(|(item, _)| own(item)).map(|(_, minor)| *minor).sum()
}

impl Silence {
    /// Takes in a row.
    pub fn take(&mut self, relation: &str, row: &Value) {
        let (id, debtor) = (text(row, "id"), text(row, "debtor_id"));
        let state = text(row, "state_name");
        let (id, about, why, live, until_on) = match relation {
            "attempts" => (id, debtor, "a payment under way", truth(row, "is_open"), None),
            "channel_consents" if text(row, "channel") == "email" => {
                (format!("consent of {debtor}"), debtor, "an opt-out", text(row, "state") != "given", None)
            }
            "holds" => (id, debtor, "a hold", row["ended"].is_null(), day(row, "until_on")),
            "transfers" => {
                let until_on = moment(row, "declared_at").map(|at| local_day(at + SignedDuration::from_hours(24 * 4)));
                (id, debtor, "a declared transfer", state == "waiting", until_on)
            }
            "disputes" => (id, text(row, "invoice_id"), "a dispute", state == "open", None),
            "promises" => {
                let live = row["withdrawn"].is_null() && row["amount_minor"].is_null();
                (id, text(row, "account_id"), "a promise", live, day(row, "promised_on"))
            }
            "payment_plans" => {
                let lines = json(row, "body")["schedule"]["instalments"].as_array().cloned().unwrap_or_default();
                let first = lines.iter().filter_map(|line| day(line, "due_on")).min();
                (id, String::new(), PLAN, text(row, "state") == "active", first.and_then(|on| on.yesterday().ok()))
            }
            "payment_plan_items" => {
                let plan = self.quiet.entry(text(row, "plan_id")).or_default();
                plan.about.insert(text(row, "invoice_id"));
                return;
            }
            "invoices" => {
                self.account_of.insert(id, text(row, "account_id"));
                return;
            }
            _ => return,
        };
        let quiet = self.quiet.entry(id).or_default();
        quiet.about.insert(about);
        (quiet.why, quiet.live, quiet.until_on) = (why, live, until_on);
        quiet.owed = row["owed_minor"].as_i64().map(i128::from);
    }

    /// Notes a message.
    pub fn left(&mut self, debtor: &str, on: Date) {
        self.days.entry(debtor.to_owned()).or_default().push(on);
    }

    /// Why a debtor is to hear nothing of those items on a day. Where nobody says what is owed, a promise holds whatever it
    /// was of.
    pub fn held(
        &self,
        debtor: &str,
        items: &BTreeSet<String>,
        offset: i64,
        today: Date,
        owed: Option<&BTreeMap<String, i128>>,
    ) -> Option<&'static str> {
        let mut named = items.clone();
        named.insert(debtor.to_owned());
        named.extend(items.iter().filter_map(|item| self.account_of.get(item).cloned()));
        let holds = |quiet: &&Quiet| {
            quiet.live
                && quiet.until_on.is_none_or(|until_on| today <= until_on)
                && !quiet.about.is_disjoint(&named)
                && (quiet.why != PLAN || offset >= 0)
                && owed.is_none_or(|owed| quiet.owed.is_none_or(|then| owed_on(&self.account_of, quiet, owed) == then))
        };
        self.quiet.values().find(holds).map(|quiet| quiet.why)
    }

    /// Whether nobody has been told more than once on a day, or more than three times in seven days.
    pub fn caps(&mut self) -> Verdict {
        for (debtor, days) in &mut self.days {
            days.sort_unstable();
            let crowded = |four: &[Date]| four[3].since(four[0]).is_ok_and(|span| span.get_days() < 6);
            if days.windows(2).any(|pair| pair[0] == pair[1]) || days.windows(4).any(crowded) {
                return Err(format!("P5: too many reminders to {debtor}: {days:?}"));
            }
        }
        Ok(())
    }
}
