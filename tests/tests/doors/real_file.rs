//! The real file through the API, against figures computed here without the product.

use std::collections::BTreeSet;
use std::fs;

use saldo_tests::needs;
use serde_json::json;

use crate::support::{Api, assert_parity, on_both};

/// What the file says of itself.
#[derive(Default)]
struct Figures {
    rows: u64,
    settled: u64,
    cents: i64,
    open_cents: i64,
    debtors: BTreeSet<String>,
}

/// `50.39` in cents.
fn cents(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = format!("{part:0<2}");
    assert_eq!(part.len(), 2, "{text}");
    whole.parse::<i64>().expect("a number") * 100 + part.parse::<i64>().expect("a number")
}

fn figures(csv: &[u8]) -> Figures {
    let mut reader = csv::Reader::from_reader(csv);
    let header = reader.headers().expect("a header").clone();
    let place = |name: &str| header.iter().position(|column| column == name).expect("a column");
    let (debtor, amount, settled) = (place("customerID"), place("InvoiceAmount"), place("SettledDate"));
    let mut figures = Figures::default();
    for record in reader.records() {
        let record = record.expect("a row");
        figures.rows += 1;
        figures.cents += cents(&record[amount]);
        figures.debtors.insert(record[debtor].to_owned());
        if record[settled].trim().is_empty() {
            figures.open_cents += cents(&record[amount]);
        } else {
            figures.settled += 1;
        }
    }
    figures
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_file_imports_with_the_totals_that_it_has() {
    let Some(path) = needs::shared_data("receivables/accounts-receivable.csv") else { return };
    let csv = fs::read(path).expect("a readable file");
    let expected = figures(&csv);
    assert_eq!(expected.rows, 1_831);
    on_both(async |product| {
        let business = product.creditor("Grande").await;
        let key = product.key(business.id, &["read", "import"]).await;
        let api = Api::new(&product, &key);
        let report = api.csv("/v1/imports?file_name=accounts-receivable.csv", csv.clone()).await.expect(200).json();
        assert_eq!(report["row_count"], json!(expected.rows), "{report}");
        assert_eq!(report["new_count"], json!(expected.rows), "{report}");
        assert_eq!(report["settled_count"], json!(expected.settled), "{report}");
        assert_eq!(report["totals"], json!([{"minor": expected.cents, "currency": "MXN"}]), "{report}");
        assert_eq!((&report["date_order"], &report["date_order_assumed"]), (&json!("mdy"), &json!(false)));

        let (mut debtors, mut open, mut cursor) = (0, 0, String::new());
        loop {
            let page = api.get(&format!("/v1/debtors?limit=200{cursor}")).await.expect(200).json();
            for debtor in page["items"].as_array().expect("items") {
                debtors += 1;
                let owed = debtor["outstanding"].as_array().expect("amounts").iter();
                open += owed.map(|amount| amount["minor"].as_i64().expect("cents")).sum::<i64>();
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!((debtors, open), (expected.debtors.len(), expected.open_cents));
        let again = api.csv("/v1/imports", csv.clone()).await.expect(200).json();
        assert_eq!(again["id"], json!(null), "{again}");
        assert_eq!((&again["new_count"], &again["unchanged_count"]), (&json!(0), &json!(expected.rows)), "{again}");
        assert_parity(&product).await;
    })
    .await;
}
