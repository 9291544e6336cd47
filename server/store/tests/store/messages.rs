use crate::harness::on_both;
use crate::world::{World, id, noon};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{InvoiceId, MessageId, ReminderId};
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use saldo_store::banner::{self, BannerRow};
use saldo_store::call_task::{self, CallTaskEnd, CallTaskOwner, CallTaskRow};
use saldo_store::letter::{self, LetterRow};
use saldo_store::message::{self, MessageEnd, MessageFilter, MessagePurpose, MessageRow, MessageState};
use saldo_store::reply::{self, ReplyEffect, ReplyRow};
use saldo_store::{PageRequest, StoreFault, invoice_sending};
use serde_json::json;

fn a_message(world: &World, reference: Option<&str>) -> MessageRow {
    MessageRow {
        id: id(),
        debtor_id: world.d(),
        reminder_id: None,
        purpose: MessagePurpose::Reminder,
        channel: Channel::Email,
        template: Some("overdue".to_owned()),
        language: Language::Pt,
        recipient: "a•••@example.com".to_owned(),
        state: MessageState::HandingOff,
        provider_reference: reference.map(str::to_owned),
        by_hand: None,
        error: None,
        handed_off_at: noon("2026-03-01"),
        finished_at: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_forward_through_its_states_and_never_back() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (c, now) = (world.c(), noon("2026-03-02"));
        // Each pair of states: whether the second may follow the first.
        for first in MessageState::ALL {
            for second in MessageState::ALL {
                let row = a_message(&world, None);
                message::insert_handing_off(&tx, c, std::slice::from_ref(&row)).await.unwrap();
                if first != MessageState::HandingOff {
                    // The way there, by a state that every other may follow or by a first step.
                    let end = |state| MessageEnd { id: row.id, state, provider_reference: None, error: None };
                    assert!(message::mark(&tx, c, &end(first), now).await.unwrap(), "{first:?}");
                }
                let end = MessageEnd { id: row.id, state: second, provider_reference: None, error: None };
                let moved = message::mark(&tx, c, &end, now).await.unwrap();
                assert_eq!(moved, second.may_follow().contains(&first), "{first:?} to {second:?}");
                let expected = if moved { second } else { first };
                let kept = message::load(&tx, c, row.id).await.unwrap();
                assert_eq!(kept.state, expected, "{first:?} to {second:?}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrived_is_written_as_a_group_and_only_of_its_creditor() {
    on_both(async |db| {
        let (world, other) = (World::new(db).await, World::new(db).await);
        let tx = db.store.write().await.unwrap();
        let (c, now) = (world.c(), noon("2026-03-02"));
        let names = ["one@example.com", "two@example.com", "two@example.com", "three@example.com"];
        let rows: Vec<MessageRow> = names.iter().map(|name| a_message(&world, Some(name))).collect();
        message::insert_handing_off(&tx, c, &rows).await.unwrap();
        let bounced = MessageEnd::ended(rows[3].id, MessageState::Bounced, "550");
        assert!(message::mark(&tx, c, &bounced, now).await.unwrap());
        let found = message::find_by_references(&tx, c, Channel::Email, &[names[0], names[1], "nobody"]).await.unwrap();
        let latest = rows[1].id.max(rows[2].id);
        assert_eq!((found.len(), found[names[1]]), (2, (latest, world.d())), "the latest of a name");
        assert!(message::find_by_references(&tx, other.c(), Channel::Email, &names).await.unwrap().is_empty());
        let ids: Vec<MessageId> = rows.iter().map(|row| row.id).collect();
        assert!(message::mark_many_delivered(&tx, other.c(), &ids, now).await.unwrap().is_empty());
        assert_eq!(message::load(&tx, c, ids[0]).await.unwrap().state, MessageState::HandingOff);
        message::mark_many_delivered(&tx, c, &ids, now).await.unwrap();
        for (place, expected) in
            [(0, MessageState::Delivered), (1, MessageState::Delivered), (3, MessageState::Bounced)]
        {
            assert_eq!(message::load(&tx, c, ids[place]).await.unwrap().state, expected, "{place}");
        }
        let (d, purpose) = (world.d(), MessagePurpose::Reminder);
        assert_eq!(message::find_latest_named(&tx, c, d, purpose, "two").await.unwrap(), Some(latest));
        assert_eq!(message::find_latest_named(&tx, other.c(), d, purpose, "two").await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_messages_are_written_and_marked_at_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let other = World::new(db).await;
        let (c, now) = (world.c(), noon("2026-03-02"));
        let rows: Vec<MessageRow> = (0..2_500).map(|_| a_message(&world, None)).collect();
        let tx = db.store.write().await.unwrap();
        message::insert_handing_off(&tx, c, &rows).await.unwrap();
        let mut ends: Vec<MessageEnd> =
            rows.iter().enumerate().map(|(at, row)| MessageEnd::sent(row.id, format!("SM{at}"))).collect();
        ends[7] = MessageEnd::ended(rows[7].id, MessageState::Failed, "no such number");
        ends[8] = MessageEnd::ended(rows[8].id, MessageState::Unknown, "no answer");
        assert_eq!(message::mark_many(&tx, other.c(), &ends, now).await.unwrap(), 0, "another creditor's");
        assert_eq!(message::mark_many(&tx, c, &ends, now).await.unwrap(), 2_500);
        assert_eq!(message::mark_many(&tx, c, &ends[..7], now).await.unwrap(), 0, "told twice");
        tx.commit().await.unwrap();
        let tx = db.store.read().await.unwrap();
        let found = message::find_by_reference(&tx, c, Channel::Email, "SM2499").await.unwrap().unwrap();
        assert_eq!((found.id, found.state), (rows[2_499].id, MessageState::Sent));
        assert_eq!(message::find_by_reference(&tx, c, Channel::Sms, "SM2499").await.unwrap(), None);
        assert_eq!(message::find_by_reference(&tx, other.c(), Channel::Email, "SM2499").await.unwrap(), None);
        let filter = MessageFilter { in_trouble: true, debtor_id: None };
        let trouble = message::list(&tx, c, filter, PageRequest::first(9)).await.unwrap().items;
        assert_eq!(trouble.iter().map(|row| row.id).collect::<Vec<_>>(), [rows[8].id, rows[7].id]);
        assert_eq!(trouble[1].error.as_deref(), Some("no such number"));
        let of_debtor = MessageFilter { in_trouble: false, debtor_id: Some(world.d()) };
        assert_eq!(message::list(&tx, c, of_debtor, PageRequest::first(500)).await.unwrap().items.len(), 500);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_found_by_its_reference_and_by_its_reminder() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (c, now) = (world.c(), noon("2026-03-02"));
        let reminder_id: ReminderId = id();
        let first = MessageRow { reminder_id: Some(reminder_id), ..a_message(&world, Some("one@host")) };
        let second = MessageRow { reminder_id: Some(reminder_id), ..a_message(&world, Some("one@host")) };
        let tx = db.store.write().await.unwrap();
        message::insert_handing_off(&tx, c, &[first.clone(), second.clone()]).await.unwrap();
        let latest = message::find_for_reminder(&tx, c, world.d(), reminder_id).await.unwrap();
        assert_eq!(latest.as_ref(), Some(&second));
        let name = (Channel::Email, "one@host");
        let moved = message::mark_by_reference(&tx, c, name, MessageState::Bounced, Some("550"), now).await.unwrap();
        assert_eq!(moved, Some(second.clone()));
        let again = message::mark_by_reference(&tx, c, name, MessageState::Delivered, None, now).await.unwrap();
        assert_eq!(again, None);
        let kept = message::load(&tx, c, second.id).await.unwrap();
        let expected = MessageRow {
            state: MessageState::Bounced,
            error: Some("550".to_owned()),
            finished_at: Some(now),
            ..second
        };
        assert_eq!(kept, expected);
        let absent = message::load(&tx, c, id::<MessageId>()).await;
        assert!(matches!(absent, Err(StoreFault::NotFound("message"))), "{absent:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_wait_until_they_are_posted() {
    on_both(async |db| {
        let world = World::new(db).await;
        let other = World::new(db).await;
        let (c, now) = (world.c(), noon("2026-03-02"));
        let row = || LetterRow {
            id: id(),
            debtor_id: world.d(),
            content: json!({ "subject": "Su saldo" }),
            written_at: noon("2026-03-01"),
            posted: None,
        };
        let rows = [row(), row(), row()];
        let tx = db.store.write().await.unwrap();
        for row in &rows {
            assert!(letter::insert(&tx, c, row).await.unwrap());
            assert!(!letter::insert(&tx, c, row).await.unwrap(), "the same message twice is one letter");
        }
        assert_eq!(letter::count_waiting(&tx, other.c()).await.unwrap(), 0);
        assert_eq!(letter::mark_posted(&tx, other.c(), rows[1].id, &Actor::Operator, now).await.unwrap(), 0);
        assert_eq!(letter::mark_posted(&tx, c, rows[1].id, &Actor::Operator, now).await.unwrap(), 2);
        assert_eq!(letter::mark_posted(&tx, c, rows[1].id, &Actor::Operator, now).await.unwrap(), 0);
        let waiting = letter::list_waiting(&tx, c, PageRequest::first(9)).await.unwrap().items;
        assert_eq!(waiting, rows[2..]);
        let posted = letter::load(&tx, c, rows[0].id).await.unwrap();
        assert_eq!(posted.posted, Some((now, Actor::Operator)));
        assert_eq!(letter::list(&tx, c, PageRequest::first(9)).await.unwrap().items.len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_wait_for_an_agent_and_end_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let other = World::new(db).await;
        let c = world.c();
        let row = || CallTaskRow {
            id: id(),
            debtor_id: world.d(),
            phone: Some("+525512345678".to_owned()),
            script: "Buenos días".to_owned(),
            written_at: noon("2026-03-01"),
            agent_id: None,
            call_at: None,
            ended: None,
        };
        let rows = [row(), row(), row()];
        let agent = id();
        let tx = db.store.write().await.unwrap();
        for row in &rows {
            assert!(call_task::insert(&tx, c, row).await.unwrap());
        }
        assert!(!call_task::insert(&tx, c, &rows[0]).await.unwrap());
        assert!(!call_task::assign(&tx, other.c(), rows[0].id, Some(agent)).await.unwrap());
        assert!(call_task::assign(&tx, c, rows[0].id, Some(agent)).await.unwrap());
        let page = PageRequest::first(9);
        let ids = async |owner| {
            let found = call_task::list_open(&tx, c, owner, page).await.unwrap().items;
            found.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(CallTaskOwner::Agent(agent)).await, [rows[0].id]);
        assert_eq!(ids(CallTaskOwner::Nobody).await, [rows[1].id, rows[2].id]);
        let counts = call_task::count_open(&tx, c).await.unwrap();
        assert!(counts.contains(&(Some(agent), 1)) && counts.contains(&(None, 2)), "{counts:?}");
        let at = noon("2026-03-02");
        assert!(call_task::put_off(&tx, c, rows[1].id, Some(at)).await.unwrap());
        let end = CallTaskEnd { at, by: Actor::Operator, outcome: "reached".to_owned() };
        assert!(call_task::mark_ended(&tx, c, rows[1].id, &end).await.unwrap());
        assert!(!call_task::mark_ended(&tx, c, rows[1].id, &end).await.unwrap());
        assert!(!call_task::assign(&tx, c, rows[1].id, Some(agent)).await.unwrap(), "it has ended");
        let ended = call_task::load(&tx, c, rows[1].id).await.unwrap();
        assert_eq!((ended.call_at, ended.ended), (Some(at), Some(end)));
        assert_eq!(ids(CallTaskOwner::Anybody).await, [rows[0].id, rows[2].id]);
        assert_eq!(call_task::list_for_debtor(&tx, c, world.d(), page).await.unwrap().items.len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn banners_end_and_replies_are_found_by_their_number() {
    on_both(async |db| {
        let world = World::new(db).await;
        let other = World::new(db).await;
        let (c, now) = (world.c(), noon("2026-03-02"));
        let banner = BannerRow {
            id: id(),
            debtor_id: world.d(),
            text: "Su factura vence mañana".to_owned(),
            language: Language::Es,
            written_at: noon("2026-03-01"),
            until_at: noon("2026-03-15"),
            seen_at: None,
        };
        let reply_row = ReplyRow {
            id: id(),
            debtor_id: Some(world.d()),
            channel: Channel::Whatsapp,
            sender: "+525512345678".to_owned(),
            body: "BAJA".to_owned(),
            effect: ReplyEffect::OptedOut,
            received_at: now,
        };
        let tx = db.store.write().await.unwrap();
        assert!(banner::insert(&tx, c, &banner).await.unwrap());
        assert_eq!(banner::find_shown(&tx, c, world.d(), now).await.unwrap().as_ref(), Some(&banner));
        assert_eq!(banner::find_shown(&tx, c, world.d(), noon("2026-03-15")).await.unwrap(), None);
        assert_eq!(banner::find_shown(&tx, other.c(), world.d(), now).await.unwrap(), None);
        assert!(banner::mark_seen(&tx, c, banner.id, now).await.unwrap());
        assert!(!banner::mark_seen(&tx, c, banner.id, now).await.unwrap());
        reply::insert(&tx, c, std::slice::from_ref(&reply_row)).await.unwrap();
        let at = |creditor, channel| reply::last_at(&tx, creditor, channel, "+525512345678");
        assert_eq!(at(c, Channel::Whatsapp).await.unwrap(), Some(now));
        assert_eq!(at(c, Channel::Sms).await.unwrap(), None);
        assert_eq!(at(other.c(), Channel::Whatsapp).await.unwrap(), None);
        assert_eq!(reply::list(&tx, c, Some(world.d()), PageRequest::first(9)).await.unwrap().items, [reply_row]);
        assert!(reply::list_by_phone(&tx, c, "+525512345678").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_taken_to_be_sent_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let other = World::new(db).await;
        let c = world.c();
        let tx = db.store.write().await.unwrap();
        let invoice_id: InvoiceId = world.issue(&tx, "F-1", 300).await;
        assert!(!invoice_sending::is_enabled(&tx, c).await.unwrap());
        invoice_sending::set_enabled(&tx, c, true).await.unwrap();
        invoice_sending::set_enabled(&tx, c, true).await.unwrap();
        assert!(invoice_sending::is_enabled(&tx, c).await.unwrap());
        assert!(!invoice_sending::is_enabled(&tx, other.c()).await.unwrap());
        let (message_id, at): (MessageId, _) = (id(), noon("2026-03-01"));
        assert!(invoice_sending::claim(&tx, c, invoice_id, message_id, at).await.unwrap());
        assert!(!invoice_sending::claim(&tx, c, invoice_id, id(), at).await.unwrap());
        assert_eq!(invoice_sending::find(&tx, c, invoice_id).await.unwrap(), Some((message_id, at)));
        assert_eq!(invoice_sending::find(&tx, other.c(), invoice_id).await.unwrap(), None);
        let import = invoice_sending::list_of_import(&tx, c, id(), None, 9).await.unwrap();
        assert!(import.is_empty());
    })
    .await;
}
