use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::audit::{self, AuditFilter, AuditRow};
use crate::http::extract::Query;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::audit::{AuditLine, AuditQuery};
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_domain::actor::Actor;
use saldo_domain::ids::MemberId;

/// The audit log, the latest first: who changed what, with before and after.
#[utoipa::path(get, path = "/v1/audit", tag = "audit", security(("api_key" = [])), params(AuditQuery),
    responses((status = 200, body = Page<AuditLine>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<AuditQuery>,
) -> Result<Answer<Page<AuditLine>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let filter = AuditFilter {
        actor: query.member_id.map(|id| Actor::Member { id: MemberId(id) }),
        action: query.action,
        subject_kind: query.subject_kind,
        subject_id: query.subject_id,
    };
    let rows = audit::list(&app, caller.creditor_id, &filter, window).await?;
    Ok(Answer(page(rows, wire)))
}

fn wire(row: AuditRow) -> AuditLine {
    AuditLine {
        id: row.id.0,
        recorded_at: row.recorded_at,
        actor_kind: row.actor.kind().to_owned(),
        actor_id: row.actor.id(),
        action: row.action,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        before: row.before,
        after: row.after,
    }
}
