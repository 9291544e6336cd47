//! Tokens of widgets: our own, and those that a creditor's server signed with its widget key.

use crate::App;
use crate::access_token::{Audience, Claims};
use crate::credentials::sealed;
use crate::failure::{AppRefusal, Failure, Fault};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use saldo_contract::widget::WidgetScope;
use saldo_domain::ids::{CreditorId, DebtorId, WidgetKeyId};
use saldo_store::widget_key::{self, WidgetKeyMaterial, WidgetKeyRow};
use saldo_store::{Tx, debtor};
use serde::Deserialize;
use uuid::Uuid;

/// The longest that a creditor's token may live, in seconds.
pub const LIFE_MAX: i64 = 15 * 60;
/// How far a creditor's clock may be ahead of ours, in seconds.
pub const SKEW_MAX: i64 = 60;
/// The longest token that is read.
const LENGTH_MAX: usize = 2_048;

/// A token whose signature is genuine. Whether it is in force is another question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genuine {
    /// Who is owed.
    pub creditor_id: CreditorId,
    /// Who owes.
    pub debtor_id: DebtorId,
    /// What it covers.
    pub scopes: Vec<WidgetScope>,
    /// The site that it works on.
    pub origin: String,
    /// Its first second.
    pub from: i64,
    /// The first second after it.
    pub until: i64,
    /// Whether we made it, and not the creditor's server.
    pub ours: bool,
}

/// What a creditor's server claims.
#[derive(Debug, Deserialize)]
struct Signed {
    aud: String,
    iss: Uuid,
    sub: String,
    origin: String,
    scope: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

/// Who says that it signed: enough to look for the key, and for nothing else.
#[derive(Debug, Deserialize)]
struct Issuer {
    iss: Uuid,
}

/// The claims of a genuine token, in force or not.
///
/// # Errors
/// `token_invalid`, `key_revoked`.
pub async fn identify(app: &App, tx: &Tx, token: &str) -> Result<Genuine, Failure> {
    if token.len() > LENGTH_MAX {
        return Err(AppRefusal::TokenInvalid.into());
    }
    if let Some(claims) = app.keys().identify(Audience::Widget, token) {
        tx.enter(claims.creditor_id()).await?;
        return ours(claims);
    }
    let (key, creditor_id) = key_of(tx, token).await?.ok_or(AppRefusal::TokenInvalid)?;
    let signed = verify(app, &key, token)?.ok_or(AppRefusal::TokenInvalid)?;
    if key.revoked_at.is_some() {
        return Err(AppRefusal::WidgetKeyRevoked.into());
    }
    theirs(tx, creditor_id, signed).await
}

fn ours(claims: Claims) -> Result<Genuine, Failure> {
    Ok(Genuine {
        creditor_id: claims.creditor_id(),
        debtor_id: claims.debtor_id(),
        scopes: scopes(&claims.scope).ok_or(AppRefusal::TokenInvalid)?,
        from: claims.nbf,
        until: claims.exp,
        origin: claims.origin.ok_or(AppRefusal::TokenInvalid)?,
        ours: true,
    })
}

/// The key that a token names, of the creditor that it says it comes from.
async fn key_of(tx: &Tx, token: &str) -> Result<Option<(WidgetKeyRow, CreditorId)>, Failure> {
    let kid = jsonwebtoken::decode_header(token).ok().and_then(|header| header.kid?.parse::<WidgetKeyId>().ok());
    let claims = token.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let issuer = claims.and_then(|claims| serde_json::from_slice::<Issuer>(&claims).ok());
    let (Some(kid), Some(issuer)) = (kid, issuer) else { return Ok(None) };
    let creditor_id = CreditorId(issuer.iss);
    tx.enter(creditor_id).await?;
    Ok(widget_key::find(tx, creditor_id, kid).await?.map(|key| (key, creditor_id)))
}

/// The claims, where the key signed them; the key fixes the algorithm.
fn verify(app: &App, key: &WidgetKeyRow, token: &str) -> Result<Option<Signed>, Failure> {
    let (algorithm, decoding) = match &key.material {
        WidgetKeyMaterial::Hs256(sealed) => {
            let secret = sealed::open(app, key.id.0, sealed);
            let secret = secret.ok_or_else(|| Fault::Other(format!("the secret of {} does not open", key.id)))?;
            (Algorithm::HS256, DecodingKey::from_secret(&secret))
        }
        WidgetKeyMaterial::EdDsa(public) => {
            let decoding = DecodingKey::from_ed_components(&URL_SAFE_NO_PAD.encode(public));
            (Algorithm::EdDSA, decoding.map_err(|error| Fault::Other(format!("the key {}: {error}", key.id)))?)
        }
    };
    let mut validation = Validation::new(algorithm);
    validation.set_audience(&[Audience::Widget.name()]);
    validation.set_required_spec_claims(&["exp", "nbf", "aud", "sub", "iss"]);
    // The times are checked against the clock that the app is given.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    Ok(jsonwebtoken::decode::<Signed>(token, &decoding, &validation).ok().map(|decoded| decoded.claims))
}

async fn theirs(tx: &Tx, creditor_id: CreditorId, signed: Signed) -> Result<Genuine, Failure> {
    let named = !signed.jti.is_empty() && signed.jti.len() <= 200;
    let short = signed.exp > signed.iat && signed.exp <= signed.iat.saturating_add(LIFE_MAX);
    let whose = signed.aud == Audience::Widget.name() && signed.iss == creditor_id.0;
    let scopes = scopes(&signed.scope).filter(|_| named && short && whose).ok_or(AppRefusal::TokenInvalid)?;
    let debtor_id = match signed.sub.strip_prefix("ext:") {
        Some(reference) => debtor::find_by_reference(tx, creditor_id, reference).await?.map(|debtor| debtor.id),
        None => signed.sub.parse().ok(),
    };
    Ok(Genuine {
        creditor_id,
        debtor_id: debtor_id.ok_or(AppRefusal::TokenInvalid)?,
        scopes,
        origin: signed.origin,
        // A clock that is a little ahead of ours still counts.
        from: signed.nbf.max(signed.iat).saturating_sub(SKEW_MAX),
        until: signed.exp,
        ours: false,
    })
}

/// Words between spaces, each a scope, at least one.
fn scopes(text: &str) -> Option<Vec<WidgetScope>> {
    let known = |word: &str| WidgetScope::ALL.into_iter().find(|scope| scope.name() == word);
    let mut found = text.split(' ').map(known).collect::<Option<Vec<_>>>()?;
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// The scopes as a token holds them.
pub fn scope_words(scopes: &[WidgetScope]) -> String {
    scopes.iter().map(|scope| scope.name()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_words_that_are_known() {
        assert_eq!(scopes("pay balance pay"), Some(vec![WidgetScope::Balance, WidgetScope::Pay]));
        for text in ["", " ", "balance ", "balance  pay", "admin", "Balance", "balance,pay"] {
            assert_eq!(scopes(text), None, "{text:?}");
        }
        assert_eq!(scope_words(&WidgetScope::ALL), "balance statement pay plan");
    }
}
