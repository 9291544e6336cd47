use super::FileFault;
use crate::failure::{AppRefusal, Failure, Fault};
use saldo_domain::import::ImportRefusal;
use saldo_store::StoreFault;

/// Why a file was not imported. Bad rows are not one of them: they stand in the report.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The file as a whole cannot be read.
    #[error(transparent)]
    File(#[from] ImportRefusal),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] Failure),
}

impl From<FileFault> for ImportFailure {
    fn from(fault: FileFault) -> Self {
        match fault {
            FileFault::Refused(refusal) => Self::File(refusal),
            FileFault::Io(error) => Self::Other(Fault::Disk(error).into()),
        }
    }
}

impl From<StoreFault> for ImportFailure {
    fn from(fault: StoreFault) -> Self {
        Self::Other(fault.into())
    }
}

impl From<ImportFailure> for Failure {
    fn from(failure: ImportFailure) -> Self {
        match failure {
            ImportFailure::File(refusal) => {
                AppRefusal::FileUnreadable { code: refusal.code(), detail: refusal.to_string() }.into()
            }
            ImportFailure::Other(failure) => failure,
        }
    }
}
