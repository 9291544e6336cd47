use super::claims;
use crate::Chrome;
use crate::pages::{History, ReceiptLink, StatementView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::DebtorVisit;
use axum::extract::RawQuery;
use saldo_app::flows::open_statement;
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_domain::plan::{Applicant, offers};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::{self, Statement};
use saldo_domain::ways::{Ways, ways};

/// What can be chosen on each account.
fn choices(snapshot: &DebtorSnapshot, statement: &Statement, now: Timestamp) -> Result<Vec<Ways>, Refusal> {
    let today = snapshot.today(now);
    let mut found = Vec::new();
    for account in &snapshot.accounts {
        let applicant = Applicant {
            account,
            tags: &snapshot.debtor.tags,
            plans: &snapshot.plans,
            attempts: &snapshot.open_attempts,
            today,
        };
        let offered = offers(&snapshot.plan_templates, &applicant);
        let shown = statement.accounts.iter().find(|shown| shown.account_id == account.id);
        if let Some(shown) = shown {
            found.extend(ways(shown, &offered, today)?);
        }
    }
    Ok(found)
}

/// What is owed, how long, and why it is this amount.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let failed = |failure| Page::failure(&visit, failure);
    let known = claims::load(&visit, session).await?;
    let (snapshot, now) = (&known.snapshot, visit.app.now());
    let statement = statement::build(snapshot, now).map_err(|refusal| failed(refusal.into()))?;
    let ways = choices(snapshot, &statement, now).map_err(|refusal| failed(refusal.into()))?;
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
    Ok(Page::ok(&view, &chrome))
}
