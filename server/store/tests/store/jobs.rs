use crate::harness::{Db, on_both};
use crate::world::{World, at, id};
use saldo_domain::calendar::Timestamp;
use saldo_store::job::{self, ClaimedJob, NewJob};
use saldo_store::{PageRequest, StoreFault};
use std::collections::HashSet;
use std::time::Duration;

pub const NOW: &str = "2026-03-01T10:00:00Z";
pub const LEASE: Duration = Duration::from_secs(60);

pub fn a_job(world: &World, kind: &str) -> NewJob {
    NewJob {
        id: id(),
        creditor_id: world.c(),
        kind: kind.to_owned(),
        payload: serde_json::json!({"payment": 7}),
        run_at: at(NOW),
        dedupe_key: None,
        attempts_max: 3,
    }
}

pub async fn write(db: &Db, job: &NewJob) -> bool {
    let tx = db.store.write().await.unwrap();
    let written = job::insert(&tx, job).await.unwrap();
    tx.commit().await.unwrap();
    written
}

pub async fn claim(db: &Db, now: Timestamp) -> Vec<ClaimedJob> {
    job::claim(&db.store, now, LEASE, 10, &[]).await.unwrap()
}

async fn done(db: &Db, job: &ClaimedJob) -> bool {
    let tx = db.store.write().await.unwrap();
    let done = job::mark_done(&tx, job.creditor_id, job.id, job.fence, at(NOW)).await.unwrap();
    tx.commit().await.unwrap();
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_claimed_from_its_time_on_and_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let new = a_job(&world, "receipt");
        assert!(write(db, &new).await);
        assert!(claim(db, at("2026-03-01T09:59:59Z")).await.is_empty());
        let claimed = claim(db, at(NOW)).await;
        let expected = ClaimedJob {
            id: new.id,
            creditor_id: world.c(),
            kind: "receipt".to_owned(),
            payload: new.payload.clone(),
            fence: 1,
            attempt_count: 1,
            attempts_max: 3,
        };
        assert_eq!(claimed, [expected]);
        assert!(claim(db, at(NOW)).await.is_empty());
        assert!(done(db, &claimed[0]).await);
        assert!(!done(db, &claimed[0]).await);
        assert!(claim(db, at("2027-01-01T00:00:00Z")).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_lease_is_claimed_again_and_its_old_holder_cannot_finish() {
    on_both(async |db| {
        let world = World::new(db).await;
        write(db, &a_job(&world, "receipt")).await;
        let old = claim(db, at(NOW)).await.remove(0);
        assert!(claim(db, at("2026-03-01T10:00:59Z")).await.is_empty());
        let new = claim(db, at("2026-03-01T10:01:00Z")).await.remove(0);
        assert_eq!((new.id, new.fence, new.attempt_count), (old.id, old.fence + 1, 2));

        let tx = db.store.write().await.unwrap();
        let (c, at) = (world.c(), at(NOW));
        assert!(!job::mark_done(&tx, c, old.id, old.fence, at).await.unwrap());
        assert!(!job::mark_retry(&tx, c, old.id, old.fence, at, "late").await.unwrap());
        assert!(!job::mark_dead(&tx, c, old.id, old.fence, "late", at).await.unwrap());
        assert!(job::mark_done(&tx, c, new.id, new.fence, at).await.unwrap());
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_waits_for_its_moment() {
    on_both(async |db| {
        let world = World::new(db).await;
        write(db, &a_job(&world, "receipt")).await;
        let job = claim(db, at(NOW)).await.remove(0);
        let later = at("2026-03-01T10:05:00Z");
        let tx = db.store.write().await.unwrap();
        assert!(job::mark_retry(&tx, world.c(), job.id, job.fence, later, "503").await.unwrap());
        tx.commit().await.unwrap();
        assert!(claim(db, at("2026-03-01T10:04:59Z")).await.is_empty());
        let again = claim(db, later).await.remove(0);
        assert_eq!((again.fence, again.attempt_count), (2, 2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_is_shown_and_can_be_revived() {
    on_both(async |db| {
        let world = World::new(db).await;
        write(db, &a_job(&world, "receipt")).await;
        let job = claim(db, at(NOW)).await.remove(0);
        let tx = db.store.write().await.unwrap();
        assert!(job::mark_dead(&tx, world.c(), job.id, job.fence, "550 no such user", at(NOW)).await.unwrap());
        tx.commit().await.unwrap();
        assert!(claim(db, at("2027-01-01T00:00:00Z")).await.is_empty());

        let tx = db.store.read().await.unwrap();
        let dead = job::list_dead(&tx, world.c(), PageRequest::first(10)).await.unwrap().items;
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].id, dead[0].kind.as_str(), dead[0].attempt_count), (job.id, "receipt", 1));
        assert_eq!(dead[0].last_error.as_deref(), Some("550 no such user"));
        assert_eq!(dead[0].died_at, Some(at(NOW)));
        assert_eq!(job::counts(&tx).await.unwrap().dead, 1);
        drop(tx);

        let tx = db.store.write().await.unwrap();
        let foreign = job::revive(&tx, id(), job.id, at(NOW)).await;
        assert!(matches!(foreign, Err(StoreFault::NotFound("job"))), "{foreign:?}");
        job::revive(&tx, world.c(), job.id, at(NOW)).await.unwrap();
        let twice = job::revive(&tx, world.c(), job.id, at(NOW)).await;
        assert!(matches!(twice, Err(StoreFault::NotFound("job"))), "{twice:?}");
        tx.commit().await.unwrap();
        let revived = claim(db, at(NOW)).await.remove(0);
        assert_eq!((revived.fence, revived.attempt_count), (2, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_work_waits_once_until_it_is_done() {
    on_both(async |db| {
        let world = World::new(db).await;
        let keyed = || NewJob { dedupe_key: Some("receipt:7".to_owned()), ..a_job(&world, "receipt") };
        assert!(write(db, &keyed()).await);
        assert!(!write(db, &keyed()).await);
        let job = claim(db, at(NOW)).await.remove(0);
        assert!(!write(db, &keyed()).await, "a leased job is not done");
        assert!(done(db, &job).await);
        assert!(write(db, &keyed()).await);
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Other").await;
        let foreign = NewJob { creditor_id: other.c(), ..keyed() };
        assert!(job::insert(&tx, &foreign).await.unwrap(), "another creditor's key is another key");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_longest_waiting_come_first_and_only_the_wanted_kinds() {
    on_both(async |db| {
        let world = World::new(db).await;
        for (kind, run_at) in
            [("b", "2026-03-01T09:02:00Z"), ("a", "2026-03-01T09:01:00Z"), ("a", "2026-03-01T09:03:00Z")]
        {
            write(db, &NewJob { run_at: at(run_at), ..a_job(&world, kind) }).await;
        }
        let tx = db.store.read().await.unwrap();
        let counts = job::counts(&tx).await.unwrap();
        assert_eq!((counts.ready, counts.leased, counts.dead), (3, 0, 0));
        assert_eq!(counts.oldest_ready_at, Some(at("2026-03-01T09:01:00Z")));
        drop(tx);
        let first = job::claim(&db.store, at(NOW), LEASE, 2, &[]).await.unwrap();
        assert_eq!(first.iter().map(|job| job.kind.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert!(job::claim(&db.store, at(NOW), LEASE, 2, &["b", "c"]).await.unwrap().is_empty());
        assert_eq!(job::claim(&db.store, at(NOW), LEASE, 2, &["c", "a"]).await.unwrap().len(), 1);
        let tx = db.store.read().await.unwrap();
        assert_eq!(job::counts(&tx).await.unwrap().leased, 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_workers_share_the_work_and_no_job_is_claimed_twice() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        for _ in 0..60 {
            job::insert(&tx, &a_job(&world, "receipt")).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let store = db.store.clone();
            workers.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let jobs = job::claim(&store, at(NOW), LEASE, 3, &[]).await.unwrap();
                    if jobs.is_empty() {
                        return mine;
                    }
                    mine.extend(jobs.into_iter().map(|job| job.id));
                }
            });
        }
        let claimed: Vec<_> = workers.join_all().await.into_iter().flatten().collect();
        assert_eq!(claimed.len(), 60);
        assert_eq!(claimed.iter().collect::<HashSet<_>>().len(), 60);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn done_jobs_are_forgotten_and_others_are_not() {
    on_both(async |db| {
        let world = World::new(db).await;
        write(db, &a_job(&world, "one")).await;
        let job = claim(db, at(NOW)).await.remove(0);
        assert!(done(db, &job).await);
        write(db, &a_job(&world, "two")).await;
        let tx = db.store.write().await.unwrap();
        assert_eq!(job::delete_done_before(&tx, at(NOW)).await.unwrap(), 0);
        assert_eq!(job::delete_done_before(&tx, at("2026-04-01T00:00:00Z")).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(claim(db, at(NOW)).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_job_does_not_keep_its_work_from_being_asked_for_again() {
    on_both(async |db| {
        let world = World::new(db).await;
        let keyed = || NewJob { dedupe_key: Some("receipt:7".to_owned()), ..a_job(&world, "receipt") };
        assert!(write(db, &keyed()).await);
        let old = claim(db, at(NOW)).await.remove(0);
        let tx = db.store.write().await.unwrap();
        assert!(job::mark_dead(&tx, world.c(), old.id, old.fence, "550", at(NOW)).await.unwrap());
        tx.commit().await.unwrap();
        assert!(write(db, &keyed()).await, "the same work may be asked for again");
        let tx = db.store.write().await.unwrap();
        job::revive(&tx, world.c(), old.id, at(NOW)).await.unwrap();
        assert_eq!(job::counts(&tx).await.unwrap().dead, 0);
        tx.commit().await.unwrap();
        let claimed = claim(db, at(NOW)).await;
        assert_eq!(claimed.len(), 1, "the work is done once: {claimed:?}");
        assert_ne!(claimed[0].id, old.id);
    })
    .await;
}
