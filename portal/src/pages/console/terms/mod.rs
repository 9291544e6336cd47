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
mod ladder;
mod ladder_form;
mod late_fee;
mod list;
mod message;
mod message_form;
mod message_preview;
mod plan;
mod plan_form;
mod reader;
mod replay;
mod show;
mod time_line;

pub use edit::{EditView, PublishForm, VersionRow, live};
pub use kind::{Around, FieldProblem, KindEditor, Typed, editor, kind_of, kind_title};
pub use list::{TermsRow, TermsView};
pub use message_form::{preview as preview_wish, problem_place};
pub use replay::ReplayView;
pub use show::PolicyView;
