//! What the fence of a lease protects by itself: the end of a job. That no message leaves twice has a second wall, the state
//! of its row, which is committed under the debtor's lock before the message leaves.

use std::time::Duration;

use jiff::SignedDuration;
use saldo_domain::ids::JobId;
use saldo_store::job::{self, NewJob};

use crate::ground;

const LEASE: Duration = Duration::from_secs(60);

#[test]
fn a_worker_that_slept_past_its_lease_ends_nothing() {
    let (world, _folder) = ground::world(1);
    let (store, now) = (world.shared.store.clone(), world.now());
    let id = JobId(world.nodes[0].app.ambient().uuid_v7());
    let creditor_id = world.seats[0].creditor;
    world.runtime.block_on(async {
        let tx = store.write().await.expect("a transaction");
        let (kind, payload) = ("send_reminders".to_owned(), serde_json::json!({}));
        let new = NewJob { id, creditor_id, kind, payload, run_at: now, dedupe_key: None, attempts_max: 14 };
        assert!(job::insert(&tx, &new).await.expect("a job"));
        tx.commit().await.expect("it is written");
        let claim = async |at| {
            let claimed = job::claim(&store, at, LEASE, 10, &["send_reminders"]).await.expect("a claim");
            claimed.into_iter().find(|job| job.id == id)
        };
        let slept = claim(now).await.expect("it is due");
        let later = now + SignedDuration::from_secs(61);
        let works = claim(later).await.expect("the lease has run out");
        let tx = store.write().await.expect("a transaction");
        let until = later + SignedDuration::from_secs(60);
        assert!(!job::hold(&tx, &slept, until).await.expect("an answer"), "P6: a stale worker holds the job");
        let ended = job::mark_done(&tx, creditor_id, id, slept.fence, later).await.expect("an answer");
        assert!(!ended, "P6: a stale worker ended the job");
        let given = job::mark_retry(&tx, creditor_id, id, slept.fence, later, "late").await.expect("an answer");
        assert!(!given, "P6: a stale worker gave the job back");
        assert!(job::mark_done(&tx, creditor_id, id, works.fence, later).await.expect("an answer"));
        tx.commit().await.expect("it is written");
    });
}
