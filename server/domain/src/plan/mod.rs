//! Payment plans: what policy allows, what a debtor may choose, what was agreed, and how it stands.
//!
//! A plan keeps no counter of payments: what is paid is its total less what is open of its items, so that statement, ledger
//! and plan cannot disagree, and money that a bank takes back opens an instalment by itself.

mod agree;
mod offer;
pub mod picking;
#[expect(clippy::module_inception, reason = "the plan itself, beside its template, schedule, offers and progress")]
mod plan;
mod progress;
mod propose;
mod review;
mod schedule;
mod template;

pub use offer::{Applicant, PlanOffer, may_propose, offer_of, offers};
pub use plan::{Acceptance, Approved, BreakReason, CancelReason, PaymentPlan, PlanState, PlanTerms, plan_of_item};
pub use progress::{
    EarlyPayment, InstalmentStanding, InstalmentState, PlanProgress, amount_of, progress, settle_early, unearned_charge,
};
pub use propose::{PlanRequest, propose};
pub use review::review;
pub use schedule::{PlanChoice, Schedule, ScheduledInstalment, counts, first_dates, schedule};
pub use template::{
    Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, INSTALMENTS_MAX, INSTALMENTS_MIN, PlanCharge,
    PlanTemplate, ProposeAgain,
};
