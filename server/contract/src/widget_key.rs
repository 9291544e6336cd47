//! Keys with which a creditor's own server signs tokens for widgets.

use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How tokens of a key are signed. The key fixes it; what a token says of it only has to agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WidgetKeyAlgorithm {
    /// HMAC with SHA-256: we make the secret.
    #[serde(rename = "HS256")]
    Hs256,
    /// Ed25519: the creditor keeps its private key and gives us the public one.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

/// Asks for a key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "shop, spring", "algorithm": "HS256"})))]
#[serde(deny_unknown_fields)]
pub struct CreateWidgetKey {
    /// What people call it, 1 to 80 characters.
    pub name: String,
    /// How its tokens are signed.
    pub algorithm: WidgetKeyAlgorithm,
    /// For EdDSA: the public key, as PEM or as base64url of its 32 bytes.
    #[serde(default)]
    pub public_key: Option<String>,
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WidgetKey {
    /// Its id: the `kid` of its tokens.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// How its tokens are signed.
    pub algorithm: WidgetKeyAlgorithm,
    /// For EdDSA: the public key as base64url.
    pub public_key: Option<String>,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it stopped working.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub revoked_at: Option<Timestamp>,
}

/// A new key, with its secret where we made one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewWidgetKey {
    /// The key.
    pub key: WidgetKey,
    /// For HS256: the secret as base64url. It is shown this once; sign with its bytes.
    pub secret: Option<String>,
}
