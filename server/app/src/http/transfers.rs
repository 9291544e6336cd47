use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::attachment::AttachmentRow;
use crate::flows::declared_transfer::{self, TransferFilter, TransferRow};
use crate::http::disputes::{files, known_word};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::dispute::ClaimQuery;
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_contract::transfer::{DeclareTransfer, MatchTransfer, RejectTransfer, Transfer};
use saldo_domain::ids::{AccountId, DebtorId, PaymentId, TransferId};
use saldo_domain::transfer::TransferState;

/// Declared bank transfers, the latest first.
#[utoipa::path(get, path = "/v1/transfers", tag = "claims", security(("api_key" = [])), params(ClaimQuery),
    responses((status = 200, body = Page<Transfer>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ClaimQuery>,
) -> Result<Answer<Page<Transfer>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let state = known_word(query.state.as_deref(), &["waiting", "matched", "rejected"])?;
    let filter = TransferFilter { debtor_id: query.debtor_id.map(DebtorId), state };
    let rows = declared_transfer::list(&app, caller.creditor_id, filter, window).await?;
    Ok(Answer(page(rows, |row| wire(row, None))))
}

/// One declared transfer with its proof.
#[utoipa::path(get, path = "/v1/transfers/{transfer_id}", tag = "claims", security(("api_key" = [])),
    params(("transfer_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Transfer), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<TransferId>,
) -> Result<Answer<Transfer>, Failure> {
    caller.needs("read")?;
    let (row, proof) = declared_transfer::show(&app, caller.creditor_id, id).await?;
    Ok(Answer(wire(row, Some(proof))))
}

/// Notes a transfer that a debtor declared: reminders are silent for five days.
#[utoipa::path(post, path = "/v1/transfers", tag = "claims", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = DeclareTransfer,
    responses((status = 201, body = Transfer), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn declare(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<DeclareTransfer>,
) -> Result<Response, Failure> {
    caller.needs("write")?;
    let inner = declared_transfer::DeclareTransfer {
        transfer_id: TransferId(key.id(caller.creditor_id)),
        account_id: AccountId(wish.account_id),
        amount: wish.amount.into(),
        made_on: wish.made_on,
        reference: wish.reference.clone().unwrap_or_default(),
        files: Vec::new(),
    };
    let debtor = DebtorId(wish.debtor_id);
    let work = async {
        let row = declared_transfer::declare(&app, caller.creditor_id, debtor, caller.actor(), inner).await;
        row.map(|row| wire(row, None))
    };
    key.once(&app, &caller, &("transfer", &wish), work).await
}

/// The money of a declared transfer came.
#[utoipa::path(post, path = "/v1/transfers/{transfer_id}/match", tag = "claims", security(("api_key" = [])),
    params(("transfer_id" = uuid::Uuid, Path)), request_body = MatchTransfer,
    responses((status = 200, body = Transfer), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn match_to(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<TransferId>,
    Json(wish): Json<MatchTransfer>,
) -> Result<Answer<Transfer>, Failure> {
    caller.needs("adjust")?;
    let paid = wish.payment_id.map(PaymentId);
    let row = declared_transfer::match_to(&app, caller.creditor_id, caller.actor(), id, paid).await?;
    Ok(Answer(wire(row, None)))
}

/// The money of a declared transfer did not come.
#[utoipa::path(post, path = "/v1/transfers/{transfer_id}/reject", tag = "claims", security(("api_key" = [])),
    params(("transfer_id" = uuid::Uuid, Path)), request_body = RejectTransfer,
    responses((status = 200, body = Transfer), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn reject(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<TransferId>,
    Json(wish): Json<RejectTransfer>,
) -> Result<Answer<Transfer>, Failure> {
    caller.needs("adjust")?;
    let row = declared_transfer::reject(&app, caller.creditor_id, caller.actor(), id, &wish.note).await?;
    Ok(Answer(wire(row, None)))
}

fn wire(row: TransferRow, proof: Option<Vec<AttachmentRow>>) -> Transfer {
    let transfer = row.transfer;
    let state = transfer.state.name().to_owned();
    let (payment_id, note) = match transfer.state {
        TransferState::Waiting => (None, None),
        TransferState::Matched { payment_id, .. } => (payment_id.map(|id| id.0), None),
        TransferState::Rejected { note, .. } => (None, Some(note)),
    };
    Transfer {
        id: transfer.id.0,
        debtor_id: row.debtor_id.0,
        account_id: transfer.account_id.0,
        amount: transfer.amount.into(),
        made_on: transfer.made_on,
        reference: transfer.reference,
        declared_at: transfer.declared_at,
        state,
        payment_id,
        note,
        attachments: proof.map(files),
    }
}
