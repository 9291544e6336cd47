//! What reminders were followed by.

use crate::App;
use crate::failure::Failure;
use jiff::SignedDuration;
use jiff::civil::Time;
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, days_between, plus_days};
use saldo_domain::effect::{EffectRow, Said, WITHIN, effect};
use saldo_domain::ids::{CreditorId, DebtorId, PolicyId};
use saldo_domain::reminder::DunningPolicy;
use saldo_store::effect::SaidRow;
use saldo_store::{StoreFault, Tx, creditor as creditors, effect as figures, policy};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

/// The most messages that are read: the first ones of the period.
pub const MESSAGES_MAX: u64 = 50_000;
/// The longest period, in days.
pub const DAYS_MAX: i32 = 366;
/// The period where none is asked for, in days.
const DAYS: i32 = 90;

/// The effect of a period's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The first day, on the creditor's wall.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// By step, channel and text.
    pub rows: Vec<EffectRow>,
    /// How many messages were read.
    pub read_count: u64,
    /// Whether there are more in the period, which were not read.
    pub truncated: bool,
    /// Whether seven days have not passed yet since the last messages.
    pub unfinished: bool,
}

/// The messages of a period, and what was paid within seven days of each; the last 90 days where nothing is asked for.
///
/// # Errors
/// `range_reversed`, `days_out_of_range` for more than a year, `date_out_of_range`.
pub async fn show(app: &App, creditor: CreditorId, from: Option<Date>, until: Option<Date>) -> Result<Effect, Failure> {
    let now = app.now();
    let tx = app.store().read_of(creditor).await?;
    let zone = creditors::load(&tx, creditor).await?.zone;
    let until = until.unwrap_or_else(|| zone.date_at(now));
    let from = match from {
        Some(from) => from,
        None => plus_days(until, -DAYS)?,
    };
    if from > until {
        return Err(Refusal::RangeReversed { field: "until" }.into());
    }
    if days_between(from, until) > DAYS_MAX {
        return Err(Refusal::DaysOutOfRange.into());
    }
    let begins_at = zone.moment(from, Time::midnight())?;
    let ends_at = zone.moment(plus_days(until, 1)?, Time::midnight())?;
    // A payment after the period may follow a message after it.
    let paid_until = ends_at.checked_add(WITHIN).map_err(|_| Refusal::DateOutOfRange)?;
    let rows = figures::list_said(&tx, creditor, begins_at, paid_until, MESSAGES_MAX + 1).await?;
    let mut said = with_texts(&tx, creditor, rows).await?;
    let truncated = said.len() as u64 > MESSAGES_MAX;
    said.truncate(usize::try_from(MESSAGES_MAX).unwrap_or(usize::MAX));
    let debtors: Vec<DebtorId> =
        said.iter().map(|message| message.debtor_id).collect::<BTreeSet<_>>().into_iter().collect();
    let paid = figures::list_paid(&tx, creditor, &debtors, begins_at, paid_until).await?;
    let rows = effect(&said, &paid, ends_at)?;
    said.retain(|message| message.at < ends_at);
    let youngest = said.last().map(|message| now.duration_since(message.at));
    Ok(Effect {
        from,
        until,
        rows,
        read_count: said.len() as u64,
        truncated,
        unfinished: youngest.is_some_and(|age: SignedDuration| age < WITHIN),
    })
}

/// The messages with the keys of their texts: as the log has them, else as the versions of the policies name them that
/// decided.
async fn with_texts(tx: &Tx, creditor: CreditorId, rows: Vec<SaidRow>) -> Result<Vec<Said>, Failure> {
    let mut ladders: HashMap<PolicyId, Option<DunningPolicy>> = HashMap::new();
    let mut said = Vec::with_capacity(rows.len());
    for SaidRow { said: message, rung } in rows {
        if !message.template.is_empty() {
            said.push(message);
            continue;
        }
        if let Entry::Vacant(place) = ladders.entry(rung.policy_id) {
            let known = match policy::load(tx, creditor, rung.policy_id).await {
                Ok(row) => serde_json::from_value(row.body).ok(),
                Err(StoreFault::NotFound(_)) => None,
                Err(fault) => return Err(fault.into()),
            };
            place.insert(known);
        }
        let ladder = ladders.get(&rung.policy_id).and_then(Option::as_ref);
        let step = ladder.and_then(|ladder| ladder.steps.get(rung.place));
        said.push(Said { template: step.map(|step| step.template.clone()).unwrap_or_default(), ..message });
    }
    Ok(said)
}
