use crate::harness::{on_both, on_both_empty};
use crate::world::World;
use saldo_store::{creditor, journal};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_migration_changes_nothing() {
    on_both_empty(async |db| {
        let pending = db.store.pending_migrations().await.unwrap();
        assert_eq!(pending.first().map(String::as_str), Some("m0001_creditors"), "{pending:?}");
        assert_eq!(db.store.migrate().await.unwrap(), pending);
        let world = World::new(db).await;
        assert_eq!(db.store.migrate().await.unwrap(), Vec::<String>::new());
        assert_eq!(db.store.pending_migrations().await.unwrap(), Vec::<String>::new());
        let tx = db.store.read().await.unwrap();
        assert_eq!(creditor::load(&tx, world.c()).await.unwrap(), world.creditor);
        assert!(journal::parity(&tx).await.unwrap().agrees());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_together_migrate_once() {
    on_both_empty(async |db| {
        if db.store.dialect() == saldo_store::Dialect::Sqlite {
            return;
        }
        let other = db.another_store().await;
        let pending = db.store.pending_migrations().await.unwrap().len();
        let (one, two) = tokio::join!(db.store.migrate(), other.migrate());
        assert_eq!(one.unwrap().len() + two.unwrap().len(), pending);
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_committed_is_gone() {
    on_both(async |db| {
        let tx = db.store.write().await.unwrap();
        let dropped = World::in_tx(&tx, "Dropped").await;
        drop(tx);
        let tx = db.store.write().await.unwrap();
        let undone = World::in_tx(&tx, "Undone").await;
        tx.rollback().await.unwrap();
        let tx = db.store.read().await.unwrap();
        for world in [dropped, undone] {
            assert!(creditor::find_by_name(&tx, &world.creditor.name).await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_transaction_sees_one_state_and_writes_nothing() {
    on_both(async |db| {
        let world = World::new(db).await;
        let reading = db.store.read().await.unwrap();
        let before = saldo_store::account::load(&reading, world.c(), world.account_id).await.unwrap();
        let writing = db.store.write().await.unwrap();
        world.issue(&writing, "F-1", 100).await;
        writing.commit().await.unwrap();
        let after = saldo_store::account::load(&reading, world.c(), world.account_id).await.unwrap();
        assert_eq!(before, after);
        drop(reading);
        let reading = db.store.read().await.unwrap();
        let now = saldo_store::account::load(&reading, world.c(), world.account_id).await.unwrap();
        assert_eq!(now.balance_version, before.balance_version + 1);
        let usd = saldo_domain::currency::Currency::USD;
        let refused = saldo_store::account::ensure(&reading, world.c(), world.d(), usd, crate::world::id()).await;
        assert!(matches!(refused, Err(saldo_store::StoreFault::Db(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moments_sort_as_they_are_kept() {
    on_both(async |db| {
        use crate::world::{at, id};
        use saldo_store::job::{self, NewJob};
        let world = World::new(db).await;
        let moments = [
            "2026-03-01T10:00:00Z",
            "2026-03-01T10:00:00.000001Z",
            "2026-03-01T10:00:00.001Z",
            "2026-03-01T10:00:00.001001Z",
            "2026-03-01T10:00:00.5Z",
            "2026-03-01T10:00:01Z",
        ];
        let tx = db.store.write().await.unwrap();
        for moment in moments.iter().rev() {
            let new = NewJob {
                id: id(),
                creditor_id: world.c(),
                kind: (*moment).to_owned(),
                payload: serde_json::json!({}),
                run_at: at(moment),
                dedupe_key: None,
                attempts_max: 3,
            };
            assert!(job::insert(&tx, &new).await.unwrap());
        }
        tx.commit().await.unwrap();
        let lease = std::time::Duration::from_secs(60);
        let early = job::claim(&db.store, at("2026-03-01T10:00:00.0010005Z"), lease, 10, &[]).await.unwrap();
        assert_eq!(early.iter().map(|job| job.kind.as_str()).collect::<Vec<_>>(), moments[..3]);
        let rest = job::claim(&db.store, at("2026-03-01T10:00:01Z"), lease, 10, &[]).await.unwrap();
        assert_eq!(rest.iter().map(|job| job.kind.as_str()).collect::<Vec<_>>(), moments[3..]);
    })
    .await;
}
