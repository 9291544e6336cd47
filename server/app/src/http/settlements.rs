use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::grant_discount::{self, GrantDiscount as Grant};
use crate::flows::settlement_offer::{self, SettlementOfferRow};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::page::Page;
use saldo_contract::payment::ByDebtorQuery;
use saldo_contract::problem::Problem;
use saldo_contract::settlement::{GrantDiscount, GrantedDiscount, OfferSettlement, SettlementOffer};
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_domain::discount::{DiscountOffer, TermsSource};
use saldo_domain::ids::{AccountId, DebtorId, InvoiceId, SettlementOfferId};
use saldo_domain::member::Role;
use saldo_domain::settlement::SettlementState;
use saldo_store::invoice::InvoiceRow;

/// Settlement offers, the latest first.
#[utoipa::path(get, path = "/v1/settlement-offers", tag = "adjustments", security(("api_key" = [])),
    params(ByDebtorQuery), responses((status = 200, body = Page<SettlementOffer>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ByDebtorQuery>,
) -> Result<Answer<Page<SettlementOffer>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let rows = settlement_offer::list(&app, caller.creditor_id, query.debtor_id.map(DebtorId), window).await?;
    let now = app.now();
    Ok(Answer(page(rows, |row| wire(row, now))))
}

/// Offers a settlement: less, accepted as payment in full until the end of a day.
#[utoipa::path(post, path = "/v1/settlement-offers", tag = "adjustments", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = OfferSettlement,
    responses((status = 201, body = SettlementOffer), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn offer(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<OfferSettlement>,
) -> Result<Response, Failure> {
    caller.needs("adjust")?;
    let inner = settlement_offer::OfferSettlement {
        offer_id: SettlementOfferId(key.id(caller.creditor_id)),
        account_id: AccountId(wish.account_id),
        items: wish.invoice_ids.iter().copied().map(InvoiceId).collect(),
        pay: wish.pay.into(),
        until_on: wish.until_on,
    };
    let debtor = DebtorId(wish.debtor_id);
    let work = async {
        let row = settlement_offer::offer(&app, caller.creditor_id, debtor, caller.actor(), inner).await?;
        Ok(wire(row, app.now()))
    };
    key.once(&app, &caller, &("settlement", &wish), work).await
}

/// Takes a settlement offer back.
#[utoipa::path(post, path = "/v1/settlement-offers/{offer_id}/withdraw", tag = "adjustments",
    security(("api_key" = [])), params(("offer_id" = uuid::Uuid, Path)),
    responses((status = 200, body = SettlementOffer), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn withdraw(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SettlementOfferId>,
) -> Result<Answer<SettlementOffer>, Failure> {
    caller.needs("adjust")?;
    let row = settlement_offer::withdraw(&app, caller.creditor_id, caller.actor(), id).await?;
    Ok(Answer(wire(row, app.now())))
}

/// Grants an extra discount on an invoice.
#[utoipa::path(post, path = "/v1/invoices/{invoice_id}/discount", tag = "adjustments", security(("api_key" = [])),
    params(("invoice_id" = uuid::Uuid, Path), ("idempotency-key" = String, Header)), request_body = GrantDiscount,
    responses((status = 201, body = GrantedDiscount), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn grant(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<InvoiceId>,
    key: IdempotencyKey,
    Json(wish): Json<GrantDiscount>,
) -> Result<Response, Failure> {
    caller.needs("adjust")?;
    let inner = Grant { invoice_id: id, rate_bps: wish.rate_bps, until_on: wish.until_on };
    let max_bps = Role::Owner.extra_discount_max_bps();
    let work = async {
        let row = grant_discount::grant(&app, caller.creditor_id, caller.actor(), max_bps, inner).await?;
        granted(&row)
    };
    key.once(&app, &caller, &("discount", id, &wish), work).await
}

fn granted(row: &InvoiceRow) -> Result<GrantedDiscount, Failure> {
    let terms = row.invoice.discounts.iter().rev().find(|terms| matches!(terms.source, TermsSource::Granted { .. }));
    match terms.map(|terms| &terms.offer) {
        Some(DiscountOffer::Steps { steps }) if !steps.is_empty() => Ok(GrantedDiscount {
            invoice_id: row.invoice.id.0,
            saved: steps[0].saved.into(),
            until_at: steps[0].until_at,
        }),
        _ => Err(Refusal::NotFound.into()),
    }
}

fn wire(row: SettlementOfferRow, now: Timestamp) -> SettlementOffer {
    let offer = row.offer;
    let payment_id = match &offer.state {
        SettlementState::Taken { payment_id, .. } => Some(payment_id.0),
        _ => None,
    };
    SettlementOffer {
        id: offer.id.0,
        debtor_id: row.debtor_id.0,
        account_id: offer.account_id.0,
        state: offer.state_at(now).name().to_owned(),
        invoice_ids: offer.items.into_iter().map(|id| id.0).collect(),
        pay: offer.pay.into(),
        full: offer.full.into(),
        until_at: offer.until_at,
        offered_at: offer.offered_at,
        payment_id,
    }
}
