use crate::harness::on_both;
use crate::world::{World, at, noon};
use saldo_store::plan::{RepeatedQuery, explain};
use saldo_store::{Dialect, debtor};

#[tokio::test(flavor = "multi_thread")]
async fn the_repeated_queries_walk_an_index_in_order() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        debtor::set_next_contact(&tx, world.c(), world.d(), Some(noon("2026-03-01"))).await.unwrap();
        tx.commit().await.unwrap();
        let cases = [(RepeatedQuery::ListDue, "debtors_by_next_contact"), (RepeatedQuery::JobClaim, "jobs_claimable")];
        for (query, index) in cases {
            let tx = db.store.write().await.unwrap();
            let lines = explain(&tx, query, at("2026-03-02T00:00:00Z")).await.unwrap();
            let text = lines.join("\n");
            assert!(text.contains(index), "{query:?} on {:?}:\n{text}", db.store.dialect());
            let wrong = match db.store.dialect() {
                Dialect::Sqlite => ["SCAN", "TEMP B-TREE"],
                Dialect::Postgres => ["Seq Scan", "Sort"],
            };
            assert!(!wrong.iter().any(|word| text.contains(word)), "{query:?}:\n{text}");
        }
    })
    .await;
}
