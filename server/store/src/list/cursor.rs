use chrono::NaiveDate;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Where a page ended. It belongs to one order in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(super) order: String,
    pub(super) descending: bool,
    pub(super) value: Value,
    pub(super) id: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    None,
    Day(NaiveDate),
    Amount(i64),
    Text(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.descending { '-' } else { '+' };
        let value = match &self.value {
            Value::None => "n".to_owned(),
            Value::Day(day) => format!("d{day}"),
            Value::Amount(minor) => format!("a{minor}"),
            Value::Text(text) => format!("t{text}"),
        };
        let plain = format!("{direction}{}\u{1f}{}\u{1f}{value}", self.order, self.id.simple());
        plain.bytes().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A cursor that is not one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl FromStr for Place {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        read(text).ok_or(Unreadable)
    }
}

fn read(text: &str) -> Option<Place> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    let plain = String::from_utf8(text.as_bytes().chunks(2).map(pair).collect::<Option<Vec<u8>>>()?).ok()?;
    let mut parts = plain.splitn(3, '\u{1f}');
    let (order, id, value) = (parts.next()?, parts.next()?, parts.next()?);
    let descending = match order.chars().next()? {
        '-' => true,
        '+' => false,
        _ => return None,
    };
    let kind = value.chars().next()?;
    let rest = &value[kind.len_utf8()..];
    let value = match kind {
        'n' => Value::None,
        'd' => Value::Day(rest.parse().ok()?),
        'a' => Value::Amount(rest.parse().ok()?),
        // PostgreSQL keeps no NUL in a text.
        't' if !rest.contains('\0') => Value::Text(rest.to_owned()),
        _ => return None,
    };
    Some(Place { order: order[1..].to_owned(), descending, value, id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nothing_else_is() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
        for value in [Value::None, Value::Day(day), Value::Amount(-5), Value::Text("añ\u{1f}o".to_owned())] {
            let place = Place { order: "due".to_owned(), descending: true, value, id: Uuid::from_u128(7) };
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for text in ["", "x", "ff", "zz", "2d", "2d6475651f61", "+due", "ñ", "2B", "00"] {
            assert_eq!(text.parse::<Place>(), Err(Unreadable), "{text}");
        }
    }
}
