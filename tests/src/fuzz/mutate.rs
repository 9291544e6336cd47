//! Blind changes of bytes, the same from the same seed.

/// What parsers stumble over.
const WORDS: [&[u8]; 22] = [
    b"\0",
    b"\r\n",
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"{{",
    b"}}",
    b"{% for item in items %}",
    b"{% endfor %}",
    b"{#",
    b"-",
    b"(",
    b"9223372036854775807",
    b"0.",
    b"1e9",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    "\u{202e}".as_bytes(),
    "\u{a0}".as_bytes(),
    b"null",
];

/// Changes of one seed, one after the other (SplitMix64).
pub struct Mutator {
    state: u64,
}

impl Mutator {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// One of the corpus with one to eight changes.
    pub fn change(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = corpus.get(self.below(corpus.len())).cloned().unwrap_or_default();
        for _ in 0..=self.below(8) {
            self.change_once(&mut bytes, corpus);
        }
        bytes.truncate(16 * 1024);
        bytes
    }

    fn change_once(&mut self, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let (from, other) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
        let (start, end) = (from.min(other), from.max(other));
        match self.below(7) {
            0 if from < bytes.len() => bytes[from] ^= 1 << self.below(8),
            1 if from < bytes.len() => bytes[from] = self.next().to_le_bytes()[0],
            2 => drop(bytes.drain(start..end.min(start + 64))),
            3 => {
                let piece = bytes[start..end.min(start + 64)].to_vec();
                bytes.splice(from..from, piece);
            }
            4 => {
                let donor = corpus.get(self.below(corpus.len())).cloned().unwrap_or_default();
                let at = self.below(donor.len() + 1);
                let piece = donor[at..].iter().copied().take(64).collect::<Vec<u8>>();
                bytes.splice(from..from, piece);
            }
            5 => {
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(start..end.min(start + word.len()), word.iter().copied());
            }
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(from..from, word.iter().copied());
            }
        }
    }
}
