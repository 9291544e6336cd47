//! Leases: whoever holds a job keeps it while it works, and another node hears of a new one.

use crate::harness::on_both;
use crate::jobs::{LEASE, NOW, a_job, claim, write};
use crate::world::{World, at};
use saldo_store::job;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_is_prolonged_by_its_holder_alone() {
    on_both(async |db| {
        let world = World::new(db).await;
        write(db, &a_job(&world, "import")).await;
        let held = claim(db, at(NOW)).await.remove(0);
        job::extend(&db.store, std::slice::from_ref(&held), at("2026-03-01T10:00:50Z"), LEASE).await.unwrap();
        assert!(claim(db, at("2026-03-01T10:01:40Z")).await.is_empty(), "it works on");
        let taken = claim(db, at("2026-03-01T10:01:50Z")).await.remove(0);
        job::extend(&db.store, &[held], at("2026-03-01T10:01:51Z"), LEASE * 10).await.unwrap();
        let again = claim(db, at("2026-03-01T10:02:50Z")).await;
        assert_eq!(again.len(), 1, "who lost it prolongs nothing");
        assert_eq!(again[0].fence, taken.fence + 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leases_are_prolonged_beside_a_transaction_that_holds_one_of_the_jobs() {
    on_both(async |db| {
        if db.store.dialect() == saldo_store::Dialect::Sqlite {
            return;
        }
        let world = World::new(db).await;
        write(db, &a_job(&world, "import")).await;
        write(db, &a_job(&world, "receipt")).await;
        let jobs = claim(db, at(NOW)).await;
        assert_eq!(jobs.len(), 2);
        let tx = db.store.write().await.unwrap();
        assert!(job::hold(&tx, &jobs[0], at("2026-03-01T10:01:30Z")).await.unwrap());
        let prolonged = job::extend(&db.store, &jobs, at("2026-03-01T10:00:50Z"), LEASE);
        tokio::time::timeout(Duration::from_secs(10), prolonged).await.expect("it waits for nobody").unwrap();
        assert!(claim(db, at("2026-03-01T10:05:00Z")).await.len() < 2, "one is held, and nobody takes it");
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_node_hears_of_a_new_job_at_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let patience = Duration::from_secs(20);
        let other = db.another_store().await;
        let bell = other.bell();
        if db.store.dialect() == saldo_store::Dialect::Postgres {
            // The first ring says that it listens.
            bell.wait(patience).await;
        }
        write(db, &a_job(&world, "receipt")).await;
        let asked = std::time::Instant::now();
        bell.wait(if db.store.dialect() == saldo_store::Dialect::Postgres { patience } else { LEASE / 600 }).await;
        assert!(asked.elapsed() < patience, "it rang, or whoever waits polls");
        drop(bell);
        other.close().await.unwrap();
    })
    .await;
}
