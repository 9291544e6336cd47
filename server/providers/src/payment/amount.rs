use saldo_domain::currency::Currency;
use saldo_domain::money::Money;

/// Why an amount cannot be taken at a provider.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountRefused {
    /// The provider does not take this currency.
    #[error("the provider does not take {currency}")]
    CurrencyUnsupported {
        /// The currency.
        currency: Currency,
    },
    /// The amount has a fraction that the provider, or the currency, does not know.
    #[error("the provider cannot take {amount:?} exactly")]
    NotPayable {
        /// The amount.
        amount: Money,
    },
    /// Zero or less.
    #[error("the amount must be above zero")]
    NotPositive,
    /// Outside of 64-bit minor units.
    #[error("the amount is too large")]
    Overflow,
}

impl AmountRefused {
    /// The stable code, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CurrencyUnsupported { .. } => "currency_unsupported",
            Self::NotPayable { .. } => "amount_not_payable",
            Self::NotPositive => "amount_not_positive",
            Self::Overflow => "amount_overflow",
        }
    }
}

/// Moves a count of minor units from one number of decimals to another, exactly or not at all.
pub(super) fn rescale(minor: i64, from: u8, to: u8, currency: Currency) -> Result<i64, AmountRefused> {
    if to >= from {
        return 10_i64
            .checked_pow(u32::from(to - from))
            .and_then(|factor| minor.checked_mul(factor))
            .ok_or(AmountRefused::Overflow);
    }
    let factor = 10_i64.checked_pow(u32::from(from - to)).ok_or(AmountRefused::Overflow)?;
    if minor % factor == 0 {
        Ok(minor / factor)
    } else {
        Err(AmountRefused::NotPayable { amount: Money::new(minor, currency) })
    }
}
