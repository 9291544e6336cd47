//! An upload is taken by one node and read by another: nodes share a database, and no disk.

use reqwest::multipart::{Form, Part};
use saldo_tests::postgres::Database;
use saldo_tests::product::{Product, Setup};
use sea_orm::{ConnectionTrait, Database as Connections, Statement};

use crate::support::{Answer, Visitor};

/// More than two pieces of what the store keeps.
fn file() -> String {
    let mut csv = "customer,invoice number,invoice date,due date,amount,description\n".to_owned();
    for place in 0..2_000 {
        let words = "honest goods and services ".repeat(10);
        csv.push_str(&format!("C{},U-{place},2026-03-01,2026-04-01,{}.00,{words}\n", place % 50, 100 + place));
    }
    csv
}

async fn pieces(database: &str) -> i64 {
    let connection = Connections::connect(database).await.expect("the database answers");
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM import_pieces";
    let row = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), sql)).await;
    let count = row.expect("the table is there").expect("a row").try_get("", "count").expect("a count");
    connection.close().await.expect("it is closed");
    count
}

async fn console(node: &Product, link: &str) -> Visitor {
    let client = node.client();
    let answer = client.post(link).send().await.expect("an answer");
    assert_eq!(answer.status(), 303);
    Visitor { client, url: node.url.clone() }
}

/// Takes it on one node, goes on with it on another; both may be the same.
async fn upload(first: &Product, second: &Product) {
    let creditor = first.creditor("Casa Uno").await;
    let link = first.console_link(creditor.id).await;
    let on_first = console(first, &link).await;
    let link = second.console_link(creditor.id).await;
    let on_second = console(second, &link.replace(&first.url, &second.url)).await;
    let csv = file();
    assert!(csv.len() > 2 * saldo_store::import_file::PIECE_BYTES_MAX);
    let form = Form::new().part("file", Part::text(csv).file_name("cartera.csv"));
    let sent = on_first.client.post(format!("{}/console/imports", first.url)).multipart(form).send().await;
    let taken = Answer::of(sent.expect("an answer")).await.expect(303);
    let path = taken.header("location").to_owned();
    assert_eq!(pieces(&first.database).await, 3);

    let columns = on_second.get(&path).await.expect(200);
    assert!(columns.body.contains("U-0"), "{}", columns.body);
    let fields: Vec<(String, &str)> =
        ["debtor_reference", "invoice_number", "issued_on", "due_on", "amount", "description"]
            .iter()
            .enumerate()
            .map(|(place, name)| (format!("column_{place}"), *name))
            .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    on_second.post(&format!("{path}/mapping"), &fields).await.expect(303);
    let preview = on_first.get(&path).await.expect(200);
    assert!(preview.body.contains("2,000") || preview.body.contains("2000"), "{}", preview.body);
    on_first.post(&format!("{path}/confirm"), &[]).await.expect(303);
    second.work().await;
    let result = on_first.get(&path).await.expect(200);
    assert!(result.body.contains("Importación terminada"), "{}", result.body);
    assert_eq!(pieces(&first.database).await, 0, "what is booked is not kept twice");
    for node in [first, second] {
        let left = std::fs::read_dir(node.app.config().server.data_dir.join("uploads")).expect("a folder").count();
        assert_eq!(left, 0, "no node keeps a file");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_one_node_took_is_previewed_and_booked_by_another() {
    eprintln!("on SQLite");
    let only = Setup::new(None).start().await;
    upload(&only, &only).await;
    let Some(database) = Database::create().await else { return };
    eprintln!("on PostgreSQL");
    let first = Setup::new(Some(&database.url)).start().await;
    let second = Setup::new(Some(&database.url)).start().await;
    upload(&first, &second).await;
}
