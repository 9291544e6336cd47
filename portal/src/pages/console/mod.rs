//! What finance sees.

mod account;
mod audit;
mod debtors;
mod events;
mod import;
mod import_model;
mod jobs;
mod mapping;
mod members;
mod overview;
mod plan;
mod plan_actions;
mod preview;
mod propose_plan;
mod security;
mod set_up;
mod shell;
mod sign_in;
pub mod terms;

pub use account::{DebtorView, Desk, LinkRow, PreviewStatementView, RefundForm, ReminderLine, Tried};
pub use audit::{AuditEntry, AuditFilterForm, AuditView};
pub use debtors::{DebtorRow, DebtorsView};
pub use events::{EventRow, EventState, EventsView};
pub use import::{ImportsView, ProgressView, ResultView, UploadProblem};
pub use import_model::{ColumnView, ImportRow, ImportState, ImportTotal, MappingProblem, PreviewLine};
pub use jobs::{JobRow, JobsView};
pub use mapping::MappingView;
pub use members::{InviteForm, MemberLine, MembersView};
pub use overview::{CurrencyTotals, OverviewView, PaymentRow};
pub use plan::{ConsolePlanView, plan_badge, plans_of_debtor};
pub use preview::PreviewView;
pub use propose_plan::ProposePlanView;
pub use security::{SecurityForm, SecurityView, SessionLine};
pub use set_up::{RecoveryCodesView, SetUpCodeView, SetUpPasswordView};
pub use sign_in::{SignInCodeView, SignInFormView, SignInRefusedView, SignInView};
