//! One-time codes by time (RFC 6238): six digits, thirty seconds, one step of tolerance to each side.

use super::sealed;
use crate::App;
use crate::failure::{Failure, Fault};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use saldo_domain::Refusal;
use saldo_domain::ids::MemberId;
use totp_rs::{Builder, Secret, Totp};

const SECRET_BYTES: usize = 20;

/// How an authenticator learns a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// For typing in, in groups of four.
    pub secret: String,
    /// The same for a camera: an SVG element.
    pub qr_svg: String,
}

/// A new secret, sealed.
///
/// # Errors
/// A fault of the seal.
pub fn propose(app: &App, member: MemberId) -> Result<Vec<u8>, Failure> {
    let secret = app.ambient().secret();
    let sealed = sealed::seal(app, member.0, &secret[..SECRET_BYTES]);
    sealed.ok_or_else(|| Fault::Other("a secret could not be sealed".to_owned()).into())
}

fn opened(app: &App, member: MemberId, sealed: &[u8]) -> Option<[u8; SECRET_BYTES]> {
    sealed::open(app, member.0, sealed)?.try_into().ok()
}

fn totp(secret: [u8; SECRET_BYTES]) -> Option<Totp> {
    Builder::new().with_secret(secret).build().ok()
}

/// What an authenticator is shown of a sealed secret.
///
/// # Errors
/// A fault where the seal does not open or the picture cannot be drawn.
pub fn enrolment(app: &App, member: MemberId, sealed: &[u8], issuer: &str, email: &str) -> Result<Enrolment, Failure> {
    let fault = |what: &str| Failure::from(Fault::Other(what.to_owned()));
    let secret = opened(app, member, sealed).ok_or_else(|| fault("a sealed secret does not open"))?;
    let secret = Secret::from(secret).to_base32();
    let (issuer, email) = (encoded(&issuer.replace(':', " ")), encoded(email));
    let url = format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}");
    let code = QrCode::with_error_correction_level(url.as_bytes(), EcLevel::M);
    let code = code.map_err(|error| fault(&format!("a QR code: {error}")))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    let qr_svg = drawn.find("<svg").map_or(String::new(), |start| drawn[start..].to_owned());
    let groups: Vec<&str> =
        (0..secret.len()).step_by(4).map(|start| &secret[start..secret.len().min(start + 4)]).collect();
    Ok(Enrolment { secret: groups.join(" "), qr_svg })
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@');
    let byte = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(byte).collect()
}

/// The time step of a code that fits now. The caller sees to it that no step counts twice.
///
/// # Errors
/// `code_refused`.
pub fn step_of(app: &App, member: MemberId, sealed: Option<&[u8]>, code: &str) -> Result<i64, Failure> {
    let totp = sealed.and_then(|sealed| opened(app, member, sealed)).and_then(totp);
    let seconds = u64::try_from(app.now().as_second()).unwrap_or(0);
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp.and_then(|totp| totp.check(&digits, seconds));
    step.and_then(|step| i64::try_from(step).ok()).ok_or_else(|| Refusal::CodeRefused.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_at(secret: &str, seconds: u64) -> Option<String> {
        let secret = Secret::try_from_base32(secret).ok()?;
        Some(Builder::new().with_secret(secret).build().ok()?.generate(seconds).to_string())
    }

    /// The vectors of RFC 6238, appendix B, for SHA-1, cut to six digits.
    #[test]
    fn the_codes_of_the_standard_come_out() {
        let secret = Secret::from(*b"12345678901234567890").to_base32();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(&secret, seconds).as_deref(), Some(code), "{seconds}");
        }
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(encoded("Café & Té"), "Caf%C3%A9%20%26%20T%C3%A9");
    }
}
