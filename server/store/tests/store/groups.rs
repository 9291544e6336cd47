//! What is read and written for many debtors at once.

use crate::harness::on_both;
use crate::world::{World, a_debtor, at, id, mxn, noon, on};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{DebtorId, ReminderId};
use saldo_domain::promise::PromiseToPay;
use saldo_domain::reminder::{Channel, Contact, ContactOutcome, DunningStep, RungRef};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::reminder::{self, ReminderRow, ReminderState, Tried};
use saldo_store::{PageRequest, debtor, promise, snapshot};

fn step(offset: i32) -> DunningStep {
    DunningStep { offset, due_on: on("2026-03-01") }
}

fn planned(debtor_id: DebtorId, offset: i32) -> ReminderRow {
    ReminderRow {
        id: id(),
        debtor_id,
        step: step(offset),
        channel: Channel::Email,
        state: ReminderState::Planned,
        items: vec![id()],
        planned_at: noon("2026-03-04"),
        handed_off_at: None,
        finished_at: None,
        message_reference: None,
        rung: RungRef { policy_id: id(), place: 3 },
        reason: "due".to_owned(),
        by_hand: None,
        error: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_snapshots_are_what_each_is_alone() {
    on_both(async |db| {
        let tx = db.store.write().await.unwrap();
        let world = World::in_tx(&tx, "Aceros del Norte").await;
        let (c, ana) = (world.c(), world.d());
        world.issue(&tx, "F-2", 200).await;
        world.issue(&tx, "F-1", 100).await;
        let made_by = Actor::Debtor { id: ana };
        let made = PromiseToPay {
            id: id(),
            account_id: world.account_id,
            amount: None,
            owed: mxn(300),
            promised_on: on("2026-03-09"),
            made_at: noon("2026-03-03"),
            made_by,
            withdrawn: None,
        };
        for promised_on in ["2026-03-09", "2026-03-12"] {
            let promise = PromiseToPay { id: id(), promised_on: on(promised_on), ..made.clone() };
            promise::insert(&tx, c, ana, &promise).await.unwrap();
        }
        let mut ids = vec![ana];
        for reference in ["c-002", "c-003"] {
            let other = a_debtor(reference);
            debtor::upsert(&tx, c, &other, noon("2026-01-01")).await.unwrap();
            ids.push(other.id);
        }
        let rows = [planned(ana, 3), planned(ids[1], 3), planned(ids[1], 10)];
        let rows: Vec<_> = rows.into_iter().map(|row| (row, Vec::new())).collect();
        assert_eq!(reminder::plan_many(&tx, c, &rows, noon("2026-03-04")).await.unwrap().len(), 3);
        let leaving: Vec<ReminderId> = rows[..2].iter().map(|(row, _)| row.id).collect();
        reminder::mark_many_handing_off(&tx, c, &leaving, noon("2026-03-04")).await.unwrap();

        let absent = id();
        let many = snapshot::load_many(&tx, c, &ids).await.unwrap();
        assert_eq!(many.iter().map(|snapshot| snapshot.debtor.id).collect::<Vec<_>>(), ids);
        for found in &many {
            let alone = snapshot::load(&tx, c, found.debtor.id).await.unwrap();
            assert_eq!(*found, alone);
        }
        let told = |snapshot: &DebtorSnapshot| snapshot.accounts.iter().map(|account| account.movements.len()).sum();
        let told: Vec<usize> = many.iter().map(told).collect();
        assert_eq!(told, [2, 0, 0], "whether a promise was kept follows from what moved since");
        let numbers: Vec<&str> = many[0].accounts[0].items.iter().map(|item| item.number.as_str()).collect();
        assert_eq!(numbers, ["F-1", "F-2"]);
        assert_eq!((many[0].promises.len(), many[0].promises[0].promised_on), (1, on("2026-03-12")));
        assert_eq!(many.iter().map(|snapshot| snapshot.contacts.len()).collect::<Vec<_>>(), [1, 1, 0]);
        assert_eq!(snapshot::load_many(&tx, c, &[ids[2], absent, ana]).await.unwrap().len(), 2);
        assert_eq!(snapshot::load_many(&tx, c, &[]).await.unwrap(), []);
        let other = World::in_tx(&tx, "Otra").await;
        assert_eq!(snapshot::load_many(&tx, other.c(), &ids).await.unwrap(), [], "another creditor finds nobody");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_plans_anew_only_what_never_left_or_came_back() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (c, d) = (world.c(), world.d());
        let tx = db.store.write().await.unwrap();
        let states = [
            (ReminderState::Suppressed, true),
            (ReminderState::Failed, true),
            (ReminderState::Sent, false),
            (ReminderState::Unknown, false),
        ];
        let rows: Vec<_> = (1..=5).map(|offset| (planned(d, offset), Vec::new())).collect();
        let before = noon("2026-03-04");
        assert_eq!(reminder::plan_many(&tx, c, &rows, before).await.unwrap().len(), 5);
        for ((row, _), (state, _)) in rows.iter().zip(states) {
            if state != ReminderState::Suppressed {
                let leaving = reminder::mark_many_handing_off(&tx, c, &[row.id], noon("2026-03-04")).await.unwrap();
                assert_eq!(leaving, [row.id]);
            }
            let said = vec![(row.id, format!("{state:?}"))];
            reminder::mark_many(&tx, c, state, &said, noon("2026-03-05")).await.unwrap();
            assert_eq!(reminder::load(&tx, c, row.id).await.unwrap().state, state);
        }
        let again: Vec<_> = (1..=5).map(|offset| (planned(d, offset), Vec::new())).collect();
        let found = reminder::plan_many(&tx, c, &again, before).await.unwrap();
        let expected = rows.iter().zip(states).filter(|(_, (_, anew))| *anew).map(|((row, _), _)| (d, row.id));
        assert_eq!(found.len(), 2);
        assert!(expected.collect::<Vec<_>>().iter().all(|row| found.contains(row)), "under their first ids: {found:?}");
        // The fifth was planned and never worked on: after a while it is planned anew.
        let forgotten = reminder::plan_many(&tx, c, &again[4..], at("2026-03-04T12:00:00.000001Z")).await.unwrap();
        assert_eq!(forgotten, [(d, rows[4].0.id)]);
        let foreign = reminder::mark_many_handing_off(&tx, id(), &[rows[4].0.id], noon("2026-03-06")).await.unwrap();
        assert_eq!(foreign, [], "another creditor moves nothing");
        assert_eq!(reminder::find_many(&tx, id(), &[rows[4].0.id]).await.unwrap(), []);
        assert_eq!(reminder::find_many(&tx, c, &[rows[4].0.id]).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_channel_refused_is_told_as_a_contact_and_the_next_one_may_try() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (c, d) = (world.c(), world.d());
        let tx = db.store.write().await.unwrap();
        let first = planned(d, 3);
        reminder::plan_many(&tx, c, &[(first.clone(), Vec::new())], noon("2026-03-04")).await.unwrap();
        reminder::mark_many_handing_off(&tx, c, &[first.id], noon("2026-03-04")).await.unwrap();
        let refused_at = noon("2026-03-05");
        let tried = [Tried { channel: Channel::Email, at: refused_at, outcome: ContactOutcome::Refused }];
        reminder::mark_refused(&tx, c, first.id, (refused_at, "550 no such mailbox"), &tried).await.unwrap();
        let contacts = snapshot::load(&tx, c, d).await.unwrap().contacts;
        let refused = Contact {
            handed_off_at: refused_at,
            channel: Channel::Email,
            step: step(3),
            invoice_ids: first.items.clone(),
            outcome: ContactOutcome::Refused,
        };
        assert_eq!(contacts, [refused]);
        assert_eq!(Tried::of_step(&contacts, step(3)), tried);
        assert_eq!(Tried::of_step(&contacts, step(10)), []);

        let second = ReminderRow { channel: Channel::Sms, ..planned(d, 3) };
        let planned =
            reminder::plan_many(&tx, c, &[(second.clone(), tried.to_vec())], noon("2026-03-04")).await.unwrap();
        assert_eq!(planned, [(d, first.id)]);
        reminder::mark_many_handing_off(&tx, c, &[first.id], noon("2026-03-06")).await.unwrap();
        let contacts = snapshot::load(&tx, c, d).await.unwrap().contacts;
        let told: Vec<_> = contacts.iter().map(|contact| (contact.channel, contact.outcome)).collect();
        assert_eq!(told, [(Channel::Email, ContactOutcome::Refused), (Channel::Sms, ContactOutcome::Left)]);
        let listed = reminder::list(&tx, c, Some(d), PageRequest::first(5)).await.unwrap().items;
        assert_eq!(listed.len(), 1, "one row for the rung");
    })
    .await;
}
