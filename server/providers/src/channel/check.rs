//! What every channel refuses before anything leaves.

use super::{ChannelFault, Letter, Outgoing};

/// The most characters of a text message (Twilio's own limit).
pub(super) const TEXT_CHARS_MAX: usize = 1_600;
/// The most characters of a message on WhatsApp (Meta's own limit).
pub(super) const WHATSAPP_CHARS_MAX: usize = 4_096;
const BANNER_CHARS_MAX: usize = 200;
const SCRIPT_CHARS_MAX: usize = 10_000;
const LETTER_CHARS_MAX: usize = 20_000;
/// Lines of an address that the window of an envelope shows.
const ADDRESS_LINES_MAX: usize = 6;

impl Outgoing {
    /// Checks what the wire could not carry.
    ///
    /// # Errors
    /// `Permanent` for an address or a text that could never arrive.
    pub fn check(&self) -> Result<(), ChannelFault> {
        match self {
            Self::Mail(mail) => super::compose::compose(mail).map(|_| ()),
            Self::Text(text) => number(&text.to).and_then(|()| body(&text.body, TEXT_CHARS_MAX)),
            Self::Whatsapp(message) => number(&message.to).and_then(|()| body(&message.body, WHATSAPP_CHARS_MAX)),
            Self::Letter(letter) => check_letter(letter),
            Self::Call(call) => body(&call.script, SCRIPT_CHARS_MAX),
            Self::Banner(banner) => body(&banner.text, BANNER_CHARS_MAX),
        }
    }
}

/// A number as E.164 writes it: a plus, then 8 to 15 digits of which the first is not zero.
pub(super) fn number(text: &str) -> Result<(), ChannelFault> {
    let digits = text.strip_prefix('+').unwrap_or_default();
    let fits = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
    if fits && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(ChannelFault::permanent("the number is not E.164"))
}

fn body(text: &str, chars_max: usize) -> Result<(), ChannelFault> {
    if text.trim().is_empty() {
        return Err(ChannelFault::permanent("the message says nothing"));
    }
    if text.chars().count() > chars_max {
        return Err(ChannelFault::permanent(format!("the message is longer than {chars_max} characters")));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(ChannelFault::permanent("a control character in the message"));
    }
    Ok(())
}

fn check_letter(letter: &Letter) -> Result<(), ChannelFault> {
    let lines = letter.recipient.iter().filter(|line| !line.trim().is_empty()).count();
    if !(2..=ADDRESS_LINES_MAX).contains(&lines) || lines != letter.recipient.len() {
        return Err(ChannelFault::permanent("an address of two to six lines is needed"));
    }
    body(&letter.body, LETTER_CHARS_MAX)
}
