//! Where everything stands, in millimetres from the upper left corner of a page.

use super::measure::{width, wrap};
use super::{Paper, PaperRow};
use crate::failure::{Failure, Fault};
use qrcode::{EcLevel, QrCode};
use saldo_domain::creditor::PaperSize;

const LEFT: f32 = 25.0;
const RIGHT: f32 = 190.0;
/// The address zone of form B: six lines below the sender's one, 62.7 to 90 mm from the top.
const SENDER_LINE: f32 = 61.5;
const ADDRESS_TOP: f32 = 62.7;
const ADDRESS_LINE: f32 = 4.4;
const ADDRESS_WIDTH: f32 = 78.0;
const DATE_LEFT: f32 = 125.0;
const TITLE_TOP: f32 = 103.0;
const BODY_TOP: f32 = 112.0;
const NEXT_PAGE_TOP: f32 = 30.0;
const CODE_SIDE: f32 = 38.0;
const LINE: f32 = 5.0;
const SIZE: f32 = 10.5;
const SMALL: f32 = 8.0;

/// What of a page depends on its paper.
struct Sheet {
    /// Where text ends.
    bottom: f32,
    /// Where the code begins on the first page.
    code_top: f32,
    /// The base line of the page's number.
    number: f32,
    /// Where the sheet is folded for the envelope.
    folds: [f32; 2],
}

/// Width and height of a page.
pub(super) fn measures(size: PaperSize) -> (f32, f32) {
    match size {
        PaperSize::A4 => (210.0, 297.0),
        PaperSize::Letter => (215.9, 279.4),
    }
}

fn sheet(size: PaperSize) -> Sheet {
    match size {
        PaperSize::A4 => Sheet { bottom: 272.0, code_top: 230.0, number: 285.0, folds: [105.0, 210.0] },
        // In thirds.
        PaperSize::Letter => Sheet { bottom: 255.0, code_top: 213.0, number: 267.5, folds: [93.1, 186.3] },
    }
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// A line of text; `y` is its base line.
    Text { x: f32, y: f32, size: f32, bold: bool, text: String },
    /// A filled rectangle: a rule, or a module of a code.
    Block { x: f32, y: f32, width: f32, height: f32 },
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    pub size: PaperSize,
    pub marks: Vec<Mark>,
}

impl Page {
    fn of(size: PaperSize) -> Self {
        Self { size, marks: Vec::new() }
    }

    fn text(&mut self, (x, y): (f32, f32), size: f32, bold: bool, text: &str) {
        if !text.is_empty() {
            self.marks.push(Mark::Text { x, y, size, bold, text: text.to_owned() });
        }
    }

    fn rule(&mut self, (x, y): (f32, f32), width: f32) {
        self.marks.push(Mark::Block { x, y, width, height: 0.2 });
    }
}

/// Text that flows from page to page.
struct Flow {
    pages: Vec<Page>,
    y: f32,
    /// Where the first page ends: above the code, where there is one.
    first_bottom: f32,
    size: PaperSize,
}

