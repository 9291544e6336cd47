use crate::App;
use crate::failure::Failure;
use saldo_domain::discount::{DiscountPolicy, Replay, replay};
use saldo_domain::ids::CreditorId;
use saldo_store::{creditor as creditors, paid_history};

/// How many past invoices a replay reads: the newest that were paid.
pub const HISTORY_MAX: u64 = 5_000;

/// What a policy would have done, and over how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayAnswer {
    /// What it would have done.
    pub replay: Replay,
    /// How many paid invoices in the policy's currency were read.
    pub read_count: u64,
    /// Whether there are older ones that were not read.
    pub truncated: bool,
}

/// Replays a policy over the newest paid invoices, before it is published. The days end on the creditor's wall.
///
/// # Errors
/// Those of [`DiscountPolicy::checked`]; `amount_overflow`, `date_out_of_range`.
pub async fn replay_policy(app: &App, creditor: CreditorId, policy: DiscountPolicy) -> Result<ReplayAnswer, Failure> {
    let policy = policy.checked()?;
    let tx = app.store().read_of(creditor).await?;
    let zone = creditors::load(&tx, creditor).await?.zone;
    let mut history = paid_history::list(&tx, creditor, policy.segment.currency, HISTORY_MAX + 1).await?;
    drop(tx);
    let limit = usize::try_from(HISTORY_MAX).unwrap_or(usize::MAX);
    let truncated = history.len() > limit;
    history.truncate(limit);
    Ok(ReplayAnswer { replay: replay(&history, &policy, &zone)?, read_count: history.len() as u64, truncated })
}
