//! Which debts a policy is for.

use crate::Refusal;
use crate::currency::Currency;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The most characters of a tag.
pub const TAG_CHARS_MAX: usize = 40;
/// The most tags of one debtor.
pub const TAGS_MAX: usize = 20;

/// Debts in one currency, of debtors with a tag where one is named, between two amounts where they are named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Only debts in it.
    pub currency: Currency,
    /// Only debtors that have it; every debtor where none is named.
    #[serde(default)]
    pub tag: Option<String>,
    /// Only amounts of at least this.
    #[serde(default)]
    pub amount_min: Option<Money>,
    /// Only amounts of at most this.
    #[serde(default)]
    pub amount_max: Option<Money>,
}

impl Segment {
    /// Every debt in a currency.
    pub fn all(currency: Currency) -> Self {
        Self { currency, tag: None, amount_min: None, amount_max: None }
    }

    /// The segment, if its amounts are in its currency, are not negative and rise, and its tag is one.
    ///
    /// # Errors
    /// `currency_mismatch`, `amount_not_positive`, `segment_empty`, `tag_unreadable`.
    pub fn checked(mut self) -> Result<Self, Refusal> {
        for amount in [self.amount_min, self.amount_max].into_iter().flatten() {
            if amount.currency() != self.currency {
                return Err(Refusal::CurrencyMismatch { left: self.currency, right: amount.currency() });
            }
            amount.positive()?;
        }
        if let (Some(min), Some(max)) = (self.amount_min, self.amount_max)
            && min.minor() > max.minor()
        {
            return Err(Refusal::SegmentEmpty);
        }
        self.tag = self.tag.map(|tag| parse_tag(&tag)).transpose()?;
        Ok(self)
    }

    /// Whether a debt of this amount, of a debtor with these tags, is in it.
    pub fn covers(&self, amount: Money, tags: &[String]) -> bool {
        amount.currency() == self.currency
            && self.tag.as_ref().is_none_or(|tag| tags.contains(tag))
            && self.amount_min.is_none_or(|min| amount.minor() >= min.minor())
            && self.amount_max.is_none_or(|max| amount.minor() <= max.minor())
    }

    /// Whether two segments name the same kind of debtor and share an amount: a debt could not tell which is meant.
    pub fn overlaps(&self, other: &Self) -> bool {
        let min = |segment: &Self| segment.amount_min.map_or(i64::MIN, Money::minor);
        let max = |segment: &Self| segment.amount_max.map_or(i64::MAX, Money::minor);
        self.currency == other.currency && self.tag == other.tag && min(self) <= max(other) && min(other) <= max(self)
    }
}

/// Reads a tag: letters, digits, `-` and `_`, kept in lower case.
///
/// # Errors
/// `tag_unreadable`.
pub fn parse_tag(text: &str) -> Result<String, Refusal> {
    let tag = text.trim().to_lowercase();
    let fits = (1..=TAG_CHARS_MAX).contains(&tag.chars().count());
    if fits && tag.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        Ok(tag)
    } else {
        Err(Refusal::TagUnreadable)
    }
}

/// Reads a debtor's tags: each once, sorted.
///
/// # Errors
/// `tag_unreadable`, also for more than [`TAGS_MAX`].
pub fn parse_tags<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, Refusal> {
    let mut tags = texts.into_iter().map(parse_tag).collect::<Result<Vec<_>, _>>()?;
    tags.sort();
    tags.dedup();
    if tags.len() <= TAGS_MAX { Ok(tags) } else { Err(Refusal::TagUnreadable) }
}
