use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::{self, NewLink};
use crate::flows::api_key::ApiCaller;
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::access_link::{AccessLink, AccessLinkQuery, CreateAccessLink, NewAccessLink};
use saldo_contract::problem::Problem;
use saldo_domain::ids::{AccessLinkId, DebtorId};
use saldo_store::access_link::AccessLinkRow;

/// A debtor's links, newest first.
#[utoipa::path(get, path = "/v1/access-links", tag = "access links", security(("api_key" = [])), params(AccessLinkQuery),
    responses((status = 200, body = Vec<AccessLink>), (status = 404, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<AccessLinkQuery>,
) -> Result<Answer<Vec<AccessLink>>, Failure> {
    caller.needs("links")?;
    let rows = access_link::list(&app, caller.creditor_id, DebtorId(query.debtor_id)).await?;
    Ok(Answer(rows.into_iter().map(wire).collect()))
}

/// Makes a link. Its URL is shown once.
#[utoipa::path(post, path = "/v1/access-links", tag = "access links", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = CreateAccessLink,
    responses((status = 201, body = NewAccessLink), (status = 404, body = Problem)))]
pub async fn create(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<CreateAccessLink>,
) -> Result<Response, Failure> {
    caller.needs("links")?;
    let work = async {
        access_link::create_by(&app, caller.creditor_id, &caller.actor(), DebtorId(wish.debtor_id)).await.map(fresh)
    };
    key.once(&app, &caller, &("create", &wish), work).await
}

/// Withdraws a link and ends its sessions.
#[utoipa::path(post, path = "/v1/access-links/{access_link_id}/revoke", tag = "access links",
    security(("api_key" = [])), params(("access_link_id" = uuid::Uuid, Path)),
    responses((status = 200, body = AccessLink), (status = 404, body = Problem)))]
pub async fn revoke(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<AccessLinkId>,
) -> Result<Answer<AccessLink>, Failure> {
    caller.needs("links")?;
    access_link::revoke_by(&app, caller.creditor_id, &caller.actor(), id).await.map(wire).map(Answer)
}

/// Withdraws a link and makes a fresh one.
#[utoipa::path(post, path = "/v1/access-links/{access_link_id}/renew", tag = "access links",
    security(("api_key" = [])),
    params(("access_link_id" = uuid::Uuid, Path), ("idempotency-key" = String, Header)),
    responses((status = 201, body = NewAccessLink), (status = 404, body = Problem)))]
pub async fn renew(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Id(id): Id<AccessLinkId>,
) -> Result<Response, Failure> {
    caller.needs("links")?;
    let work = async { access_link::renew(&app, caller.creditor_id, &caller.actor(), id).await.map(fresh) };
    key.once(&app, &caller, &("renew", id), work).await
}

fn fresh(link: NewLink) -> NewAccessLink {
    NewAccessLink { link: wire(link.row), url: link.url, short_url: link.short_url }
}

fn wire(row: AccessLinkRow) -> AccessLink {
    AccessLink {
        id: row.id.0,
        debtor_id: row.debtor_id.0,
        scope: row.scope,
        issued_at: row.issued_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        last_opened_at: row.last_opened_at,
    }
}
