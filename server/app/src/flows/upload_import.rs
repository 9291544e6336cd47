//! An upload in the console: kept, looked at, mapped, previewed, confirmed, booked.

use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::audit::{self, Subject};
use crate::flows::import_invoices::{ImportFailure, ImportWish, Importer, Inspected, Progress, Reading};
use crate::flows::upload_file;
use crate::import::ImportReport;
use crate::jobs::{self, Job};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{CreditorId, ImportId};
use saldo_domain::import::{DateOrder, Mapping};
use saldo_store::{Page, PageRequest};
use saldo_store::{import, import_file};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

pub use crate::flows::upload_file::new_file;
pub use saldo_store::import::ImportRow;

/// Where an upload stands, as the store keeps it.
pub mod state {
    /// Columns are to be confirmed.
    pub const MAPPING: &str = "mapping";
    /// What would happen is shown.
    pub const PREVIEW: &str = "preview";
    /// A job books it.
    pub const RUNNING: &str = "running";
    /// It is booked.
    pub const BOOKED: &str = "booked";
    /// Nothing of it was booked.
    pub const REFUSED: &str = "refused";
}

/// What finance said about a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Confirmed {
    /// What each column holds.
    pub mapping: Option<Mapping>,
    /// The order of dates.
    pub date_order: Option<DateOrder>,
    /// `.` or `,`.
    pub decimal_mark: Option<char>,
    /// The currency of rows that name none.
    pub currency: Option<Currency>,
}

/// How far the imports are that run on this node.
#[derive(Default)]
pub struct Running(Mutex<HashMap<ImportId, Progress>>);

impl Running {
    /// How far one is.
    pub fn of(&self, id: ImportId) -> Option<Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }

    fn set(&self, id: ImportId, progress: Option<Progress>) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match progress {
            Some(progress) => running.insert(id, progress),
            None => running.remove(&id),
        };
    }
}

/// Takes a written file in.
///
/// # Errors
/// Faults of the disk and of the store.
pub async fn begin(app: &App, creditor: CreditorId, file_name: &str, written: &Path) -> Result<ImportId, Failure> {
    let id = ImportId(app.ambient().uuid_v7());
    let kept = upload_file::keep(app, creditor, id, written).await;
    let _ = tokio::fs::remove_file(written).await;
    kept?;
    let row = ImportRow {
        id,
        file_name: file_name.chars().filter(|c| !c.is_control()).take(120).collect(),
        file_hash: [0; 32],
        mapping: confirmed_json(&Confirmed::default())?,
        state: state::MAPPING.to_owned(),
        row_count: 0,
        counts: json!({}),
        totals: json!([]),
        created_at: app.now(),
    };
    let tx = app.store().write_of(creditor).await?;
    import::insert(&tx, creditor, &row).await?;
    tx.commit().await?;
    Ok(id)
}

/// An upload.
///
/// # Errors
/// `not_found`.
pub async fn load(app: &App, creditor: CreditorId, id: ImportId) -> Result<ImportRow, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(import::load(&tx, creditor, id).await?)
}

/// The latest uploads and imports.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App, creditor: CreditorId, page: PageRequest) -> Result<Page<ImportRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(import::list(&tx, creditor, page).await?)
}

/// What the file looks like.
///
/// # Errors
/// Refusals of the file.
pub async fn inspect(app: &App, creditor: CreditorId, row: &ImportRow) -> Result<Inspected, ImportFailure> {
    let file = upload_file::fetch(app, creditor, row.id).await?;
    Importer::of(app).inspect(creditor, &wish(file.path(), row)).await
}

/// Keeps what finance said, and goes on to the preview.
///
/// # Errors
/// `not_found` where the upload is booked already.
pub async fn confirm_mapping(
    app: &App,
    creditor: CreditorId,
    id: ImportId,
    confirmed: &Confirmed,
) -> Result<(), Failure> {
    move_on(app, creditor, id, &[state::MAPPING, state::PREVIEW, state::REFUSED], |row| {
        row.mapping = confirmed_json(confirmed)?;
        row.state = state::PREVIEW.to_owned();
        Ok(())
    })
    .await
}

