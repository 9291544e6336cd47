//! One table of answers of the rules that pickers and pages show: prices, schedules, progress. It is made from seeds, so
//! that a server and a browser have the same questions; every field of every answer stands in it as text.

mod draw;
mod plans;
mod prices;

/// One case: what was asked in short, and each field of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which case it is.
    pub name: String,
    /// The answer's fields.
    pub fields: Vec<(String, String)>,
}

/// How many cases each rule has.
pub const CASES: u64 = 250;

/// The whole table.
#[must_use]
pub fn rows() -> Vec<Row> {
    let seeds = 0..CASES;
    let schedules = seeds.clone().map(plans::schedule_row);
    let progress = seeds.clone().map(plans::progress_row);

    let prices = seeds.map(prices::price_row);
    schedules.chain(progress).chain(prices).collect()
}

/// The table as text: a line for each case, fields separated by tabs.
#[must_use]
pub fn text() -> String {
    let lines = rows().into_iter().map(|row| {
        let fields = row.fields.iter().map(|(name, value)| format!("\t{name}={value}"));
        format!("{}{}\n", row.name, fields.collect::<String>())
    });
    lines.collect()
}

/// The table in a browser: where its text begins in memory and how many bytes it has, in the two halves of one number.
#[cfg(target_family = "wasm")]
#[expect(unsafe_code, reason = "the attribute that exports a function")]
#[unsafe(no_mangle)]
pub extern "C" fn table() -> u64 {
    let text: &'static str = text().leak();
    (text.as_ptr().addr() as u64) << 32 | text.len() as u64
}
