//! The rules of Saldo, pure: no I/O, no async, no clock, no randomness; the same code runs on the server and in browsers.
//!
//! Every decision is a function of a [`snapshot::DebtorSnapshot`], a policy and a moment that the caller names.
//! An expected "no" is a [`Refusal`] with a stable code; nothing here panics on what comes from outside.

pub mod actor;
pub mod adjust;
pub mod ageing;
pub mod allocation;
pub mod asked;
pub mod attachment;
pub mod attempt;
pub mod autopay;
pub mod banner;
pub mod calendar;
pub mod call;
pub mod card_number;
pub mod chase;
pub mod concession;
pub mod consent;
pub mod contact;
pub mod creditor;
pub mod currency;
pub mod debtor;
pub mod discount;
pub mod dispute;
pub mod effect;
pub mod free_text;
pub mod fresh_code;
pub mod hold;
pub mod ids;
pub mod import;
pub mod invoice;
pub mod late_charge;
pub mod ledger;
pub mod locale;
pub mod member;
pub mod message_template;
pub mod money;
pub mod outbound;
pub mod outcome;
pub mod payment;
pub mod plan;
pub mod planted;
pub mod policy;
pub mod promise;
pub mod provider;
pub mod quote;
mod refusal;
pub mod rehearsal;
pub mod reminder;
pub mod segment;
pub mod settlement;
pub mod snapshot;
pub mod statement;
pub mod transfer;
pub mod ways;

pub use refusal::{OutreachRefusal, Refusal};
