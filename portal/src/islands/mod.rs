//! What moves in the browser: the only code that is compiled for both sides.
//!
//! Each island improves a page that is complete without it. Rules come from `saldo-domain`, so that nothing shown here can
//! differ from what the server answers.

mod countdown;
mod import_progress;
mod plan_picker;
#[cfg(any(feature = "hydrate", test))]
mod polling;
mod return_poller;
mod selection_total;

pub use countdown::{Countdown, time_left};
pub use import_progress::ImportProgress;
pub use plan_picker::PlanPicker;
pub use return_poller::ReturnPoller;
pub use saldo_domain::plan::picking::{Picked, PickerWords, pick, read_terms, rows, summary, terms_line};
pub use selection_total::{Chosen, SelectionTotal, chosen_total};
