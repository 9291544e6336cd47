//! A mail scanner opens a link before its reader does: a browser that runs every script and follows whatever can be followed.

use saldo_tests::browser::{Browser, Options};
use sea_orm::{ConnectionTrait, Database, Statement};

use crate::stand::Stand;

/// Every row of every table.
async fn rows(stand: &Stand) -> Vec<String> {
    let database = Database::connect(&stand.product.database).await.expect("the database answers");
    let backend = database.get_database_backend();
    let ask = async |sql: String| {
        let rows = database.query_all_raw(Statement::from_string(backend, sql)).await.expect("an answer");
        rows.into_iter().map(|row| row.try_get_by_index::<String>(0).expect("a text")).collect::<Vec<_>>()
    };
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
    let mut found = Vec::new();
    for table in ask(tables.to_owned()).await {
        let columns = "SELECT group_concat('quote(\"' || name || '\")', '||')";
        let row = ask(format!("{columns} FROM pragma_table_info('{table}')")).await.remove(0);
        let all = ask(format!("SELECT {row} FROM \"{table}\" ORDER BY 1")).await;
        found.extend(all.into_iter().map(|row| format!("{table}: {row}")));
    }
    database.close().await.expect("it closes");
    found
}

#[tokio::test]
async fn a_scanner_that_runs_scripts_and_follows_every_address_changes_nothing() {
    let stand = Stand::open().await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    let link = stand.link().await;
    let before = rows(&stand).await;
    for url in [&link.url, &link.short_url] {
        browser.goto(url).await;
        browser.wait_until("return document.readyState === 'complete'", &[]).await;
        let addresses = "return JSON.stringify([...document.querySelectorAll('[href],[src],[action],[data-src]')]\
            .flatMap(e => ['href','src','action','data-src'].map(a => e.getAttribute(a)).filter(a => a))\
            .map(a => new URL(a, location.href).href))";
        let found = browser.execute(addresses, &[]).await;
        let found: Vec<String> = serde_json::from_str(found.as_str().expect("a text")).expect("a list");
        for address in found.iter().filter(|address| address.starts_with(&stand.product.url)) {
            browser.goto(address).await;
        }
        // And it fetches what it finds once more by script, with the page's own cookies.
        browser.goto(url).await;
        browser.execute("return fetch(location.href, {method: 'HEAD'}).then(a => a.status)", &[]).await;
    }
    assert_eq!(rows(&stand).await, before, "P10: opening a link changed something");
}
