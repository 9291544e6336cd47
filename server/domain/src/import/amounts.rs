//! Amounts as files write them, and with which decimal mark.

use crate::Refusal;
use crate::currency::Currency;
use crate::import::fault::code;
use crate::locale::parse_amount;
use crate::money::Money;

/// The most minor units of one row: nine thousand of them still sum without leaving 64 bits.
pub const AMOUNT_MAX_MINOR: i64 = 1_000_000_000_000_000;

/// What the text of one amount says about the decimal mark of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountForm {
    /// It reads alike with every mark.
    Plain,
    /// Only with a decimal point.
    Point,
    /// Only with a decimal comma.
    Comma,
    /// Both ways: one mark with three digits behind it (`1.234`).
    Either,
    /// Not an amount with any mark.
    Unknown,
}

/// What an amount's text says about the decimal mark of its file.
pub fn form(text: &str) -> AmountForm {
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let decimal = |mark| if mark == '.' { AmountForm::Point } else { AmountForm::Comma };
    let other = |mark| if mark == '.' { AmountForm::Comma } else { AmountForm::Point };
    match (points, commas) {
        (0, 0) => AmountForm::Plain,
        (1, 0) => single(text, '.').map_or(AmountForm::Either, |()| decimal('.')),
        (0, 1) => single(text, ',').map_or(AmountForm::Either, |()| decimal(',')),
        (_, 0) => other('.'),
        (0, _) => other(','),
        (1, _) if text.rfind('.') > text.rfind(',') => AmountForm::Point,
        (_, 1) if text.rfind(',') > text.rfind('.') => AmountForm::Comma,
        _ => AmountForm::Unknown,
    }
}

/// Whether the one mark in a text can only be a decimal mark: a thousands mark has three digits behind it and one to three
/// before it, the first of them not zero.
fn single(text: &str, mark: char) -> Option<()> {
    let (before, behind) = text.split_once(mark)?;
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    let leading_zero = before.chars().find(char::is_ascii_digit) == Some('0');
    (digits(behind) != 3 || !(1..=3).contains(&digits(before)) || leading_zero).then_some(())
}

/// Reads an amount above zero.
///
/// # Errors
/// `amount_negative` (a minus before or behind, or parentheses), `amount_not_positive`, `amount_unreadable`,
/// `too_many_decimals`, `amount_overflow`.
pub fn parse_claim(text: &str, currency: Currency, decimal_mark: char) -> Result<Money, &'static str> {
    let amount = parse_open(text, currency, decimal_mark)?;
    if amount.is_positive() { Ok(amount) } else { Err(code::AMOUNT_NOT_POSITIVE) }
}

/// Reads an amount of zero or more.
///
/// # Errors
/// Those of [`parse_claim`], but for `amount_not_positive`.
pub fn parse_open(text: &str, currency: Currency, decimal_mark: char) -> Result<Money, &'static str> {
    let text = text.trim();
    let is_minus = |c: char| matches!(c, '-' | '\u{2212}' | '\u{2013}');
    let parentheses = text.starts_with('(') && text.ends_with(')');
    let negative = parentheses || text.contains(is_minus);
    let is_sign = |c: char| is_minus(c) || (parentheses && matches!(c, '(' | ')'));
    let bare: String = text.chars().filter(|c| !is_sign(*c)).collect();
    let amount = parse_amount(&bare, currency, decimal_mark).map_err(|refusal| match refusal {
        Refusal::TooManyDecimals { .. } => code::TOO_MANY_DECIMALS,
        Refusal::AmountOverflow => code::AMOUNT_OVERFLOW,
        _ => code::AMOUNT_UNREADABLE,
    })?;
    match amount.minor() {
        0 => Ok(amount),
        _ if negative => Err(code::AMOUNT_NEGATIVE),
        AMOUNT_MAX_MINOR.. => Err(code::AMOUNT_OVERFLOW),
        _ => Ok(amount),
    }
}
