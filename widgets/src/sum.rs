//! What a selection comes to, by the arithmetic of the server.

use saldo_domain::currency::Currency;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;

/// The sum of `prices` in minor units, in the form of `tag` (`es-MX`): with the currency's sign in its own country, and
/// always with its code where `by_code`. None where the currency or the language is unknown, or the sum overflows.
pub fn total(prices: &[i64], currency: &str, tag: &str, by_code: bool) -> Option<String> {
    let currency = Currency::try_new(currency).ok()?;
    let locale = locale(tag)?;
    let mut sum = Money::zero(currency);
    for price in prices {
        sum = sum.plus(Money::new(*price, currency)).ok()?;
    }
    Some(if by_code { format!("{currency}\u{a0}{}", locale.number(sum)) } else { locale.money(sum) })
}

fn locale(tag: &str) -> Option<Locale> {
    let (language, country) = tag.split_once('-').unwrap_or((tag, ""));
    Some(Locale::new(Language::try_new(language).ok()?, country))
}

#[cfg(test)]
mod tests {
    use super::total;

    #[test]
    fn a_selection_is_summed_and_written_as_the_server_writes_it() {
        for (prices, currency, tag, by_code, text) in [
            (&[184_000, 64_250][..], "MXN", "es-MX", false, Some("$2,482.50")),
            (&[184_000], "MXN", "es-MX", true, Some("MXN\u{a0}1,840.00")),
            (&[125_090], "BRL", "pt-BR", false, Some("R$\u{a0}1.250,90")),
            (&[12_500], "CLP", "es-CL", false, Some("$12.500")),
            (&[100], "USD", "es", false, Some("USD\u{a0}1,00")),
            (&[], "MXN", "en-MX", false, Some("$0.00")),
            (&[i64::MAX, 1], "MXN", "es-MX", false, None),
            (&[1], "nothing", "es-MX", false, None),
            (&[1], "MXN", "fr-FR", false, None),
        ] {
            assert_eq!(total(prices, currency, tag, by_code).as_deref(), text, "{prices:?} {currency} {tag}");
        }
    }
}
