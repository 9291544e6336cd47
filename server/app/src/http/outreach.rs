use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::rehearsal::{self, Line, LineFilter, RehearsalRow};
use crate::flows::show_decisions::{self, Asked, Decided, DecisionOutcome};
use crate::flows::show_upcoming::{self, Expected, Span, Upcoming as Coming};
use crate::flows::{send_now, show_effect};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, rows, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use saldo_contract::outreach::{
    Decision, DecisionQuery, Effect, EffectRow, PeriodQuery, Rehearsal, Rehearse, RehearsedMessage, RehearsedQuery,
    SentNow, Upcoming, UpcomingQuery,
};
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_domain::ids::{DebtorId, PolicyId, RehearsalId};
use saldo_domain::rehearsal::Change;

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
    Ok((StatusCode::CREATED, Answer(rehearsal_wire(row))))
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
    Ok(Answer(rehearsal_wire(found.row)))
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

/// Whose time comes next, and what is expected then.
#[utoipa::path(get, path = "/v1/upcoming", tag = "reminders", security(("api_key" = [])), params(UpcomingQuery),
    responses((status = 200, body = Page<Upcoming>), (status = 400, body = Problem)))]
pub async fn upcoming(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<UpcomingQuery>,
) -> Result<Answer<Page<Upcoming>>, Failure> {
    caller.needs("read")?;
    let span = query.span.as_deref().map_or(Some(Span::Today), Span::named);
    let span = span.ok_or_else(|| AppRefusal::Malformed("span is today or week".to_owned()))?;
    let limit = rows(query.limit)?;
    let found = show_upcoming::list(&app, caller.creditor_id, span, query.cursor.as_deref(), limit).await?;
    Ok(Answer(Page { items: found.items.iter().map(upcoming_wire).collect(), next_cursor: found.next }))
}

/// Brings a debtor's next step forward, as far as law, consent and holds allow it now.
#[utoipa::path(post, path = "/v1/debtors/{debtor_id}/send-now", tag = "reminders", security(("api_key" = [])),
    params(("debtor_id" = uuid::Uuid, Path), ("idempotency-key" = String, Header)),
    responses((status = 201, body = SentNow), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn send(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Id(id): Id<DebtorId>,
) -> Result<Response, Failure> {
    caller.needs("write")?;
    let work = async {
        let sent = send_now::send(&app, caller.creditor_id, caller.actor(), id).await?;
        Ok(SentNow { reminder_id: sent.0 })
    };
    key.once(&app, &caller, &("send_now", id), work).await
}

/// Decisions, the latest first: why something was sent or held, by which rules.
#[utoipa::path(get, path = "/v1/decisions", tag = "reminders", security(("api_key" = [])), params(DecisionQuery),
    responses((status = 200, body = Page<Decision>), (status = 422, body = Problem)))]
pub async fn decisions(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<DecisionQuery>,
) -> Result<Answer<Page<Decision>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let outcome = query.outcome.as_deref().map(|name| {
        let known = DecisionOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == name);
        known.ok_or_else(|| AppRefusal::Malformed("outcome is send, wait or stop".to_owned()))
    });
    let asked = Asked {
        debtor_id: query.debtor_id.map(DebtorId),
        reference: None,
        outcome: outcome.transpose()?,
        why: query.why,
        from: query.from,
        until: query.until,
    };
    let found = show_decisions::list(&app, caller.creditor_id, &asked, window).await?;
    Ok(Answer(page(found, decision_wire)))
}

/// What was paid within seven days of each step's messages, by channel and text.
#[utoipa::path(get, path = "/v1/effect", tag = "reminders", security(("api_key" = [])), params(PeriodQuery),
    responses((status = 200, body = Effect), (status = 422, body = Problem)))]
pub async fn effect(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<PeriodQuery>,
) -> Result<Answer<Effect>, Failure> {
    caller.needs("read")?;
    let found = show_effect::show(&app, caller.creditor_id, query.from, query.until).await?;
    let row = |row: saldo_domain::effect::EffectRow| EffectRow {
        offset: row.offset,
        channel: row.channel.as_str().to_owned(),
        template: row.template,
        sent: row.said_count,
        followed: row.followed_count,
        paid: row.paid.into_iter().map(Into::into).collect(),
    };
    let items = found.rows.into_iter().map(row).collect();
    let (from, until) = (found.from, found.until);
    Ok(Answer(Effect { from, until, items, truncated: found.truncated, unfinished: found.unfinished }))
}

fn rehearsal_wire(row: RehearsalRow) -> Rehearsal {
    let summary = row.summary;
    Rehearsal {
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
    }
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

fn upcoming_wire(coming: &Coming) -> Upcoming {
    let (expected, at, why) = match &coming.next {
        Expected::Message { message, held } => ("message", Some(message.at), held.map(|block| block.why.as_str())),
        Expected::Silence { held } => ("silence", held.map(|block| block.until_at), held.map(|it| it.why.as_str())),
        Expected::Nothing { why } => ("nothing", None, Some(why.as_str())),
    };
    let message = match &coming.next {
        Expected::Message { message, .. } => Some(message),
        _ => None,
    };
    Upcoming {
        debtor_id: coming.debtor_id.0,
        look_at: coming.look_at,
        expected: expected.to_owned(),
        at,
        step: message.map(|message| message.step.key()),
        channel: message.map(|message| message.channel.as_str().to_owned()),
        why: why.map(str::to_owned),
    }
}

fn decision_wire(decided: Decided) -> Decision {
    let row = decided.row;
    Decision {
        id: row.id.0,
        debtor_id: row.debtor_id.0,
        decided_at: row.decided_at,
        outcome: row.outcome.as_str().to_owned(),
        why: row.why,
        until_at: row.until_at,
        step: row.step.map(|step| step.key()),
        channel: row.channel.map(|channel| channel.as_str().to_owned()),
        policy_id: row.policy_id.map(|id| id.0),
        rules: row.rules,
        rules_version: row.rules_version,
    }
}
