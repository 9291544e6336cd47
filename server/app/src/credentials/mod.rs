//! What members sign in by: passwords, one-time codes, recovery codes.

pub mod one_time;
pub mod password;
pub mod recovery;
pub(crate) mod sealed;
