//! Subscribers: programs of a creditor's own that are told what happens, by signed requests (Standard Webhooks).

mod deliver;
mod replay;
mod sign;

pub use deliver::{claim_due, forget_old, tell};
pub use replay::{deliveries, events, replay};
pub use sign::{secret_text, signatures};

use crate::App;
use crate::credentials::sealed;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::audit::{self, Subject};
use saldo_contract::subscriber::{CreateSubscriber, Subscriber, SubscriberSecret};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::free_text::line;
use saldo_domain::ids::{CreditorId, OutboundEventId, SubscriberId};
use saldo_domain::outbound::EventKind;
use saldo_providers::outbound::PostFault;
use saldo_store::outbound_delivery::{self, DeliveryState};
use saldo_store::subscriber::{self, FormerSecret, SubscriberRow, SubscriberState};
use saldo_store::{Tx, outbound_event};
use serde_json::{Value as Json, json};

/// How many subscribers a creditor has at most.
pub const SUBSCRIBERS_MAX: usize = 20;
/// Hours for which a former secret signs beside the new one.
const FORMER_HOURS: i64 = 24;
const NAME_MAX: usize = 80;

/// Makes a subscriber. Its secret is in this answer and nowhere else.
///
/// # Errors
/// `subscriber_url` for an address that is never asked, `subscribers_full`, `malformed` for an unknown type, those of the
/// name.
pub async fn create(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    wish: &CreateSubscriber,
) -> Result<SubscriberSecret, Failure> {
    let name = line("name", &wish.name, NAME_MAX)?;
    let kinds = kinds(&wish.types)?;
    let url = wish.url.trim().to_owned();
    app.poster().check(&url).await.map_err(refused)?;
    let id = SubscriberId(app.ambient().uuid_v7());
    let secret = app.ambient().secret();
    let row = SubscriberRow {
        id,
        name,
        url,
        kinds,
        state: SubscriberState::Enabled,
        sealed_secret: sealed(app, id, &secret)?,
        former: None,
        created_at: app.now(),
        failure_count: 0,
        failing_since: None,
        paused_until: None,
    };
    let tx = app.store().write_of(creditor).await?;
    if subscriber::list(&tx, creditor).await?.len() >= SUBSCRIBERS_MAX {
        return Err(AppRefusal::SubscribersFull.into());
    }
    subscriber::insert(&tx, creditor, &row).await?;
    let (subject, after) = (Subject::new("subscriber", id.0), Some(state(&row)));
    audit::record(app, &tx, creditor, actor, "subscriber_created", subject, None, after).await?;
    let subscriber = wire(&tx, creditor, &row).await?;
    tx.commit().await?;
    Ok(SubscriberSecret { subscriber, secret: secret_text(&secret) })
}

fn refused(fault: PostFault) -> Failure {
    AppRefusal::SubscriberUrl(fault.to_string()).into()
}

fn sealed(app: &App, id: SubscriberId, secret: &[u8]) -> Result<Vec<u8>, Failure> {
    let sealed = sealed::seal(app, id.0, secret);
    sealed.ok_or_else(|| Fault::Other("a secret could not be sealed".to_owned()).into())
}

fn kinds(types: &[String]) -> Result<Vec<EventKind>, Failure> {
    let mut kinds = Vec::new();
    for name in types {
        let kind = EventKind::ALL.into_iter().find(|kind| kind.name() == name);
        kinds.push(kind.ok_or_else(|| AppRefusal::Malformed(format!("there are no events {name}")))?);
    }
    kinds.sort();
    kinds.dedup();
    Ok(kinds)
}

/// A creditor's subscribers, the newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App, creditor: CreditorId) -> Result<Vec<Subscriber>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let mut found = Vec::new();
    for row in subscriber::list(&tx, creditor).await? {
        found.push(wire(&tx, creditor, &row).await?);
    }
    Ok(found)
}

/// A creditor's subscriber.
///
/// # Errors
/// `not_found`.
pub async fn show(app: &App, creditor: CreditorId, id: SubscriberId) -> Result<Subscriber, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = subscriber::load(&tx, creditor, id).await?;
    wire(&tx, creditor, &row).await
}

/// Gives a subscriber a new secret; for a day the former one signs beside it.
///
/// # Errors
/// `not_found`.
pub async fn rotate(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    id: SubscriberId,
) -> Result<SubscriberSecret, Failure> {
    let secret = app.ambient().secret();
    let fresh = sealed(app, id, &secret)?;
    let until = crate::flows::access_link::later(app.now(), jiff::SignedDuration::from_hours(FORMER_HOURS))?;
    let change = |row: &SubscriberRow| SubscriberRow {
        former: Some(FormerSecret { sealed: row.sealed_secret.clone(), until }),
        sealed_secret: fresh.clone(),
        ..row.clone()
    };
    let subscriber = update(app, creditor, actor, (id, "subscriber_secret_rotated"), change).await?;
    Ok(SubscriberSecret { subscriber, secret: secret_text(&secret) })
}

