//! Requests to addresses that others choose: a creditor names where its events go. The address is looked at anew for each
//! request: the name is resolved once, every address that it has must be a public one, and the connection goes to exactly
//! the address that was looked at. No redirect is followed, nothing of the answer but its status is used.

mod address;
mod network;
mod post;
mod target;

pub use address::is_public;
pub use network::{Network, Stream, SystemNetwork};
pub use post::{PostFault, Poster};
pub use target::{Rules, Target, TargetRefused};
