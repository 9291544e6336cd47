//! What a debtor can say beside paying: a dispute, a promise, a transfer that was made.

mod dispute;
mod more;
mod parts;
mod promise;
mod transfer;

pub use dispute::{DisputeForm, DisputePickView, DisputeView};
pub use more::{ClaimLines, more_ways};
pub use promise::{PromiseForm, PromiseView};
pub use transfer::{TransferForm, TransferView};

pub use parts::FileLine;

pub(crate) use dispute::{outcome_words, reason_words};
pub(crate) use parts::file_list;
