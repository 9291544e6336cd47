use crate::harness::{Db, on_both};
use crate::world::{World, at, id, mxn, noon};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, OutboundEventId, SubscriberId};
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::outbound::EventKind;
use saldo_domain::payment::ItemChange;
use saldo_store::outbound_delivery::{self, Attempted, DeliveryState};
use saldo_store::outbound_event::{self, OutboundEventFilter, OutboundEventRow};
use saldo_store::subscriber::{self, Health, SubscriberRow, SubscriberState};
use saldo_store::{PageRequest, Stamps, StoreFault, invoice};
use std::sync::Arc;
use uuid::Uuid;

struct Noon;

impl Stamps for Noon {
    fn now(&self) -> Timestamp {
        noon("2026-03-01")
    }

    fn id(&self) -> Uuid {
        id()
    }
}

fn a_subscriber(kinds: &[EventKind]) -> SubscriberRow {
    SubscriberRow {
        id: SubscriberId(id()),
        name: "books".to_owned(),
        url: "https://books.example/".to_owned(),
        kinds: kinds.to_vec(),
        state: SubscriberState::Enabled,
        sealed_secret: vec![1, 2, 3],
        former: None,
        created_at: noon("2026-02-01"),
        failure_count: 0,
        failing_since: None,
        paused_until: None,
    }
}

async fn subscribe(db: &Db, creditor: CreditorId, kinds: &[EventKind]) -> SubscriberRow {
    let row = a_subscriber(kinds);
    let tx = db.store.write().await.unwrap();
    subscriber::insert(&tx, creditor, &row).await.unwrap();
    tx.commit().await.unwrap();
    row
}

async fn listed(db: &Db, creditor: CreditorId) -> Vec<OutboundEventRow> {
    let tx = db.store.read().await.unwrap();
    let page = PageRequest::first(100);
    let mut events = outbound_event::list(&tx, creditor, OutboundEventFilter::default(), page).await.unwrap().items;
    events.reverse();
    events
}

fn kinds(events: &[OutboundEventRow]) -> Vec<EventKind> {
    events.iter().map(|event| event.kind).collect()
}

async fn issue(db: &Db, world: &World, number: &str) -> saldo_domain::ids::InvoiceId {
    let tx = db.store.write().await.unwrap();
    let invoice_id = world.issue(&tx, number, 300).await;
    tx.commit().await.unwrap();
    invoice_id
}

