//! What finance sees.

mod account;
mod actions;
mod debtors;
mod events;
mod import;
mod import_model;
mod jobs;
mod mapping;
mod overview;
mod preview;
mod shell;
mod sign_in;

pub use account::{DebtorView, LinkRow, RefundForm, ReminderLine};
pub use debtors::{DebtorRow, DebtorsView};
pub use events::{EventRow, EventState, EventsView};
pub use import::{ImportsView, ProgressView, ResultView, UploadProblem};
pub use import_model::{ColumnView, ImportRow, ImportState, ImportTotal, MappingProblem, PreviewLine};
pub use jobs::{JobRow, JobsView};
pub use mapping::MappingView;
pub use overview::{CurrencyTotals, OverviewView, PaymentRow};
pub use preview::PreviewView;
pub use sign_in::{SignInRefusedView, SignInView};
