use super::overview::ListQuery;
use crate::pages::console::{
    ColumnView, ImportRow, ImportState, ImportTotal, ImportsView, MappingProblem, MappingView, PreviewLine,
    PreviewView, ProgressView, ResultView, UploadProblem,
};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::Json;
use axum::extract::{Multipart, Path, Query};
use axum::http::StatusCode;
use saldo_app::Fault;
use saldo_app::flows::import_invoices::{ImportFailure, Inspected};
use saldo_app::flows::upload_import::{self, Confirmed, state as states};
use saldo_app::import::{ImportReport, RowOutcome, Total};
use saldo_domain::currency::Currency;
use saldo_domain::ids::ImportId;
use saldo_domain::import::{DateOrder, Field, ImportRefusal, Mapping};
use saldo_domain::member::Permission;
use serde::Serialize;
use std::path::Path as FilePath;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

/// How many faults one page shows.
const FAULTS_SHOWN: usize = 100;

/// The latest imports, and the form for the next one.
pub async fn list(console: ConsoleVisit, Query(query): Query<ListQuery>) -> Answer {
    console.needs(Permission::Read)?;
    page(&console, query, None).await
}

async fn page(console: &ConsoleVisit, query: ListQuery, problem: Option<UploadProblem>) -> Answer {
    let listed = upload_import::list(console.app(), console.id(), query.page()).await;
    let listed = listed.map_err(|failure| Page::failure(&console.visit, failure))?;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = ImportsView { recent: listed.items.into_iter().map(row).collect(), problem };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

/// An import as it is listed.
pub fn row(row: upload_import::ImportRow) -> ImportRow {
    let state = match row.state.as_str() {
        states::MAPPING => ImportState::Mapping,
        states::PREVIEW => ImportState::Preview,
        states::RUNNING => ImportState::Running,
        states::REFUSED => ImportState::Refused,
        _ => ImportState::Booked,
    };
    ImportRow {
        id: row.id,
        file_name: row.file_name,
        created_at: row.created_at,
        state,
        rows: u64::from(row.row_count),
    }
}

/// Takes a file in, piece by piece.
pub async fn upload(console: ConsoleVisit, mut form: Multipart) -> Answer {
    console.needs(Permission::Import)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let path = upload_import::new_file(console.app()).map_err(failed)?;
    let bytes_max = console.app().config().limits.import_bytes;
    match spool(&mut form, &path, bytes_max).await {
        Ok(Some(name)) => {
            let id = upload_import::begin(console.app(), console.id(), &name, &path).await.map_err(failed)?;
            Ok(Page::see_other(&format!("/console/imports/{id}")))
        }
        outcome => {
            let _ = tokio::fs::remove_file(&path).await;
            let problem = match outcome {
                Err(SpoolFault::TooLarge) => UploadProblem::Unreadable(ImportRefusal::TooLarge { bytes_max }),
                Err(SpoolFault::Io(error)) => return Err(failed(Fault::Disk(error).into())),
                Ok(_) => UploadProblem::Missing,
            };
            page(&console, ListQuery::default(), Some(problem)).await
        }
    }
}

enum SpoolFault {
    TooLarge,
    Io(std::io::Error),
}

/// Writes the field `file` to the disk and answers its name; none where no file was chosen.
async fn spool(form: &mut Multipart, path: &FilePath, bytes_max: u64) -> Result<Option<String>, SpoolFault> {
    while let Ok(Some(mut field)) = form.next_field().await {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut file = tokio::fs::File::create(path).await.map_err(SpoolFault::Io)?;
        let mut written: u64 = 0;
        while let Ok(Some(piece)) = field.chunk().await {
            written += piece.len() as u64;
            if written > bytes_max {
                return Err(SpoolFault::TooLarge);
            }
            file.write_all(&piece).await.map_err(SpoolFault::Io)?;
        }
        file.flush().await.map_err(SpoolFault::Io)?;
        return Ok(if written == 0 || name.is_empty() { None } else { Some(name) });
    }
    Ok(None)
}

/// Where an import stands: columns, preview, progress or result.
pub async fn show(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let row = upload_import::load(console.app(), console.id(), ImportId(id)).await.map_err(failed)?;
    let chrome = console.visit.of_console(&console.creditor);
    match row.state.as_str() {
        states::MAPPING => mapping_page(&console, &row, None).await,
        states::PREVIEW | states::REFUSED => match upload_import::preview(console.app(), console.id(), &row).await {
            Ok(report) => Ok(Page::ok(&preview(&row, report), &chrome)),
            Err(ImportFailure::File(refusal)) => mapping_page(&console, &row, Some(refusal)).await,
            Err(ImportFailure::Other(failure)) => Err(failed(failure)),
        },
        states::RUNNING => {
            let progress = console.app().running_imports().of(row.id);
            let (done, total) = progress.map_or((0, 0), |progress| (progress.rows, progress.rows_total));
            Ok(Page::ok(&ProgressView { import_id: row.id, file_name: row.file_name, done, total }, &chrome))
        }
        _ => Ok(Page::ok(&result(&row), &chrome)),
    }
}

async fn mapping_page(
    console: &ConsoleVisit,
    row: &upload_import::ImportRow,
    refusal: Option<ImportRefusal>,
) -> Answer {
    let inspected = match upload_import::inspect(console.app(), console.id(), row).await {
        Ok(inspected) => inspected,
        Err(ImportFailure::File(refusal)) => {
            return page(console, ListQuery::default(), Some(UploadProblem::Unreadable(refusal))).await;
        }
        Err(ImportFailure::Other(failure)) => return Err(Page::failure(&console.visit, failure)),
    };
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = mapping(row, inspected, refusal.map(MappingProblem::File));
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

fn mapping(row: &upload_import::ImportRow, inspected: Inspected, problem: Option<MappingProblem>) -> MappingView {
    let samples = |place: usize| {
        let cells = inspected.samples.iter().filter_map(|cells| cells.get(place).cloned());
        cells.take(3).collect::<Vec<_>>()
    };
    let columns = inspected.file.header().iter().zip(inspected.mapping.columns()).enumerate();
    let columns = columns.map(|(place, (header, field))| ColumnView {
        header: header.clone(),
        samples: samples(place),
        field: *field,
    });
    MappingView {
        import_id: row.id,
        file_name: row.file_name.clone(),
        encoding: inspected.file.encoding().name().to_owned(),
        separator: inspected.file.separator(),
        columns: columns.collect(),
        detection: inspected.detection,
        currency: inspected.currency.code().to_owned(),
        remembered: inspected.remembered,
        problem,
    }
}

/// Keeps what finance says of the columns.
pub async fn map(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Import)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let row = upload_import::load(console.app(), console.id(), ImportId(id)).await.map_err(failed)?;
    let confirmed = match confirmed(&form) {
        Ok(confirmed) => confirmed,
        Err(refusal) => return mapping_page(&console, &row, Some(refusal)).await,
    };
    upload_import::confirm_mapping(console.app(), console.id(), row.id, &confirmed).await.map_err(failed)?;
    Ok(Page::see_other(&format!("/console/imports/{id}")))
}

fn confirmed(form: &Form) -> Result<Confirmed, ImportRefusal> {
    let mut columns: Vec<(usize, Field)> = form
        .beginning("column_")
        .filter_map(|(place, name)| Some((place.parse().ok()?, name.parse().unwrap_or(Field::Ignore))))
        .collect();
    columns.sort_by_key(|(place, _)| *place);
    Ok(Confirmed {
        mapping: Some(Mapping::try_new(columns.into_iter().map(|(_, field)| field).collect())?),
        date_order: match form.text("date_order") {
            "ymd" => Some(DateOrder::Ymd),
            "dmy" => Some(DateOrder::Dmy),
            "mdy" => Some(DateOrder::Mdy),
            _ => None,
        },
        decimal_mark: match form.text("decimal_mark") {
            "point" => Some('.'),
            "comma" => Some(','),
            _ => None,
        },
        currency: Currency::try_new(form.text("currency")).ok(),
    })
}

/// Back to the columns.
pub async fn remap(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Import)?;
    let moved = upload_import::remap(console.app(), console.id(), ImportId(id)).await;
    moved.map_err(|failure| Page::failure(&console.visit, failure))?;
    Ok(Page::see_other(&format!("/console/imports/{id}")))
}

