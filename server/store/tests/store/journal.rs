use crate::harness::on_both;
use crate::world::{World, id, mxn, noon, on};
use saldo_domain::currency::Currency;
use saldo_domain::ledger::{EntryKind, JournalEntry, LedgerAccount, Side, account_line};
use saldo_store::journal::{self, NewEntry};
use saldo_store::{Dialect, PageRequest, StoreFault, account};
use sea_orm::ConnectionTrait;

fn credit(world: &World, minor: i64) -> JournalEntry {
    let lines = vec![
        account_line(LedgerAccount::ProviderClearing, Side::Debit, mxn(minor), world.account_id),
        account_line(LedgerAccount::UnappliedCash, Side::Credit, mxn(minor), world.account_id),
    ];
    JournalEntry::try_new(EntryKind::Payment, on("2026-02-10"), lines).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_updates_or_deletes_what_was_booked() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        world.issue(&tx, "F-1", 12_345).await;
        tx.commit().await.unwrap();
        let raw = db.raw().await;
        let mut forbidden = vec![
            "UPDATE journal_lines SET amount_minor = 1",
            "UPDATE journal_lines SET side = 'credit'",
            "DELETE FROM journal_lines",
            "UPDATE journal_entries SET effect_minor = 1",
            "UPDATE journal_entries SET movement_key = 'x'",
            "DELETE FROM journal_entries",
        ];
        if db.store.dialect() == Dialect::Postgres {
            forbidden.extend(["TRUNCATE journal_lines", "TRUNCATE journal_entries CASCADE"]);
        }
        for statement in forbidden {
            let fault = raw.execute_unprepared(statement).await.expect_err(statement).to_string();
            assert!(fault.contains("never change"), "{statement}: {fault}");
        }
        let tx = db.store.read().await.unwrap();
        assert_eq!(journal::list(&tx, world.c(), PageRequest::first(10)).await.unwrap().items.len(), 1);
        assert!(journal::parity(&tx).await.unwrap().agrees());
        drop(tx);
        raw.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_movement_is_booked_once_and_the_transaction_goes_on() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        world.book(&tx, &credit(&world, 500), Some("sandbox:pay_1:capture")).await.unwrap();
        let again = world.book(&tx, &credit(&world, 500), Some("sandbox:pay_1:capture")).await;
        assert!(matches!(again, Err(StoreFault::Conflict("movement"))), "{again:?}");
        world.book(&tx, &credit(&world, 70), Some("sandbox:pay_2:capture")).await.unwrap();
        tx.commit().await.unwrap();
        let tx = db.store.read().await.unwrap();
        assert_eq!(journal::list(&tx, world.c(), PageRequest::first(10)).await.unwrap().items.len(), 2);
        assert_eq!(account::load(&tx, world.c(), world.account_id).await.unwrap().balance_version, 2);
        assert!(journal::parity(&tx).await.unwrap().agrees());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_entries_all_are_written_or_none() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (one, two) = (credit(&world, 10), credit(&world, 20));
        let new = |entry, key: &str| NewEntry {
            id: id(),
            entry,
            debtor_id: Some(world.d()),
            movement_key: Some(key.to_owned()),
            recorded_at: noon("2026-02-10"),
        };
        let tx = db.store.write().await.unwrap();
        let twice = journal::insert_entries(&tx, world.c(), &[new(&one, "a"), new(&two, "a")]).await;
        assert!(matches!(twice, Err(StoreFault::Conflict("movement"))), "{twice:?}");
        tx.commit().await.unwrap();
        let tx = db.store.read().await.unwrap();
        assert!(journal::list(&tx, world.c(), PageRequest::first(10)).await.unwrap().items.is_empty());
        assert_eq!(account::load(&tx, world.c(), world.account_id).await.unwrap().balance_version, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_learn_of_one_movement_at_once_book_it_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (store, world) = (db.store.clone(), world.clone());
            tasks.spawn(async move {
                // No debtor is held here: the key alone must be enough.
                let tx = store.write().await.unwrap();
                let booked = world.book(&tx, &credit(&world, 500), Some("sandbox:pay_1:capture")).await;
                tx.commit().await.unwrap();
                match booked {
                    Ok(_) => 1,
                    Err(StoreFault::Conflict("movement")) => 0,
                    Err(fault) => panic!("{fault}"),
                }
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().sum::<i32>(), 1);
        let tx = db.store.read().await.unwrap();
        assert_eq!(account::load(&tx, world.c(), world.account_id).await.unwrap().balance_version, 1);
        assert!(journal::parity(&tx).await.unwrap().agrees());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_come_back_as_they_were_written() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let mut written = Vec::new();
        for minor in 1..=5 {
            let entry = credit(&world, minor);
            written.push((world.book(&tx, &entry, Some(&format!("k{minor}"))).await.unwrap(), entry));
        }
        tx.commit().await.unwrap();
        let tx = db.store.read().await.unwrap();
        let mut read = Vec::new();
        let mut page = journal::list(&tx, world.c(), PageRequest::first(2)).await.unwrap();
        loop {
            assert!(page.items.len() <= 2);
            read.extend(page.items);
            let Some(next) = page.next else { break };
            page = journal::list_for_debtor(&tx, world.c(), world.d(), PageRequest::new(Some(next), 2)).await.unwrap();
        }
        assert_eq!(read.iter().map(|row| (row.id, row.entry.clone())).collect::<Vec<_>>(), written);
        assert_eq!(read[0].movement_key.as_deref(), Some("k1"));
        assert_eq!(read[0].recorded_at, noon("2026-02-10"));
        assert_eq!(read[0].debtor_id, Some(world.d()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_concerns_one_account_that_is_there() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let other = account::ensure(&tx, world.c(), world.d(), Currency::USD, id()).await.unwrap();
        let lines = vec![
            account_line(LedgerAccount::UnappliedCash, Side::Debit, mxn(5), world.account_id),
            account_line(LedgerAccount::UnappliedCash, Side::Credit, mxn(5), other),
        ];
        let entry = JournalEntry::try_new(EntryKind::CreditApplied, on("2026-02-10"), lines).unwrap();
        assert!(matches!(world.book(&tx, &entry, None).await, Err(StoreFault::Corrupt(_))));
        let stranger = World { account_id: id(), ..world.clone() };
        let missing = world.book(&tx, &credit(&stranger, 5), None).await;
        assert!(matches!(missing, Err(StoreFault::NotFound("account"))), "{missing:?}");
    })
    .await;
}
