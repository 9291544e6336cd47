use crate::harness::on_both;
use crate::world::{World, at, noon};
use saldo_store::plan::{RepeatedQuery, explain};
use saldo_store::{Across, Dialect, debtor};
use sea_orm::{ConnectionTrait, Statement};

#[tokio::test(flavor = "multi_thread")]
async fn the_repeated_queries_walk_an_index_in_order() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        debtor::set_next_contact(&tx, world.c(), world.d(), Some(noon("2026-03-01"))).await.unwrap();
        tx.commit().await.unwrap();
        let cases = [(RepeatedQuery::ListDue, "debtors_by_next_contact"), (RepeatedQuery::JobClaim, "jobs_claimable")];
        for (query, index) in cases {
            let store = crate::walls::ordinary(db).await;
            let tx = store.write_across(Across::Queue).await.unwrap();
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

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_reads_one_debtors_rows_and_not_its_creditors() {
    on_both(async |db| {
        if db.store.dialect() == Dialect::Postgres {
            return;
        }
        let raw = db.raw().await;
        let cases = [
            (
                "invoices WHERE creditor_id = x'' AND debtor_id = x'' AND status = 'open' ORDER BY due_on",
                "invoices_open_by_debtor",
            ),
            ("invoices WHERE creditor_id = x'' AND status = 'open' ORDER BY id", "invoices_by_status"),
            ("journal_entries WHERE creditor_id = x'' AND debtor_id = x'' ORDER BY id", "journal_entries_by_debtor"),
            ("payments WHERE creditor_id = x'' AND debtor_id = x'' ORDER BY id DESC", "payments_by_debtor"),
            ("attempts WHERE creditor_id = x'' AND debtor_id = x'' AND is_open ORDER BY id", "attempts_open_by_debtor"),
            ("reminders WHERE creditor_id = x'' AND debtor_id = x'' ORDER BY id DESC", "sqlite_autoindex_reminders_2"),
            ("access_links WHERE creditor_id = x'' AND debtor_id = x'' ORDER BY id DESC", "access_links_by_debtor"),
            ("jobs WHERE creditor_id = x'' AND state = 'dead' ORDER BY id DESC", "jobs_dead"),
        ];
        for (query, index) in cases {
            let sql = format!("EXPLAIN QUERY PLAN SELECT * FROM {query} LIMIT 5");
            let rows = raw.query_all_raw(Statement::from_string(raw.get_database_backend(), sql)).await.unwrap();
            let detail: String = rows[0].try_get("", "detail").unwrap();
            assert!(detail.contains(index), "{query}: {detail}");
        }
        raw.close().await.unwrap();
    })
    .await;
}
