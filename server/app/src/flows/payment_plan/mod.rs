//! Payment plans: offered, proposed, accepted, approved, ended, looked at as time passes.
//!
//! Every change is made under the debtor's lock and audited; amounts come from the books and the templates in force alone.

mod accept;
mod charge;
mod decide;
mod desk;
mod notify;
mod offer;
mod propose;
mod review;
mod show;

pub use accept::{AcceptPlan, AcceptProposed, accept, accept_proposed, decline};
pub use decide::{approve, cancel, reject};
pub use desk::{PlanDesk, desk};
pub use notify::{PlanNotice, send};
pub use offer::{OfferedPlan, Wanted, offers, offers_beside, offers_for, preview};
pub use propose::{ProposePlan, propose};
pub use review::review_due;
pub use show::{PlanView, one_view, page_of_views, show_own, views};
