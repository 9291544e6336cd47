//! The API, the flows and the jobs of Saldo: what happens, in which order, in which database transaction.
//!
//! `flows/` has one file for each verb. Pages (`portal`) and the JSON API (`http`) call the same flows.

pub mod access_token;
pub mod ambient;
pub mod channels;
pub mod config;
mod core;
mod credentials;
pub mod failure;
pub mod flows;
pub mod http;
pub mod i18n;
pub mod import;
pub mod jobs;
pub mod limits;
pub mod mail;
pub mod metrics;
pub mod paper;
mod phone;
pub mod secret;
#[cfg(feature = "failpoints")]
mod watched;
pub mod wording;

pub use crate::core::{App, Parts};
#[cfg(feature = "failpoints")]
pub use saldo_store::fail_point::pass as pass_fail_point;
/// What lists are asked with, as the store has it.
pub mod lists {
    pub use saldo_store::debtor::DebtorName;
    pub use saldo_store::inbound_event::InboundEventState;
    pub use saldo_store::list::{
        AskFault, Asked, DEBTORS, DISPUTES, Frame, INVOICES, Listing, Order, PAYMENTS, PLANS, PROMISES, State, Wanted,
    };
    pub use saldo_store::reminder::ReminderState;
    pub use saldo_store::{Cursor, Page, PageRequest};
}

pub use failure::{AppRefusal, Failure, Fault};
