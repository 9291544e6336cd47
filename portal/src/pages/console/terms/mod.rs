//! Terms: discounts, plan templates and late charges. Finance drafts them, reads them in plain words, sees what they would
//! have cost, and publishes them from a date.
//!
//! List, draft, publication and history are one frame for all kinds. A kind plugs in as a [`KindEditor`] named by
//! [`editor`]: it says which fields there are, reads them into a policy and explains the policy beside them.

mod discount;
mod discount_form;
mod edit;
mod fields;
mod kind;
mod late_fee;
mod list;
mod plan;
mod plan_form;
mod replay;
mod show;

pub use edit::{EditView, PublishForm, VersionRow};
pub use kind::{FieldProblem, KindEditor, Typed, editor, kind_of, kind_title};
pub use list::{TermsRow, TermsView};
pub use replay::ReplayView;
pub use show::PolicyView;
