//! A file of what a creditor is owed is booked: all of it, or nothing.

use crate::App;
use crate::ambient::Ambient;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::policy::ensure_ladder;
use crate::flows::send_invoice;
use crate::import::{Booker, Ending, FileLimits, ImportFile, ImportReport, Tally, Terms, detect, send_batches};
pub use crate::import::{ImportFailure, Inspected, Reading};
use saldo_domain::Refusal;
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::{CreditorId, ImportId};
use saldo_domain::import::{ImportRefusal, Mapping, RowReader, guess_mapping};
use saldo_store::import::{self, ImportRow};
use saldo_store::{Store, Tx, creditor};
use serde_json::json;
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use tokio::sync::mpsc;

/// What is to be imported, and what a person says about it.
#[derive(Debug, Clone)]
pub struct ImportWish {
    /// Where the file lies.
    pub path: PathBuf,
    /// Its name, for the list.
    pub file_name: String,
    /// The row of this import, where the caller wrote one; else one is written when something is booked.
    pub import_id: Option<ImportId>,
    /// How it is to be read.
    pub reading: Reading,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file that were read.
    pub bytes_read: u64,
    /// Bytes of the file.
    pub bytes_total: u64,
    /// Rows that were worked on.
    pub rows: u64,
    /// Rows of the file.
    pub rows_total: u64,
}

/// Who is told how far an import is, after every batch of rows.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Send + Sync);

/// What imports work with.
#[derive(Clone, Copy)]
pub struct Importer<'a> {
    store: &'a Store,
    ambient: &'a Ambient,
    limits: FileLimits,
}

impl<'a> Importer<'a> {
    /// From its parts.
    pub fn new(store: &'a Store, ambient: &'a Ambient, limits: FileLimits) -> Self {
        Self { store, ambient, limits }
    }

    /// With the parts of the app.
    pub fn of(app: &'a App) -> Self {
        let limits = FileLimits { file_bytes_max: app.config().limits.import_bytes, ..FileLimits::default() };
        Self::new(app.store(), app.ambient(), limits)
    }

    /// Looks at a file: its columns, and how it writes dates and amounts. Nothing is written.
    ///
    /// # Errors
    /// Refusals of the file; a mapping that names what does not exist.
    pub async fn inspect(&self, creditor_id: CreditorId, wish: &ImportWish) -> Result<Inspected, ImportFailure> {
        let (path, limits) = (wish.path.clone(), self.limits);
        let file = blocking(move || ImportFile::open(&path, limits)).await??;
        let tx = self.store.read_of(creditor_id).await?;
        let creditor = creditor::load(&tx, creditor_id).await?;
        let (mapping, remembered) = mapping(&tx, creditor_id, &file, &wish.reading).await?;
        tx.rollback().await?;
        let (opened, by) = (file.clone(), mapping.clone());
        let first = blocking(move || opened.read_once(&by)).await??;
        let (detection, mixed) = detect(&first.evidence, &wish.reading, &creditor);
        let problem = mapping.clone().checked().err().or(mixed);
        Ok(Inspected {
            file,
            mapping,
            remembered,
            currency: wish.reading.currency.unwrap_or(creditor.currency),
            detection,
            problem,
            row_count: first.row_count,
            samples: first.samples,
        })
    }

    /// Does all that [`Importer::import`] does, and undoes it.
    ///
    /// # Errors
    /// Refusals of the file.
    pub async fn preview(
        &self,
        creditor_id: CreditorId,
        wish: &ImportWish,
        progress: OnProgress<'_>,
    ) -> Result<ImportReport, ImportFailure> {
        self.run(creditor_id, wish, true, progress).await
    }

    /// Books a file in one database transaction; nothing of it where any row is bad ([`Ending::Refused`]), or where all of
    /// it was there already ([`Ending::Unchanged`]).
    ///
    /// # Errors
    /// Refusals of the file.
    pub async fn import(
        &self,
        creditor_id: CreditorId,
        wish: &ImportWish,
        progress: OnProgress<'_>,
    ) -> Result<ImportReport, ImportFailure> {
        let report = self.run(creditor_id, wish, false, progress).await?;
        crate::import::mark_fresh(self.store, creditor_id, &report, self.ambient.now()).await?;
        Ok(report)
    }

