//! Secrets that travel: made once, stored as a hash, compared by it.

use crate::ambient::Ambient;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The characters of a short code: 62^22 exceeds 2^128.
pub const CODE_CHARS: usize = 22;

/// A secret to hand out, with the hash to keep.
pub struct Minted {
    /// What the holder gets, once.
    pub text: String,
    /// What is stored.
    pub hash: [u8; 32],
}

/// Makes a secret of 256 random bits behind a readable prefix.
pub fn mint(ambient: &Ambient, prefix: &str) -> Minted {
    let text = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(ambient.secret()));
    let hash = hash(&text);
    Minted { text, hash }
}

/// Makes a secret of 128 random bits in 22 letters and digits: short enough for a text message, and without a character at
/// which a program would end the link.
pub fn mint_code(ambient: &Ambient) -> Minted {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut rest = ambient.secret()[..16].iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let text: String = (0..CODE_CHARS)
        .map(|_| {
            let digit = usize::try_from(rest % 62).unwrap_or(0);
            rest /= 62;
            char::from(DIGITS[digit])
        })
        .collect();
    let hash = hash(&text);
    Minted { text, hash }
}

/// The hash under which a secret is stored. A plain hash will do: the secret has 128 random bits or more.
pub fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// 256 random bits in base64url.
pub fn random_name(ambient: &Ambient) -> String {
    URL_SAFE_NO_PAD.encode(ambient.secret())
}

/// The bytes of the moment in a [`dated_name`]: milliseconds since 1970, the highest first.
const DATE_BYTES: usize = 6;
/// How many bytes a dated name has.
const DATED_BYTES: usize = 30;

/// The moment and 192 random bits in base64url.
pub fn dated_name(ambient: &Ambient) -> String {
    let mut bytes = [0; DATED_BYTES];
    let millis = u64::try_from(ambient.now().as_millisecond()).unwrap_or(0).to_be_bytes();
    bytes[..DATE_BYTES].copy_from_slice(&millis[millis.len() - DATE_BYTES..]);
    bytes[DATE_BYTES..].copy_from_slice(&ambient.secret()[..DATED_BYTES - DATE_BYTES]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The hash under which a name is stored. That of a [`dated_name`] begins with its moment: names that were made one after the
/// other stand side by side in an index, and not all over it. What is left of the hash still has more bits than the name.
pub fn hash_of_name(name: &str) -> [u8; 32] {
    let mut hash = hash(name);
    let mut bytes = [0; DATED_BYTES];
    if URL_SAFE_NO_PAD.decode_slice(name, &mut bytes) == Ok(DATED_BYTES) {
        hash[..DATE_BYTES].copy_from_slice(&bytes[..DATE_BYTES]);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::{dated_name, hash, hash_of_name, random_name};
    use crate::ambient::{Ambient, SteppedClock, SystemEntropy};
    use jiff::{SignedDuration, Timestamp};
    use std::sync::Arc;

    #[test]
    fn names_made_later_have_later_hashes_that_say_nothing_else_of_them() {
        let clock = Arc::new(SteppedClock::new(Timestamp::constant(1_772_560_800, 0)));
        let ambient = Ambient::new(clock.clone(), Arc::new(SystemEntropy));
        let mut last = hash_of_name(&dated_name(&ambient));
        for _ in 0..50 {
            clock.advance(SignedDuration::from_millis(1));
            let name = dated_name(&ambient);
            let next = hash_of_name(&name);
            assert!(last < next, "{name}");
            assert_eq!(next[6..], hash(&name)[6..]);
            last = next;
        }
    }

    #[test]
    fn any_other_name_has_its_plain_hash() {
        let ambient = Ambient::new(Arc::new(SteppedClock::new(Timestamp::UNIX_EPOCH)), Arc::new(SystemEntropy));
        for name in [random_name(&ambient), String::new(), "of-nobody".to_owned(), "á".repeat(20), "A".repeat(41)] {
            assert_eq!(hash_of_name(&name), hash(&name), "{name}");
        }
    }
}
