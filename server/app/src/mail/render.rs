use crate::wording::Paragraph;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use std::sync::OnceLock;

/// What the one layout of our mail shows.
#[derive(Serialize)]
pub struct Layout {
    /// Tag of BCP 47.
    pub lang: String,
    /// The subject line.
    pub subject: String,
    /// The creditor's name.
    pub creditor: String,
    /// The creditor's colour.
    pub colour: String,
    /// The sentence of test mode.
    pub test: Option<String>,
    /// Hello.
    pub greeting: String,
    /// What it is about.
    pub lead: String,
    /// A template's words, instead of greeting and lead.
    pub paragraphs: Vec<Paragraph>,
    /// A code, in large digits.
    pub code: Option<String>,
    /// Amounts, line by line.
    pub rows: Vec<Row>,
    /// Their sums.
    pub totals: Vec<Row>,
    /// Sentences behind them.
    pub notes: Vec<String>,
    /// What the button says.
    pub action: String,
    /// Where it leads: our own access link. Empty for a message without one.
    pub link: String,
    /// Small print.
    pub small: Vec<String>,
    /// The way out.
    pub opt_out: Option<String>,
    /// What it says.
    pub opt_out_label: String,
}

/// One line with an amount.
#[derive(Serialize)]
pub struct Row {
    /// What for.
    pub label: String,
    /// Beside it.
    pub note: Option<String>,
    /// In the reader's form.
    pub amount: String,
}

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    layout: &'a Layout,
    on_colour: &'static str,
}

static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();

/// The same words as plain text and as HTML.
pub fn render(layout: &Layout) -> Result<(String, String), minijinja::Error> {
    let environment = ENVIRONMENT.get_or_init(environment);
    let values = Value::from(Serde(Shown { layout, on_colour: on_colour(&layout.colour) }));
    let text = environment.get_template("mail.txt")?.render(values.clone())?;
    let html = environment.get_template("mail.html")?.render(values)?;
    Ok((text, html))
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(
        |name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        },
    );
    for (name, source) in [
        ("mail.html", include_str!("../../templates/mail.html")),
        ("mail.txt", include_str!("../../templates/mail.txt")),
    ] {
        environment.add_template(name, source).expect("the templates are compiled in and tested");
    }
    environment
}

/// White or black, whichever can be read on the colour (relative luminance of WCAG 2.2, in thousandths).
fn on_colour(colour: &str) -> &'static str {
    let channel = |at: usize| colour.get(at..at + 2).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0);
    let linear = |value: u32| value * value * 1000 / 65_025;
    let luminance = (linear(channel(1)) * 213 + linear(channel(3)) * 715 + linear(channel(5)) * 72) / 1000;
    if luminance > 183 { "#1c1d1f" } else { "#ffffff" }
}
