use crate::wording::Paragraph;
use askama::Template;

/// What the one layout of our mail shows.
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
pub struct Row {
    /// What for.
    pub label: String,
    /// Beside it.
    pub note: Option<String>,
    /// In the reader's form.
    pub amount: String,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    layout: &'a Layout,
    on_colour: &'static str,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    layout: &'a Layout,
}

/// The same words as plain text and as HTML.
pub fn render(layout: &Layout) -> Result<(String, String), askama::Error> {
    let html = Html { layout, on_colour: on_colour(&layout.colour) };
    Ok((Text { layout }.render()?, html.render()?))
}

/// White or black, whichever can be read on the colour (relative luminance of WCAG 2.2, in thousandths).
fn on_colour(colour: &str) -> &'static str {
    let channel = |at: usize| colour.get(at..at + 2).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(0);
    let linear = |value: u32| value * value * 1000 / 65_025;
    let luminance = (linear(channel(1)) * 213 + linear(channel(3)) * 715 + linear(channel(5)) * 72) / 1000;
    if luminance > 183 { "#1c1d1f" } else { "#ffffff" }
}
