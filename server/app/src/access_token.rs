//! Signed tokens (RFC 7519): access links and widget tokens. The algorithm is fixed here, never taken from a token.

use crate::secret;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use saldo_domain::ids::{CreditorId, DebtorId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const ALGORITHM: Algorithm = Algorithm::HS256;

/// What a token is for. A token for one thing does not open another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// A debtor's personal link to the portal.
    AccessLink,
    /// A widget on a site of the creditor.
    Widget,
    /// The way out of a channel that each message carries.
    OptOut,
}

impl Audience {
    /// The word in tokens.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccessLink => "saldo:access-link",
            Self::Widget => "saldo:widget",
            Self::OptOut => "saldo:opt-out",
        }
    }
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// The debtor.
    pub sub: Uuid,
    /// The creditor.
    pub creditor: Uuid,
    /// The audience.
    pub aud: String,
    /// `pay`, `statement`, `full`; `balance` for a widget.
    pub scope: String,
    /// The end, in seconds since 1970 UTC.
    pub exp: i64,
    /// The beginning, in seconds since 1970 UTC.
    pub nbf: i64,
    /// A name that nobody guesses: 192 random bits or more, in base64url.
    pub jti: String,
    /// The site that a widget's token is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

impl Claims {
    /// The debtor.
    pub fn debtor_id(&self) -> DebtorId {
        DebtorId(self.sub)
    }

    /// The creditor.
    pub fn creditor_id(&self) -> CreditorId {
        CreditorId(self.creditor)
    }

    /// Under this the link is stored: whoever reads the database cannot make the token of it.
    pub fn jti_hash(&self) -> [u8; 32] {
        secret::hash_of_name(&self.jti)
    }
}

/// A key with its name.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    secret: [u8; 32],
}

impl SigningKey {
    /// A key under its name (`kid`).
    pub fn new(id: String, secret: [u8; 32]) -> Self {
        Self { id, secret }
    }

    /// The name that tokens carry.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// Every key whose tokens are accepted; the first one signs.
#[derive(Clone)]
pub struct TokenKeys(Vec<SigningKey>);

impl TokenKeys {
    /// From at least one key.
    pub fn try_new(keys: Vec<SigningKey>) -> Option<Self> {
        if keys.is_empty() { None } else { Some(Self(keys)) }
    }

    /// The key that signs.
    pub fn current(&self) -> &SigningKey {
        &self.0[0]
    }

    /// A secret for another purpose, always the same for the same key and purpose.
    pub fn derive(&self, purpose: &str) -> String {
        let digest = Sha256::new().chain_update(self.current().secret).chain_update(purpose.as_bytes()).finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Keys for another purpose, one of each key that is accepted, the current one's first.
    pub fn derive_all(&self, purpose: &str) -> Vec<[u8; 32]> {
        let digest = |key: &SigningKey| Sha256::new().chain_update(key.secret).chain_update(purpose.as_bytes());
        self.0.iter().map(|key| digest(key).finalize().into()).collect()
    }

    /// Signs claims for an audience.
    pub fn sign(&self, audience: Audience, mut claims: Claims) -> Option<String> {
        let key = self.current();
        claims.aud = audience.name().to_owned();
        let header = Header { kid: Some(key.id.clone()), ..Header::new(ALGORITHM) };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&key.secret)).ok()
    }

    /// The claims of a genuine token for this audience that is in force now. Every other one is refused alike.
    pub fn verify(&self, audience: Audience, token: &str, now: Timestamp) -> Option<Claims> {
        let claims = self.identify(audience, token)?;
        let seconds = now.as_second();
        (claims.nbf <= seconds && seconds < claims.exp).then_some(claims)
    }

    /// The claims of a genuine token, in force or not: enough to know whom a fresh link would go to, and for nothing else.
    pub fn identify(&self, audience: Audience, token: &str) -> Option<Claims> {
        if token.len() > 2_048 {
            return None;
        }
        let named = jsonwebtoken::decode_header(token).ok()?.kid?;
        let key = self.0.iter().find(|key| key.id == named)?;
        let mut validation = Validation::new(ALGORITHM);
        validation.set_audience(&[audience.name()]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "sub"]);
        // The library would read the machine's clock; `verify` checks the times against the one that it is given.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let decoded =
            jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(&key.secret), &validation).ok()?;
        // No token of ours names a moment before 1970 or after the end of the calendar.
        let claims = decoded.claims;
        (claims.nbf > 0 && Timestamp::from_second(claims.exp).is_ok()).then_some(claims)
    }
}
