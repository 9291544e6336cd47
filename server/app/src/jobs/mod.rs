//! What must happen next: rows written in the database transaction of what happened, worked on under a lease.

mod clock_work;
mod outbound;
mod runner;
mod work;

use crate::App;
use crate::ambient::Ambient;
use crate::failure::{Failure, Fault};
use crate::flows::payment_plan::PlanNotice;
use crate::flows::send_autopay_notice::AutopayNotice;
use crate::flows::tell_creditor::Arrived;
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ids::{
    CreditorId, DebtorId, ImportId, InboundEventId, InvoiceId, JobId, MemberId, PaymentId, PlanId, PromiseId, RefundId,
    RehearsalId, ReminderId, SavedMethodId,
};
use saldo_domain::provider::ProviderEvent;
use saldo_providers::channel::MessageEvent;
use saldo_store::Tx;
use saldo_store::job::{self, NewJob};
use saldo_store::message::ByHand;
use serde::{Deserialize, Serialize};

pub use clock_work::{deliver_sandbox_events, tick};
pub use outbound::{deliver_events, serve_events};
pub(crate) use runner::lease_end;
pub use runner::{run_due, run_due_of, serve};

/// Tries after which a job is a dead letter. With the pauses between them: about a day.
const TRIES_MAX: u32 = 14;

/// A piece of work.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// An archived provider event.
    WorkEvent {
        /// Its row.
        inbound_event_id: InboundEventId,
        /// What it says, as it was verified.
        event: Box<ProviderEvent>,
    },
    /// What was told of messages.
    WorkMessageEvent {
        /// Its row.
        inbound_event_id: InboundEventId,
        /// What it says, as it was verified.
        events: Vec<MessageEvent>,
    },
    /// Planned reminders, handed over as one group.
    SendReminders {
        /// To whom, and which row.
        reminders: Vec<(DebtorId, ReminderId)>,
    },
    /// The confirmation of a payment.
    SendReceipt {
        /// The payment.
        payment_id: PaymentId,
        /// Who sends it once more, where a person does.
        #[serde(default)]
        by_hand: Option<ByHand>,
    },
    /// A fresh link for the contact on file.
    SendLink {
        /// To whom.
        debtor_id: DebtorId,
    },
    /// What a debtor is told about a payment plan.
    SendPlanNotice {
        /// To whom.
        debtor_id: DebtorId,
        /// The plan.
        plan_id: PlanId,
        /// What.
        notice: PlanNotice,
    },
    /// A refund that the provider is to carry out.
    SettleRefund {
        /// Its row.
        refund_id: RefundId,
    },
    /// What a debtor is told about an instalment that a saved method pays.
    SendAutopayNotice {
        /// To whom.
        debtor_id: DebtorId,
        /// Of which plan.
        plan_id: PlanId,
        /// Which instalment.
        instalment: u32,
        /// What.
        notice: AutopayNotice,
    },
    /// A page on which a method was to be saved has ended: the provider is asked how.
    FinishSetup {
        /// Its row.
        setup_id: SavedMethodId,
    },
    /// A removed method that the provider is to forget.
    DetachMethod {
        /// Its row.
        method_id: SavedMethodId,
    },
    /// Something of a debtor's has arrived: the creditor's address gets a mail.
    TellCreditor {
        /// What.
        arrived: Arrived,
    },
    /// Fees and interest of one day, from one debtor on.
    ChargeLate {
        /// The day, on the creditor's wall.
        on: Date,
        /// The last debtor that was looked at.
        after: Option<DebtorId>,
    },
    /// A dunning policy over the books, from one debtor on.
    Rehearse {
        /// Its row.
        rehearsal_id: RehearsalId,
        /// The last debtor that was looked at.
        after: Option<DebtorId>,
    },
    /// An upload that finance confirmed.
    RunImport {
        /// Its row.
        import_id: ImportId,
    },
    /// The invoice itself, by mail.
    SendInvoice {
        /// Which.
        invoice_id: InvoiceId,
        /// Who sends it once more, where a person does.
        #[serde(default)]
        by_hand: Option<ByHand>,
    },
    /// The invoices of an import, from one on.
    SendInvoices {
        /// Of which.
        import_id: ImportId,
        /// The last invoice that was looked at.
        after: Option<InvoiceId>,
        /// Those that are overdue too.
        with_overdue: bool,
    },
    /// A promised day that is over: whether the money came.
    ReviewPromise {
        /// Which.
        promise_id: PromiseId,
    },
    /// The mail that invites a member.
    SendInvitation {
        /// Whom.
        member_id: MemberId,
    },
}

