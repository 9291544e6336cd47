use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::subscribers;
use crate::http::extract::{Id, Json, Query};
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_contract::subscriber::{
    CreateSubscriber, DeliveryQuery, OutboundDelivery, OutboundEvent, OutboundEventQuery, ReplayEvents, Replayed,
    Subscriber, SubscriberSecret,
};
use saldo_domain::ids::SubscriberId;

/// Who is told of events, the newest first.
#[utoipa::path(get, path = "/v1/subscribers", tag = "events", security(("api_key" = [])),
    responses((status = 200, body = Vec<Subscriber>), (status = 401, body = Problem)))]
pub async fn list(State(app): State<App>, caller: ApiCaller) -> Result<Answer<Vec<Subscriber>>, Failure> {
    caller.needs("read")?;
    subscribers::list(&app, caller.creditor_id).await.map(Answer)
}

/// Makes a subscriber, 20 at most. Its secret is in this answer and nowhere else: it signs every request to it as Standard
/// Webhooks 1.0 says (`webhook-id`, `webhook-timestamp`, `webhook-signature`).
#[utoipa::path(post, path = "/v1/subscribers", tag = "events", security(("api_key" = [])),
    request_body = CreateSubscriber,
    responses((status = 201, body = SubscriberSecret), (status = 400, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn create(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<CreateSubscriber>,
) -> Result<(StatusCode, Answer<SubscriberSecret>), Failure> {
    caller.needs("write")?;
    let made = subscribers::create(&app, caller.creditor_id, &caller.actor(), &wish).await?;
    Ok((StatusCode::CREATED, Answer(made)))
}

/// One subscriber.
#[utoipa::path(get, path = "/v1/subscribers/{subscriber_id}", tag = "events", security(("api_key" = [])),
    params(("subscriber_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Subscriber), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SubscriberId>,
) -> Result<Answer<Subscriber>, Failure> {
    caller.needs("read")?;
    subscribers::show(&app, caller.creditor_id, id).await.map(Answer)
}

/// Removes a subscriber with everything that waits for it.
#[utoipa::path(delete, path = "/v1/subscribers/{subscriber_id}", tag = "events", security(("api_key" = [])),
    params(("subscriber_id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn remove(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SubscriberId>,
) -> Result<StatusCode, Failure> {
    caller.needs("write")?;
    subscribers::delete(&app, caller.creditor_id, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a new secret. For 24 hours both sign: a request carries two signatures.
#[utoipa::path(post, path = "/v1/subscribers/{subscriber_id}/rotate", tag = "events", security(("api_key" = [])),
    params(("subscriber_id" = uuid::Uuid, Path)),
    responses((status = 200, body = SubscriberSecret), (status = 404, body = Problem)))]
pub async fn rotate(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SubscriberId>,
) -> Result<Answer<SubscriberSecret>, Failure> {
    caller.needs("write")?;
    subscribers::rotate(&app, caller.creditor_id, &caller.actor(), id).await.map(Answer)
}

/// Tells a subscriber again, from now on; what happened meanwhile comes with a replay.
#[utoipa::path(post, path = "/v1/subscribers/{subscriber_id}/enable", tag = "events", security(("api_key" = [])),
    params(("subscriber_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Subscriber), (status = 404, body = Problem)))]
pub async fn enable(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SubscriberId>,
) -> Result<Answer<Subscriber>, Failure> {
    caller.needs("write")?;
    subscribers::enable(&app, caller.creditor_id, &caller.actor(), id).await.map(Answer)
}

/// Tells a subscriber nothing more, until it is enabled again.
#[utoipa::path(post, path = "/v1/subscribers/{subscriber_id}/disable", tag = "events", security(("api_key" = [])),
    params(("subscriber_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Subscriber), (status = 404, body = Problem)))]
pub async fn disable(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SubscriberId>,
) -> Result<Answer<Subscriber>, Failure> {
    caller.needs("write")?;
    subscribers::disable(&app, caller.creditor_id, &caller.actor(), id).await.map(Answer)
}

/// Sends a subscriber an event `subscriber.test`.
#[utoipa::path(post, path = "/v1/subscribers/{subscriber_id}/test", tag = "events", security(("api_key" = [])),
    params(("subscriber_id" = uuid::Uuid, Path)),
    responses((status = 202, body = Replayed), (status = 404, body = Problem)))]
pub async fn test(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SubscriberId>,
) -> Result<(StatusCode, Answer<Replayed>), Failure> {
    caller.needs("write")?;
    subscribers::test(&app, caller.creditor_id, &caller.actor(), id).await?;
    Ok((StatusCode::ACCEPTED, Answer(Replayed { count: 1 })))
}

/// What a subscriber was told and what waits, the newest event first.
#[utoipa::path(get, path = "/v1/subscribers/{subscriber_id}/deliveries", tag = "events", security(("api_key" = [])),
    params(("subscriber_id" = uuid::Uuid, Path), DeliveryQuery),
    responses((status = 200, body = Page<OutboundDelivery>), (status = 404, body = Problem)))]
pub async fn deliveries(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SubscriberId>,
    Query(query): Query<DeliveryQuery>,
) -> Result<Answer<Page<OutboundDelivery>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let rows = subscribers::deliveries(&app, caller.creditor_id, id, query.state.as_deref(), window).await?;
    Ok(Answer(page(rows, |row| row)))
}

/// Tells a subscriber one event again, or every one since a moment that it wants: each under its first id.
#[utoipa::path(post, path = "/v1/subscribers/{subscriber_id}/replay", tag = "events", security(("api_key" = [])),
    params(("subscriber_id" = uuid::Uuid, Path)), request_body = ReplayEvents,
    responses((status = 202, body = Replayed), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn replay(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<SubscriberId>,
    Json(wish): Json<ReplayEvents>,
) -> Result<(StatusCode, Answer<Replayed>), Failure> {
    caller.needs("write")?;
    let count = subscribers::replay(&app, caller.creditor_id, &caller.actor(), id, &wish).await?;
    Ok((StatusCode::ACCEPTED, Answer(Replayed { count })))
}

/// What happened in the last 30 days, the newest first. Events are kept from the first subscriber on.
#[utoipa::path(get, path = "/v1/events", tag = "events", security(("api_key" = [])), params(OutboundEventQuery),
    responses((status = 200, body = Page<OutboundEvent>), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn events(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<OutboundEventQuery>,
) -> Result<Answer<Page<OutboundEvent>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let wanted = (query.kind.as_deref(), query.object_id);
    Ok(Answer(page(subscribers::events(&app, caller.creditor_id, wanted, window).await?, |row| row)))
}
