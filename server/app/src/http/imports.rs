use crate::App;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::api_key::ApiCaller;
use crate::flows::import_invoices::{ImportWish, Importer, Reading};
use crate::flows::{send_invoice, upload_import};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use crate::http::problem::fault_wire;
use axum::Json as Answer;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use futures::StreamExt;
use saldo_contract::import::{Import, ImportQuery, ImportReport, SendInvoices};
use saldo_contract::page::{Page, PageQuery};
use saldo_contract::problem::Problem;
use saldo_domain::ids::ImportId;
use saldo_domain::import::DateOrder;
use saldo_store::import::ImportRow;
use std::path::Path;
use tokio::io::AsyncWriteExt;

/// Imports, newest first.
#[utoipa::path(get, path = "/v1/imports", tag = "imports", security(("api_key" = [])), params(PageQuery),
    responses((status = 200, body = Page<Import>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<PageQuery>,
) -> Result<Answer<Page<Import>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let rows = upload_import::list(&app, caller.creditor_id, window).await?;
    Ok(Answer(page(rows, wire)))
}

/// One import.
#[utoipa::path(get, path = "/v1/imports/{import_id}", tag = "imports", security(("api_key" = [])),
    params(("import_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Import), (status = 404, body = Problem)))]
pub async fn show(State(app): State<App>, caller: ApiCaller, Id(id): Id<ImportId>) -> Result<Answer<Import>, Failure> {
    caller.needs("read")?;
    upload_import::load(&app, caller.creditor_id, id).await.map(wire).map(Answer)
}

/// Mails the open invoices of an import to their debtors, each once: those that are not due yet, or all of them.
#[utoipa::path(post, path = "/v1/imports/{import_id}/send-invoices", tag = "imports", security(("api_key" = [])),
    params(("import_id" = uuid::Uuid, Path), ("idempotency-key" = String, Header)), request_body = SendInvoices,
    responses((status = 201, body = Import), (status = 404, body = Problem)))]
pub async fn send_invoices(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Id(id): Id<ImportId>,
    Json(wish): Json<SendInvoices>,
) -> Result<Response, Failure> {
    caller.needs("write")?;
    let work = async {
        send_invoice::send_import(&app, caller.creditor_id, &caller.actor(), id, wish.with_overdue).await?;
        upload_import::load(&app, caller.creditor_id, id).await.map(wire)
    };
    key.once(&app, &caller, &("send_invoices", id, &wish), work).await
}

/// Imports a CSV file: all of it, or nothing. The same file again changes nothing and says so; `preview=true` tells what
/// would happen.
#[utoipa::path(post, path = "/v1/imports", tag = "imports", security(("api_key" = [])), params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportReport), (status = 422, body = Problem)))]
pub async fn import(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ImportQuery>,
    body: Body,
) -> Result<Answer<ImportReport>, Failure> {
    caller.needs("import")?;
    let path = upload_import::new_file(&app)?;
    let report = run(&app, &caller, query, body, &path).await;
    let _ = tokio::fs::remove_file(&path).await;
    report.map(Answer)
}

async fn run(
    app: &App,
    caller: &ApiCaller,
    query: ImportQuery,
    body: Body,
    path: &Path,
) -> Result<ImportReport, Failure> {
    spool(body, path, app.config().limits.import_bytes).await?;
    let wish = ImportWish {
        path: path.to_owned(),
        file_name: query.file_name.unwrap_or_else(|| "api.csv".to_owned()),
        import_id: None,
        reading: Reading { map: query.map, ..Reading::default() },
    };
    let importer = Importer::of(app);
    let report = if query.preview {
        importer.preview(caller.creditor_id, &wish, &|_| {}).await?
    } else {
        importer.import(caller.creditor_id, &wish, &|_| {}).await?
    };
    if report.fault_count > 0 {
        return Err(AppRefusal::ImportRefused { faults: report.faults, count: report.fault_count }.into());
    }
    Ok(report_wire(&report))
}

/// Writes a body to a file, piece by piece, up to a size.
///
/// # Errors
/// `file_too_large`; a fault of the disk.
async fn spool(body: Body, path: &Path, bytes_max: u64) -> Result<(), Failure> {
    let broken = |error: std::io::Error| Failure::from(Fault::Disk(error));
    let mut file = tokio::fs::File::create(path).await.map_err(broken)?;
    let mut stream = body.into_data_stream();
    let mut written: u64 = 0;
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|_| AppRefusal::Malformed("the body broke off".to_owned()))?;
        written += piece.len() as u64;
        if written > bytes_max {
            let detail = format!("at most {bytes_max} bytes");
            return Err(AppRefusal::FileUnreadable { code: "file_too_large", detail }.into());
        }
        file.write_all(&piece).await.map_err(broken)?;
    }
    file.flush().await.map_err(broken)
}

fn wire(row: ImportRow) -> Import {
    Import { id: row.id.0, file_name: row.file_name, created_at: row.created_at, row_count: u64::from(row.row_count) }
}

fn report_wire(report: &crate::import::ImportReport) -> ImportReport {
    let date_order = match report.detection.date_order.value {
        DateOrder::Ymd => "ymd",
        DateOrder::Dmy => "dmy",
        DateOrder::Mdy => "mdy",
    };
    ImportReport {
        id: report.import_id.map(|id| id.0),
        row_count: report.row_count,
        new_count: report.counts.new,
        amended_count: report.counts.amended,
        settled_count: report.counts.settled,
        unchanged_count: report.counts.unchanged,
        consent_count: report.counts.consents_changed,
        consents_overridden: report.overridden.iter().map(fault_wire).collect(),
        totals: report.totals.iter().map(|total| total.amount.into()).collect(),
        encoding: report.encoding.name().to_owned(),
        separator: report.separator.to_string(),
        date_order: date_order.to_owned(),
        date_order_assumed: report.detection.date_order.assumed,
        decimal_mark: report.detection.decimal_mark.value.to_string(),
        decimal_mark_assumed: report.detection.decimal_mark.assumed,
        map: report.map_text(),
    }
}
