//! Stripe's minor units, which differ from ISO 4217: <https://docs.stripe.com/currencies>.

use crate::payment::AmountRefused;
use saldo_domain::currency::Currency;
use std::str::FromStr;

/// "Zero-decimal currencies" of Stripe's page. ISO gives the ariary (MGA) two decimals; Stripe none.
const WITHOUT_DECIMALS: [&str; 15] =
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];

/// "Three-decimal currencies" of Stripe's page: the last digit must be zero.
const WITH_THREE_DECIMALS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// How many decimals Stripe counts. All others have two; among them the "special cases" króna (ISK) and Ugandan shilling
/// (UGX), which have no fraction but are written with two zeros ("to charge 5 ISK, provide 500"), and the forint (HUF) and
/// Taiwan dollar (TWD), whose limit to whole units concerns payouts and not charges.
pub(super) fn decimals(currency: Currency) -> Result<u8, AmountRefused> {
    match currency.code() {
        code if WITHOUT_DECIMALS.contains(&code) => Ok(0),
        code if WITH_THREE_DECIMALS.contains(&code) => Ok(3),
        _ => name(currency).map(|_| 2),
    }
}

/// The largest step in which Stripe takes an amount.
pub(super) fn step(currency: Currency) -> i64 {
    if WITH_THREE_DECIMALS.contains(&currency.code()) { 10 } else { 1 }
}

/// Stripe's own name of a currency.
pub(super) fn name(currency: Currency) -> Result<stripe_types::Currency, AmountRefused> {
    let Ok(name) = stripe_types::Currency::from_str(&currency.code().to_ascii_lowercase());
    match name {
        stripe_types::Currency::Unknown(_) if !WITH_THREE_DECIMALS.contains(&currency.code()) => {
            Err(AmountRefused::CurrencyUnsupported { currency })
        }
        known => Ok(known),
    }
}
