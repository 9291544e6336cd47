use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::{consent, open_statement, put_debtor};
use crate::http::extract::{Id, Json, Query};
use crate::http::page;
use crate::lists::{Asked, DEBTORS};
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::debtor::{
    AccountStatement, AgedAmount, Debtor, DebtorQuery, PutDebtor, Statement, StatementItem, TimelineEntry,
};
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_domain::ids::DebtorId;
use saldo_domain::money::Money;
use saldo_store::debtor::DebtorRow;

/// Debtors with what they owe, in the order in which they were made, or in the one that is asked for.
#[utoipa::path(get, path = "/v1/debtors", tag = "debtors", security(("api_key" = [])), params(DebtorQuery),
    responses((status = 200, body = Page<Debtor>), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<DebtorQuery>,
) -> Result<Answer<Page<Debtor>>, Failure> {
    caller.needs("read")?;
    let asked = Asked {
        state: query.state,
        search: query.search,
        sort: query.sort,
        usual: Some("written"),
        after: query.cursor,
        ..Asked::default()
    };
    let opened = page::list(&app, caller.creditor_id, DEBTORS, &asked, query.limit).await?;
    let rows = opened.debtors().await?;
    let ids: Vec<DebtorId> = rows.iter().map(|row| row.debtor.id).collect();
    let without = consent::without_email(&app, caller.creditor_id, &ids).await?;
    let item = |row: DebtorRow| {
        let withdrawn = without.contains(&row.debtor.id);
        wire(row.debtor, withdrawn, row.outstanding)
    };
    let items = rows.into_iter().map(item).collect();
    Ok(Answer(Page { items, next_cursor: opened.next().map(str::to_owned) }))
}

/// Makes a debtor, or changes the one with the same reference.
#[utoipa::path(put, path = "/v1/debtors", tag = "debtors", security(("api_key" = [])), request_body = PutDebtor,
    responses((status = 200, body = Debtor), (status = 400, body = Problem), (status = 422, body = Problem)))]
pub async fn put(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<PutDebtor>,
) -> Result<Answer<Debtor>, Failure> {
    caller.needs("write")?;
    let debtor = put_debtor::put(&app, caller.creditor_id, wish).await?;
    load(&app, &caller, debtor.id).await.map(Answer)
}

/// One debtor with what it owes.
#[utoipa::path(get, path = "/v1/debtors/{debtor_id}", tag = "debtors", security(("api_key" = [])),
    params(("debtor_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Debtor), (status = 404, body = Problem)))]
pub async fn show(State(app): State<App>, caller: ApiCaller, Id(id): Id<DebtorId>) -> Result<Answer<Debtor>, Failure> {
    caller.needs("read")?;
    load(&app, &caller, id).await.map(Answer)
}

/// The statement as the debtor sees it.
#[utoipa::path(get, path = "/v1/debtors/{debtor_id}/statement", tag = "debtors", security(("api_key" = [])),
    params(("debtor_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Statement), (status = 404, body = Problem)))]
pub async fn statement(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<DebtorId>,
) -> Result<Answer<Statement>, Failure> {
    caller.needs("read")?;
    let statement = open_statement::open(&app, caller.creditor_id, id).await?;
    let accounts = statement.accounts.into_iter().map(account).collect();
    Ok(Answer(Statement { debtor_id: statement.debtor.id.0, as_of: statement.as_of, accounts }))
}

async fn load(app: &App, caller: &ApiCaller, id: DebtorId) -> Result<Debtor, Failure> {
    let snapshot = open_statement::load(app, caller.creditor_id, id).await?;
    let mut outstanding = Vec::new();
    for account in &snapshot.accounts {
        outstanding.push(Money::sum(account.currency, account.items.iter().map(|item| item.outstanding))?);
    }
    let withdrawn = snapshot.consents.iter().any(consent::is_email_withdrawn);
    Ok(wire(snapshot.debtor, withdrawn, outstanding))
}

fn wire(debtor: saldo_domain::debtor::Debtor, email_opted_out: bool, outstanding: Vec<Money>) -> Debtor {
    Debtor {
        id: debtor.id.0,
        reference: debtor.reference,
        name: debtor.name,
        email: debtor.email,
        phone: debtor.phone,
        postal_address: debtor.postal_address,
        language: debtor.language.map(|language| language.tag().to_owned()),
        country: debtor.country,
        time_zone: debtor.zone.map(|zone| zone.name().to_owned()),
        email_opted_out,
        tags: debtor.tags,
        outstanding: outstanding.into_iter().filter(|amount| amount.is_positive()).map(Into::into).collect(),
    }
}

fn account(account: saldo_domain::statement::AccountStatement) -> AccountStatement {
    let items = account.lines.into_iter().map(|line| StatementItem {
        invoice_id: line.item.invoice_id.0,
        number: line.item.number,
        due_on: line.item.due_on,
        days_past_due: line.days_past_due,
        outstanding: line.item.outstanding.into(),
        saved: line.discount.map(|discount| discount.saved.into()),
        price_until: line.discount.map(|discount| discount.last_moment),
        plan_id: line.plan_id.map(|id| id.0),
    });
    let timeline = account.timeline.into_iter().map(|entry| TimelineEntry {
        kind: entry.movement.kind,
        effective_on: entry.movement.effective_on,
        effect: entry.movement.effect.into(),
        balance_after: entry.balance_after.into(),
        invoice_numbers: entry.movement.invoice_numbers,
    });
    AccountStatement {
        account_id: account.account_id.0,
        balance_version: account.balance_version,
        outstanding: account.outstanding.into(),
        overdue: account.overdue.into(),
        asked: account.asked.into(),
        credit: account.credit.into(),
        ageing: account
            .ageing
            .into_iter()
            .map(|(bucket, amount)| AgedAmount { bucket, amount: amount.into() })
            .collect(),
        items: items.collect(),
        timeline: timeline.collect(),
    }
}
