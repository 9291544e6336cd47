use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::issue_invoice;
use crate::http::extract::{Id, Json, Query};
use crate::http::page;
use crate::lists::{Asked, INVOICES};
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::invoice::{Invoice, InvoiceDiscount, InvoiceQuery, IssueInvoice};
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_domain::discount::{DiscountOffer, DiscountTerms};
use saldo_domain::ids::InvoiceId;
use saldo_domain::invoice::{InvoiceStatus, ItemKind};
use saldo_domain::money::Money;
use saldo_store::invoice::{self, InvoiceRow};

/// Invoices in the order in which they were written, or in the one that is asked for.
#[utoipa::path(get, path = "/v1/invoices", tag = "invoices", security(("api_key" = [])), params(InvoiceQuery),
    responses((status = 200, body = Page<Invoice>), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<InvoiceQuery>,
) -> Result<Answer<Page<Invoice>>, Failure> {
    caller.needs("read")?;
    let asked = Asked {
        state: query.status,
        debtor: query.debtor_id.map(|id| id.to_string()),
        search: query.search,
        from: query.due_from.map(|date| date.to_string()),
        until: query.due_until.map(|date| date.to_string()),
        sort: query.sort,
        usual: Some("written"),
        after: query.cursor,
    };
    let opened = page::list(&app, caller.creditor_id, INVOICES, &asked, query.limit).await?;
    let items = opened.invoices().await?.into_iter().map(|named| wire(named.row)).collect();
    Ok(Answer(Page { items, next_cursor: opened.next().map(str::to_owned) }))
}

/// Issues one invoice. The same number with the same content changes nothing.
#[utoipa::path(post, path = "/v1/invoices", tag = "invoices", security(("api_key" = [])), request_body = IssueInvoice,
    responses((status = 200, body = Invoice), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn issue(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<IssueInvoice>,
) -> Result<Answer<Invoice>, Failure> {
    caller.needs("write")?;
    issue_invoice::issue(&app, caller.creditor_id, wish).await.map(wire).map(Answer)
}

/// One invoice.
#[utoipa::path(get, path = "/v1/invoices/{invoice_id}", tag = "invoices", security(("api_key" = [])),
    params(("invoice_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Invoice), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<InvoiceId>,
) -> Result<Answer<Invoice>, Failure> {
    caller.needs("read")?;
    let tx = app.store().read_of(caller.creditor_id).await?;
    Ok(Answer(wire(invoice::load(&tx, caller.creditor_id, id).await?)))
}

fn kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Invoice => "invoice",
        ItemKind::LateFee { .. } => "late_fee",
        ItemKind::Interest { .. } => "interest",
        ItemKind::PlanCharge { .. } => "plan_charge",
    }
}

fn discounts(terms: &[DiscountTerms]) -> Vec<InvoiceDiscount> {
    let steps = terms.iter().flat_map(|terms| match &terms.offer {
        DiscountOffer::Steps { steps } => steps.clone(),
        DiscountOffer::Sliding { .. } => Vec::new(),
    });
    steps.map(|step| InvoiceDiscount { saved: step.saved.into(), until_at: step.until_at }).collect()
}

pub(crate) fn wire(row: InvoiceRow) -> Invoice {
    let invoice = row.invoice;
    let (status, outstanding) = match invoice.status {
        InvoiceStatus::Open { outstanding } => ("open", outstanding),
        InvoiceStatus::Paid { .. } => ("paid", Money::zero(invoice.amount.currency())),
        InvoiceStatus::Void { .. } => ("void", Money::zero(invoice.amount.currency())),
        InvoiceStatus::WrittenOff { .. } => ("written_off", Money::zero(invoice.amount.currency())),
    };
    Invoice {
        id: invoice.id.0,
        debtor_id: row.debtor_id.0,
        number: invoice.number,
        description: invoice.description,
        issued_on: invoice.issued_on,
        due_on: invoice.due_on,
        amount: invoice.amount.into(),
        outstanding: outstanding.into(),
        status: status.to_owned(),
        disputed: invoice.disputed,
        kind: kind(invoice.kind).to_owned(),
        tax: invoice.tax.map(Into::into),
        discounts: discounts(&invoice.discounts),
    }
}
