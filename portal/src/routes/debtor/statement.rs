use super::claims;
use crate::Chrome;
use crate::pages::{History, ReceiptLink, StatementView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::DebtorVisit;
use axum::extract::RawQuery;
use saldo_app::flows::open_statement;
use saldo_app::flows::payment_plan::{self, OfferedPlan};
use saldo_domain::Refusal;
use saldo_domain::plan::PlanOffer;
use saldo_domain::statement::{self, Statement};
use saldo_domain::ways::{Ways, ways};

/// What can be chosen on each account.
fn choices(statement: &Statement, offered: &[OfferedPlan]) -> Result<Vec<Ways>, Refusal> {
    let ways = statement.accounts.iter().map(|account| {
        let here = offered.iter().filter(|plan| plan.account_id == account.account_id);
        let here: Vec<PlanOffer> = here.map(|plan| plan.offer.clone()).collect();
        ways(account, &here, statement.as_of)
    });
    ways.filter_map(Result::transpose).collect()
}

/// What is owed, how long, and why it is this amount.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let failed = |failure| Page::failure(&visit, failure);
    let known = claims::load(&visit, session).await?;
    let (snapshot, now) = (&known.snapshot, visit.app.now());
    let statement = statement::build(snapshot, now).map_err(|refusal| failed(refusal.into()))?;
    let offered = payment_plan::offers(&visit.app, session).await.map_err(failed)?;
    let ways = choices(&statement, &offered).map_err(|refusal| failed(refusal.into()))?;
    let paid = open_statement::list_payments(&visit.app, session.creditor_id, session.debtor_id).await;
    let receipts = paid.map_err(failed)?.into_iter().map(|row| ReceiptLink {
        payment_id: row.payment.id,
        amount: row.payment.amount,
        effective_on: row.payment.effective_on,
    });
    let whole = query.is_some_and(|query| query.split('&').any(|pair| pair == "history=all"));
    let live = snapshot.settlement_offers.iter().filter(|offer| now <= offer.until_at);
    let view = StatementView {
        statement,
        history: if whole { History::Whole } else { History::Recent },
        receipts: receipts.collect(),
        claims: claims::lines(&visit, &known),
        ways,
        plans: snapshot.plans.clone(),
        settlements: live.cloned().collect(),
        now,
    };
    let chrome = Chrome { signed_in: true, ..visit.of_debtor(&known.snapshot) };
    let page = Page::ok(&view, &chrome);
    Ok(match visit.keep_spoken(chrome.locale.language) {
        Some(cookie) => page.cookie(&cookie),
        None => page,
    })
}
