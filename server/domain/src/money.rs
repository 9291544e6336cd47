//! Money: an integer count of minor units with its currency. No float, no mixing, no silent overflow.

use crate::Refusal;
use crate::currency::Currency;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An amount in minor units (cents of MXN, whole pesos of CLP). May be negative: a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of `minor` minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The count of minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Whether more than nothing.
    pub fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Whether exactly nothing.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The amount, if it is above zero.
    ///
    /// # Errors
    /// `amount_not_positive`.
    pub fn positive(self) -> Result<Self, Refusal> {
        if self.is_positive() { Ok(self) } else { Err(Refusal::AmountNotPositive) }
    }

    fn same(self, other: Self) -> Result<(), Refusal> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(Refusal::CurrencyMismatch { left: self.currency, right: other.currency })
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// `currency_mismatch`, `amount_overflow`.
    pub fn plus(self, other: Self) -> Result<Self, Refusal> {
        self.same(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(Refusal::AmountOverflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// The difference.
    ///
    /// # Errors
    /// `currency_mismatch`, `amount_overflow`.
    pub fn minus(self, other: Self) -> Result<Self, Refusal> {
        self.same(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(Refusal::AmountOverflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// The amount with the other sign.
    ///
    /// # Errors
    /// `amount_overflow` for the one value without a counterpart.
    pub fn negated(self) -> Result<Self, Refusal> {
        self.minor.checked_neg().map(|minor| Self::new(minor, self.currency)).ok_or(Refusal::AmountOverflow)
    }

    /// The smaller of two amounts.
    ///
    /// # Errors
    /// `currency_mismatch`.
    pub fn min(self, other: Self) -> Result<Self, Refusal> {
        self.same(other)?;
        Ok(Self::new(self.minor.min(other.minor), self.currency))
    }

    /// The sum of amounts that all must be in `currency`.
    ///
    /// # Errors
    /// `currency_mismatch`, `amount_overflow`.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, Refusal> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }

    /// A share of `rate_bps` basis points, rounded half away from zero, once.
    ///
    /// # Errors
    /// `amount_overflow`.
    pub fn share(self, rate_bps: u32) -> Result<Self, Refusal> {
        let exact = Decimal::from(self.minor)
            .checked_mul(Decimal::from(rate_bps))
            .and_then(|product| product.checked_div(Decimal::from(10_000)))
            .ok_or(Refusal::AmountOverflow)?;
        let rounded = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        i64::try_from(rounded).map(|minor| Self::new(minor, self.currency)).map_err(|_| Refusal::AmountOverflow)
    }

    /// The part of an amount that `part` is of `whole`, rounded half away from zero, once; nothing where `whole` is zero.
    ///
    /// # Errors
    /// `amount_overflow`.
    pub fn times_ratio(self, part: i64, whole: i64) -> Result<Self, Refusal> {
        if whole == 0 {
            return Ok(Self::zero(self.currency));
        }
        let (product, whole) = (i128::from(self.minor) * i128::from(part), i128::from(whole));
        let half = if (product < 0) == (whole < 0) { whole / 2 } else { -(whole / 2) };
        let rounded = (product + half) / whole;
        i64::try_from(rounded).map(|minor| Self::new(minor, self.currency)).map_err(|_| Refusal::AmountOverflow)
    }

    /// Splits into `count` parts that sum to the whole and differ by at most one minor unit, the larger parts first.
    ///
    /// # Errors
    /// `amount_not_positive` when `count` is zero.
    pub fn split(self, count: u32) -> Result<Vec<Self>, Refusal> {
        if count == 0 {
            return Err(Refusal::AmountNotPositive);
        }
        let parts = i64::from(count);
        let (base, rest) = (self.minor.div_euclid(parts), self.minor.rem_euclid(parts));
        Ok((0..parts).map(|part| Self::new(base + i64::from(part < rest), self.currency)).collect())
    }
}
