//! Secrets that travel: made once, stored as a hash, compared by it.

use crate::ambient::Ambient;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

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

/// The hash under which a secret is stored. A plain hash will do: the secret has 256 random bits.
pub fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// 256 random bits in base64url.
pub fn random_name(ambient: &Ambient) -> String {
    URL_SAFE_NO_PAD.encode(ambient.secret())
}
