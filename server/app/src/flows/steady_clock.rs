//! Nodes that share a database go by one clock, the database's: a node whose own is wrong would answer links that have not
//! begun, send outside contact hours and take over jobs that another still works on.

use crate::App;
use crate::failure::Failure;
use jiff::SignedDuration;

/// Clocks that differ by less are alike: each may be a little off, and so is the measuring.
const APART_MAX: SignedDuration = SignedDuration::from_secs(2);
/// An answer that took longer says too little about the time.
const ROUND_MAX: SignedDuration = SignedDuration::from_secs(1);

/// Compares this node's clock with the database's, and goes by the latter from now on where they differ. The embedded
/// database has no clock of its own; where a test has put the clock ahead, it stays there.
///
/// # Errors
/// Faults of the store: the clock stays as it is.
pub async fn steady(app: &App) -> Result<(), Failure> {
    if app.config().server.test_clock_ahead_seconds != 0 {
        return Ok(());
    }
    let ambient = app.ambient();
    let asked = ambient.uncorrected();
    let Some(theirs) = app.store().clock().await? else { return Ok(()) };
    let round = ambient.uncorrected().duration_since(asked);
    if round > ROUND_MAX {
        return Ok(());
    }
    let ours = asked + round / 2;
    let ahead = theirs.duration_since(ours);
    let wanted = if ahead.abs() <= APART_MAX { SignedDuration::ZERO } else { ahead };
    if (wanted - ambient.correction()).abs() > APART_MAX / 4 {
        let seconds = ahead.as_secs();
        tracing::warn!(seconds, "this machine's clock is not the database's: going by the database's");
        ambient.correct(wanted);
    }
    Ok(())
}
