//! "Send me a new one": a fresh link goes to the contact on file, never to who asks.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::{self, NewLink, Presented, later};
use crate::flows::deliver::{Delivery, deliver};
use crate::jobs::{self, Job, Progress};
use crate::mail;
use jiff::SignedDuration;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_providers::channel::Mail;
use saldo_store::snapshot;
use saldo_store::{Across, message::MessagePurpose};

/// The scope of links that debtors asked for themselves: the full one, counted.
const FRESH: &str = "full_on_request";

/// Takes the wish in. Answers alike whether or not what is shown is genuine, the debtor exists or the day's count is full.
///
/// # Errors
/// Faults of the store.
pub async fn ask(app: &App, presented: Presented<'_>) -> Result<(), Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let Some((creditor, link)) = access_link::identify(app, &tx, presented).await? else { return Ok(()) };
    drop(tx);
    let debtor = link.debtor_id;
    let tx = app.store().write_of(creditor).await?;
    let since = later(app.now(), -SignedDuration::from_hours(24))?;
    let links = access_link::list_in(&tx, creditor, debtor).await?;
    let recent = links.iter().filter(|link| link.scope == FRESH && link.issued_at >= since).count();
    if recent < app.config().limits.fresh_links_per_day as usize {
        jobs::insert(app, &tx, creditor, Job::SendLink { debtor_id: debtor }).await?;
    }
    Ok(tx.commit().await?)
}

/// Sends a fresh link where there is an address.
///
/// # Errors
/// Faults of the store and of the channel: the job is tried again.
pub async fn send(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<Progress, Failure> {
    match write(app, creditor, debtor).await? {
        (_, Some((delivery, message))) => deliver(app, delivery, message).await,
        (_, None) => Ok(Progress::Done),
    }
}

/// Sends a fresh link and answers it: for whoever runs the server.
///
/// # Errors
/// Faults of the store and of the channel.
pub async fn mail(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<String, Failure> {
    let (link, message) = write(app, creditor, debtor).await?;
    if let Some((delivery, message)) = message {
        deliver(app, delivery, message).await?;
    }
    Ok(link.url)
}

async fn write(
    app: &App,
    creditor: CreditorId,
    debtor: DebtorId,
) -> Result<(NewLink, Option<(Delivery, Mail)>), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::load(&tx, creditor, debtor).await?;
    let link = access_link::mint(app, &tx, creditor, debtor, FRESH).await?;
    let message = match snapshot.debtor.email {
        Some(_) => {
            let delivery = Delivery::to_debtor(&snapshot, MessagePurpose::Link, "link");
            Some((delivery, mail::fresh_link(app, &snapshot, &link)?))
        }
        None => None,
    };
    tx.commit().await?;
    Ok((link, message))
}