async fn set(db: &Db, world: &World, invoice_id: saldo_domain::ids::InvoiceId, status: InvoiceStatus) {
    let tx = db.store.write().await.unwrap();
    invoice::set_status(&tx, world.c(), &ItemChange { invoice_id, status }).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_commits_is_told_in_the_order_of_its_object_and_what_is_rolled_back_is_not() {
    on_both(async |db| {
        db.store.tell(Arc::new(Noon));
        let world = World::new(db).await;
        issue(db, &world, "F-0").await;
        assert!(listed(db, world.c()).await.is_empty(), "nobody reads");
        subscribe(db, world.c(), &[EventKind::InvoiceIssued, EventKind::InvoiceUpdated, EventKind::InvoicePaid]).await;
        let undone = db.store.write().await.unwrap();
        world.issue(&undone, "F-1", 300).await;
        undone.rollback().await.unwrap();
        assert!(listed(db, world.c()).await.is_empty(), "it was rolled back");
        let first = issue(db, &world, "F-1").await;
        set(db, &world, first, InvoiceStatus::Open { outstanding: mxn(200) }).await;
        set(db, &world, first, InvoiceStatus::Open { outstanding: mxn(200) }).await;
        set(db, &world, first, InvoiceStatus::Paid { paid_on: crate::world::on("2026-03-01") }).await;
        let events = listed(db, world.c()).await;
        let wanted = [EventKind::InvoiceIssued, EventKind::InvoiceUpdated, EventKind::InvoicePaid];
        assert_eq!(kinds(&events), wanted, "what says nothing new is not said");
        assert_eq!(events.iter().map(|event| event.sequence).collect::<Vec<_>>(), [1, 2, 3]);
        let said: serde_json::Value = serde_json::from_str(&events[1].data).unwrap();
        assert_eq!(said["outstanding"], serde_json::json!({"minor": 200, "currency": "MXN"}));
        assert!(events.iter().all(|event| event.object_id == first.0 && event.occurred_at == noon("2026-03-01")));

        subscribe(db, world.c(), &[]).await;
        issue(db, &world, "F-2").await;
        let later = &listed(db, world.c()).await[3..];
        assert_eq!(kinds(later), [EventKind::InvoiceIssued, EventKind::BalanceChanged], "a reader of everything");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_teller_has_a_subscriber_and_an_object_waits_for_its_first_event() {
    on_both(async |db| {
        db.store.tell(Arc::new(Noon));
        let world = World::new(db).await;
        let own = subscribe(db, world.c(), &[EventKind::InvoiceIssued, EventKind::InvoiceUpdated]).await;
        let (first, second) = (issue(db, &world, "F-1").await, issue(db, &world, "F-2").await);
        set(db, &world, first, InvoiceStatus::Open { outstanding: mxn(200) }).await;
        let (now, until) = (noon("2026-03-01"), noon("2026-03-02"));
        let claimed = subscriber::claim(&db.store, now, until, 10).await.unwrap().remove(0);
        assert_eq!((claimed.row.id, claimed.row.url.as_str()), (own.id, "https://books.example/"));
        assert!(subscriber::claim(&db.store, now, until, 10).await.unwrap().is_empty(), "another has it");
        let again = subscriber::claim(&db.store, until, noon("2026-03-03"), 10).await.unwrap().remove(0);

        let tx = db.store.write().await.unwrap();
        assert!(!subscriber::hold(&tx, &claimed, &Health::default(), until).await.unwrap(), "its lease was taken over");
        assert!(subscriber::hold(&tx, &again, &Health::default(), until).await.unwrap());
        let due = async || outbound_delivery::list_due(&tx, world.c(), own.id, now, 10).await.unwrap();
        let heads = due().await;
        assert_eq!(heads.iter().map(|due| due.event.object_id).collect::<Vec<_>>(), [first.0, second.0]);
        let later = at("2026-03-01T13:00:00Z");
        let mut attempted = Attempted {
            at: now,
            status_code: Some(500),
            error: Some("status".to_owned()),
            state: DeliveryState::Waiting,
            due_at: Some(later),
        };
        let of = |event: OutboundEventId| (own.id, event);
        outbound_delivery::mark(&tx, world.c(), of(heads[0].event.id), &attempted).await.unwrap();
        assert_eq!(due().await.len(), 1, "its next event waits, the other object goes on");
        assert_eq!(outbound_delivery::defer_blocked(&tx, world.c(), own.id, now).await.unwrap(), 1);
        attempted = Attempted {
            state: DeliveryState::Delivered,
            due_at: None,
            status_code: Some(204),
            error: None,
            ..attempted
        };
        outbound_delivery::mark(&tx, world.c(), of(heads[1].event.id), &attempted).await.unwrap();
        assert!(due().await.is_empty());
        assert_eq!(outbound_delivery::bring_forward(&tx, world.c(), own.id, now).await.unwrap(), 2);
        outbound_delivery::mark(&tx, world.c(), of(heads[0].event.id), &attempted).await.unwrap();
        let next = due().await;
        assert_eq!((next.len(), next[0].event.sequence), (1, 2));
        let counted = outbound_delivery::count_in(&tx, world.c(), own.id, DeliveryState::Delivered).await.unwrap();
        assert_eq!(counted, 2);
        let since = noon("2026-02-20");
        assert_eq!(outbound_delivery::replay_since(&tx, world.c(), &own, since, now).await.unwrap(), 3);
        assert_eq!(due().await.len(), 2);
        assert_eq!(outbound_delivery::give_up(&tx, world.c(), own.id, now).await.unwrap(), 3);
        assert!(due().await.is_empty());
        assert_eq!(outbound_event::delete_before(&tx, noon("2026-04-01"), 2).await.unwrap(), 2);
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_and_subscribers_are_their_creditors() {
    on_both(async |db| {
        db.store.tell(Arc::new(Noon));
        let world = World::new(db).await;
        let own = subscribe(db, world.c(), &[]).await;
        issue(db, &world, "F-1").await;
        let event = listed(db, world.c()).await.remove(0);
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Other").await;
        let (c, now) = (other.c(), noon("2026-03-01"));
        let page = PageRequest::first(10);
        let absent =
            |result: Result<(), StoreFault>| assert!(matches!(result, Err(StoreFault::NotFound(_))), "{result:?}");
        absent(subscriber::load(&tx, c, own.id).await.map(|_| ()));
        absent(subscriber::update(&tx, c, &own).await);
        absent(subscriber::delete(&tx, c, own.id).await);
        absent(outbound_event::load(&tx, c, event.id).await.map(|_| ()));
        absent(outbound_delivery::replay(&tx, c, own.id, event.id, now).await.map(|_| ()));
        assert!(subscriber::list(&tx, c).await.unwrap().is_empty());
        assert!(outbound_event::list(&tx, c, OutboundEventFilter::default(), page).await.unwrap().items.is_empty());
        assert!(outbound_delivery::list(&tx, c, own.id, None, page).await.unwrap().items.is_empty());
        assert!(outbound_delivery::list_due(&tx, c, own.id, now, 10).await.unwrap().is_empty());
        assert_eq!(outbound_delivery::replay_since(&tx, c, &own, noon("2026-01-01"), now).await.unwrap(), 0);
        assert_eq!(outbound_delivery::give_up(&tx, c, own.id, now).await.unwrap(), 0);
        let unmoved = outbound_delivery::count_in(&tx, world.c(), own.id, DeliveryState::Waiting).await.unwrap();
        assert_eq!(unmoved, 2);
        subscriber::delete(&tx, world.c(), own.id).await.unwrap();
        assert!(subscriber::list(&tx, world.c()).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    })
    .await;
}
