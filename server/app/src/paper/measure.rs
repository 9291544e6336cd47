use std::sync::OnceLock;
use ttf_parser::Face;

/// Roboto (Apache License 2.0), with the letters of Latin scripts.
pub(super) const REGULAR: &[u8] = include_bytes!("../../fonts/Roboto-Regular.ttf");
/// Its bold face.
pub(super) const BOLD: &[u8] = include_bytes!("../../fonts/Roboto-Bold.ttf");

/// Points of a millimetre.
pub(super) const POINTS: f32 = 72.0 / 25.4;

static FACES: OnceLock<[Face<'static>; 2]> = OnceLock::new();

/// How wide a text is, in millimetres. What the face has no picture of counts as wide as an `n`.
pub(super) fn width(text: &str, size: f32, bold: bool) -> f32 {
    let faces = FACES.get_or_init(|| {
        [REGULAR, BOLD].map(|bytes| Face::parse(bytes, 0).expect("the faces are compiled in and tested"))
    });
    let face = &faces[usize::from(bold)];
    let units: u32 = text
        .chars()
        .map(|c| {
            let glyph = face.glyph_index(c).or_else(|| face.glyph_index('n'));
            u32::from(glyph.and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(0))
        })
        .sum();
    let per_em = f32::from(face.units_per_em());
    // A line of text is far below the 16 million up to which this is exact.
    units as f32 / per_em * size / POINTS
}

/// The text as lines no wider than this, in millimetres. A word that is wider than a line is cut.
pub(super) fn wrap(text: &str, size: f32, bold: bool, width_max: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        for word in line.split_whitespace() {
            let longer = if current.is_empty() { word.to_owned() } else { format!("{current} {word}") };
            if width(&longer, size, bold) <= width_max {
                current = longer;
                continue;
            }
            if !current.is_empty() {
                lines.push(std::mem::take(&mut current));
            }
            for c in word.chars() {
                if width(&format!("{current}{c}"), size, bold) > width_max {
                    lines.push(std::mem::take(&mut current));
                }
                current.push(c);
            }
        }
        lines.push(current);
    }
    lines
}
