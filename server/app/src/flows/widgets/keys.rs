//! Keys with which a creditor's server signs tokens: made, listed, revoked.

use crate::App;
use crate::credentials::sealed;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::audit::{self, Subject};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use saldo_contract::widget_key::{CreateWidgetKey, NewWidgetKey, WidgetKey, WidgetKeyAlgorithm};
use saldo_domain::actor::Actor;
use saldo_domain::free_text::line;
use saldo_domain::ids::{CreditorId, WidgetKeyId};
use saldo_store::widget_key::{self, WidgetKeyMaterial, WidgetKeyRow};
use serde_json::{Value as Json, json};

/// How many keys can be live at once.
pub const LIVE_MAX: usize = 5;
const NAME_MAX: usize = 80;
/// What stands before the 32 bytes of an Ed25519 key in its `SubjectPublicKeyInfo` (RFC 8410).
const ED25519_HEAD: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// Makes a key. The secret of an HS256 key is in this answer and nowhere else.
///
/// # Errors
/// `malformed` for a public key that cannot be read, `widget_keys_full`, and those of the name.
pub async fn create(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    wish: &CreateWidgetKey,
) -> Result<NewWidgetKey, Failure> {
    let name = line("name", &wish.name, NAME_MAX)?;
    let id = WidgetKeyId(app.ambient().uuid_v7());
    let (material, secret) = match (wish.algorithm, wish.public_key.as_deref()) {
        (WidgetKeyAlgorithm::Hs256, None) => {
            let secret = app.ambient().secret();
            let sealed = sealed::seal(app, id.0, &secret);
            let sealed = sealed.ok_or_else(|| Fault::Other("a secret could not be sealed".to_owned()))?;
            (WidgetKeyMaterial::Hs256(sealed), Some(URL_SAFE_NO_PAD.encode(secret)))
        }
        (WidgetKeyAlgorithm::EdDsa, Some(key)) => (WidgetKeyMaterial::EdDsa(public_key(key)?), None),
        (WidgetKeyAlgorithm::Hs256, Some(_)) => return Err(malformed("an HS256 key has no public key")),
        (WidgetKeyAlgorithm::EdDsa, None) => return Err(malformed("an EdDSA key needs its public key")),
    };
    let row = WidgetKeyRow { id, name, material, created_at: app.now(), revoked_at: None };
    let tx = app.store().write_of(creditor).await?;
    let known = widget_key::list(&tx, creditor).await?;
    if known.iter().filter(|key| key.revoked_at.is_none()).count() >= LIVE_MAX {
        return Err(AppRefusal::WidgetKeysFull.into());
    }
    widget_key::insert(&tx, creditor, &row).await?;
    let (subject, after) = (Subject::new("widget_key", id.0), Some(state(&row)));
    audit::record(app, &tx, creditor, actor, "widget_key_created", subject, None, after).await?;
    tx.commit().await?;
    Ok(NewWidgetKey { key: wire(row), secret })
}

/// A creditor's keys, the newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App, creditor: CreditorId) -> Result<Vec<WidgetKey>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(widget_key::list(&tx, creditor).await?.into_iter().map(wire).collect())
}

/// Revokes a key: its tokens open nothing from now on. One that was revoked before is a success.
///
/// # Errors
/// `not_found`.
pub async fn revoke(app: &App, creditor: CreditorId, actor: &Actor, id: WidgetKeyId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let before = widget_key::find(&tx, creditor, id).await?.ok_or(saldo_domain::Refusal::NotFound)?;
    if before.revoked_at.is_none() {
        widget_key::mark_revoked(&tx, creditor, id, app.now()).await?;
        let after = WidgetKeyRow { revoked_at: Some(app.now()), ..before.clone() };
        let subject = Subject::new("widget_key", id.0);
        let (before, after) = (Some(state(&before)), Some(state(&after)));
        audit::record(app, &tx, creditor, actor, "widget_key_revoked", subject, before, after).await?;
    }
    Ok(tx.commit().await?)
}

fn malformed(what: &str) -> Failure {
    AppRefusal::Malformed(what.to_owned()).into()
}

/// 32 bytes as base64url, or the PEM of a `SubjectPublicKeyInfo`.
fn public_key(text: &str) -> Result<[u8; 32], Failure> {
    let text = text.trim();
    let bytes = match text.strip_prefix("-----BEGIN PUBLIC KEY-----") {
        Some(rest) => {
            let body = rest.split("-----END PUBLIC KEY-----").next().unwrap_or_default();
            let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
            STANDARD.decode(body).ok().and_then(|der| Some(der.strip_prefix(&ED25519_HEAD[..])?.to_vec()))
        }
        None => URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok(),
    };
    let key: Option<[u8; 32]> = bytes.and_then(|bytes| bytes.try_into().ok());
    // A key of zeros has small order: anybody could sign for it.
    key.filter(|key| key.iter().any(|byte| *byte != 0))
        .ok_or_else(|| malformed("the public key is no Ed25519 key as PEM or base64url"))
}

fn state(row: &WidgetKeyRow) -> Json {
    let key = wire(row.clone());
    json!({
        "name": key.name,
        "algorithm": key.algorithm,
        "public_key": key.public_key,
        "revoked_at": key.revoked_at,
    })
}

fn wire(row: WidgetKeyRow) -> WidgetKey {
    let (algorithm, public_key) = match row.material {
        WidgetKeyMaterial::Hs256(_) => (WidgetKeyAlgorithm::Hs256, None),
        WidgetKeyMaterial::EdDsa(key) => (WidgetKeyAlgorithm::EdDsa, Some(URL_SAFE_NO_PAD.encode(key))),
    };
    WidgetKey {
        id: row.id.0,
        name: row.name,
        algorithm,
        public_key,
        created_at: row.created_at,
        revoked_at: row.revoked_at,
    }
}

#[cfg(test)]
mod tests {
    use super::public_key;

    /// The key of RFC 8410, section 10.1.
    #[test]
    fn a_public_key_is_read_as_pem_and_as_base64url() {
        let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n\
                   -----END PUBLIC KEY-----\n";
        let bare = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE";
        assert_eq!(public_key(pem).ok(), public_key(bare).ok());
        assert!(public_key(bare).is_ok());
        let zeros = "A".repeat(43);
        for bad in ["", "x", &bare[1..], "-----BEGIN PUBLIC KEY-----", "-----BEGIN RSA PUBLIC KEY-----", &zeros] {
            assert!(public_key(bad).is_err(), "{bad}");
        }
    }
}
