use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::http::extract::{Id, Query};
use crate::http::page;
use crate::lists::{Asked, PAYMENTS};
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::page::Page;
use saldo_contract::payment::{Allocation, Payment, PaymentQuery};
use saldo_contract::problem::Problem;
use saldo_domain::ids::PaymentId;
use saldo_store::payment::{self, PaymentRow};

/// Payments, the latest first, or in the order that is asked for.
#[utoipa::path(get, path = "/v1/payments", tag = "payments", security(("api_key" = [])), params(PaymentQuery),
    responses((status = 200, body = Page<Payment>), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<PaymentQuery>,
) -> Result<Answer<Page<Payment>>, Failure> {
    caller.needs("read")?;
    let asked = Asked {
        state: query.state,
        debtor: query.debtor_id.map(|id| id.to_string()),
        search: query.search,
        from: query.from.map(|date| date.to_string()),
        until: query.until.map(|date| date.to_string()),
        sort: query.sort,
        usual: Some("written"),
        after: query.cursor,
    };
    let opened = page::list(&app, caller.creditor_id, PAYMENTS, &asked, query.limit).await?;
    let items = opened.payments().await?.into_iter().map(|named| wire(named.row)).collect();
    Ok(Answer(Page { items, next_cursor: opened.next().map(str::to_owned) }))
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
    let tx = app.store().read_of(caller.creditor_id).await?;
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
