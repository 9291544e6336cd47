use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::attachment::{self, AttachmentRow};
use crate::flows::dispute::{self, DisputeFilter, DisputeRow};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use saldo_contract::dispute::{Attachment, ClaimQuery, Dispute, OpenDispute, ResolveDispute};
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_domain::dispute::{DisputeOutcome, DisputeReason, DisputeState};
use saldo_domain::ids::{AttachmentId, DebtorId, DisputeId, InvoiceId};

/// Disputes, the latest first.
#[utoipa::path(get, path = "/v1/disputes", tag = "claims", security(("api_key" = [])), params(ClaimQuery),
    responses((status = 200, body = Page<Dispute>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ClaimQuery>,
) -> Result<Answer<Page<Dispute>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let state = known_word(query.state.as_deref(), &["open", "resolved", "withdrawn"])?;
    let filter = DisputeFilter { debtor_id: query.debtor_id.map(DebtorId), state };
    let rows = dispute::list(&app, caller.creditor_id, filter, window).await?;
    Ok(Answer(page(rows, |row| wire(row, None))))
}

/// One dispute with its files.
#[utoipa::path(get, path = "/v1/disputes/{dispute_id}", tag = "claims", security(("api_key" = [])),
    params(("dispute_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Dispute), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<DisputeId>,
) -> Result<Answer<Dispute>, Failure> {
    caller.needs("read")?;
    let shown = dispute::show(&app, caller.creditor_id, id).await?;
    Ok(Answer(wire(shown.row, Some(shown.files))))
}

/// Opens a dispute on a debtor's behalf: its invoice is not chased until somebody decides.
#[utoipa::path(post, path = "/v1/disputes", tag = "claims", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = OpenDispute,
    responses((status = 201, body = Dispute), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn open(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<OpenDispute>,
) -> Result<Response, Failure> {
    caller.needs("write")?;
    let inner = dispute::OpenDispute {
        dispute_id: DisputeId(key.id(caller.creditor_id)),
        invoice_id: InvoiceId(wish.invoice_id),
        reason: DisputeReason::find(&wish.reason).ok_or_else(|| unknown(&wish.reason))?,
        message: wish.message.clone(),
        files: Vec::new(),
    };
    let work =
        async { dispute::open(&app, caller.creditor_id, None, caller.actor(), inner).await.map(|row| wire(row, None)) };
    key.once(&app, &caller, &("dispute", &wish), work).await
}

/// Decides a dispute. What follows for the books is another request.
#[utoipa::path(post, path = "/v1/disputes/{dispute_id}/resolve", tag = "claims", security(("api_key" = [])),
    params(("dispute_id" = uuid::Uuid, Path)), request_body = ResolveDispute,
    responses((status = 200, body = Dispute), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn resolve(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<DisputeId>,
    Json(wish): Json<ResolveDispute>,
) -> Result<Answer<Dispute>, Failure> {
    caller.needs("write")?;
    let outcome = DisputeOutcome::find(&wish.outcome).ok_or_else(|| unknown(&wish.outcome))?;
    let row = dispute::resolve(&app, caller.creditor_id, caller.actor(), id, outcome, &wish.note).await?;
    Ok(Answer(wire(row, None)))
}

/// A file of a dispute or a declared transfer, as a download.
#[utoipa::path(get, path = "/v1/attachments/{attachment_id}", tag = "claims", security(("api_key" = [])),
    params(("attachment_id" = uuid::Uuid, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404, body = Problem)))]
pub async fn file(State(app): State<App>, caller: ApiCaller, Id(id): Id<AttachmentId>) -> Result<Response, Failure> {
    caller.needs("read")?;
    let (row, bytes) = attachment::load(&app, caller.creditor_id, None, id).await?;
    let headers = [
        (header::CONTENT_TYPE, row.kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", row.name)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// A word of a filter, if it is one of those that exist.
pub fn known_word<'a>(word: Option<&'a str>, words: &[&str]) -> Result<Option<&'a str>, Failure> {
    match word {
        Some(word) if !words.contains(&word) => Err(unknown(word)),
        word => Ok(word),
    }
}

fn unknown(word: &str) -> Failure {
    AppRefusal::Malformed(format!("unknown word {word}")).into()
}

/// Files as they go over the wire.
pub fn files(rows: Vec<AttachmentRow>) -> Vec<Attachment> {
    let wire = |row: AttachmentRow| Attachment {
        id: row.id.0,
        name: row.name,
        media_type: row.kind.media_type().to_owned(),
        byte_count: row.byte_count,
        sent_at: row.sent_at,
    };
    rows.into_iter().map(wire).collect()
}

fn wire(row: DisputeRow, attachments: Option<Vec<AttachmentRow>>) -> Dispute {
    let dispute = row.dispute;
    let state = dispute.state.name().to_owned();
    let (outcome, note, closed_at) = match dispute.state {
        DisputeState::Open => (None, None, None),
        DisputeState::Resolved { at, outcome, note, .. } => (Some(outcome.name().to_owned()), Some(note), Some(at)),
        DisputeState::Withdrawn { at, .. } => (None, None, Some(at)),
    };
    Dispute {
        id: dispute.id.0,
        debtor_id: row.debtor_id.0,
        invoice_id: dispute.invoice_id.0,
        reason: dispute.reason.name().to_owned(),
        message: dispute.message,
        opened_at: dispute.opened_at,
        state,
        outcome,
        note,
        closed_at,
        attachments: attachments.map(files),
    }
}
