//! The rows of a list as a file for people's spreadsheets.

use super::{List, ListQuery};
use crate::Chrome;
use crate::pages::console::{Cell, Column};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::http::header;
use saldo_app::flows::read_lists;
use saldo_app::lists::Asked;
use saldo_app::{App, Failure};
use saldo_domain::ids::CreditorId;
use saldo_domain::member::Permission;
use saldo_domain::money::Money;

/// Rows that are in memory at a time.
const BATCH: u64 = 500;

/// What a spreadsheet takes for the beginning of a formula; the wide ones are read so in East Asian settings.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What some spreadsheet takes for the end of a cell, whatever stands around it.
const CELL_ENDS: [char; 6] = [',', ';', '|', '\t', '\r', '\n'];

struct Walk {
    app: App,
    creditor_id: CreditorId,
    chrome: Chrome,
    asked: Asked,
    begun: bool,
    over: bool,
}

/// Every row of a list with its filters, in its order. Each batch is a page of its own: no database transaction waits for a
/// slow reader.
pub async fn file<L: List>(console: ConsoleVisit, Query(query): Query<ListQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let today = console.creditor.zone.date_at(console.app().now());
    let walk = Walk {
        app: console.app().clone(),
        creditor_id: console.id(),
        chrome: console.visit.of_console(&console.creditor),
        asked: Asked { after: None, ..query.into() },
        begun: false,
        over: false,
    };
    let parts = futures::stream::try_unfold(walk, |mut walk| async move {
        if walk.over {
            return Ok::<_, std::io::Error>(None);
        }
        match batch::<L>(&mut walk).await {
            Ok(part) => Ok(Some((part, walk))),
            Err(failure) => {
                tracing::error!(%failure, "a list's file broke off");
                Err(std::io::Error::other("the list broke off"))
            }
        }
    });
    let name = format!("attachment; filename=\"{}-{today}.csv\"", L::LISTING.name);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok(Page::raw((headers, Body::from_stream(parts))))
}

async fn batch<L: List>(walk: &mut Walk) -> Result<Bytes, Failure> {
    let opened = read_lists::open(&walk.app, walk.creditor_id, L::LISTING, &walk.asked, BATCH).await?;
    let columns = L::columns(&walk.chrome);
    let mut text = String::new();
    if !walk.begun {
        // Excel reads UTF-8 only behind this mark.
        text.push('\u{feff}');
        text.push_str(&line(&heads(&columns, &walk.chrome)));
    }
    for cells in L::rows(&opened, &walk.chrome).await? {
        for fields in fields(&cells, &columns) {
            text.push_str(&line(&fields));
        }
    }
    walk.begun = true;
    walk.asked.after = opened.next().map(str::to_owned);
    walk.over = walk.asked.after.is_none();
    Ok(text.into())
}

/// The line above the rows.
pub(in crate::routes::console) fn heads(columns: &[Column], chrome: &Chrome) -> Vec<String> {
    let mut heads = Vec::new();
    for column in columns {
        heads.push(column.label.clone());
        heads.extend(column.note.clone());
    }
    if columns.iter().any(|column| column.amounts) {
        heads.push(chrome.t("field-currency"));
    }
    heads
}

