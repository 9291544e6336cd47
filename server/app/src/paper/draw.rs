use super::layout::{Mark, Page, measures};
use super::measure::{BOLD, POINTS, REGULAR};
use crate::failure::{Failure, Fault};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use saldo_domain::locale::Language;

/// The pages as a file.
pub(super) fn pdf(pages: &[Page], title: &str, language: Language, compressed: bool) -> Result<Vec<u8>, Failure> {
    let fault = |what: &str| Fault::Other(format!("paper: {what}"));
    let face = |bytes: &'static [u8]| Font::new(bytes.into(), 0).ok_or_else(|| fault("a face"));
    let faces = [face(REGULAR)?, face(BOLD)?];
    let settings = SerializeSettings {
        compress_content_streams: compressed,
        ascii_compatible: !compressed,
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let tag = match language {
        Language::Es => "es",
        Language::En => "en",
        Language::Pt => "pt",
    };
    let metadata = Metadata::new().title(title.to_owned()).language(tag.to_owned()).producer("Saldo".to_owned());
    document.set_metadata(metadata);
    for page in pages {
        let (wide, high) = measures(page.size);
        let size = PageSettings::from_wh(wide * POINTS, high * POINTS).ok_or_else(|| fault("a page"))?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        surface.set_fill(Some(Fill {
            paint: rgb::Color::new(0, 0, 0).into(),
            opacity: NormalizedF32::ONE,
            rule: Default::default(),
        }));
        texts(&mut surface, page, &faces);
        blocks(&mut surface, page);
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|error| fault(&format!("{error:?}")).into())
}

fn texts(surface: &mut Surface<'_>, page: &Page, faces: &[Font; 2]) {
    for mark in &page.marks {
        if let Mark::Text { x, y, size, bold, text } = mark {
            let face = faces[usize::from(*bold)].clone();
            surface.draw_text(Point::from_xy(x * POINTS, y * POINTS), face, *size, text, false, TextDirection::Auto);
        }
    }
}

/// All rectangles of a page as one path.
fn blocks(surface: &mut Surface<'_>, page: &Page) {
    let mut path = PathBuilder::new();
    for mark in &page.marks {
        if let Mark::Block { x, y, width, height } = mark
            && let Some(block) = Rect::from_xywh(x * POINTS, y * POINTS, width * POINTS, height * POINTS)
        {
            path.push_rect(block);
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