    async fn run(
        &self,
        creditor_id: CreditorId,
        wish: &ImportWish,
        preview: bool,
        progress: OnProgress<'_>,
    ) -> Result<ImportReport, ImportFailure> {
        let look = self.inspect(creditor_id, wish).await?;
        if let Some(problem) = look.problem {
            return Err(problem.into());
        }
        let tx = self.store.write_of(creditor_id).await?;
        let creditor = creditor::load(&tx, creditor_id).await?;
        let mut row = match wish.import_id {
            Some(id) => import::load(&tx, creditor_id, id).await?,
            None => self.begin(&tx, creditor_id, wish, &look).await?,
        };
        let tally = self.book(&tx, &creditor, &look, row.id, progress).await?;
        let mut report = tally.report(&look);
        report.ending = match report.fault_count {
            1.. => Ending::Refused,
            0 if preview => Ending::Previewed,
            0 if report.counts.any_change() => Ending::Booked,
            0 => Ending::Unchanged,
        };
        if report.ending != Ending::Booked {
            tx.rollback().await?;
            return Ok(report);
        }
        row.state = "booked".to_owned();
        row.file_hash = look.file.hash();
        row.row_count = u32::try_from(report.row_count).unwrap_or(u32::MAX);
        (row.counts, row.totals) = (json!(report.counts), json!(report.totals));
        import::update(&tx, creditor_id, &row).await?;
        send_invoice::plan_import(self.ambient, &tx, creditor_id, row.id).await?;
        let (fingerprint, now) = (look.file.fingerprint(), self.ambient.now());
        import::remember_mapping(&tx, creditor_id, &fingerprint, &json!(look.mapping), now).await?;
        tx.commit().await?;
        report.import_id = Some(row.id);
        Ok(report)
    }

    async fn begin(
        &self,
        tx: &Tx,
        creditor_id: CreditorId,
        wish: &ImportWish,
        look: &Inspected,
    ) -> Result<ImportRow, ImportFailure> {
        let row = ImportRow {
            id: ImportId(self.ambient.uuid_v7()),
            file_name: wish.file_name.clone(),
            file_hash: look.file.hash(),
            mapping: json!(look.mapping),
            state: "running".to_owned(),
            row_count: 0,
            counts: json!({}),
            totals: json!([]),
            created_at: self.ambient.now(),
        };
        import::insert(tx, creditor_id, &row).await?;
        Ok(row)
    }

    async fn book(
        &self,
        tx: &Tx,
        creditor: &Creditor,
        look: &Inspected,
        import_id: ImportId,
        progress: OnProgress<'_>,
    ) -> Result<Tally, ImportFailure> {
        let now = self.ambient.now();
        let reader = RowReader {
            header: look.file.header().to_vec(),
            mapping: look.mapping.clone(),
            date_order: look.detection.date_order.value,
            decimal_mark: look.detection.decimal_mark.value,
            currency: look.currency,
            today: creditor.zone.date_at(now),
        };
        let mut booker = Booker {
            tx,
            creditor_id: creditor.id,
            import_id,
            reader: &reader,
            now,
            home: (creditor.country.clone(), creditor.zone.clone()),
            ambient: self.ambient,
            tally: Tally::default(),
            named: HashSet::new(),
            with_credit: BTreeSet::new(),
            terms: Terms::load(tx, creditor, now).await?,
            currencies: Vec::new(),
        };
        let (sender, mut batches) = mpsc::channel(2);
        let (file, by) = (look.file.clone(), reader.clone());
        let reading = tokio::task::spawn_blocking(move || send_batches(&file, &by, &sender));
        while let Some(batch) = batches.recv().await {
            let batch = batch?;
            let bytes_read = batch.bytes_read;
            booker.book(batch).await.map_err(file_too_rich)?;
            let rows = booker.tally.row_count;
            progress(Progress { bytes_read, bytes_total: look.file.bytes(), rows, rows_total: look.row_count });
        }
        reading.await.map_err(|error| Failure::from(Fault::Other(error.to_string())))?;
        booker.apply_credits().await?;
        for currency in &booker.currencies {
            ensure_ladder(self.ambient, tx, creditor, *currency).await?;
        }
        Ok(booker.tally)
    }
}

/// What a person said; else what was remembered for such a header; else what its names say.
async fn mapping(
    tx: &Tx,
    creditor_id: CreditorId,
    file: &ImportFile,
    reading: &Reading,
) -> Result<(Mapping, bool), ImportFailure> {
    let header = file.header_names();
    let stored = import::find_mapping(tx, creditor_id, &file.fingerprint()).await?;
    let stored = stored.and_then(|json| serde_json::from_value::<Mapping>(json).ok());
    let stored = stored.filter(|mapping| mapping.columns().len() == header.len());
    let said = reading.mapping.clone().filter(|mapping| mapping.columns().len() == header.len());
    let remembered = said.is_none() && stored.is_some();
    let mapping = said.or(stored).unwrap_or_else(|| guess_mapping(&header));
    match &reading.map {
        Some(map) => Ok((mapping.with_overrides(&header, map)?, remembered)),
        None => Ok((mapping, remembered)),
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ImportFailure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| ImportFailure::Other(Fault::Other(error.to_string()).into()))
}

/// Amounts that fit one by one may still not fit together.
fn file_too_rich(failure: Failure) -> ImportFailure {
    match failure {
        Failure::Refused(AppRefusal::Domain(Refusal::AmountOverflow)) => ImportRefusal::TotalOverflow.into(),
        failure => failure.into(),
    }
}
