//! Files that come with disputes and declared transfers.

use crate::App;
use crate::failure::Failure;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::attachment::{CheckedFile, FILES_MAX};
use saldo_domain::ids::{AttachmentId, CreditorId, DebtorId};
use saldo_store::Tx;

pub use saldo_store::attachment::{AttachedTo, AttachmentRow};

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct SentFile {
    /// What it was called.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A file that may be kept.
pub(super) type KeptFile = (CheckedFile, Vec<u8>);

/// Looks at all files of a form; none is kept unless all are fit.
pub(super) fn check(files: Vec<SentFile>) -> Result<Vec<KeptFile>, Refusal> {
    if files.len() > FILES_MAX {
        return Err(Refusal::FilesTooMany);
    }
    let checked = files.into_iter().map(|file| {
        let checked = saldo_domain::attachment::check(&file.name, &file.bytes)?;
        Ok((checked, file.bytes))
    });
    checked.collect()
}

pub(super) async fn insert_all(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    to: AttachedTo,
    actor: Actor,
    files: Vec<KeptFile>,
) -> Result<(), Failure> {
    for (file, bytes) in files {
        let row = AttachmentRow {
            id: AttachmentId(app.ambient().uuid_v7()),
            debtor_id,
            to,
            kind: file.kind,
            name: file.name,
            byte_count: bytes.len() as u64,
            sent_at: app.now(),
            sent_by: actor,
        };
        saldo_store::attachment::insert(tx, creditor, &row, bytes).await?;
    }
    Ok(())
}

/// A file with what it holds; `debtor_id` narrows it to those of one debtor.
///
/// # Errors
/// `not_found`.
pub async fn load(
    app: &App,
    creditor: CreditorId,
    debtor_id: Option<DebtorId>,
    id: AttachmentId,
) -> Result<(AttachmentRow, Vec<u8>), Failure> {
    let tx = app.store().read_of(creditor).await?;
    let (row, bytes) = saldo_store::attachment::load(&tx, creditor, id).await?;
    if debtor_id.is_some_and(|own| own != row.debtor_id) {
        return Err(Refusal::NotFound.into());
    }
    Ok((row, bytes))
}
