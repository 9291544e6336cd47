//! How long items have been owed.

use crate::Refusal;
use crate::calendar::Date;
use crate::currency::Currency;
use crate::invoice::OpenItem;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// How long an item is past its due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgingBucket {
    /// Not past due; the due date itself counts here.
    Current,
    /// 1 to 30 days past due.
    D1To30,
    /// 31 to 60 days past due.
    D31To60,
    /// 61 to 90 days past due.
    D61To90,
    /// More than 90 days past due.
    Over90,
}

impl AgingBucket {
    /// Every bucket, youngest first.
    pub const ALL: [Self; 5] = [Self::Current, Self::D1To30, Self::D31To60, Self::D61To90, Self::Over90];

    /// The bucket of a count of days past due.
    pub fn of(days_past_due: i32) -> Self {
        match days_past_due {
            ..=0 => Self::Current,
            1..=30 => Self::D1To30,
            31..=60 => Self::D31To60,
            61..=90 => Self::D61To90,
            _ => Self::Over90,
        }
    }
}

/// Outstanding amounts by bucket, in one currency; buckets without anything are there with zero.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`.
pub fn age(items: &[OpenItem], currency: Currency, as_of: Date) -> Result<[(AgingBucket, Money); 5], Refusal> {
    let mut aged = AgingBucket::ALL.map(|bucket| (bucket, Money::zero(currency)));
    for item in items {
        let bucket = AgingBucket::of(item.days_past_due(as_of));
        for (candidate, sum) in &mut aged {
            if *candidate == bucket {
                *sum = sum.plus(item.outstanding)?;
            }
        }
    }
    Ok(aged)
}
