//! Early-payment discounts: a policy of the creditor, terms frozen on the invoice, the price of paying now.

mod cost;
mod policy;
mod price;
mod replay;
mod terms;

pub use cost::annualised_cost;
pub use policy::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, GRACE_MINUTES_MAX, PartPayments, RATE_WHOLE_BPS,
    Reduction, TIER_DAYS_MAX, TIERS_MAX, TierUntil,
};
pub use price::{DiscountPrice, honoured, price, price_by_value_date};
pub use replay::{PaidInvoice, PaidPart, Replay, ReplayMonth, replay};
pub use terms::{
    DiscountOffer, DiscountStep, DiscountTerms, ExtraDiscount, InvoiceFacts, TermsSource, extra, grant, grant_one,
};
