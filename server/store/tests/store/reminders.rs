use crate::harness::on_both;
use crate::world::{World, id, noon, on};
use saldo_domain::outcome::Outcome;
use saldo_domain::reminder::{Channel, Contact, ContactOutcome, DunningStep, RungRef};
use saldo_store::reminder::{self, ReminderRow, ReminderState};
use saldo_store::{PageRequest, snapshot};

fn planned(world: &World, offset: i32) -> ReminderRow {
    ReminderRow {
        id: id(),
        debtor_id: world.d(),
        step: DunningStep { offset, due_on: on("2026-03-01") },
        channel: Channel::Email,
        state: ReminderState::Planned,
        items: vec![id()],
        planned_at: noon("2026-03-04"),
        handed_off_at: None,
        finished_at: None,
        message_reference: None,
        rung: RungRef { policy_id: id(), place: 2 },
        reason: "step reached".to_owned(),
        by_hand: None,
        error: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rung_is_planned_once_and_handed_off_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (row, again) = (planned(&world, 3), planned(&world, 3));
        let c = world.c();
        let tx = db.store.write().await.unwrap();
        assert_eq!(reminder::insert_planned(&tx, c, &row).await.unwrap(), Outcome::Executed(row.id));
        assert_eq!(reminder::insert_planned(&tx, c, &again).await.unwrap(), Outcome::AlreadyApplied);
        assert_eq!(reminder::load(&tx, c, row.id).await.unwrap(), row);
        let items = [id()];
        assert!(reminder::mark_handing_off(&tx, c, row.id, &items, noon("2026-03-04")).await.unwrap());
        assert!(!reminder::mark_handing_off(&tx, c, row.id, &items, noon("2026-03-04")).await.unwrap());
        assert!(reminder::mark_sent(&tx, c, row.id, noon("2026-03-05"), Some("<1@x>")).await.unwrap());
        assert!(!reminder::mark_failed(&tx, c, row.id, noon("2026-03-05"), "late").await.unwrap());
        assert_eq!(reminder::insert_planned(&tx, c, &again).await.unwrap(), Outcome::AlreadyApplied);
        let sent = reminder::load(&tx, c, row.id).await.unwrap();
        let expected = ReminderRow {
            state: ReminderState::Sent,
            items: items.to_vec(),
            handed_off_at: Some(noon("2026-03-04")),
            finished_at: Some(noon("2026-03-05")),
            message_reference: Some("<1@x>".to_owned()),
            ..row
        };
        assert_eq!(sent, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_left_may_be_planned_anew_under_its_first_id() {
    on_both(async |db| {
        let world = World::new(db).await;
        let c = world.c();
        let (held, refused) = (planned(&world, 3), planned(&world, 10));
        let tx = db.store.write().await.unwrap();
        for row in [&held, &refused] {
            reminder::insert_planned(&tx, c, row).await.unwrap();
        }
        assert!(reminder::mark_suppressed(&tx, c, held.id, noon("2026-03-04"), "pending_payment").await.unwrap());
        reminder::mark_handing_off(&tx, c, refused.id, &refused.items, noon("2026-03-11")).await.unwrap();
        assert!(reminder::mark_failed(&tx, c, refused.id, noon("2026-03-11"), "connection refused").await.unwrap());
        let again = [ReminderRow { id: id(), ..held.clone() }, ReminderRow { id: id(), ..refused.clone() }];
        for (row, first) in again.iter().zip([&held, &refused]) {
            let outcome = reminder::insert_planned(&tx, c, row).await.unwrap();
            assert_eq!(outcome, Outcome::Executed(first.id));
            assert_eq!(&reminder::load(&tx, c, first.id).await.unwrap(), first);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_left_or_may_have_left_is_a_contact() {
    on_both(async |db| {
        let world = World::new(db).await;
        let c = world.c();
        let rows: Vec<ReminderRow> = [-7, 0, 3, 10, 20, 30].map(|offset| planned(&world, offset)).into();
        let tx = db.store.write().await.unwrap();
        for row in &rows {
            reminder::insert_planned(&tx, c, row).await.unwrap();
        }
        let hour = |hour| crate::world::at(&format!("2026-03-04T{hour:02}:00:00Z"));
        // Planned stays no contact; handing off, sent and unknown are; failed and suppressed are not.
        for (place, row) in (10..).zip(&rows[1..5]) {
            assert!(reminder::mark_handing_off(&tx, c, row.id, &row.items, hour(place)).await.unwrap());
        }
        assert!(reminder::mark_sent(&tx, c, rows[2].id, hour(20), None).await.unwrap());
        assert!(reminder::mark_unknown(&tx, c, rows[3].id, hour(20)).await.unwrap());
        assert!(reminder::mark_failed(&tx, c, rows[4].id, hour(20), "refused").await.unwrap());
        assert!(reminder::mark_suppressed(&tx, c, rows[5].id, hour(20), "paid").await.unwrap());
        let contacts = snapshot::load(&tx, c, world.d()).await.unwrap().contacts;
        let contact = |row: &ReminderRow, place| Contact {
            handed_off_at: hour(place),
            channel: Channel::Email,
            step: row.step,
            invoice_ids: row.items.clone(),
            outcome: ContactOutcome::Left,
        };
        assert_eq!(contacts, [contact(&rows[1], 10), contact(&rows[2], 11), contact(&rows[3], 12)]);
        let listed = reminder::list(&tx, c, Some(world.d()), PageRequest::first(10)).await.unwrap().items;
        assert_eq!(
            listed.iter().map(|row| row.id).collect::<Vec<_>>(),
            rows.iter().rev().map(|row| row.id).collect::<Vec<_>>()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_again_counts_as_a_contact_until_then_and_stays_what_it_was_where_it_is_not() {
    use saldo_store::message::ByHand;
    on_both(async |db| {
        let world = World::new(db).await;
        let (c, row) = (world.c(), planned(&world, 3));
        let tx = db.store.write().await.unwrap();
        let by_hand = ByHand { by: saldo_domain::actor::Actor::Operator, reason: "nothing came".to_owned(), of: id() };
        let again = async |at: &str| reminder::plan_again(&tx, c, row.id, &by_hand, noon(at)).await.unwrap();
        reminder::insert_planned(&tx, c, &row).await.unwrap();
        assert!(!again("2026-03-04").await, "it has not even been tried");
        reminder::mark_handing_off(&tx, c, row.id, &row.items, noon("2026-03-04")).await.unwrap();
        reminder::mark_unknown(&tx, c, row.id, noon("2026-03-04")).await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        assert!(!reminder::plan_again(&tx, stranger.c(), row.id, &by_hand, noon("2026-03-05")).await.unwrap());
        assert!(again("2026-03-05").await);
        assert!(!again("2026-03-05").await, "once");
        let contacts = snapshot::load(&tx, c, world.d()).await.unwrap().contacts;
        assert_eq!((contacts.len(), contacts[0].outcome), (1, ContactOutcome::Left), "it may have left");
        reminder::stay_as_before(&tx, stranger.c(), &[row.id], noon("2026-03-05")).await.unwrap();
        reminder::stay_as_before(&tx, c, &[row.id], noon("2026-03-05")).await.unwrap();
        assert_eq!(reminder::load(&tx, c, row.id).await.unwrap().state, ReminderState::Unknown);

        assert!(again("2026-03-06").await);
        let tried = reminder::Tried::of_step_again(&contacts, row.step);
        reminder::keep_tried(&tx, c, row.id, &tried).await.unwrap();
        reminder::mark_handing_off(&tx, c, row.id, &row.items, noon("2026-03-06")).await.unwrap();
        reminder::mark_sent(&tx, c, row.id, noon("2026-03-06"), None).await.unwrap();
        let kept = reminder::load(&tx, c, row.id).await.unwrap();
        assert_eq!((kept.state, kept.by_hand), (ReminderState::Sent, Some(by_hand.clone())));
        let contacts = snapshot::load(&tx, c, world.d()).await.unwrap().contacts;
        let told: Vec<_> = contacts.iter().map(|contact| (contact.handed_off_at, contact.outcome)).collect();
        assert_eq!(
            told,
            [(noon("2026-03-04"), ContactOutcome::CameBack), (noon("2026-03-06"), ContactOutcome::Left)],
            "both count for the caps"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_of_channels_are_replaced_as_a_whole_and_are_the_creditors_own() {
    use saldo_domain::currency::Currency;
    use saldo_domain::money::Money;
    use saldo_domain::rehearsal::ChannelPrices;
    use saldo_store::channel_price;
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Other").await;
        let price = |minor, currency| Money::new(minor, currency);
        let first = vec![(Channel::Letter, price(1_850, Currency::MXN)), (Channel::Sms, price(5, Currency::USD))];
        channel_price::replace(&tx, world.c(), &ChannelPrices::new(first.clone())).await.unwrap();
        assert_eq!(channel_price::load(&tx, world.c()).await.unwrap().all(), first);
        assert_eq!(channel_price::load(&tx, other.c()).await.unwrap(), ChannelPrices::default());
        channel_price::replace(&tx, other.c(), &ChannelPrices::default()).await.unwrap();
        let second = vec![(Channel::Sms, price(0, Currency::MXN))];
        channel_price::replace(&tx, world.c(), &ChannelPrices::new(second.clone())).await.unwrap();
        assert_eq!(channel_price::load(&tx, world.c()).await.unwrap().all(), second);
    })
    .await;
}
