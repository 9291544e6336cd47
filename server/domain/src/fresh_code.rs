//! The fresh code that a plan, saved methods and personal data ask for: six digits, sent to the contact on file.

use crate::Refusal;
use crate::calendar::Timestamp;
use jiff::SignedDuration;

/// How many digits it has.
pub const DIGITS: usize = 6;
/// How many minutes a code can be entered, and how many minutes a session that entered it stays open for what needs it.
pub const MINUTES: i64 = 10;
/// How often one code may be tried.
pub const TRIES_MAX: u32 = 5;

/// A code that was sent, without its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreshCode {
    /// When it ends.
    pub expires_at: Timestamp,
    /// How often it may still be tried.
    pub tries_left: u32,
    /// When it was entered.
    pub used_at: Option<Timestamp>,
}

impl FreshCode {
    /// Whether it can be entered at a moment.
    pub fn is_live(&self, at: Timestamp) -> bool {
        self.used_at.is_none() && self.tries_left > 0 && at < self.expires_at
    }

    /// The code after one try.
    ///
    /// # Errors
    /// `code_ended` when it can no longer be tried.
    pub fn tried(self, right: bool, at: Timestamp) -> Result<Self, Refusal> {
        if !self.is_live(at) {
            return Err(Refusal::CodeEnded);
        }
        Ok(if right {
            Self { used_at: Some(at), ..self }
        } else {
            Self { tries_left: self.tries_left.saturating_sub(1), ..self }
        })
    }
}

/// Ten minutes from a moment.
///
/// # Errors
/// `date_out_of_range`.
pub fn until(at: Timestamp) -> Result<Timestamp, Refusal> {
    at.checked_add(SignedDuration::from_mins(MINUTES)).map_err(|_| Refusal::DateOutOfRange)
}

/// Six digits of random bits.
pub fn digits(random: u64) -> String {
    format!("{:06}", random % 1_000_000)
}

/// What was typed, as digits alone: spaces and dashes are how people read a code aloud.
///
/// # Errors
/// `code_unreadable` for anything but six digits.
pub fn read(typed: &str) -> Result<String, Refusal> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let fits = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    if fits { Ok(digits) } else { Err(Refusal::CodeUnreadable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_ends_by_time_by_use_and_by_five_tries() {
        let start = at("2026-03-03T15:00:00Z");
        let code = FreshCode { expires_at: until(start).unwrap(), tries_left: TRIES_MAX, used_at: None };
        assert!(code.is_live(at("2026-03-03T15:09:59Z")));
        assert!(!code.is_live(at("2026-03-03T15:10:00Z")));
        let mut tried = code;
        for left in (0..TRIES_MAX).rev() {
            tried = tried.tried(false, start).unwrap();
            assert_eq!(tried.tries_left, left);
        }
        assert_eq!(tried.tried(true, start), Err(Refusal::CodeEnded));
        let used = code.tried(true, start).unwrap();
        assert_eq!(used.tried(true, start), Err(Refusal::CodeEnded));
    }

    #[test]
    fn six_digits_are_read_however_they_are_grouped() {
        for (typed, read_as) in [
            ("123456", Some("123456")),
            (" 123 456 ", Some("123456")),
            ("012-345", Some("012345")),
            ("12345", None),
            ("1234567", None),
            ("12345a", None),
            ("１２３４５６", None),
            ("", None),
        ] {
            assert_eq!(read(typed).ok().as_deref(), read_as, "{typed:?}");
        }
        assert_eq!(digits(42), "000042");
        assert_eq!(digits(9_999_999), "999999");
    }
}
