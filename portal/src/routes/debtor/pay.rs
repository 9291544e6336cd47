use crate::Chrome;
use crate::pages::{BalanceChangedView, NoticeView, PayChoice, PayView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use saldo_app::flows::open_statement;
use saldo_app::flows::start_checkout::{self, CheckoutStarted, StartCheckout};
use saldo_app::flows::start_session::DebtorSession;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::{AccountId, AttemptId};
use saldo_domain::money::Money;
use saldo_domain::quote::Selection;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::{self, AccountStatement, Statement};

/// What to pay: everything, chosen items, another amount.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let asked = |name: &str| {
        form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let (snapshot, statement) = load(&visit, session).await?;
    let wanted = asked("account").and_then(|id| id.parse::<AccountId>().ok());
    let Some(account) = pick(&statement, wanted) else {
        return Ok(Page::ok(&NoticeView::NothingToPay, &signed_in(&visit, &snapshot)));
    };
    let item = asked("item").and_then(|id| id.parse().ok());
    let choice = item.map_or(PayChoice::Everything, |item| PayChoice::Items(vec![item]));
    let attempt_id = AttemptId(visit.app.ambient().uuid_v7());
    let view = pay_view(&statement, account, attempt_id, choice, None);
    Ok(Page::ok(&view, &signed_in(&visit, &snapshot)))
}

/// The form: to the provider, to the attempt that came first, or back with what is wrong.
pub async fn start(DebtorVisit { visit, session }: DebtorVisit, form: Form) -> Answer {
    let (snapshot, statement) = load(&visit, session).await?;
    let chrome = signed_in(&visit, &snapshot);
    let (Some(attempt_id), Some(account_id), Some(balance_version)) =
        (form.parse("attempt"), form.parse("account"), form.parse("balance_version"))
    else {
        return Err(Page::failure(&visit, Refusal::NotFound.into()));
    };
    let choice = choice(&form);
    let currency = snapshot.account(account_id).map(|account| account.currency);
    let selection = match (&choice, currency) {
        (PayChoice::Everything, _) => Ok(Selection::Everything),
        (PayChoice::Items(invoice_ids), _) => Ok(Selection::Items { invoice_ids: invoice_ids.clone() }),
        (PayChoice::Amount(text), Some(currency)) => {
            chrome.locale.parse_money(text, currency).map(|amount| Selection::Amount { amount })
        }
        (PayChoice::Amount(_), None) => Err(Refusal::NotFound),
    };
    let started = match selection {
        Ok(selection) => {
            let seen_total =
                currency.zip(form.parse("seen_total")).map(|(currency, minor)| Money::new(minor, currency));
            let wish = StartCheckout { attempt_id, account_id, selection, balance_version, seen_total };
            start_checkout::start(&visit.app, session, wish).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match started {
        Ok(CheckoutStarted::Redirect(url)) => Ok(Page::see_other(&url)),
        Ok(CheckoutStarted::UnderWay(id)) => Ok(Page::see_other(&format!("/pay/{id}/under-way"))),
        Ok(CheckoutStarted::Ended(id)) => Ok(Page::see_other(&format!("/pay/{id}"))),
        Err(failure) => Err(refused(&visit, &statement, account_id, choice, &chrome, failure)),
    }
}

fn refused(
    visit: &Visit,
    statement: &Statement,
    account_id: AccountId,
    choice: PayChoice,
    chrome: &Chrome,
    failure: Failure,
) -> Page {
    let account = pick(statement, Some(account_id));
    let attempt_id = AttemptId(visit.app.ambient().uuid_v7());
    match (failure, account) {
        (Failure::Refused(AppRefusal::Domain(Refusal::NothingToPay)), None) => {
            Page::with(StatusCode::CONFLICT, &NoticeView::NothingToPay, chrome)
        }
        (Failure::Refused(AppRefusal::Domain(Refusal::BalanceChanged { .. })), Some(account)) => {
            let view = BalanceChangedView { account: account.clone(), attempt_id, seen: None, choice };
            Page::with(StatusCode::CONFLICT, &view, chrome)
        }
        (Failure::Refused(AppRefusal::ProviderUnavailable), _) => {
            let retry = format!("/pay?account={account_id}");
            Page::with(StatusCode::SERVICE_UNAVAILABLE, &NoticeView::ProviderDown { retry }, chrome)
        }
        (Failure::Refused(AppRefusal::Domain(refusal)), Some(account)) if refusal != Refusal::NotFound => {
            let view = pay_view(statement, account, attempt_id, choice, Some(refusal));
            Page::with(StatusCode::UNPROCESSABLE_ENTITY, &view, chrome)
        }
        (failure, _) => Page::failure(visit, failure),
    }
}

fn choice(form: &Form) -> PayChoice {
    match form.text("choice") {
        "items" => PayChoice::Items(form.all("item")),
        "amount" => PayChoice::Amount(form.text("amount").chars().take(40).collect()),
        _ => PayChoice::Everything,
    }
}

fn pay_view(
    statement: &Statement,
    account: &AccountStatement,
    attempt_id: AttemptId,
    choice: PayChoice,
    problem: Option<Refusal>,
) -> PayView {
    let others = statement.accounts.iter().filter(|other| other.account_id != account.account_id);
    let others = others.filter(|other| other.outstanding.is_positive());
    PayView {
        account: account.clone(),
        others: others.map(|other| (other.account_id, other.outstanding)).collect(),
        attempt_id,
        choice,
        problem,
    }
}

/// The account that was asked for, else the first one on which something is open.
fn pick(statement: &Statement, wanted: Option<AccountId>) -> Option<&AccountStatement> {
    let mut open = statement.accounts.iter().filter(|account| !account.lines.is_empty());
    match wanted {
        Some(id) => open.find(|account| account.account_id == id),
        None => open.next(),
    }
}

async fn load(visit: &Visit, session: DebtorSession) -> Result<(DebtorSnapshot, Statement), Page> {
    let failed = |failure| Page::failure(visit, failure);
    let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await.map_err(failed)?;
    let statement = statement::build(&snapshot, visit.app.now()).map_err(|refusal| failed(refusal.into()))?;
    Ok((snapshot, statement))
}

fn signed_in(visit: &Visit, snapshot: &DebtorSnapshot) -> Chrome {
    Chrome { signed_in: true, ..visit.of_debtor(snapshot) }
}
