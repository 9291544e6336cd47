//! Rehearsals: a dunning policy over the real books for the next 30 days, and what it would change, before it speaks.
//! Nothing is sent and nothing of a debtor is written.

mod read;
mod run;
mod say;
mod start;

pub use read::{Line, Lines, Rehearsal, latest, lines, load};
pub use run::work;
pub use saldo_store::rehearsal::{LineFilter, RehearsalRow, RehearsalState};
pub use say::{SaidLine, say};
pub use start::start;

use crate::App;
use saldo_domain::reminder::Channel;

/// The most debtors that one rehearsal looks at.
pub const DEBTORS_MAX: u64 = 100_000;
/// The most messages that are kept one by one; all are counted.
pub const LINES_MAX: u64 = 20_000;
/// How long one rehearsal may take.
pub const MINUTES_MAX: i64 = 10;

/// The channels that a rehearsal may use: those that the installation can.
pub(super) fn channels(app: &App) -> Vec<Channel> {
    app.channels().ready().to_vec()
}
