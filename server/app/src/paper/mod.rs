//! Paper: letters, invoices and receipts as PDF, laid out for an envelope with a window (DIN 5008, form B: the address
//! stands 20 mm from the left and 45 mm from the top, in a field of 85 by 45 mm). On Letter, folded in three, the same field
//! lies behind the window of a number 10 envelope.

#![allow(clippy::float_arithmetic, reason = "places on paper; amounts come as text")]

mod draw;
mod layout;
mod measure;
mod pages;

pub use pages::{invoice, open_of, receipt};

use crate::failure::{Failure, Fault};
use crate::i18n::Texts;
use saldo_domain::creditor::PaperSize;
use saldo_domain::locale::Language;
use saldo_providers::channel::Letter;

/// What stands on one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Who writes.
    pub sender: String,
    /// The name and the lines of the address, six at most.
    pub recipient: Vec<String>,
    /// The date as words.
    pub date: String,
    /// What it is about.
    pub title: String,
    /// Paragraphs before the amounts.
    pub body: Vec<String>,
    /// Amounts, line by line.
    pub rows: Vec<PaperRow>,
    /// Their sums, in bold.
    pub totals: Vec<PaperRow>,
    /// Paragraphs behind the amounts.
    pub notes: Vec<String>,
    /// Our own access link, printed as a code to scan.
    pub link: Option<String>,
    /// Its language.
    pub language: Language,
    /// What it is printed on.
    pub size: PaperSize,
}

/// One line with an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    /// What for.
    pub label: String,
    /// Below it, small.
    pub note: Option<String>,
    /// In the reader's form.
    pub amount: String,
}

impl Paper {
    /// A letter on its paper.
    pub fn of_letter(letter: Letter, size: PaperSize) -> Self {
        Self {
            size,
            sender: letter.sender,
            recipient: letter.recipient,
            date: letter.date,
            title: letter.subject,
            body: letter.body.split("\n\n").map(str::to_owned).collect(),
            rows: Vec::new(),
            totals: Vec::new(),
            notes: Vec::new(),
            link: letter.link,
            language: letter.language,
        }
    }
}

/// Papers as one file, each on pages of its own.
///
/// # Errors
/// A fault where nothing is to be drawn, or a code cannot hold its link.
pub fn pdf(papers: &[Paper]) -> Result<Vec<u8>, Failure> {
    bytes(papers, true)
}

fn bytes(papers: &[Paper], compressed: bool) -> Result<Vec<u8>, Failure> {
    let Some(first) = papers.first() else { return Err(Fault::Other("nothing to print".to_owned()).into()) };
    let mut pages = Vec::new();
    for paper in papers {
        let caption = Texts::for_language(paper.language).t("paper-scan");
        pages.extend(layout::pages(paper, &caption)?);
    }
    draw::pdf(&pages, &first.title, first.language, compressed)
}

#[cfg(test)]
mod tests;
