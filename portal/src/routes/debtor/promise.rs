use super::claims::{Known, actor, beside, load, pick, signed_in};
use crate::pages::NoticeView;
use crate::pages::claims::{PromiseForm, PromiseView};
use crate::routes::forms::{Form, query_field};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use saldo_app::Failure;
use saldo_app::flows::claim::today;
use saldo_app::flows::promise::{self, MakePromise};
use saldo_app::flows::start_session::DebtorSession;
use saldo_domain::Refusal;
use saldo_domain::ids::{AccountId, PromiseId};
use saldo_domain::promise::{PromiseStanding, last_date};

/// The promise that is waited for, or the form of a new one.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let wanted = query_field(query.as_deref(), "account").and_then(|id| id.parse().ok());
    let known = load(&visit, session).await?;
    let promise_id = PromiseId(visit.app.ambient().uuid_v7());
    let form = PromiseForm { promise_id, promised_on: String::new(), amount: String::new(), problem: None };
    page(&visit, &known, wanted, form, StatusCode::OK)
}

/// The form.
pub async fn make(DebtorVisit { visit, session }: DebtorVisit, form: Form) -> Answer {
    let known = load(&visit, session).await?;
    let account: Option<AccountId> = form.parse("account");
    let promise_id = form.parse("promise").unwrap_or_else(|| PromiseId(visit.app.ambient().uuid_v7()));
    let problem = match request(&visit, session, &known, &form, promise_id).await {
        Ok(()) => {
            let account = account.map(|id| format!("?account={id}")).unwrap_or_default();
            return Ok(Page::see_other(&format!("/promise{account}")));
        }
        Err(failure) => Some(beside(&visit, failure)?),
    };
    let (promised_on, amount) = (form.text("promised_on").to_owned(), form.text("amount").chars().take(40).collect());
    let form = PromiseForm { promise_id, promised_on, amount, problem };
    page(&visit, &known, account, form, StatusCode::UNPROCESSABLE_ENTITY)
}

async fn request(
    visit: &Visit,
    session: DebtorSession,
    known: &Known,
    form: &Form,
    promise_id: PromiseId,
) -> Result<(), Failure> {
    let account_id = form.parse("account").ok_or(Refusal::NotFound)?;
    let account = known.snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    let locale = visit.of_debtor(&known.snapshot).locale;
    let amount = match form.text("amount") {
        "" => None,
        typed => Some(locale.parse_money(typed, account.currency)?),
    };
    let until_on = last_date(today(&visit.app, &known.snapshot))?;
    let promised_on = form.parse("promised_on").ok_or(Refusal::PromiseDate { until_on })?;
    let wish = MakePromise { promise_id, account_id, amount, promised_on };
    promise::make(&visit.app, session.creditor_id, session.debtor_id, actor(session), wish).await?;
    Ok(())
}

/// Takes a promise back.
pub async fn withdraw(DebtorVisit { visit, session }: DebtorVisit, form: Form) -> Answer {
    let id: PromiseId = form.parse("promise").ok_or_else(|| Page::failure(&visit, Refusal::NotFound.into()))?;
    let own = Some(session.debtor_id);
    let done = promise::withdraw(&visit.app, session.creditor_id, own, actor(session), id).await;
    done.map_err(|failure| Page::failure(&visit, failure))?;
    Ok(Page::see_other("/statement"))
}

fn page(visit: &Visit, known: &Known, wanted: Option<AccountId>, form: PromiseForm, status: StatusCode) -> Answer {
    let chrome = signed_in(visit, &known.snapshot);
    let Some((account, owed)) = pick(&known.snapshot, wanted) else {
        return Ok(Page::ok(&NoticeView::NothingToPay, &chrome));
    };
    let today = today(&visit.app, &known.snapshot);
    let until_on = last_date(today).map_err(|refusal| Page::failure(visit, refusal.into()))?;
    let waiting = known.claims.promises.iter().filter(|(_, standing)| *standing == PromiseStanding::Waiting);
    let live = waiting.map(|(row, _)| &row.promise).find(|promise| promise.account_id == account.id).cloned();
    let view = PromiseView { account_id: account.id, owed, days: (today, until_on), live, form };
    Ok(Page::with(status, &view, &chrome))
}
