use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::http::extract::Query;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::journal::{JournalEntry, JournalLine};
use saldo_contract::page::{Page, PageQuery};
use saldo_contract::problem::Problem;
use saldo_store::journal::{self, EntryRow};

/// The ledger's entries in the order in which they were written.
#[utoipa::path(get, path = "/v1/journal", tag = "journal", security(("api_key" = [])), params(PageQuery),
    responses((status = 200, body = Page<JournalEntry>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<PageQuery>,
) -> Result<Answer<Page<JournalEntry>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let tx = app.store().read_of(caller.creditor_id).await?;
    let rows = journal::list(&tx, caller.creditor_id, window).await?;
    Ok(Answer(page(rows, wire)))
}

fn wire(row: EntryRow) -> JournalEntry {
    let line = |line: saldo_domain::ledger::JournalLine| JournalLine {
        ledger_account: line.ledger_account,
        side: line.side,
        amount: line.amount.into(),
        invoice_id: line.invoice_id.map(|id| id.0),
    };
    JournalEntry {
        id: row.id.0,
        kind: row.entry.kind(),
        effective_on: row.entry.effective_on(),
        recorded_at: row.recorded_at,
        lines: row.entry.lines().iter().cloned().map(line).collect(),
    }
}
