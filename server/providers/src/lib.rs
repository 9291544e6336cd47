//! The only outbound network of Saldo: payment providers and message channels.
//!
//! [`payment`] holds one boundary, [`payment::PaymentProvider`], and a folder for each provider behind it; no provider's
//! type name leaves its folder. [`channel`] hands messages over to the world. [`outbound`] asks addresses that others choose,
//! and never a private one. All say of every failure whether the thing
//! may have happened: what is unknown is never guessed.

pub mod channel;
#[cfg(feature = "doubles")]
pub mod doubles;
pub mod outbound;
pub mod payment;
pub mod reach;
mod secret;

pub use secret::Secret;
