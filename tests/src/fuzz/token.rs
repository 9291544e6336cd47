use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::hmac;
use saldo_app::access_token::{Audience, SigningKey, TokenKeys};

const SECRET: [u8; 32] = [7; 32];
const AUDIENCES: [Audience; 3] = [Audience::AccessLink, Audience::Widget, Audience::OptOut];

/// The first byte chooses: the rest is a whole token, or a header and claims that a genuine key signs.
pub(super) fn run(data: &[u8]) {
    let Some((mode, rest)) = data.split_first() else { return };
    let keys = TokenKeys::try_new(vec![SigningKey::new("t1".to_owned(), SECRET)]).expect("one key");
    let now = Timestamp::constant(1_772_550_000, 0);
    let signed = mode % 2 == 1;
    let token = if signed { sign(rest) } else { String::from_utf8_lossy(rest).into_owned() };
    for audience in AUDIENCES {
        let Some(claims) = keys.identify(audience, &token) else {
            assert!(keys.verify(audience, &token, now).is_none(), "verified and not identified: {token}");
            continue;
        };
        assert!(is_genuine(&token), "a forged token is taken: {token}");
        assert_eq!(claims.aud, audience.name(), "another audience's token is taken: {token}");
        let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap_or_default()).expect("it was decoded");
        let header: serde_json::Value = serde_json::from_slice(&header).expect("it was read");
        assert_eq!((&header["alg"], &header["kid"]), (&"HS256".into(), &"t1".into()), "{token}");
        let live = claims.nbf <= now.as_second() && now.as_second() < claims.exp;
        assert_eq!(keys.verify(audience, &token, now).is_some(), live, "{token}");
    }
}

/// `header NUL claims`, in base64url and signed.
fn sign(data: &[u8]) -> String {
    let at = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (header, claims) = data.split_at(at);
    let claims = claims.get(1..).unwrap_or_default();
    let words = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &SECRET), words.as_bytes());
    format!("{words}.{}", URL_SAFE_NO_PAD.encode(tag))
}

/// Checked without the library that the product uses.
fn is_genuine(token: &str) -> bool {
    let Some((words, tag)) = token.rsplit_once('.') else { return false };
    let key = hmac::Key::new(hmac::HMAC_SHA256, &SECRET);
    URL_SAFE_NO_PAD.encode(hmac::sign(&key, words.as_bytes())) == tag
}