/// Lets it be booked.
pub async fn confirm(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Import)?;
    let confirmed = upload_import::confirm(console.app(), console.id(), &console.actor(), ImportId(id)).await;
    confirmed.map_err(|failure| Page::failure(&console.visit, failure))?;
    Ok(Page::see_other(&format!("/console/imports/{id}")))
}

#[derive(Serialize)]
struct ProgressState {
    done: u64,
    total: u64,
    finished: bool,
}

/// What the progress page asks.
pub async fn state(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    let row = upload_import::load(console.app(), console.id(), ImportId(id)).await;
    let row = row.map_err(|failure| Page::failure(&console.visit, failure))?;
    let progress = console.app().running_imports().of(row.id);
    let (done, total) = progress.map_or((0, 0), |progress| (progress.rows, progress.rows_total));
    Ok(Page::raw(Json(ProgressState { done, total, finished: row.state != states::RUNNING })))
}

fn total(total: &Total) -> ImportTotal {
    ImportTotal { invoices: total.invoices, amount: total.amount, outstanding: total.outstanding }
}

fn preview(row: &upload_import::ImportRow, report: ImportReport) -> PreviewView {
    let sample = report.preview.iter().map(|shown| PreviewLine {
        line: shown.row.line,
        number: shown.row.number.clone(),
        debtor: shown.row.debtor.name.clone().unwrap_or_else(|| shown.row.debtor.reference.clone()),
        phone: shown.row.debtor.phone.clone(),
        consents: shown.row.debtor.consents.iter().map(|cell| (cell.channel, cell.given)).collect(),
        issued_on: shown.row.issue_date(),
        due_on: shown.row.due_on,
        amount: shown.row.amount,
        settled: matches!(shown.outcome, RowOutcome::NewSettled),
    });
    PreviewView {
        import_id: row.id,
        file_name: row.file_name.clone(),
        rows: report.row_count,
        new: report.counts.new,
        unchanged: report.counts.unchanged,
        amended: report.counts.amended,
        settled: report.counts.settled,
        debtors_new: report.counts.debtors_new,
        consents_changed: report.counts.consents_changed,
        totals: report.totals.iter().map(total).collect(),
        sample: sample.collect(),
        faults: report.faults.into_iter().take(FAULTS_SHOWN).collect(),
        fault_count: report.fault_count,
        overridden: report.overridden.into_iter().take(FAULTS_SHOWN).collect(),
        overridden_count: report.overridden_count,
    }
}

fn result(row: &upload_import::ImportRow) -> ResultView {
    let count = |name: &str| row.counts.get(name).and_then(serde_json::Value::as_u64).unwrap_or(0);
    let totals: Vec<Total> = serde_json::from_value(row.totals.clone()).unwrap_or_default();
    ResultView {
        import_id: row.id,
        file_name: row.file_name.clone(),
        new: count("new"),
        unchanged: count("unchanged"),
        amended: count("amended"),
        settled: count("settled"),
        totals: totals.iter().map(total).collect(),
    }
}
