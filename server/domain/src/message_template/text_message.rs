/// The basic characters of GSM 7 (3GPP TS 23.038, section 6.2.1).
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";
/// Characters of its extension, which take two places.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// In which alphabet a text message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// 160 characters, or 153 for each of several segments.
    Gsm7,
    /// 70 characters, or 67 for each of several segments: one character that GSM 7 does not have makes it so for all.
    Ucs2,
}

/// How long a text message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextLength {
    /// Its alphabet.
    pub encoding: Encoding,
    /// The places that its characters take.
    pub places: usize,
    /// How many segments are paid for.
    pub segments: usize,
}

/// How long a text message is; an empty one has one segment.
pub fn text_length(text: &str) -> TextLength {
    let gsm: Option<usize> = text.chars().map(gsm_places).sum();
    let (encoding, places, one, each) = match gsm {
        Some(places) => (Encoding::Gsm7, places, 160, 153),
        None => (Encoding::Ucs2, text.encode_utf16().count(), 70, 67),
    };
    let segments = if places <= one { 1 } else { places.div_ceil(each) };
    TextLength { encoding, places, segments }
}

fn gsm_places(c: char) -> Option<usize> {
    if BASIC.contains(c) { Some(1) } else { EXTENDED.contains(c).then_some(2) }
}
