use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::rehearsal::{self, Line, LineFilter, Rehearsal as Found};
use crate::http::extract::{Id, Json, Query};
use crate::http::page::rows;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_contract::rehearsal::{
    ChannelCost, Rehearsal, Rehearse, RehearsedMessage, RehearsedQuery, RehearsedText, RehearsedTextQuery,
};
use saldo_domain::Refusal;
use saldo_domain::ids::{PolicyId, RehearsalId};
use saldo_domain::rehearsal::Change;
use saldo_domain::reminder::Channel;

/// Rehearses a dunning policy over the next 30 days: nothing is sent. A large portfolio is looked at by and by.
#[utoipa::path(post, path = "/v1/rehearsals", tag = "reminders", security(("api_key" = [])), request_body = Rehearse,
    responses((status = 201, body = Rehearsal), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn rehearse(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<Rehearse>,
) -> Result<(StatusCode, Answer<Rehearsal>), Failure> {
    caller.needs("terms")?;
    let row = rehearsal::start(&app, caller.creditor_id, caller.actor(), PolicyId(wish.policy_id)).await?;
    let found = rehearsal::load(&app, caller.creditor_id, row.id).await?;
    Ok((StatusCode::CREATED, Answer(rehearsal_wire(found)?)))
}

/// A rehearsal as far as it is.
#[utoipa::path(get, path = "/v1/rehearsals/{rehearsal_id}", tag = "reminders", security(("api_key" = [])),
    params(("rehearsal_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Rehearsal), (status = 404, body = Problem)))]
pub async fn show_rehearsal(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<RehearsalId>,
) -> Result<Answer<Rehearsal>, Failure> {
    caller.needs("read")?;
    let found = rehearsal::load(&app, caller.creditor_id, id).await?;
    rehearsal_wire(found).map(Answer)
}

/// The messages of a rehearsal, debtor by debtor, with what the version changes.
#[utoipa::path(get, path = "/v1/rehearsals/{rehearsal_id}/messages", tag = "reminders", security(("api_key" = [])),
    params(("rehearsal_id" = uuid::Uuid, Path), RehearsedQuery),
    responses((status = 200, body = Page<RehearsedMessage>), (status = 404, body = Problem)))]
pub async fn rehearsed(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<RehearsalId>,
    Query(query): Query<RehearsedQuery>,
) -> Result<Answer<Page<RehearsedMessage>>, Failure> {
    caller.needs("read")?;
    let channel = query.channel.as_deref().map(str::parse).transpose()?;
    let filter = LineFilter { change: query.change, channel, debtor_id: None };
    let after = query.cursor.as_deref().map_or(Ok(0), str::parse::<u64>);
    let after = after.map_err(|_| AppRefusal::Malformed("the cursor is not one of ours".to_owned()))?;
    let limit = rows(query.limit)?;
    let lines = rehearsal::lines(&app, caller.creditor_id, id, &filter, after, limit).await?;
    let next_cursor = lines.next.map(|place| place.to_string());
    Ok(Answer(Page { items: lines.items.iter().map(line_wire).collect(), next_cursor }))
}

/// What one message of a rehearsal would say, with the debtor's books as they are now. Nothing is sent, no link is made.
#[utoipa::path(get, path = "/v1/rehearsals/{rehearsal_id}/text", tag = "reminders", security(("api_key" = [])),
    params(("rehearsal_id" = uuid::Uuid, Path), RehearsedTextQuery),
    responses((status = 200, body = RehearsedText), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn text(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<RehearsalId>,
    Query(query): Query<RehearsedTextQuery>,
) -> Result<Answer<RehearsedText>, Failure> {
    caller.needs("read")?;
    let said = rehearsal::say(&app, caller.creditor_id, id, query.place.unwrap_or(1)).await?;
    let message = said.line.change.message();
    Ok(Answer(RehearsedText {
        place: said.line.place,
        debtor_id: said.line.debtor_id.0,
        at: message.at,
        channel: message.channel.as_str().to_owned(),
        template: said.template,
        language: said.language.tag().to_owned(),
        subject: said.subject,
        text: said.text,
    }))
}

fn rehearsal_wire(found: Found) -> Result<Rehearsal, Failure> {
    let (row, prices) = (found.row, found.prices);
    let summary = row.summary;
    let cost = |channel: Channel| {
        let count = summary.by_channel(channel);
        let (price, cost) = (prices.of(channel).map(Into::into), summary.cost(&prices, channel)?.map(Into::into));
        Ok(ChannelCost { channel: channel.as_str().to_owned(), count, price, cost })
    };
    let used = Channel::ALL.into_iter().filter(|channel| summary.by_channel(*channel) > 0);
    let costs = used.map(cost).collect::<Result<_, Refusal>>()?;
    Ok(Rehearsal {
        costs,
        id: row.id.0,
        policy_id: row.policy_id.0,
        revision: row.revision,
        state: row.state.name().to_owned(),
        from_at: row.from_at,
        until_at: row.until_at,
        debtor_count: row.debtor_count,
        done_count: row.done_count,
        reached_count: summary.reached_count,
        added: summary.added,
        removed: summary.removed,
        moved: summary.moved,
        same: summary.same,
        line_count: row.line_count,
        published: summary.published,
        draft: summary.draft,
        blocks: summary.blocks,
        stops: summary.stops,
    })
}

fn line_wire(line: &Line) -> RehearsedMessage {
    let message = line.change.message();
    let before_at = match &line.change {
        Change::Moved { before, .. } => Some(before.at),
        _ => None,
    };
    RehearsedMessage {
        place: line.place,
        debtor_id: line.debtor_id.0,
        change: line.change.name().to_owned(),
        at: message.at,
        step: message.step.key(),
        channel: message.channel.as_str().to_owned(),
        template: message.template.clone(),
        before_at,
    }
}
