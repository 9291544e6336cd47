//! Signatures of Standard Webhooks 1.0: HMAC with SHA-256 of `id.timestamp.body`, one for each secret that is in force.

use crate::App;
use crate::credentials::sealed;
use crate::failure::{Failure, Fault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use saldo_domain::calendar::Timestamp;
use saldo_store::subscriber::SubscriberRow;
use sha2::Sha256;

/// A secret as its owner gets it.
pub fn secret_text(secret: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

/// The header `webhook-signature`, for secrets in the order in which they are listed.
///
/// # Errors
/// Never: any key fits.
pub fn signatures<'a>(secrets: impl Iterator<Item = &'a [u8]>, id: &str, seconds: i64, body: &str) -> String {
    let sign = |secret: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(body.as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    };
    secrets.map(sign).collect::<Vec<_>>().join(" ")
}

/// The secrets that sign at a moment: the present one, and the former one for a day.
pub(super) fn in_force(app: &App, row: &SubscriberRow, now: Timestamp) -> Result<Vec<Vec<u8>>, Failure> {
    let former = row.former.as_ref().filter(|former| former.until > now).map(|former| former.sealed.as_slice());
    let open = |sealed: &[u8]| {
        let opened = sealed::open(app, row.id.0, sealed);
        opened.ok_or_else(|| Fault::Other(format!("the secret of subscriber {} cannot be opened", row.id)).into())
    };
    [row.sealed_secret.as_slice()].into_iter().chain(former).map(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn the_known_example_is_signed_as_everybody_signs_it() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = r#"{"test": 2432232314}"#;
        let signed = signatures([secret.as_slice()].into_iter(), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = signatures([secret.as_slice(), b"other"].into_iter(), "a", 1, "{}");
        assert_eq!(both.split(' ').count(), 2);
    }
}
