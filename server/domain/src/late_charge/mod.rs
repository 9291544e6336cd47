//! What paying late costs: a fee once, simple interest by the day, explained line by line and capped.

mod charges;
mod policy;

pub use charges::{ChargeLine, ChargePause, ChargeReason, ChargeStanding, charges, interest_from};
pub use policy::{ANNUAL_RATE_BPS_MAX, ChargeCap, GRACE_DAYS_MAX, LateFee, LateFeePolicy, PERIOD_DAYS_MAX};
