//! What people write in their own words.

use crate::Refusal;
use crate::card_number::refuse_card_number;

/// Whether a character may stand in a line that is shown beside others: no control, no end of a line, nothing that turns
/// the order of what stands around it (UAX 9: embeddings, overrides, isolates).
pub fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A message of 1 to `max` characters in one or several lines, without a card number.
///
/// # Errors
/// `text_length` (also for characters other than line ends and tabs that are not [shown](is_shown)), `card_number_in_text`.
pub fn message(field: &'static str, value: &str, max: usize) -> Result<String, Refusal> {
    let value = value.trim().replace("\r\n", "\n");
    let printable = |c: char| is_shown(c) || matches!(c, '\n' | '\t');
    if value.is_empty() || value.chars().count() > max || !value.chars().all(printable) {
        return Err(Refusal::TextLength { field, max });
    }
    refuse_card_number(&value)?;
    Ok(value)
}

/// [`message`] in one line.
///
/// # Errors
/// Those of [`message`].
pub fn line(field: &'static str, value: &str, max: usize) -> Result<String, Refusal> {
    let value = message(field, value, max)?;
    if value.contains(['\n', '\t']) { Err(Refusal::TextLength { field, max }) } else { Ok(value) }
}

/// [`message`] where nothing needs to be said: blank text is none.
///
/// # Errors
/// Those of [`message`].
pub fn optional(field: &'static str, value: &str, max: usize) -> Result<Option<String>, Refusal> {
    if value.trim().is_empty() { Ok(None) } else { message(field, value, max).map(Some) }
}