impl Flow {
    /// The page with room for a height; a new one where the last is full.
    fn room(&mut self, height: f32) -> &mut Page {
        let bottom = if self.pages.len() == 1 { self.first_bottom } else { sheet(self.size).bottom };
        if self.y + height > bottom {
            self.pages.push(Page::of(self.size));
            self.y = NEXT_PAGE_TOP;
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn paragraph(&mut self, text: &str) {
        for line in wrap(text, SIZE, false, RIGHT - LEFT) {
            self.room(LINE);
            let y = self.y;
            self.room(0.0).text((LEFT, y), SIZE, false, &line);
            self.y += LINE;
        }
        self.y += LINE / 2.0;
    }

    fn row(&mut self, row: &PaperRow, bold: bool) {
        let amount_width = width(&row.amount, SIZE, bold);
        let labels = wrap(&row.label, SIZE, bold, RIGHT - LEFT - amount_width - 6.0);
        let notes = row.note.as_deref().map(|note| wrap(note, SMALL, false, 120.0)).unwrap_or_default();
        self.room((labels.len() + notes.len()) as f32 * LINE);
        let mut y = self.y;
        let page = self.room(0.0);
        page.text((RIGHT - amount_width, y), SIZE, bold, &row.amount);
        for label in labels {
            page.text((LEFT, y), SIZE, bold, &label);
            y += LINE;
        }
        for note in notes {
            page.text((LEFT, y - 0.7), SMALL, false, &note);
            y += LINE - 1.0;
        }
        self.y = y + 1.0;
    }
}

/// The pages of a paper. `caption` stands beside the code.
pub(super) fn pages(paper: &Paper, caption: &str) -> Result<Vec<Page>, Failure> {
    let sheet = sheet(paper.size);
    let mut first = Page::of(paper.size);
    head(paper, &mut first);
    let first_bottom = match &paper.link {
        Some(link) => {
            code(&mut first, sheet.code_top, link, caption)?;
            sheet.code_top - 6.0
        }
        None => sheet.bottom,
    };
    let mut flow = Flow { pages: vec![first], y: BODY_TOP, first_bottom, size: paper.size };
    paper.body.iter().for_each(|text| flow.paragraph(text));
    if !paper.rows.is_empty() {
        let y = flow.y - LINE + 1.0;
        flow.room(0.0).rule((LEFT, y), RIGHT - LEFT);
        flow.y += 1.0;
    }
    paper.rows.iter().for_each(|row| flow.row(row, false));
    paper.totals.iter().for_each(|row| flow.row(row, true));
    if !paper.notes.is_empty() {
        flow.y += LINE / 2.0;
    }
    paper.notes.iter().for_each(|text| flow.paragraph(text));
    let count = flow.pages.len();
    if count > 1 {
        for (at, page) in flow.pages.iter_mut().enumerate() {
            let number = format!("{} / {count}", at + 1);
            page.text((RIGHT - width(&number, SMALL, false), sheet.number), SMALL, false, &number);
        }
    }
    Ok(flow.pages)
}

fn head(paper: &Paper, page: &mut Page) {
    for (line, y) in wrap(&paper.sender, 15.0, true, RIGHT - LEFT).iter().zip([25.0, 31.0]) {
        page.text((LEFT, y), 15.0, true, line);
    }
    // The sender's line above the address is what the post reads when the letter comes back.
    let sender = wrap(&paper.sender, 6.5, false, ADDRESS_WIDTH);
    page.text((LEFT, SENDER_LINE), 6.5, false, sender.first().map_or("", String::as_str));
    page.rule((LEFT, SENDER_LINE + 0.8), ADDRESS_WIDTH);
    let mut y = ADDRESS_TOP + ADDRESS_LINE - 0.4;
    for line in paper.recipient.iter().take(6) {
        let size = fitting(line);
        page.text((LEFT, y), size, false, line);
        y += ADDRESS_LINE;
    }
    page.text((DATE_LEFT, ADDRESS_TOP + ADDRESS_LINE - 0.4), SIZE, false, &paper.date);
    let title = wrap(&paper.title, 12.0, true, RIGHT - LEFT);
    page.text((LEFT, TITLE_TOP), 12.0, true, title.first().map_or("", String::as_str));
    // Where the sheet is folded for the envelope, and its middle.
    for y in sheet(paper.size).folds {
        page.rule((4.0, y), 3.0);
    }
    page.rule((4.0, measures(paper.size).1 / 2.0), 5.0);
}

/// A line of the address that is too wide for the window is set smaller, not cut.
fn fitting(line: &str) -> f32 {
    let wide = width(line, SIZE, false);
    if wide <= ADDRESS_WIDTH { SIZE } else { (SIZE * ADDRESS_WIDTH / wide).max(5.0) }
}

fn code(page: &mut Page, top: f32, link: &str, caption: &str) -> Result<(), Failure> {
    let code = QrCode::with_error_correction_level(link, EcLevel::L)
        .map_err(|error| Fault::Other(format!("the link does not fit a code: {error}")))?;
    let modules = code.width();
    let side = CODE_SIDE / modules as f32;
    for (row, colors) in code.to_colors().chunks(modules).enumerate() {
        let mut at = 0;
        while at < modules {
            let run = colors[at..].iter().take_while(|color| **color == qrcode::Color::Dark).count();
            if run > 0 {
                let (x, y) = (LEFT + at as f32 * side, top + row as f32 * side);
                page.marks.push(Mark::Block { x, y, width: run as f32 * side, height: side });
            }
            at += run.max(1);
        }
    }
    for (at, line) in wrap(caption, SIZE, false, 100.0).iter().enumerate() {
        page.text((LEFT + CODE_SIDE + 6.0, top + 6.0 + at as f32 * LINE), SIZE, false, line);
    }
    Ok(())
}
