//! Nobody reads the rows of another creditor: by each query's own filter, and on PostgreSQL by a second wall behind it.

use std::process::Command;

use saldo_store::{Store, StoreOptions, Wall};
use saldo_tests::postgres::Database;
use saldo_tests::product::{Product, Setup};

use crate::support::Api;
use crate::world::first_id;

/// What one creditor's key is answered that asks for another's invoice.
async fn status_of_anothers_invoice(product: &Product) -> u16 {
    let ours = product.business().await;
    let theirs = product.creditor("Otra Casa").await;
    let zoe = product.debtor(&theirs, "ZOE", "Zoe Prado", "MX").await;
    product.invoice((&theirs, &zoe), "Z-1", "2026-04-01", (77_000, "MXN")).await;
    let their_api = Api::new(product, &product.key(theirs.id, &["read"]).await);
    let invoice = first_id(&their_api.get("/v1/invoices").await.expect(200).json());
    their_api.get(&format!("/v1/invoices/{invoice}")).await.expect(200);
    Api::new(product, &ours.key).get(&format!("/v1/invoices/{invoice}")).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_reads_no_invoice_of_another_creditor() {
    let product = Product::start(None).await;
    let status = status_of_anothers_invoice(&product).await;
    assert_eq!(status, 404, "P9: a key has read another creditor's invoice");
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_the_wall_a_key_reads_no_invoice_of_another_creditor() {
    let Some(database) = Database::create().await else { return };
    let product = Setup::new(Some(&database.url)).behind_the_wall(&database.walled_url).start().await;
    assert_eq!(product.app.store().wall().await.expect("the database answers"), Wall::Stands);
    assert_eq!(status_of_anothers_invoice(&product).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_superuser_goes_past_the_wall_and_is_told_so() {
    let Some(database) = Database::create().await else { return };
    let product = Setup::new(Some(&database.url)).start().await;
    let wall = product.app.store().wall().await.expect("the database answers");
    assert!(matches!(&wall, Wall::Bypassed { .. }), "{wall:?}");
    let status = status_of_anothers_invoice(&product).await;
    assert_eq!(status, 404, "P9: a key has read another creditor's invoice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_without_a_wall_is_named() {
    use sea_orm::{ConnectionTrait, Database as Connections};
    let Some(database) = Database::create().await else { return };
    let store = Store::connect(&database.walled_url, StoreOptions::default()).await.expect("the database answers");
    store.migrate().await.expect("the schema is made");
    assert_eq!(store.wall().await.expect("an answer"), Wall::Stands);
    let raw = Connections::connect(&database.url).await.expect("the database answers");
    raw.execute_unprepared("CREATE TABLE forgotten (creditor_id UUID)").await.expect("a table");
    raw.execute_unprepared("ALTER TABLE payments NO FORCE ROW LEVEL SECURITY").await.expect("a gap");
    let gaps = Wall::Gaps { tables: vec!["forgotten".to_owned(), "payments".to_owned()] };
    assert_eq!(store.wall().await.expect("an answer"), gaps);
}

/// Runs another test of this binary with the filter dropped; whether it passed.
fn passes_without_the_filter(test: &str) -> bool {
    let mut again = Command::new(std::env::current_exe().expect("a test knows its own path"));
    let output = again.args([test, "--exact", "--test-threads=1"]).env("SALDO_PLANTED", "P9").output();
    let output = output.expect("a test can be run again");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed") || said.contains("1 failed"), "{test}: {said}");
    output.status.success()
}

/// One filter is dropped (P9): a superuser reads another's invoice, an ordinary role does not.
#[test]
fn where_a_filter_is_dropped_the_second_wall_holds() {
    assert!(passes_without_the_filter("walls::behind_the_wall_a_key_reads_no_invoice_of_another_creditor"));
    if std::env::var("SALDO_TEST_POSTGRES_URL").is_ok() {
        assert!(!passes_without_the_filter("walls::a_superuser_goes_past_the_wall_and_is_told_so"));
    }
}
