//! What goes out next: one creditor's debtors by the moment at which each is looked at, and what the rules say then.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::plan_reminders::read;
use crate::flows::rehearsal::channels;
use jiff::civil::Time;
use saldo_domain::calendar::{Timestamp, plus_days};
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::money::Money;
use saldo_domain::rehearsal::{Block, RehearsedMessage, walk};
use saldo_domain::reminder::StopReason;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::creditor as creditors;
use saldo_store::debtor::DebtorName;
use saldo_store::upcoming::{self, Look};

/// How far the list looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// To the end of the day on the creditor's wall.
    Today,
    /// To the end of the sixth day after it.
    Week,
}

impl Span {
    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
        }
    }

    /// The span with a name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Today, Self::Week].into_iter().find(|span| span.name() == name)
    }

    /// The moment at which it ends.
    ///
    /// # Errors
    /// `date_out_of_range`.
    pub fn end(self, creditor: &Creditor, now: Timestamp) -> Result<Timestamp, Failure> {
        let days = match self {
            Self::Today => 1,
            Self::Week => 7,
        };
        let until_on = plus_days(creditor.zone.date_at(now), days)?;
        Ok(creditor.zone.moment(until_on, Time::midnight())?)
    }
}

/// A debtor whose time comes.
#[derive(Debug, Clone)]
pub struct Upcoming {
    /// Who.
    pub debtor_id: DebtorId,
    /// What it is called.
    pub debtor: DebtorName,
    /// What it owes, by currency.
    pub owed: Vec<Money>,
    /// When it is looked at next.
    pub look_at: Timestamp,
    /// What is expected then, if nothing happens before.
    pub next: Expected,
}

/// What is expected of a debtor's next look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A message.
    Message {
        /// Which.
        message: RehearsedMessage,
        /// What keeps it back until then.
        held: Option<Block>,
    },
    /// Silence beyond the end of the span.
    Silence {
        /// Why and until when; none where the next step is still to come.
        held: Option<Block>,
    },
    /// Nothing more.
    Nothing {
        /// Why.
        why: StopReason,
    },
}

/// A page of what goes out next.
#[derive(Debug, Clone)]
pub struct UpcomingPage {
    /// The first look first.
    pub items: Vec<Upcoming>,
    /// Where the next page begins; none at the end.
    pub next: Option<String>,
}

/// The debtors who are looked at before the end of a span, with what is expected. What the books say at that moment
/// decides; this is what they say now.
///
/// # Errors
/// `malformed` for a cursor that is not one of ours.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    span: Span,
    after: Option<&str>,
    limit: u64,
) -> Result<UpcomingPage, Failure> {
    let after = after.map(str::parse::<Look>).transpose();
    let after = after.map_err(|_| AppRefusal::Malformed("the cursor is not one of ours".to_owned()))?;
    let now = app.now();
    let tx = app.store().read_of(creditor).await?;
    let until_at = span.end(&creditors::load(&tx, creditor).await?, now)?;
    let mut looks = upcoming::list(&tx, creditor, until_at, after, limit + 1).await?;
    let more = looks.len() as u64 > limit;
    looks.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let ids: Vec<DebtorId> = looks.iter().map(|look| look.debtor_id).collect();
    let (snapshots, _) = read(&tx, creditor, &ids).await?;
    let of = |look: &Look| snapshots.iter().find(|snapshot| snapshot.debtor.id == look.debtor_id);
    let items = looks.iter().filter_map(|look| Some(expected(app, of(look)?, look, now, until_at)));
    let items = items.collect::<Result<_, _>>()?;
    let next = looks.last().filter(|_| more).map(Look::to_string);
    Ok(UpcomingPage { items, next })
}

fn expected(
    app: &App,
    snapshot: &DebtorSnapshot,
    look: &Look,
    now: Timestamp,
    until_at: Timestamp,
) -> Result<Upcoming, Failure> {
    let walk = walk(snapshot, &channels(app), now, until_at)?;
    let next = match (walk.messages.into_iter().next(), walk.end) {
        (Some(message), _) => {
            let held = walk.blocks.iter().rev().find(|block| block.from_at < message.at).copied();
            Expected::Message { message, held }
        }
        (None, Some(why)) => Expected::Nothing { why },
        (None, None) => Expected::Silence { held: walk.blocks.last().copied() },
    };
    let debtor = DebtorName { reference: snapshot.debtor.reference.clone(), name: snapshot.debtor.name.clone() };
    let owed = snapshot.accounts.iter().filter(|account| account.owes());
    let owed = owed.map(|account| Money::sum(account.currency, account.items.iter().map(|item| item.outstanding)));
    Ok(Upcoming { debtor_id: look.debtor_id, debtor, owed: owed.collect::<Result<_, _>>()?, look_at: look.at, next })
}
