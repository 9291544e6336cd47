use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::http::extract::{Id, Query};
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::page::Page;
use saldo_contract::payment::{Allocation, ByDebtorQuery, Payment};
use saldo_contract::problem::Problem;
use saldo_domain::ids::{DebtorId, PaymentId};
use saldo_store::payment::{self, PaymentRow};

/// Payments, the latest first.
#[utoipa::path(get, path = "/v1/payments", tag = "payments", security(("api_key" = [])), params(ByDebtorQuery),
    responses((status = 200, body = Page<Payment>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ByDebtorQuery>,
) -> Result<Answer<Page<Payment>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let tx = app.store().read().await?;
    let debtor = query.debtor_id.map(DebtorId);
    let rows = payment::list(&tx, caller.creditor_id, debtor, window).await?;
    Ok(Answer(page(rows, wire)))
}

/// One payment.
#[utoipa::path(get, path = "/v1/payments/{payment_id}", tag = "payments", security(("api_key" = [])),
    params(("payment_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Payment), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PaymentId>,
) -> Result<Answer<Payment>, Failure> {
    caller.needs("read")?;
    let tx = app.store().read().await?;
    Ok(Answer(wire(payment::load(&tx, caller.creditor_id, id).await?)))
}

pub(crate) fn wire(row: PaymentRow) -> Payment {
    let part = |part: saldo_domain::allocation::Allocation| Allocation {
        invoice_id: part.invoice_id.0,
        amount: part.amount.into(),
        given_up: part.concession.map(|given| given.amount.into()),
    };
    Payment {
        id: row.payment.id.0,
        debtor_id: row.debtor_id.0,
        amount: row.payment.amount.into(),
        unapplied: row.payment.unapplied.into(),
        refunded: row.payment.refunded.into(),
        provider: row.provider,
        provider_reference: row.provider_reference,
        effective_on: row.payment.effective_on,
        recorded_at: row.recorded_at,
        allocations: row.payment.allocations.into_iter().map(part).collect(),
    }
}
