//! Phone numbers, as every door reads them.

use phonenumber::Mode;
use saldo_domain::Refusal;

/// The most characters of a number as somebody writes it.
const CHARS_MAX: usize = 40;

/// Reads a phone number with its country code, or as it is written in a country (two letters of ISO 3166); answers the
/// form of E.164.
///
/// # Errors
/// `phone_unreadable` for what is no number, or none that can exist.
pub fn parse_phone(text: &str, country: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > CHARS_MAX {
        return Err(Refusal::PhoneUnreadable);
    }
    // With its country code a number says itself where it is from.
    let home = if text.starts_with('+') { None } else { country.to_ascii_uppercase().parse().ok() };
    let number = phonenumber::parse(home, text).map_err(|_| Refusal::PhoneUnreadable)?;
    if number.extension().is_some() || !phonenumber::is_valid(&number) {
        return Err(Refusal::PhoneUnreadable);
    }
    Ok(number.format().mode(Mode::E164).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_of_a_country_write_them() {
        let table = [
            ("+52 55 1234 5678", "CO", Some("+525512345678")),
            ("55 1234 5678", "MX", Some("+525512345678")),
            ("(601) 234 5678", "co", Some("+576012345678")),
            ("300 123 4567", "CO", Some("+573001234567")),
            ("+56 9 8765 4321", "MX", Some("+56987654321")),
            ("(11) 91234-5678", "BR", Some("+5511912345678")),
            ("612 34 56 78", "ES", Some("+34612345678")),
            ("(212) 555-0123", "US", Some("+12125550123")),
            ("987 654 321", "PE", Some("+51987654321")),
            ("123", "MX", None),
            ("55 1234 5678", "XX", None),
            ("55 1234 567", "MX", None),
            ("call me", "MX", None),
            ("", "MX", None),
            ("+999 123456789", "MX", None),
            ("4111 1111 1111 1111", "MX", None),
            ("(212) 555-0123 ext. 7", "US", None),
        ];
        for (text, country, expected) in table {
            let found = parse_phone(text, country);
            assert_eq!(found.as_deref().ok(), expected, "{text} in {country}");
            if let Ok(number) = found {
                assert!(saldo_domain::consent::is_e164(&number));
                assert_eq!(parse_phone(&number, "US"), Ok(number.clone()), "the form itself is read anywhere");
            }
        }
    }
}
