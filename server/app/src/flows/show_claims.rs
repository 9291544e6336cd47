//! Everything that one debtor or finance has claimed of one another, in one database transaction.

use crate::App;
use crate::failure::Failure;
use crate::flows::promise::standing;
use saldo_domain::attachment::FILES_MAX;
use saldo_domain::ids::{CreditorId, DisputeId, InvoiceId, PromiseId, TransferId};
use saldo_domain::promise::PromiseStanding;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::attachment::{self, AttachedTo, AttachmentRow};
use saldo_store::dispute::{self, DisputeFilter, DisputeRow};
use saldo_store::hold::{self, HoldRow};
use saldo_store::promise::{self, PromiseRow};
use saldo_store::settlement_offer::{self, SettlementOfferRow};
use saldo_store::transfer::{self, TransferFilter, TransferRow};
use saldo_store::{PageRequest, Tx, invoice};

/// How many of each kind are shown, the latest.
const SHOWN: u64 = 20;

/// The latest claims of one debtor, newest first.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// Disputes with the numbers of their invoices.
    pub disputes: Vec<(DisputeRow, String)>,
    /// Promises with what became of them.
    pub promises: Vec<(PromiseRow, PromiseStanding)>,
    /// Declared transfers.
    pub transfers: Vec<TransferRow>,
    /// Manual holds.
    pub holds: Vec<HoldRow>,
    /// Settlement offers.
    pub offers: Vec<SettlementOfferRow>,
    /// The files of the disputes and transfers, oldest first.
    pub files: Vec<AttachmentRow>,
}

impl Claims {
    /// The latest dispute of an invoice.
    pub fn dispute_of(&self, id: InvoiceId) -> Option<&DisputeRow> {
        self.disputes.iter().map(|(row, _)| row).find(|row| row.dispute.invoice_id == id)
    }

    /// The files of a dispute.
    pub fn files_of_dispute(&self, id: DisputeId) -> Vec<AttachmentRow> {
        self.files.iter().filter(|file| file.to == AttachedTo::Dispute(id)).cloned().collect()
    }

    /// The files of a transfer.
    pub fn files_of_transfer(&self, id: TransferId) -> Vec<AttachmentRow> {
        self.files.iter().filter(|file| file.to == AttachedTo::Transfer(id)).cloned().collect()
    }

    /// The promise with an id.
    pub fn promise(&self, id: PromiseId) -> Option<&PromiseRow> {
        self.promises.iter().map(|(row, _)| row).find(|row| row.promise.id == id)
    }
}

/// Reads the claims of the debtor of a snapshot.
///
/// # Errors
/// Faults of the store.
pub async fn load(app: &App, creditor: CreditorId, snapshot: &DebtorSnapshot) -> Result<Claims, Failure> {
    let tx = app.store().read_of(creditor).await?;
    load_in(app, &tx, creditor, snapshot).await
}

/// [`load`] within a database transaction.
///
/// # Errors
/// Faults of the store.
pub async fn load_in(app: &App, tx: &Tx, creditor: CreditorId, snapshot: &DebtorSnapshot) -> Result<Claims, Failure> {
    let (debtor, page) = (snapshot.debtor.id, PageRequest::first(SHOWN));
    let of_debtor = DisputeFilter { debtor_id: Some(debtor), state: None };
    let disputes = dispute::list(tx, creditor, of_debtor, page).await?.items;
    let promises = promise::list(tx, creditor, Some(debtor), page).await?.items;
    let of_debtor = TransferFilter { debtor_id: Some(debtor), state: None };
    let told = promises.into_iter().map(|row| standing(app, &row, snapshot).map(|standing| (row, standing)));
    Ok(Claims {
        disputes: with_numbers(tx, creditor, disputes).await?,
        promises: told.collect::<Result<_, _>>()?,
        transfers: transfer::list(tx, creditor, of_debtor, page).await?.items,
        holds: hold::list(tx, creditor, Some(debtor), page).await?.items,
        offers: settlement_offer::list(tx, creditor, Some(debtor), page).await?.items,
        files: attachment::list_for_debtor(tx, creditor, debtor, 2 * SHOWN * FILES_MAX as u64).await?,
    })
}

async fn with_numbers(
    tx: &Tx,
    creditor: CreditorId,
    rows: Vec<DisputeRow>,
) -> Result<Vec<(DisputeRow, String)>, Failure> {
    let ids: Vec<InvoiceId> = rows.iter().map(|row| row.dispute.invoice_id).collect();
    let invoices = invoice::find_many(tx, creditor, &ids).await?;
    let number = |id| invoices.iter().find(|row| row.invoice.id == id).map(|row| row.invoice.number.clone());
    let numbered = rows.into_iter().map(|row| {
        let number = number(row.dispute.invoice_id).unwrap_or_default();
        (row, number)
    });
    Ok(numbered.collect())
}
