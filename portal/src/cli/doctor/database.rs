//! The database: that it answers, takes writes and is up to date; that the books agree, the work is done and no books are old.

use super::{Checks, Said, clocks, long};
use crate::cli::boot;
use jiff::SignedDuration;
use saldo_app::ambient::Ambient;
use saldo_app::config::Config;
use saldo_store::{Across, Loose, Outage, PageRequest, Store, StoreFault, Tx, Wall, creditor, freshness, job, journal};
use std::time::Duration;

/// How long the database has to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// A job that waits for longer says that nobody works.
const WAITING_MAX: SignedDuration = SignedDuration::from_mins(10);

pub(super) async fn check(config: &Config, ambient: &Ambient, checks: &mut Checks) {
    let store = match boot::connect_within(config, PATIENCE).await {
        Ok(store) => store,
        // A pool that waited in vain has found nobody, whatever it calls that.
        Err(fault) if fault.outage() == Some(Outage::Busy) => {
            return checks.tell("database", Err(silent(&fault).into()));
        }
        Err(fault) => return checks.tell("database", Err(sentence(&fault).into())),
    };
    let pending = match store.pending_migrations().await {
        Ok(pending) => pending,
        Err(fault) => return checks.tell("database", Err(sentence(&fault).into())),
    };
    checks.tell("database", Ok(format!("{:?} answers", store.dialect())));
    let written = store.try_write().await.map(|()| "durable".to_owned());
    checks.tell("writes", written.map_err(|fault| sentence(&fault).into()));
    durability(&store, checks).await;
    if let Ok(Some(theirs)) = store.clock().await {
        checks.tell("clock", clocks(theirs, "the database's", ambient.now()));
    }
    if !pending.is_empty() {
        return checks.tell("schema", Err(format!("{} changes wait: run `saldo migrate`", pending.len()).into()));
    }
    checks.tell("schema", Ok("up to date".to_owned()));
    checks.tell("creditors' rows", wall(&store).await);
    checks.tell("ledger", ledger(&store).await);
    checks.tell("jobs", jobs(&store, ambient).await);
    if let Err(error) = books(&store, ambient, checks).await {
        checks.tell("imports", Err(error));
    }
}

fn sentence(fault: &StoreFault) -> String {
    match fault.outage() {
        Some(Outage::Unreachable) => silent(fault),
        Some(Outage::Busy) => format!("it has no turn to give ({fault}): who keeps it busy?"),
        Some(Outage::ReadOnly) => {
            "it takes no writes, it is read-only: is database.url a replica, or its disk mounted read-only?".to_owned()
        }
        Some(Outage::Full) => "its disk is full: make room, Saldo goes on by itself".to_owned(),
        Some(Outage::Disk) => format!("its disk fails ({fault}): look at the machine's log"),
        None => fault.to_string(),
    }
}

/// Whether a power cut can take back what was answered as booked.
async fn durability(store: &Store, checks: &mut Checks) {
    let loose = match store.loose_settings().await {
        Ok(loose) if loose.is_empty() => {
            return checks.tell("durability", Ok("each commit is on the disk before it is answered".to_owned()));
        }
        Ok(loose) => loose,
        Err(fault) => return checks.tell("durability", Err(sentence(&fault).into())),
    };
    loose.into_iter().for_each(|setting| checks.tell("durability", Err(lost_by(setting).into())));
}

fn lost_by(setting: Loose) -> &'static str {
    match setting {
        Loose::Fsync => {
            "PostgreSQL has fsync off: a power cut can destroy the whole database, set it on in postgresql.conf"
        }
        Loose::SynchronousCommit => {
            "PostgreSQL has synchronous_commit off: a power cut takes back payments that were answered as booked, set it \
             on for the server, the database and the role"
        }
        Loose::FullPageWrites => {
            "PostgreSQL has full_page_writes off: a power cut can leave pages half written, set it on in postgresql.conf"
        }
        Loose::Synchronous => {
            "SQLite's synchronous is less than FULL: a power cut takes back payments that were answered as booked"
        }
    }
}

fn silent(fault: &StoreFault) -> String {
    format!("it does not answer ({fault}): is it running, and is database.url its address?")
}

/// Row-level security stands behind the filter of each query, for a role that does not go past it.
async fn wall(store: &Store) -> Said {
    match store.wall().await? {
        Wall::Absent => Ok("each query keeps them apart (SQLite has no second wall)".to_owned()),
        Wall::Stands => Ok("each query keeps them apart, and row-level security behind it".to_owned()),
        Wall::Bypassed { role } => Ok(format!(
            "each query keeps them apart; row-level security does not, since the role `{role}` goes past it: \
             give Saldo a role without SUPERUSER and BYPASSRLS (README, \"Going to production\")"
        )),
        Wall::Gaps { tables } => {
            Err(format!("no row-level security on {}: run `saldo migrate`", tables.join(", ")).into())
        }
    }
}

async fn ledger(store: &Store) -> Said {
    match journal::parity(&store.read_across(Across::Operator).await?).await? {
        report if report.agrees() => Ok("every entry balances, every item agrees".to_owned()),
        report => Err(format!("{} differences between the journal and what is shown", report.differences.len()).into()),
    }
}

async fn jobs(store: &Store, ambient: &Ambient) -> Said {
    let tx = store.read_across(Across::Operator).await?;
    let counts = job::counts(&tx).await?;
    if let Some(since) = counts.oldest_ready_at {
        let waits = ambient.now().duration_since(since);
        if waits > WAITING_MAX {
            let waits = long(waits);
            return Err(format!("one waits for {waits}: no worker runs (`saldo serve`), or it cannot keep up").into());
        }
    }
    if counts.dead > 0 {
        let last = last_dead(&tx).await?.unwrap_or_default();
        return Err(format!("{} were given up{last}: the console lists them and tries them again", counts.dead).into());
    }
    Ok(format!("{} wait, none was given up", counts.ready))
}

async fn last_dead(tx: &Tx) -> Result<Option<String>, StoreFault> {
    for creditor in creditor::list(tx).await? {
        tx.enter(creditor.id).await?;
        let page = PageRequest::first(1);
        if let Some(dead) = job::list_dead(tx, creditor.id, page).await?.items.into_iter().next() {
            let why = dead.last_error.unwrap_or_default();
            return Ok(Some(format!(", the last of {} a {} ({why})", creditor.name, dead.kind)));
        }
    }
    Ok(None)
}

/// How old each creditor's books are. Reminders wait where they are too old.
async fn books(store: &Store, ambient: &Ambient, checks: &mut Checks) -> Result<(), Box<dyn std::error::Error>> {
    let tx = store.read_across(Across::Operator).await?;
    for creditor in creditor::list(&tx).await? {
        tx.enter(creditor.id).await?;
        let Some(fresh_at) = freshness::find(&tx, creditor.id).await? else { continue };
        let age = long(ambient.now().duration_since(fresh_at));
        let said = match freshness::find_told(&tx, creditor.id).await? {
            None => Ok(format!("{} had its last one {age} ago", creditor.name)),
            Some(_) => {
                Err(format!("{} had its last one {age} ago: its reminders wait for the next", creditor.name).into())
            }
        };
        checks.tell("imports", said);
    }
    Ok(())
}
