//! What a debtor is told about an instalment that a saved method pays.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link;
use crate::flows::deliver::{Delivery, deliver};
use crate::jobs::Progress;
use crate::mail::{self, AutopayWords};
use saldo_domain::calendar::Date;
use saldo_domain::ids::{CreditorId, DebtorId, PlanId};
use saldo_domain::money::Money;
use saldo_store::message::MessagePurpose;
use saldo_store::{saved_method, snapshot};
use serde::{Deserialize, Serialize};

/// What.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum AutopayNotice {
    /// It will be charged.
    Announced {
        /// How much, if nothing is paid before.
        amount: Money,
        /// The day.
        take_on: Date,
    },
    /// The bank asks for the debtor, who alone can pay now.
    AuthenticationNeeded,
    /// The bank said no for the last time.
    GivenUp,
}

impl AutopayNotice {
    /// The word under which its job is known.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Announced { .. } => "announced",
            Self::AuthenticationNeeded => "authentication_needed",
            Self::GivenUp => "given_up",
        }
    }
}

/// Sends a notice where there is an address. Its message id is always the same, so that a repetition after a crash is one
/// mail for the reader.
///
/// # Errors
/// Faults of the store and of the channel: the job is tried again.
pub async fn send(
    app: &App,
    creditor: CreditorId,
    debtor_id: DebtorId,
    plan_id: PlanId,
    instalment: u32,
    notice: AutopayNotice,
) -> Result<Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::load(&tx, creditor, debtor_id).await?;
    if snapshot.debtor.email.is_none() {
        return Ok(Progress::Done);
    }
    let methods = saved_method::list_live(&tx, creditor, debtor_id).await?;
    let link = access_link::mint(app, &tx, creditor, debtor_id, "full").await?;
    let words = AutopayWords {
        message_id: format!("{plan_id}.{instalment}.{}", notice.name()),
        instalment,
        notice,
        method: methods.into_iter().next().map(|method| method.facts),
    };
    let message = mail::autopay(app, &snapshot, words, &link.url)?;
    tx.commit().await?;
    deliver(app, Delivery::to_debtor(&snapshot, MessagePurpose::Notice, "autopay"), message).await
}
