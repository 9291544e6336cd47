//! `X-Twilio-Signature`: base64 of HMAC-SHA1 over the address and, for a form, each of its fields' name and value in the
//! order of the names (<https://www.twilio.com/docs/usage/security#validating-requests>).

use crate::Secret;
use crate::payment::EventRefused;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign as digest, verify as check};

/// Signs a request as Twilio does. For the double.
pub fn sign(token: &Secret, url: &str, fields: &[(String, String)]) -> String {
    STANDARD.encode(digest(&key(token), signed(url, fields).as_bytes()))
}

pub(super) fn verify(
    token: &Secret,
    header: Option<&str>,
    url: &str,
    fields: &[(String, String)],
) -> Result<(), EventRefused> {
    let header = header.ok_or(EventRefused::SignatureMissing)?;
    let signature = STANDARD.decode(header.trim()).map_err(|_| EventRefused::SignatureMalformed)?;
    check(&key(token), signed(url, fields).as_bytes(), &signature).map_err(|_| EventRefused::SignatureWrong)
}

fn key(token: &Secret) -> Key {
    Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.expose().as_bytes())
}

fn signed(url: &str, fields: &[(String, String)]) -> String {
    let mut sorted: Vec<&(String, String)> = fields.iter().collect();
    sorted.sort();
    sorted.dedup();
    sorted.iter().fold(url.to_owned(), |text, (name, value)| text + name + value)
}

#[cfg(test)]
mod tests {
    use super::{Secret, sign, verify};
    use crate::payment::EventRefused;

    /// The example of Twilio's own documentation of its scheme.
    #[test]
    fn the_documented_example_is_genuine() {
        let fields = [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675310"),
            ("Digits", "1234"),
            ("From", "+14158675310"),
            ("To", "+18005551212"),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let (token, url) = (Secret::new("12345"), "https://example.com/myapp.php?foo=1&bar=2");
        let header = sign(&token, url, &fields);
        assert_eq!(header, "L/OH5YylLD5NRKLltdqwSvS0BnU=");
        assert_eq!(verify(&token, Some(&header), url, &fields), Ok(()));
        let other = verify(&token, Some(&header), "https://example.com/myapp.php?foo=1", &fields);
        assert_eq!(other, Err(EventRefused::SignatureWrong));
        assert_eq!(verify(&Secret::new("x"), Some(&header), url, &fields), Err(EventRefused::SignatureWrong));
        assert_eq!(verify(&token, None, url, &fields), Err(EventRefused::SignatureMissing));
        assert_eq!(verify(&token, Some("%"), url, &fields), Err(EventRefused::SignatureMalformed));
    }
}
