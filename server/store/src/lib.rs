//! The only SQL of Saldo: SQLite and PostgreSQL behind one set of functions.
//!
//! Every function takes a [`Tx`] and, right after it, the [`CreditorId`](saldo_domain::ids::CreditorId) whose rows it may
//! see. What a caller must decide on is a [`StoreFault`]; SQL and rows never leave this crate.
//!
//! Moments are kept to the microsecond: finer parts are cut off when they are written.

pub mod access_link;
pub mod account;
pub mod amendment;
pub mod api_key;
pub mod attachment;
pub mod attempt;
pub mod audit;
pub mod autopay;
pub mod banner;
mod bulk;
pub mod call_task;
pub mod chargeback;
pub mod code;
mod codec;
pub mod consent;
pub mod contact_preference;
pub mod creditor;
pub mod debtor;
mod debtor_list;
mod debtor_upsert;
mod debtor_wake;
mod debtor_words;
pub mod dispute;
mod fault;
pub mod figures;
pub mod given_back;
pub mod hold;
pub mod idempotency;
pub mod import;
pub mod inbound_event;
pub mod invoice;
mod invoice_change;
pub mod invoice_sending;
pub mod job;
mod job_claim;
pub mod journal;
pub mod late_charge;
pub mod letter;
pub mod list;
pub mod mail;
pub mod member;
mod member_change;
pub mod member_token;
pub mod message;
mod message_change;
pub mod method_setup;
mod migration;
mod page;
pub mod paid_history;
mod parity;
pub mod payment;
mod payment_change;
pub mod payment_plan;
mod payment_plan_list;
pub mod plan;
pub mod policy;
pub mod promise;
pub mod refund;
pub mod rehearsal;
pub mod reminder;
mod reminder_change;
pub mod reply;
pub mod saved_method;
pub mod session;
pub mod settlement_offer;
pub mod snapshot;
mod store;
mod table;
pub mod totals;
pub mod transfer;
mod tx;
pub mod upcoming;

pub use fault::StoreFault;
pub use page::{Cursor, PAGE_MAX, Page, PageRequest};
pub use store::{Store, StoreOptions};
pub use tx::{Dialect, Tx};
