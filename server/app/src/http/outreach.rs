use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::show_decisions::{self, Asked, Decided, DecisionOutcome};
use crate::flows::show_upcoming::{self, Expected, Span, Upcoming as Coming};
use crate::flows::{send_now, show_effect};
use crate::http::extract::{Id, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, rows, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::outreach::{
    Decision, DecisionQuery, Effect, EffectRow, PeriodQuery, SentNow, Upcoming, UpcomingQuery,
};
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_domain::ids::DebtorId;

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