/// Back to the columns.
///
/// # Errors
/// `not_found` where the upload is booked already.
pub async fn remap(app: &App, creditor: CreditorId, id: ImportId) -> Result<(), Failure> {
    move_on(app, creditor, id, &[state::PREVIEW, state::REFUSED], |row| {
        row.state = state::MAPPING.to_owned();
        Ok(())
    })
    .await
}

/// What would happen.
///
/// # Errors
/// Refusals of the file.
pub async fn preview(app: &App, creditor: CreditorId, row: &ImportRow) -> Result<ImportReport, ImportFailure> {
    let file = upload_file::fetch(app, creditor, row.id).await?;
    Importer::of(app).preview(creditor, &wish(file.path(), row), &|_| {}).await
}

/// Lets a job book it.
///
/// # Errors
/// `not_found` where it is not at its preview.
pub async fn confirm(app: &App, creditor: CreditorId, actor: &Actor, id: ImportId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let mut row = import::load(&tx, creditor, id).await?;
    if row.state != state::PREVIEW {
        return Err(Refusal::NotFound.into());
    }
    row.state = state::RUNNING.to_owned();
    import::update(&tx, creditor, &row).await?;
    jobs::insert(app, &tx, creditor, Job::RunImport { import_id: id }).await?;
    let after = json!({ "file_name": row.file_name, "row_count": row.row_count });
    let subject = Subject::new("import", id.0);
    audit::record(app, &tx, creditor, actor, "import_confirmed", subject, None, Some(after)).await?;
    Ok(tx.commit().await?)
}

/// Books a confirmed upload; the job's work. An import is one database transaction, and the same file changes nothing a
/// second time, so a repetition does no harm.
///
/// # Errors
/// Faults: the job is tried again.
pub async fn run(app: &App, creditor: CreditorId, id: ImportId) -> Result<jobs::Progress, Failure> {
    let row = load(app, creditor, id).await?;
    if row.state != state::RUNNING {
        return end(app, creditor, id, &row.state).await;
    }
    let file = upload_file::fetch(app, creditor, id).await?;
    let wish = wish(file.path(), &row);
    let on_progress = |progress| app.running_imports().set(id, Some(progress));
    let ended = Importer::of(app).import(creditor, &wish, &on_progress).await;
    app.running_imports().set(id, None);
    let state = match ended {
        Ok(report) if report.faults.is_empty() => state::BOOKED,
        Ok(_) | Err(ImportFailure::File(_)) => state::REFUSED,
        Err(ImportFailure::Other(failure)) => return Err(failure),
    };
    end(app, creditor, id, state).await
}

/// Writes how it ended, if its booking has not; what is booked is not read again.
async fn end(app: &App, creditor: CreditorId, id: ImportId, state: &str) -> Result<jobs::Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let mut row = import::load(&tx, creditor, id).await?;
    if row.state == state::RUNNING {
        row.state = state.to_owned();
        import::update(&tx, creditor, &row).await?;
    }
    if row.state == state::BOOKED {
        import_file::delete(&tx, creditor, id).await?;
    }
    tx.commit().await?;
    Ok(jobs::Progress::Done)
}

async fn move_on(
    app: &App,
    creditor: CreditorId,
    id: ImportId,
    from: &[&str],
    change: impl FnOnce(&mut ImportRow) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let mut row = import::load(&tx, creditor, id).await?;
    if from.contains(&row.state.as_str()) {
        change(&mut row)?;
        import::update(&tx, creditor, &row).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn confirmed_json(confirmed: &Confirmed) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(confirmed).map_err(|error| Fault::Other(error.to_string()).into())
}

fn wish(path: &Path, row: &ImportRow) -> ImportWish {
    let confirmed: Confirmed = serde_json::from_value(row.mapping.clone()).unwrap_or_default();
    ImportWish {
        path: path.to_owned(),
        file_name: row.file_name.clone(),
        import_id: Some(row.id),
        reading: Reading {
            mapping: confirmed.mapping,
            map: None,
            date_order: confirmed.date_order,
            decimal_mark: confirmed.decimal_mark,
            currency: confirmed.currency,
        },
    }
}
