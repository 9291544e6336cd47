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

/// A text in the basic characters of GSM 7 as far as its letters allow: an accent that the alphabet lacks falls away, typed
/// quotes and dashes become plain ones. What has no plain form stays as it is.
pub fn in_small_alphabet(text: &str) -> String {
    text.chars().map(|c| if gsm_places(c).is_some() { c } else { plain(c) }).collect()
}

fn plain(c: char) -> char {
    const FORMS: [(char, &str); 21] = [
        ('a', "áâãāă"),
        ('A', "ÁÀÂÃĀĂ"),
        ('c', "çćč"),
        ('C', "ĆČ"),
        ('e', "êëēė"),
        ('E', "ÈÊËĒ"),
        ('i', "íîïī"),
        ('I', "ÍÌÎÏ"),
        ('n', "ńň"),
        ('o', "óôõō"),
        ('O', "ÓÒÔÕŌ"),
        ('u', "úûū"),
        ('U', "ÚÙÛŪ"),
        ('y', "ýÿ"),
        ('Y', "ÝŸ"),
        (' ', "\u{a0}\u{202f}\u{2009}\t"),
        ('-', "\u{2010}\u{2011}\u{2012}–—\u{2212}"),
        ('\'', "‘’‚´`"),
        ('"', "“”„«»"),
        ('.', "…·"),
        ('o', "º"),
    ];
    FORMS.iter().find(|(_, forms)| forms.contains(c)).map_or(if c == 'ª' { 'a' } else { c }, |(plain, _)| *plain)
}

fn gsm_places(c: char) -> Option<usize> {
    if BASIC.contains(c) { Some(1) } else { EXTENDED.contains(c).then_some(2) }
}
