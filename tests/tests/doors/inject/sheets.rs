//! Lists as files: no spreadsheet finds a formula in them, whatever mark it takes for the end of a cell.

use saldo_domain::planted::Bug;
use saldo_tests::figures::record;

use super::fill::finance;
use super::prey::World;

const LISTS: [&str; 10] = [
    "/console/debtors.csv",
    "/console/invoices.csv",
    "/console/payments.csv",
    "/console/plans.csv",
    "/console/disputes.csv",
    "/console/promises.csv",
    "/console/reminders/decisions.csv",
    "/console/reminders/messages.csv",
    "/console/reminders/upcoming.csv",
    "/console/terms.csv",
];

/// Whether a spreadsheet computes a cell: what it takes for a formula, past spaces and a quote that it drops, and that is no
/// number.
fn is_formula(cell: &str) -> bool {
    let bare = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
    let begins = bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    begins
        && bare.parse::<i64>().is_err()
        && !bare.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_lists_hold_no_formula() {
    let world = World::open(|_| true).await;
    let finance = finance(&world).await;
    let (mut files, mut cells) = (0, 0);
    for path in LISTS {
        let answer = finance.get(path).await;
        if answer.status == 404 {
            continue;
        }
        files += 1;
        let answer = answer.expect(200);
        assert!(answer.header("content-type").starts_with("text/csv"), "{path}");
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\""), "{path}");
        let text = answer.body.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let width = reader.headers().expect("a row").len();
        for record in reader.records() {
            let record = record.unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(record.len(), width, "{path}: a cell became two: {record:?}");
            for cell in &record {
                cells += 1;
                assert!(!is_formula(cell), "P13: a formula in {path}: {cell:?}");
            }
        }
        for mark in [';', '\t', '|'] {
            for cell in text.split([mark, '\n', '\r']) {
                assert!(!is_formula(cell), "P13: a formula in {path} where {mark:?} ends a cell: {cell:?}");
            }
        }
    }
    assert!(files >= 6 && cells > 500, "{files} files with {cells} cells");
    record(Bug::UnescapedNote, "lists as files", &format!("{files} files with {cells} cells"));
}
