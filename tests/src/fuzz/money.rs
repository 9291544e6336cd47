use saldo_domain::currency::Currency;
use saldo_domain::import::amounts::{self, AMOUNT_MAX_MINOR, parse_claim, parse_open};
use saldo_domain::import::dates::{DateForm, DateOrder, form, parse_date};
use saldo_domain::locale::{Language, Locale};

const LOCALES: [(Language, &str); 5] =
    [(Language::Es, "MX"), (Language::Es, "CL"), (Language::Es, "AR"), (Language::Pt, "BR"), (Language::En, "US")];

/// An amount as people and files write it: what is read is shown and read again as the same.
pub(super) fn run_money(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for code in ["MXN", "CLP", "BRL", "KWD"] {
        let currency: Currency = code.parse().expect("a currency");
        for (language, country) in LOCALES {
            let locale = Locale::new(language, country);
            let Ok(money) = locale.parse_money(text, currency) else { continue };
            for shown in [locale.money(money), locale.number(money)] {
                let again = locale.parse_money(&shown, currency);
                assert_eq!(again, Ok(money), "{text:?} is shown as {shown:?}");
            }
        }
        for mark in ['.', ','] {
            if let Ok(money) = parse_claim(text, currency, mark) {
                assert!((1..AMOUNT_MAX_MINOR).contains(&money.minor()), "{text:?}: {money:?}");
                assert_eq!(parse_open(text, currency, mark), Ok(money), "{text:?}");
            }
        }
    }
    let _ = amounts::form(text);
}

/// A date as files write it.
pub(super) fn run_date(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let orders = [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];
    let read = orders.map(|order| parse_date(text, order));
    for date in read.into_iter().flatten() {
        assert!((1970..=2199).contains(&date.year()), "{text:?}: {date}");
        for order in orders {
            assert_eq!(parse_date(&date.to_string(), order), Ok(date), "{text:?}");
        }
    }
    match form(text) {
        DateForm::Plain => assert!(read[0] == read[1] && read[1] == read[2], "{text:?}: {read:?}"),
        DateForm::Unknown => assert!(read.iter().all(Result::is_err), "{text:?}: {read:?}"),
        _ => {}
    }
}
