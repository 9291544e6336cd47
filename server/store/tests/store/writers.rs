use crate::harness::on_both;
use crate::world::World;
use saldo_domain::ledger::JournalEntry;
use saldo_store::{account, debtor, invoice, journal, snapshot};
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_two_writers_at_once_all_succeed_and_none_is_lost() {
    on_both(async |db| {
        let world = World::new(db).await;
        let other = db.another_store().await;
        let mut tasks = JoinSet::new();
        for writer in 0..32 {
            // Half of them as another process would.
            let store = if writer % 2 == 0 { db.store.clone() } else { other.clone() };
            let world = world.clone();
            tasks.spawn(async move {
                for round in 0..4 {
                    let tx = store.write().await.unwrap();
                    debtor::lock(&tx, world.c(), world.d()).await.unwrap();
                    let seen = account::load(&tx, world.c(), world.account_id).await.unwrap().balance_version;
                    world.issue(&tx, &format!("F-{writer}-{round}"), 100).await;
                    let now = account::load(&tx, world.c(), world.account_id).await.unwrap().balance_version;
                    assert_eq!(now, seen + 1, "another writer came between");
                    tx.commit().await.unwrap();
                }
            });
        }
        tasks.join_all().await;
        let tx = db.store.read().await.unwrap();
        let snapshot = snapshot::load(&tx, world.c(), world.d()).await.unwrap();
        assert_eq!(snapshot.accounts[0].balance_version, 128);
        assert_eq!(snapshot.accounts[0].items.len(), 128);
        assert!(journal::parity(&tx).await.unwrap().agrees());
        drop(tx);
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_never_wait_for_writers() {
    on_both(async |db| {
        let world = World::new(db).await;
        let writing = db.store.write().await.unwrap();
        world.issue(&writing, "F-1", 100).await;
        let reading = db.store.read().await.unwrap();
        assert!(snapshot::load(&reading, world.c(), world.d()).await.unwrap().accounts[0].items.is_empty());
        writing.commit().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_are_written_in_few_statements() {
    on_both(async |db| {
        let world = World::new(db).await;
        let count = 3_000;
        let invoices: Vec<_> = (0..count).map(|n| world.invoice(&format!("F-{n}"), 100 + n)).collect();
        let issue = |new: &invoice::NewInvoice| {
            JournalEntry::issue(world.account_id, new.invoice.id, new.invoice.amount, new.invoice.issued_on).unwrap()
        };
        let entries: Vec<_> = invoices.iter().map(issue).collect();
        let new: Vec<_> = entries
            .iter()
            .map(|entry| journal::NewEntry {
                id: crate::world::id(),
                entry,
                debtor_id: Some(world.d()),
                movement_key: None,
                recorded_at: crate::world::noon("2026-02-01"),
            })
            .collect();
        let tx = db.store.write().await.unwrap();
        invoice::insert_many(&tx, world.c(), &invoices).await.unwrap();
        journal::insert_entries(&tx, world.c(), &new).await.unwrap();
        tx.commit().await.unwrap();
        let tx = db.store.read().await.unwrap();
        let numbers: Vec<String> = (0..count + 5).map(|n| format!("F-{n}")).collect();
        let found = invoice::find_by_numbers(&tx, world.c(), &numbers).await.unwrap();
        assert_eq!(found.len(), 3_000);
        assert_eq!(account::load(&tx, world.c(), world.account_id).await.unwrap().balance_version, 3_000);
        assert!(journal::parity(&tx).await.unwrap().agrees());
    })
    .await;
}
