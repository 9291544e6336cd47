//! What moves in the browser: the only code that is compiled for both sides.
//!
//! Each island improves a page that is complete without it. Rules come from `saldo-domain`, so that nothing shown here can
//! differ from what the server answers.

mod import_progress;
#[cfg(any(feature = "hydrate", test))]
mod polling;
mod return_poller;
mod selection_total;

pub use import_progress::ImportProgress;
pub use return_poller::ReturnPoller;
pub use selection_total::{Chosen, SelectionTotal, chosen_total};
