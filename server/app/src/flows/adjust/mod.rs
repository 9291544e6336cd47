//! Finance corrects an account: a claim shrinks, money that came by bank is recorded, credit is used.

mod bank_payment;
mod reduce;
mod use_credit;

pub use bank_payment::{BankPayment, record as record_bank_payment};
pub use reduce::{Reduce, credit_note, write_off};
pub use use_credit::use_credit;