impl Job {
    /// The word under which it is stored and counted.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::WorkEvent { .. } => "work_event",
            Self::WorkMessageEvent { .. } => "work_message_event",
            Self::SendReminders { .. } => "send_reminders",
            Self::SendReceipt { .. } => "send_receipt",
            Self::SendLink { .. } => "send_link",
            Self::SendPlanNotice { .. } => "send_plan_notice",
            Self::SettleRefund { .. } => "settle_refund",
            Self::SendAutopayNotice { .. } => "send_autopay_notice",
            Self::FinishSetup { .. } => "finish_setup",
            Self::DetachMethod { .. } => "detach_method",
            Self::TellCreditor { .. } => "tell_creditor",
            Self::ChargeLate { .. } => "charge_late",
            Self::Rehearse { .. } => "rehearse",
            Self::RunImport { .. } => "run_import",
            Self::ReviewPromise { .. } => "review_promise",
            Self::SendInvitation { .. } => "send_invitation",
            Self::SendInvoice { .. } => "send_invoice",
            Self::SendInvoices { .. } => "send_invoices",
        }
    }

    fn dedupe_key(&self) -> Option<String> {
        let id = match self {
            Self::WorkEvent { inbound_event_id, .. } | Self::WorkMessageEvent { inbound_event_id, .. } => {
                inbound_event_id.to_string()
            }
            // Each reminder moves once whatever asks for it; a group has no name.
            Self::SendReminders { .. } => return None,
            Self::SendReceipt { payment_id, .. } => payment_id.to_string(),
            Self::SendLink { debtor_id } => debtor_id.to_string(),
            Self::SendPlanNotice { plan_id, notice, .. } => format!("{plan_id}:{}", notice.name()),
            Self::SettleRefund { refund_id } => refund_id.to_string(),
            Self::SendAutopayNotice { plan_id, instalment, notice, .. } => {
                format!("{plan_id}:{instalment}:{}", notice.name())
            }
            Self::FinishSetup { setup_id } => setup_id.to_string(),
            Self::DetachMethod { method_id } => method_id.to_string(),
            Self::TellCreditor { arrived } => arrived.id().to_string(),
            Self::ChargeLate { on, after } => format!("{on}:{}", after.map(|id| id.to_string()).unwrap_or_default()),
            Self::Rehearse { rehearsal_id, after } => {
                format!("{rehearsal_id}:{}", after.map(|id| id.to_string()).unwrap_or_default())
            }
            Self::RunImport { import_id } => import_id.to_string(),
            Self::ReviewPromise { promise_id } => promise_id.to_string(),
            Self::SendInvitation { member_id } => member_id.to_string(),
            Self::SendInvoice { invoice_id, .. } => invoice_id.to_string(),
            Self::SendInvoices { import_id, after, .. } => {
                format!("{import_id}:{}", after.map(|id| id.to_string()).unwrap_or_default())
            }
        };
        Some(format!("{}:{id}", self.kind()))
    }
}

/// How far a job came.
#[derive(Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is left to do.
    Done,
    /// Nothing is left to do, and that is written with what was done.
    Ended,
    /// It went well and must be looked at again: this does not count as a failure.
    Later,
    /// It did not go through and may the next time.
    Retry(String),
}

/// Writes a job in the database transaction of what it follows from.
///
/// # Errors
/// Faults of the store.
pub async fn insert(app: &App, tx: &Tx, creditor: CreditorId, job: Job) -> Result<(), Failure> {
    insert_by(app.ambient(), tx, creditor, job).await
}

/// The same, not to be worked on before a moment.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn insert_at(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    job: Job,
    run_at: Timestamp,
) -> Result<(), Failure> {
    write(app.ambient(), tx, creditor, job, run_at).await
}

/// [`insert`], unless the same work waits already: whether it did not.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn insert_first(app: &App, tx: &Tx, creditor: CreditorId, job: Job) -> Result<bool, Failure> {
    Ok(job::insert(tx, &new(app.ambient(), creditor, &job, app.now())?).await?)
}

/// The same for work that has no app around it.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn insert_by(ambient: &Ambient, tx: &Tx, creditor: CreditorId, job: Job) -> Result<(), Failure> {
    write(ambient, tx, creditor, job, ambient.now()).await
}

async fn write(ambient: &Ambient, tx: &Tx, creditor: CreditorId, job: Job, run_at: Timestamp) -> Result<(), Failure> {
    job::insert(tx, &new(ambient, creditor, &job, run_at)?).await?;
    Ok(())
}

fn new(ambient: &Ambient, creditor: CreditorId, job: &Job, run_at: Timestamp) -> Result<NewJob, Fault> {
    let payload = serde_json::to_value(job).map_err(|error| Fault::Other(error.to_string()))?;
    Ok(NewJob {
        id: JobId(ambient.uuid_v7()),
        creditor_id: creditor,
        kind: job.kind().to_owned(),
        payload,
        run_at,
        dedupe_key: job.dedupe_key(),
        attempts_max: TRIES_MAX,
    })
}
