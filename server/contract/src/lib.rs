//! The wire: every type and path of the JSON API, for the server, the browser code and other Rust programs.
//!
//! Money is `{"minor": 123450, "currency": "MXN"}`, dates are ISO 8601, unknown fields are refused.

pub mod access_link;
pub mod adjust;
pub mod audit;
pub mod call;
pub mod consent;
pub mod creditor;
pub mod debtor;
pub mod dispute;
pub mod dunning;
pub mod import;
pub mod invoice;
pub mod journal;
pub mod message_template;
pub mod method;
pub mod outreach;
pub mod page;
pub mod paths;
pub mod payment;
pub mod plan;
pub mod policy;
mod policy_body;
pub mod preview;
pub mod problem;
pub mod rehearsal;
pub mod reminder;
pub mod settlement;
pub mod silence;
pub mod subscriber;
pub mod transfer;
pub mod widget;
mod widget_choices;
pub mod widget_key;
mod widget_plan;
mod widget_statement;
pub mod widget_view;
