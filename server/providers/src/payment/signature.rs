//! The signature of events: `t=<unix seconds>,v1=<hex of HMAC-SHA256 over "{t}.{body}">`, as Stripe documents it
//! (<https://docs.stripe.com/webhooks#verify-manually>).

use super::EventRefused;
use crate::Secret;
use hmac::{Hmac, Mac};
use saldo_domain::calendar::Timestamp;
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// How far the signing moment may lie from our clock, in seconds.
pub const TOLERANCE_SECONDS: i64 = 300;

/// Signs a body as a provider does. For the sandbox and the doubles.
pub fn sign(secret: &Secret, body: &[u8], now: Timestamp) -> String {
    let seconds = now.as_second();
    format!("t={seconds},v1={}", hex(&digest(secret, seconds, body)))
}

/// Checks a signature with each secret that may still be in use, in constant time.
pub(super) fn verify(
    secrets: &[Secret],
    header: Option<&str>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), EventRefused> {
    let header = header.ok_or(EventRefused::SignatureMissing)?;
    let (signed_at, candidates) = parse(header)?;
    let mut genuine = Choice::from(0);
    for secret in secrets {
        let expected = hex(&digest(secret, signed_at, body));
        for candidate in &candidates {
            genuine |= expected.as_bytes().ct_eq(candidate.as_bytes());
        }
    }
    if !bool::from(genuine) {
        return Err(EventRefused::SignatureWrong);
    }
    match now.as_second().saturating_sub(signed_at) {
        age if age > TOLERANCE_SECONDS => Err(EventRefused::TooOld),
        age if age < -TOLERANCE_SECONDS => Err(EventRefused::FromFuture),
        _ => Ok(()),
    }
}

fn parse(header: &str) -> Result<(i64, Vec<String>), EventRefused> {
    let mut signed_at = None;
    let mut candidates = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", seconds)) => signed_at = seconds.parse().ok(),
            Some(("v1", candidate)) => candidates.push(candidate.to_ascii_lowercase()),
            _ => {}
        }
    }
    match (signed_at, candidates.len()) {
        (Some(signed_at), 1..=16) => Ok((signed_at, candidates)),
        _ => Err(EventRefused::SignatureMalformed),
    }
}

fn digest(secret: &Secret, seconds: i64, body: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).expect("HMAC takes a key of any length");
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    mac.finalize().into_bytes().into()
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + seconds).unwrap()
    }

    fn secrets(words: &[&str]) -> Vec<Secret> {
        words.iter().map(|word| Secret::new(*word)).collect()
    }

    #[test]
    fn a_signature_is_what_an_independent_tool_computes() {
        // printf '1780000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_new
        let expected = "t=1780000000,v1=8c51ace45e5cc66216c503d52270534ebe54cd36702f214622ec417507fd7a9f";
        assert_eq!(sign(&Secret::new("whsec_new"), BODY, at(0)), expected);
    }

    #[test]
    fn a_signature_holds_for_each_rolled_secret_within_the_tolerance() {
        use EventRefused::*;
        let table = [
            ("fresh", vec!["whsec_new"], "whsec_new", 0, Ok(())),
            ("the older of two secrets", vec!["whsec_new", "whsec_old"], "whsec_old", 0, Ok(())),
            ("300 s late", vec!["whsec_new"], "whsec_new", 300, Ok(())),
            ("301 s late", vec!["whsec_new"], "whsec_new", 301, Err(TooOld)),
            ("300 s ahead", vec!["whsec_new"], "whsec_new", -300, Ok(())),
            ("301 s ahead", vec!["whsec_new"], "whsec_new", -301, Err(FromFuture)),
            ("another secret", vec!["whsec_new"], "whsec_evil", 0, Err(SignatureWrong)),
            ("another secret, late", vec!["whsec_new"], "whsec_evil", 900, Err(SignatureWrong)),
            ("no secret known", vec![], "whsec_new", 0, Err(SignatureWrong)),
        ];
        for (case, known, signer, late, expected) in table {
            let header = sign(&Secret::new(signer), BODY, at(0));
            assert_eq!(verify(&secrets(&known), Some(&header), BODY, at(late)), expected, "{case}");
        }
    }

    #[test]
    fn a_changed_body_or_moment_is_refused() {
        let known = secrets(&["whsec_new"]);
        let header = sign(&known[0], BODY, at(0));
        for position in 0..BODY.len() {
            let mut body = BODY.to_vec();
            body[position] ^= 1;
            assert_eq!(verify(&known, Some(&header), &body, at(0)), Err(EventRefused::SignatureWrong));
        }
        let moved = header.replace("t=1780000000", "t=1780000001");
        assert_eq!(verify(&known, Some(&moved), BODY, at(0)), Err(EventRefused::SignatureWrong));
    }

    #[test]
    fn a_header_of_another_form_is_refused() {
        let known = secrets(&["whsec_new"]);
        let many = format!("t=1{}", ",v1=00".repeat(17));
        for header in ["", "t=1", "v1=00", "t=x,v1=00", "garbage", "t=1,v0=00", &many] {
            assert_eq!(verify(&known, Some(header), BODY, at(0)), Err(EventRefused::SignatureMalformed), "{header}");
        }
        assert_eq!(verify(&known, None, BODY, at(0)), Err(EventRefused::SignatureMissing));
    }

    #[test]
    fn one_genuine_signature_among_several_is_enough() {
        let known = secrets(&["whsec_new"]);
        let header = sign(&known[0], BODY, at(0)).replace(",v1=", ",v1=00ff,v0=ab,v1=");
        assert_eq!(verify(&known, Some(&header), BODY, at(0)), Ok(()));
    }
}
