//! Secrets that must be read again are kept under ChaCha20-Poly1305 (RFC 8439), with a key made of the link keys: whoever
//! has only the database cannot read them. They are bound to the row that has them, and open with any key that is still accepted.

use crate::App;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use uuid::Uuid;

const PURPOSE: &str = "member-secrets";

fn keys(app: &App) -> Vec<LessSafeKey> {
    let keys = app.keys().derive_all(PURPOSE).into_iter();
    keys.filter_map(|key| UnboundKey::new(&CHACHA20_POLY1305, &key).ok().map(LessSafeKey::new)).collect()
}

/// Seals the secret of a row: a member's, a widget key's.
pub fn seal(app: &App, row: Uuid, secret: &[u8]) -> Option<Vec<u8>> {
    let random = app.ambient().secret();
    let nonce: [u8; NONCE_LEN] = random[..NONCE_LEN].try_into().ok()?;
    let mut sealed = secret.to_vec();
    let key = keys(app).into_iter().next()?;
    let aad = Aad::from(row.into_bytes());
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

/// The secret again; none where it was sealed for another row or with a key that is gone.
pub fn open(app: &App, row: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, body) = sealed.split_at_checked(NONCE_LEN)?;
    let nonce: [u8; NONCE_LEN] = nonce.try_into().ok()?;
    keys(app).into_iter().find_map(|key| {
        let mut body = body.to_vec();
        let aad = Aad::from(row.into_bytes());
        let plain = key.open_in_place(Nonce::assume_unique_for_key(nonce), aad, &mut body).ok()?;
        Some(plain.to_vec())
    })
}
