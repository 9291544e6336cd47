//! Questions from a seed, the same on every machine.

use jiff::ToSpan;
use jiff::civil::Date;
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;

/// A sequence of numbers (SplitMix64).
pub struct Draw(u64);

impl Draw {
    /// The sequence of a seed and a rule.
    pub fn new(seed: u64, rule: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ rule)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A count from `start` to `end`, both possible.
    pub fn count(&mut self, start: u32, end: u32) -> u32 {
        start + u32::try_from(self.below(u64::from(end - start) + 1)).unwrap_or(0)
    }

    /// One of some things.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        let place = usize::try_from(self.below(of.len() as u64)).unwrap_or(0);
        of[place]
    }

    /// A currency with two decimals or none.
    pub fn currency(&mut self) -> Currency {
        self.one(&[Currency::MXN, Currency::BRL, Currency::CLP, Currency::USD])
    }

    /// An amount from one minor unit up, of any size that people owe.
    pub fn amount(&mut self, currency: Currency) -> Money {
        let size = self.one(&[100, 10_000, 1_000_000, 100_000_000, 90_000_000_000_000]);
        Money::new(1 + i64::try_from(self.below(size)).unwrap_or(0), currency)
    }

    /// A date that may be a month's end or a leap day.
    pub fn date(&mut self) -> Date {
        let ends = ["2026-01-31", "2028-02-29", "2027-02-28", "2026-12-31", "2026-03-30", "2026-10-25"];
        let end: Date = self.one(&ends).parse().unwrap_or(Date::ZERO);
        match self.below(3) {
            0 => end,
            _ => end.saturating_add(i64::try_from(self.below(700)).unwrap_or(0).days()),
        }
    }
}

/// An amount as a field shows it.
pub fn shown(money: Money) -> String {
    format!("{} {}", money.currency().code(), money.minor())
}

/// A refusal as the only field of an answer.
pub fn refused(refusal: &Refusal) -> Vec<(String, String)> {
    vec![("refused".to_owned(), format!("{} {refusal}", refusal.code()))]
}

/// A field.
pub fn field(name: impl Into<String>, value: impl ToString) -> (String, String) {
    (name.into(), value.to_string())
}