/// Tells a subscriber again, from now on; what happened meanwhile comes with a replay.
///
/// # Errors
/// `not_found`.
pub async fn enable(app: &App, creditor: CreditorId, actor: &Actor, id: SubscriberId) -> Result<Subscriber, Failure> {
    let change =
        |row: &SubscriberRow| SubscriberRow { state: SubscriberState::Enabled, paused_until: None, ..row.clone() };
    update(app, creditor, actor, (id, "subscriber_enabled"), change).await
}

/// Tells a subscriber nothing more.
///
/// # Errors
/// `not_found`.
pub async fn disable(app: &App, creditor: CreditorId, actor: &Actor, id: SubscriberId) -> Result<Subscriber, Failure> {
    let change = |row: &SubscriberRow| SubscriberRow { state: SubscriberState::Disabled, ..row.clone() };
    update(app, creditor, actor, (id, "subscriber_disabled"), change).await
}

async fn update(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    (id, action): (SubscriberId, &'static str),
    change: impl FnOnce(&SubscriberRow) -> SubscriberRow,
) -> Result<Subscriber, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let before = subscriber::load(&tx, creditor, id).await?;
    let after = change(&before);
    if after != before {
        subscriber::update(&tx, creditor, &after).await?;
        let subject = Subject::new("subscriber", id.0);
        let (old, new) = (Some(state(&before)), Some(state(&after)));
        audit::record(app, &tx, creditor, actor, action, subject, old, new).await?;
    }
    let told = wire(&tx, creditor, &after).await?;
    tx.commit().await?;
    Ok(told)
}

/// Removes a subscriber with everything that waits for it.
///
/// # Errors
/// `not_found`.
pub async fn delete(app: &App, creditor: CreditorId, actor: &Actor, id: SubscriberId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let before = subscriber::load(&tx, creditor, id).await?;
    subscriber::delete(&tx, creditor, id).await?;
    let subject = Subject::new("subscriber", id.0);
    audit::record(app, &tx, creditor, actor, "subscriber_deleted", subject, Some(state(&before)), None).await?;
    Ok(tx.commit().await?)
}

/// Sends a subscriber an event that means nothing, to see whether it arrives.
///
/// # Errors
/// `not_found`.
pub async fn test(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    id: SubscriberId,
) -> Result<OutboundEventId, Failure> {
    let tx = app.store().write_of(creditor).await?;
    subscriber::load(&tx, creditor, id).await?;
    let event_id = OutboundEventId(app.ambient().uuid_v7());
    // Each is an object of its own: a try never waits for another.
    let said = json!({ "subscriber_id": id });
    let event = outbound_event::insert(&tx, creditor, event_id, (EventKind::Test, event_id.0), said, app.now()).await?;
    if let Some(event) = event {
        outbound_delivery::queue(&tx, creditor, id, &event).await?;
    }
    let subject = Subject::new("subscriber", id.0);
    audit::record(app, &tx, creditor, actor, "subscriber_tested", subject, None, None).await?;
    tx.commit().await?;
    Ok(event_id)
}

fn state(row: &SubscriberRow) -> Json {
    json!({
        "name": row.name, "url": row.url, "types": names(row), "state": row.state,
        "former_secret_until": row.former.as_ref().map(|former| former.until),
    })
}

fn names(row: &SubscriberRow) -> Vec<String> {
    row.kinds.iter().map(|kind| kind.name().to_owned()).collect()
}

async fn wire(tx: &Tx, creditor: CreditorId, row: &SubscriberRow) -> Result<Subscriber, Failure> {
    let state = match row.state {
        SubscriberState::Enabled => "enabled",
        SubscriberState::Disabled => "disabled",
        SubscriberState::Gone => "gone",
    };
    Ok(Subscriber {
        id: row.id.0,
        name: row.name.clone(),
        url: row.url.clone(),
        types: names(row),
        state: state.to_owned(),
        created_at: row.created_at,
        failing_since: row.failing_since,
        waiting: outbound_delivery::count_in(tx, creditor, row.id, DeliveryState::Waiting).await?,
        dead: outbound_delivery::count_in(tx, creditor, row.id, DeliveryState::Dead).await?,
        former_secret_until: row.former.as_ref().map(|former: &FormerSecret| -> Timestamp { former.until }),
    })
}
