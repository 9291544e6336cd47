//! The lists and the dashboard as the databases would read them from a large creditor.

use crate::harness::{Db, on_both};
use crate::list_pages::{ask, populate, wanted};
use crate::world::{World, on};
use saldo_store::Dialect;
use saldo_store::list::{Asked, DEBTORS, DISPUTES, INVOICES, PAYMENTS, PLANS, PROMISES};
use saldo_store::plan::{explain_figures, explain_list};

fn assert_walks(db: &Db, what: &str, lines: &[String], may_sort: bool) {
    let text = lines.join("\n");
    let wrong = lines.iter().find(|line| match db.store.dialect() {
        // A few found rows may be read as a whole and put in order; a table never.
        Dialect::Sqlite if may_sort => {
            let line = line.trim_start();
            ["SCAN t", "SCAN w", "SCAN i"].iter().any(|scan| line == *scan || line.starts_with(&format!("{scan} ")))
        }
        Dialect::Sqlite => line.contains("SCAN") || line.contains("TEMP B-TREE FOR ORDER BY"),
        Dialect::Postgres if may_sort => line.contains("Seq Scan"),
        Dialect::Postgres => line.contains("Seq Scan") || line.contains("Sort"),
    });
    assert!(wrong.is_none(), "{what} on {:?}:\n{text}", db.store.dialect());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_list_with_each_filter_and_order_walks_one_index() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        populate(&tx, &world).await;
        tx.commit().await.unwrap();
        let store = crate::walls::ordinary(db).await;
        for listing in [INVOICES, PAYMENTS, DEBTORS, PLANS, DISPUTES, PROMISES] {
            for state in listing.states.iter().map(Some).chain([None]) {
                let of_state = ask(|ask| ask.state = state.map(|state| state.name.to_owned()));
                for order in listing.orders_beside(&wanted(listing, &of_state, 50)) {
                    for direction in ["", "-"] {
                        let sort = Some(format!("{direction}{}", order.name));
                        let asked = Asked { sort, ..of_state.clone() };
                        let tx = store.read_of(world.c()).await.unwrap();
                        let lines = explain_list(&tx, world.c(), listing, &wanted(listing, &asked, 50)).await.unwrap();
                        assert_walks(db, &format!("{} {asked:?}", listing.name), &lines, false);
                    }
                }
            }
            for narrow in [
                ask(|ask| ask.search = Some("angela nunez".to_owned())),
                ask(|ask| ask.debtor = Some(world.d().to_string())),
            ] {
                let tx = store.read_of(world.c()).await.unwrap();
                let lines = explain_list(&tx, world.c(), listing, &wanted(listing, &narrow, 50)).await.unwrap();
                assert_walks(db, &format!("{} {narrow:?}", listing.name), &lines, true);
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_of_the_dashboard_read_no_whole_table() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        populate(&tx, &world).await;
        tx.commit().await.unwrap();
        let store = crate::walls::ordinary(db).await;
        let tx = store.read_of(world.c()).await.unwrap();
        for (sql, lines) in explain_figures(&tx, world.c(), on("2026-03-10")).await.unwrap() {
            assert_walks(db, &sql, &lines, true);
            let covered = db.store.dialect() == Dialect::Postgres || lines.iter().any(|line| line.contains("INDEX"));
            assert!(covered && !lines.iter().any(|line| line.starts_with("SCAN")), "{sql}: {lines:?}");
        }
    })
    .await;
}
