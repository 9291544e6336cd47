use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::remove_method;
use crate::http::extract::{Id, Query};
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use saldo_contract::method::{Chargeback, SavedMethod, SavedMethods};
use saldo_contract::page::Page;
use saldo_contract::payment::ByDebtorQuery;
use saldo_contract::problem::Problem;
use saldo_domain::ids::{DebtorId, SavedMethodId};
use saldo_store::chargeback::{self, ChargebackRow};
use saldo_store::saved_method::SavedMethodRow;

/// A debtor's saved payment methods, the newest first: how they look, never a number.
#[utoipa::path(get, path = "/v1/debtors/{debtor_id}/methods", tag = "payments", security(("api_key" = [])),
    params(("debtor_id" = uuid::Uuid, Path)),
    responses((status = 200, body = SavedMethods), (status = 404, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<DebtorId>,
) -> Result<Answer<SavedMethods>, Failure> {
    caller.needs("read")?;
    let rows = remove_method::list(&app, caller.creditor_id, id).await?;
    Ok(Answer(SavedMethods { items: rows.into_iter().map(wire).collect() }))
}

/// Removes a saved method: nothing is charged to it any more. One that was removed before is a success.
#[utoipa::path(delete, path = "/v1/methods/{method_id}", tag = "payments", security(("api_key" = [])),
    params(("method_id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn remove(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SavedMethodId>,
) -> Result<StatusCode, Failure> {
    caller.needs("write")?;
    remove_method::remove(&app, caller.creditor_id, None, id, caller.actor()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Chargebacks, the latest first.
#[utoipa::path(get, path = "/v1/chargebacks", tag = "payments", security(("api_key" = [])), params(ByDebtorQuery),
    responses((status = 200, body = Page<Chargeback>), (status = 401, body = Problem)))]
pub async fn list_chargebacks(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ByDebtorQuery>,
) -> Result<Answer<Page<Chargeback>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let tx = app.store().read_of(caller.creditor_id).await?;
    let rows = chargeback::list(&tx, caller.creditor_id, query.debtor_id.map(DebtorId), window).await?;
    Ok(Answer(page(rows, of_chargeback)))
}

fn wire(row: SavedMethodRow) -> SavedMethod {
    SavedMethod {
        id: row.id.0,
        debtor_id: row.debtor_id.0,
        kind: row.facts.kind,
        brand: row.facts.brand,
        last4: row.facts.last4,
        expires: row.facts.expires.map(|expires| format!("{:04}-{:02}", expires.year, expires.month)),
        saved_at: row.saved_at,
    }
}

fn of_chargeback(row: ChargebackRow) -> Chargeback {
    Chargeback {
        id: row.id.0,
        debtor_id: row.debtor_id.0,
        payment_id: row.payment_id.0,
        amount: row.amount.into(),
        provider: row.provider,
        provider_reference: row.reference,
        standing: row.standing.name().to_owned(),
        opened_at: row.opened_at,
        ended_at: row.ended_at,
    }
}
