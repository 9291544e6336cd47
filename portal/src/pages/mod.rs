//! The pages. Each is a struct that a handler fills and [`crate::render`] shows; none reads a clock or a database.

mod changed;
pub mod claims;
mod code;
pub mod console;
mod landing;
mod mailbox;
mod methods;
mod notice;
mod opt_out;
mod outcome;
mod pay;
mod plan;
mod preferences;
mod profile;
mod receipt;
mod sandbox;
mod statement;
mod ways;
mod widget_ended;

pub use changed::{BalanceChangedView, UnderWayView};
pub use claims::{
    ClaimLines, DisputeForm, DisputePickView, DisputeView, PromiseForm, PromiseView, TransferForm, TransferView,
};
pub use code::{CodeProblem, CodeView};
pub use console::*;
pub use landing::{ExpiredLinkView, LandingView, LinkRequestedView};
pub use mailbox::{MailRow, MailView, MailboxView};
pub use methods::{MethodNews, MethodsView, RemoveMethodView, label as method_label};
pub use notice::{NoticeView, WayOn};
pub use opt_out::{OptOutState, OptOutView};
pub use outcome::ReturnView;
pub use pay::{PayChoice, PayView, line_price};
pub use plan::{ACCEPTANCE_TEXT, AutopayLine, PlanConfirmView, PlanPickerView, PlanView, PlanWish, choice_path};
pub use preferences::{ChannelChoice, PreferencesView};
pub use profile::ProfileView;
pub use receipt::{ReceiptLine, ReceiptView};
pub use sandbox::{SandboxProblem, SandboxPurpose, SandboxStep, SandboxView, TestNumber, TestOutcome};
pub use statement::{History, ReceiptLink, StatementView};
pub use widget_ended::WidgetEndedView;
