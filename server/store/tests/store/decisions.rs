use crate::harness::on_both;
use crate::world::{World, a_debtor, at, id, noon, on};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::DebtorId;
use saldo_domain::reminder::{Channel, DunningStep};
use saldo_store::decision::{self, DecisionFilter, DecisionOutcome, DecisionRow};
use saldo_store::{Dialect, PageRequest, debtor, freshness};
use sea_orm::{ConnectionTrait, Statement};

fn a_send(debtor_id: DebtorId, decided_at: Timestamp) -> DecisionRow {
    DecisionRow {
        id: id(),
        debtor_id,
        decided_at,
        outcome: DecisionOutcome::Send,
        why: "due".to_owned(),
        until_at: None,
        step: Some(DunningStep { offset: 3, due_on: on("2026-03-01") }),
        channel: Some(Channel::Whatsapp),
        policy_id: Some(id()),
        rules: "mx".to_owned(),
        rules_version: 1,
    }
}

fn a_wait(debtor_id: DebtorId, decided_at: Timestamp) -> DecisionRow {
    DecisionRow {
        outcome: DecisionOutcome::Wait,
        why: "outside_hours".to_owned(),
        until_at: Some(noon("2026-03-09")),
        step: None,
        channel: None,
        policy_id: None,
        ..a_send(debtor_id, decided_at)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_decision_over_each_debtor_is_found_and_all_are_listed() {
    on_both(async |db| {
        let tx = db.store.write().await.unwrap();
        let world = World::in_tx(&tx, "Aceros del Norte").await;
        let (c, ana) = (world.c(), world.d());
        let other = a_debtor("c-002");
        debtor::upsert(&tx, c, &other, noon("2026-01-01")).await.unwrap();
        let rows =
            [a_send(ana, noon("2026-03-04")), a_wait(ana, noon("2026-03-05")), a_send(other.id, noon("2026-03-06"))];
        decision::insert_many(&tx, c, &rows).await.unwrap();
        let latest = decision::find_latest(&tx, c, &[ana, other.id, id()]).await.unwrap();
        assert_eq!(latest.len(), 2);
        assert_eq!((&latest[&ana], &latest[&other.id]), (&rows[1], &rows[2]));
        let list = async |filter| decision::list(&tx, c, filter, PageRequest::first(10)).await.unwrap().items;
        assert_eq!(list(DecisionFilter::default()).await, [rows[2].clone(), rows[1].clone(), rows[0].clone()]);
        let of_ana = DecisionFilter { debtor_id: Some(ana), outcome: None };
        assert_eq!(list(of_ana).await, [rows[1].clone(), rows[0].clone()]);
        let sends = DecisionFilter { outcome: Some(DecisionOutcome::Send), ..of_ana };
        assert_eq!(list(sends).await, [rows[0].clone()]);
        let foreign = decision::list(&tx, id(), of_ana, PageRequest::first(10)).await.unwrap().items;
        assert_eq!(foreign, []);
        assert!(decision::find_latest(&tx, id(), &[ana]).await.unwrap().is_empty());
        assert_eq!(decision::delete_before(&tx, noon("2026-03-06"), 1).await.unwrap(), 1, "so many at a time");
        assert_eq!(decision::delete_before(&tx, noon("2026-03-06"), 10).await.unwrap(), 1);
        assert_eq!(list(DecisionFilter::default()).await, [rows[2].clone()]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finance_is_told_once_of_each_time_that_the_books_grow_old() {
    on_both(async |db| {
        let world = World::new(db).await;
        let c = world.c();
        let tx = db.store.write().await.unwrap();
        assert_eq!(freshness::find(&tx, c).await.unwrap(), None);
        assert!(!freshness::mark_told(&tx, c, noon("2026-03-01")).await.unwrap(), "nothing ever came");
        freshness::mark(&tx, c, noon("2026-03-01")).await.unwrap();
        freshness::mark(&tx, c, at("2026-03-01T12:04:00Z")).await.unwrap();
        assert_eq!(freshness::find(&tx, c).await.unwrap(), Some(noon("2026-03-01")), "too soon for a write");
        assert!(freshness::mark_told(&tx, c, noon("2026-03-04")).await.unwrap());
        assert!(!freshness::mark_told(&tx, c, noon("2026-03-05")).await.unwrap());
        assert_eq!(freshness::find_told(&tx, c).await.unwrap(), Some(noon("2026-03-04")));
        freshness::mark(&tx, c, noon("2026-03-06")).await.unwrap();
        assert_eq!(freshness::find_told(&tx, c).await.unwrap(), None);
        assert!(freshness::mark_told(&tx, c, noon("2026-03-09")).await.unwrap(), "another time");
        let foreign = id();
        assert!(!freshness::mark_told(&tx, foreign, noon("2026-03-09")).await.unwrap());
        assert_eq!(freshness::find(&tx, foreign).await.unwrap(), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_reads_the_rows_of_the_debtors_that_are_asked_for() {
    on_both(async |db| {
        if db.store.dialect() == Dialect::Postgres {
            return;
        }
        let raw = db.raw().await;
        let asked = "IN (SELECT unhex(value) FROM json_each('[]'))";
        let tables = ["promises", "transfers", "holds", "settlement_offers", "payment_plans", "decisions"];
        let mut cases: Vec<(String, String)> = tables
            .iter()
            .map(|table| {
                (format!("{table} WHERE creditor_id = x'' AND debtor_id {asked}"), format!("{table}_by_debtor"))
            })
            .collect();
        let open = format!("invoices WHERE creditor_id = x'' AND status = 'open' AND debtor_id {asked}");
        cases.push((open, "USING INDEX invoices_".to_owned()));
        let rungs = format!("reminders WHERE creditor_id = x'' AND debtor_id {asked}");
        cases.push((rungs, "sqlite_autoindex_reminders_2".to_owned()));
        cases.push(("decisions WHERE decided_at < '' ORDER BY decided_at".to_owned(), "decisions_by_age".to_owned()));
        for (query, index) in cases {
            let sql = format!("EXPLAIN QUERY PLAN SELECT * FROM {query}");
            let rows = raw.query_all_raw(Statement::from_string(raw.get_database_backend(), sql)).await.unwrap();
            let detail: String = rows[0].try_get("", "detail").unwrap();
            assert!(detail.contains(&index), "{query}: {detail}");
        }
        raw.close().await.unwrap();
    })
    .await;
}
