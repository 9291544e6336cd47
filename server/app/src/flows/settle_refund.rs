//! The provider is asked to give money back; the same refund asked twice is one refund there.

use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::record_refund;
use crate::jobs::Progress;
use saldo_domain::ids::{CreditorId, RefundId};
use saldo_providers::payment::{ProviderFault, RefundReason, RefundReport, RefundRequest};
use saldo_store::payment;
use saldo_store::refund::{self, RefundState};

/// Asks the provider and books what it says. A pending refund is asked about again.
///
/// # Errors
/// Faults of the store, and of a provider that gave no clear answer: the job is tried again.
pub async fn settle(app: &App, creditor: CreditorId, id: RefundId) -> Result<Progress, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = refund::load(&tx, creditor, id).await?;
    let paid = payment::load(&tx, creditor, row.payment_id).await?;
    drop(tx);
    if row.state != RefundState::Requested {
        return Ok(Progress::Done);
    }
    let request = RefundRequest {
        refund_id: id,
        payment_reference: paid.provider_reference.clone(),
        amount: row.amount,
        reason: RefundReason::RequestedByDebtor,
    };
    let report = match app.provider().refund(&request, app.now()).await {
        Ok(report) => report,
        Err(ProviderFault::Refused { code, detail }) => {
            tracing::warn!(refund = %id, code, detail, "the provider refused a refund");
            RefundReport::Failed { refund_reference: String::new() }
        }
        Err(fault) => return Err(Fault::Provider(fault).into()),
    };
    let tx = app.store().write_of(creditor).await?;
    let progress = match report {
        RefundReport::Succeeded(given_back) => {
            record_refund::record(app, &tx, creditor, &paid, &given_back).await?;
            refund::mark_succeeded(&tx, creditor, id, &given_back.refund_reference, app.now()).await?;
            Progress::Done
        }
        RefundReport::Failed { refund_reference } => {
            let reference = Some(refund_reference.as_str()).filter(|reference| !reference.is_empty());
            refund::mark_failed(&tx, creditor, id, (reference, "the provider refused it"), app.now()).await?;
            Progress::Done
        }
        RefundReport::Pending { .. } => Progress::Later,
    };
    tx.commit().await?;
    Ok(progress)
}