/// One line for each currency of a row; the currency stands once, in the last column.
pub(in crate::routes::console) fn fields(cells: &[Cell], columns: &[Column]) -> Vec<Vec<String>> {
    let mut currencies = Vec::new();
    for cell in cells {
        if let Cell::Amounts(amounts) = cell {
            currencies.extend(amounts.iter().map(|amount| amount.currency()));
        }
    }
    currencies.sort_by_key(|currency| currency.code());
    currencies.dedup();
    let with_amounts = columns.iter().any(|column| column.amounts);
    let lines = if currencies.is_empty() { vec![None] } else { currencies.into_iter().map(Some).collect() };
    let line = |currency: Option<saldo_domain::currency::Currency>| {
        let mut fields = Vec::new();
        for (cell, column) in cells.iter().zip(columns) {
            match cell {
                Cell::Head { text, note, .. } => {
                    fields.push(harmless(text));
                    if column.note.is_some() {
                        fields.push(harmless(note.as_deref().unwrap_or_default()));
                    }
                }
                Cell::Text(text) | Cell::Link { text, .. } | Cell::State(_, text) => fields.push(harmless(text)),
                Cell::Amounts(amounts) => {
                    let amount = amounts.iter().find(|amount| Some(amount.currency()) == currency);
                    fields.push(amount.map_or_else(String::new, |amount| plain(*amount)));
                }
                Cell::Day(date) => fields.push(date.to_string()),
                Cell::Moment(at) | Cell::Clock(at) => fields.push(at.to_string()),
                Cell::Count(count) => fields.push(count.to_string()),
            }
        }
        if with_amounts {
            fields.push(currency.map_or_else(String::new, |currency| currency.code().to_owned()));
        }
        fields
    };
    lines.into_iter().map(line).collect()
}

/// Text that no spreadsheet runs, also one that takes another mark for the end of a cell: an apostrophe stands before
/// whatever would begin a formula.
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for c in text.chars() {
        if begins && FORMULA.contains(&c) {
            safe.push('\'');
        }
        let passes = c.is_whitespace() || matches!(c, '"' | '\'');
        begins = CELL_ENDS.contains(&c) || (begins && passes);
        safe.push(c);
    }
    safe
}

/// The amount with a point and without anything else: `1234.50`, `12500`.
fn plain(money: Money) -> String {
    let exponent = usize::from(money.currency().exponent());
    let digits = format!("{:0>width$}", money.minor().unsigned_abs(), width = exponent + 1);
    let (whole, cents) = digits.split_at(digits.len() - exponent);
    let sign = if money.minor() < 0 { "-" } else { "" };
    if cents.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{cents}") }
}

/// One line, quoted where it must be.
pub(in crate::routes::console) fn line(fields: &[String]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail.
    let written = writer.write_record(fields).ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(written).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use saldo_domain::currency::Currency;

    #[test]
    fn what_people_typed_is_text_in_every_spreadsheet() {
        for (typed, expected) in [
            ("=1+2", "'=1+2\r\n"),
            ("+52 55", "'+52 55\r\n"),
            ("-5", "'-5\r\n"),
            ("@SUM(A1)", "'@SUM(A1)\r\n"),
            ("\t=1", "\t'=1\r\n"),
            (" =1", " '=1\r\n"),
            ("＝1", "'＝1\r\n"),
            ("a;=1", "a;'=1\r\n"),
            ("a\n@x", "\"a\n'@x\"\r\n"),
            ("\"=1", "\"\"\"'=1\"\r\n"),
            ("a=1 - b", "a=1 - b\r\n"),
            ("a \"b\", c", "\"a \"\"b\"\", c\"\r\n"),
            ("one\ntwo", "\"one\ntwo\"\r\n"),
            ("Núñez", "Núñez\r\n"),
        ] {
            assert_eq!(line(&[harmless(typed)]), expected);
        }
    }

    #[test]
    fn amounts_are_plain_and_each_currency_has_its_line() {
        let clp = Currency::try_new("CLP").expect("a currency");
        let amounts = [Money::new(-123_456, Currency::MXN), Money::new(12_500, clp), Money::new(5, Currency::MXN)];
        assert_eq!(amounts.iter().map(|amount| plain(*amount)).collect::<Vec<_>>(), ["-1234.56", "12500", "0.05"]);
        let columns = [Column::new("Name".to_owned()), Column::of_amounts("Owed".to_owned())];
        let cells = [Cell::Text("Ana".to_owned()), Cell::Amounts(amounts[..2].to_vec())];
        assert_eq!(fields(&cells, &columns), [["Ana", "12500", "CLP"], ["Ana", "-1234.56", "MXN"]]);
        assert_eq!(fields(&[Cell::Text("Ana".to_owned()), Cell::Amounts(vec![])], &columns), [["Ana", "", ""]]);
    }
}
