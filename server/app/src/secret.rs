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
