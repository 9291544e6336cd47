use super::show;
use crate::App;
use crate::failure::Failure;
use crate::flows::access_link;
use crate::flows::deliver::{Delivery, deliver};
use crate::flows::run_autopay;
use crate::jobs::{self, Job, Progress};
use crate::mail;
use saldo_domain::ids::{CreditorId, DebtorId, PlanId};
use saldo_store::message::MessagePurpose;
use saldo_store::{Tx, payment_plan, snapshot};
use serde::{Deserialize, Serialize};

/// What a debtor is told about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanNotice {
    /// Finance proposes it.
    Proposed,
    /// It was taken in; finance will answer.
    Waiting,
    /// It is agreed.
    Active,
    /// Finance did not agree.
    Rejected,
    /// It ended by its rule.
    Broken,
    /// Finance ended it.
    Canceled,
    /// Nobody answered in time.
    Lapsed,
    /// Nothing remains.
    Completed,
}

impl PlanNotice {
    /// The word under which its job is known.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Waiting => "waiting",
            Self::Active => "active",
            Self::Rejected => "rejected",
            Self::Broken => "broken",
            Self::Canceled => "canceled",
            Self::Lapsed => "lapsed",
            Self::Completed => "completed",
        }
    }
}

/// Leaves a notice to a job, in the database transaction of what it tells. A plan that is active from now on is looked at
/// for autopay.
pub(super) async fn plan(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    plan_id: PlanId,
    notice: PlanNotice,
) -> Result<(), Failure> {
    if notice == PlanNotice::Active {
        run_autopay::enrol(app, tx, creditor, debtor_id, plan_id).await?;
    }
    jobs::insert(app, tx, creditor, Job::SendPlanNotice { debtor_id, plan_id, notice }).await
}

/// Sends a notice where there is an address. It carries plan and notice as its message id, so that a repetition after a
/// crash is one mail for the reader.
///
/// # Errors
/// Faults of the store and of the channel: the job is tried again.
pub async fn send(app: &App, creditor: CreditorId, id: PlanId, notice: PlanNotice) -> Result<Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = payment_plan::load(&tx, creditor, id).await?;
    let snapshot = snapshot::load(&tx, creditor, row.debtor_id).await?;
    if snapshot.debtor.email.is_none() {
        return Ok(Progress::Done);
    }
    let link = access_link::mint(app, &tx, creditor, row.debtor_id, "full").await?;
    let open = snapshot.account(row.plan.account_id).map(|account| show::open_of(&row.plan, &account.items));
    let message = mail::plan(app, &snapshot, &row.plan, open.transpose()?, notice, &link.url)?;
    tx.commit().await?;
    deliver(app, Delivery::to_debtor(&snapshot, MessagePurpose::Notice, "plan"), message).await
}
