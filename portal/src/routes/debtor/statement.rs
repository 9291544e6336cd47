use super::claims;
use crate::Chrome;
use crate::pages::{History, ReceiptLink, StatementView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::DebtorVisit;
use axum::extract::RawQuery;
use saldo_app::flows::open_statement;
use saldo_domain::statement;

/// What is owed, how long, and why it is this amount.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let failed = |failure| Page::failure(&visit, failure);
    let known = claims::load(&visit, session).await?;
    let statement = statement::build(&known.snapshot, visit.app.now()).map_err(|refusal| failed(refusal.into()))?;
    let paid = open_statement::list_payments(&visit.app, session.creditor_id, session.debtor_id).await;
    let receipts = paid.map_err(failed)?.into_iter().map(|row| ReceiptLink {
        payment_id: row.payment.id,
        amount: row.payment.amount,
        effective_on: row.payment.effective_on,
    });
    let whole = query.is_some_and(|query| query.split('&').any(|pair| pair == "history=all"));
    let view = StatementView {
        statement,
        history: if whole { History::Whole } else { History::Recent },
        receipts: receipts.collect(),
        claims: claims::lines(&visit, &known),
    };
    let chrome = Chrome { signed_in: true, ..visit.of_debtor(&known.snapshot) };
    Ok(Page::ok(&view, &chrome))
}
