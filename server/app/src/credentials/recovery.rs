//! Recovery codes: each opens once in the place of a one-time code. Of 80 random bits each, so that a plain hash will do.

use crate::App;
use crate::secret;

/// How many a member gets.
pub const COUNT: usize = 10;

const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Makes a set: the texts to show once, and the hashes to keep.
pub fn mint(app: &App) -> (Vec<String>, Vec<[u8; 32]>) {
    (0..COUNT)
        .map(|_| {
            let random = app.ambient().secret();
            let letters: Vec<char> =
                random[..16].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
            let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
            (groups.join("-"), secret::hash(&letters.iter().collect::<String>()))
        })
        .unzip()
}

/// The hash of what somebody typed; none where it has another form.
pub fn hash_of(text: &str) -> Option<[u8; 32]> {
    let letters: String = text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    (letters.len() == 16).then(|| secret::hash(&letters))
}
