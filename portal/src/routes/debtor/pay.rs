use crate::Chrome;
use crate::pages::{BalanceChangedView, NoticeView, PayChoice, PayView};
use crate::routes::forms::{Form, query_all, query_field};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::{DebtorVisit, Visit};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use saldo_app::flows::open_statement;
use saldo_app::flows::start_checkout::{self, CheckoutStarted, StartCheckout};
use saldo_app::flows::start_session::DebtorSession;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, AttemptId, InvoiceId};
use saldo_domain::money::Money;
use saldo_domain::quote::quote;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::{self, AccountStatement, Statement};

/// What a payment is decided on, read once.
struct Desk {
    visit: Visit,
    snapshot: DebtorSnapshot,
    statement: Statement,
    chrome: Chrome,
}

/// What to pay: everything, chosen items, another amount.
pub async fn show(DebtorVisit { visit, session }: DebtorVisit, RawQuery(query): RawQuery) -> Answer {
    let asked = |name| query_field(query.as_deref(), name);
    let desk = Desk::open(visit, session).await?;
    let wanted = asked("account").and_then(|id| id.parse::<AccountId>().ok());
    let Some(account) = desk.pick(wanted) else {
        return Ok(Page::ok(&NoticeView::NothingToPay, &desk.chrome));
    };
    if let (false, Some(one)) = (account.asked.is_positive(), account.plans.first()) {
        // Nothing is asked for but what the plan will ask: it is paid on its own page.
        return Ok(Page::see_other(&format!("/plan/{}", one.plan.id)));
    }
    let items: Vec<InvoiceId> = query_all(query.as_deref(), "item");
    let settlement = asked("settlement").and_then(|id| id.parse().ok());
    let choice = match settlement {
        _ if !items.is_empty() => PayChoice::Items(items),
        Some(offer) => PayChoice::Settlement(offer),
        None => PayChoice::Everything,
    };
    Ok(Page::ok(&desk.pay_view(account, choice, None), &desk.chrome))
}

/// The form: to the provider, to the attempt that came first, or back with what is wrong.
pub async fn start(DebtorVisit { visit, session }: DebtorVisit, form: Form) -> Answer {
    let desk = Desk::open(visit, session).await?;
    let (Some(attempt_id), Some(account_id), Some(balance_version)) =
        (form.parse("attempt"), form.parse("account"), form.parse("balance_version"))
    else {
        return Err(Page::failure(&desk.visit, Refusal::NotFound.into()));
    };
    let choice = choice(&form);
    let currency = desk.snapshot.account(account_id).map(|account| account.currency);
    let selection = currency.ok_or(Refusal::NotFound).and_then(|currency| {
        let seen_total = seen(&form, &choice, currency);
        let selection = choice.selection(&desk.chrome.locale, currency)?;
        Ok(StartCheckout { attempt_id, account_id, selection, balance_version, seen_total })
    });
    let started = match selection {
        Ok(wish) => start_checkout::start(&desk.visit.app, session, wish).await,
        Err(refusal) => Err(refusal.into()),
    };
    match started {
        Ok(CheckoutStarted::Redirect(url)) => Ok(Page::see_other(&url)),
        Ok(CheckoutStarted::UnderWay(id)) => Ok(Page::see_other(&format!("/pay/{id}/under-way"))),
        Ok(CheckoutStarted::Ended(id)) => Ok(Page::see_other(&format!("/pay/{id}"))),
        Err(failure) => {
            let seen = currency.and_then(|currency| seen(&form, &choice, currency));
            Err(desk.refused(account_id, choice, seen, failure))
        }
    }
}

/// What the page showed as the price of a choice. It is compared and never charged.
fn seen(form: &Form, choice: &PayChoice, currency: Currency) -> Option<Money> {
    let money = |name: &str| form.parse::<i64>(name).map(|minor| Money::new(minor, currency));
    let shown = match choice {
        PayChoice::Everything => money("seen_everything"),
        PayChoice::Items(chosen) => {
            let prices: Option<Vec<Money>> = chosen.iter().map(|id| money(&format!("seen_{id}"))).collect();
            prices.and_then(|prices| Money::sum(currency, prices).ok())
        }
        PayChoice::PlanRest(_) => money("seen_plan_rest"),
        PayChoice::Amount(_) | PayChoice::Instalments(..) | PayChoice::Settlement(_) => None,
    };
    money("seen").or(shown)
}

fn choice(form: &Form) -> PayChoice {
    let plan = form.parse("plan");
    match (form.text("choice"), plan) {
        ("items", _) => PayChoice::Items(form.all("item")),
        ("amount", _) => PayChoice::Amount(form.text("amount").chars().take(40).collect()),
        ("instalment", Some(plan)) => PayChoice::Instalments(plan, 1),
        ("instalments", Some(plan)) => PayChoice::Instalments(plan, form.parse("count").unwrap_or(1)),
        ("plan_rest", Some(plan)) => PayChoice::PlanRest(plan),
        (other, _) => match other.strip_prefix("settlement-").and_then(|id| id.parse().ok()) {
            Some(offer) => PayChoice::Settlement(offer),
            None => PayChoice::Everything,
        },
    }
}

impl Desk {
    async fn open(visit: Visit, session: DebtorSession) -> Result<Self, Page> {
        let failed = |failure| Page::failure(&visit, failure);
        let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await;
        let snapshot = snapshot.map_err(failed)?;
        let statement = statement::build(&snapshot, visit.app.now()).map_err(|refusal| failed(refusal.into()))?;
        let chrome = Chrome { signed_in: true, ..visit.of_debtor(&snapshot) };
        Ok(Self { visit, snapshot, statement, chrome })
    }

    /// The account that was asked for, else the first one on which something is open.
    fn pick(&self, wanted: Option<AccountId>) -> Option<&AccountStatement> {
        let mut open = self.statement.accounts.iter().filter(|account| !account.lines.is_empty());
        match wanted {
            Some(id) => open.find(|account| account.account_id == id),
            None => open.next(),
        }
    }

    fn pay_view(&self, account: &AccountStatement, choice: PayChoice, problem: Option<Refusal>) -> PayView {
        let others = self.statement.accounts.iter().filter(|other| other.account_id != account.account_id);
        let others = others.filter(|other| other.asked.is_positive());
        let now = self.visit.app.now();
        let offers = self.snapshot.settlement_offers.iter();
        let offers = offers.filter(|offer| offer.account_id == account.account_id && now <= offer.until_at);
        PayView {
            account: account.clone(),
            others: others.map(|other| (other.account_id, other.asked)).collect(),
            settlements: offers.cloned().collect(),
            attempt_id: self.fresh(),
            choice,
            problem,
            now,
        }
    }

    fn fresh(&self) -> AttemptId {
        AttemptId(self.visit.app.ambient().uuid_v7())
    }

    fn refused(&self, account_id: AccountId, choice: PayChoice, seen: Option<Money>, failure: Failure) -> Page {
        match (failure, self.pick(Some(account_id))) {
            (Failure::Refused(AppRefusal::Domain(Refusal::NothingToPay)), None) => {
                Page::with(StatusCode::CONFLICT, &NoticeView::NothingToPay, &self.chrome)
            }
            (Failure::Refused(AppRefusal::Domain(Refusal::BalanceChanged { .. })), Some(account)) => {
                self.changed(account, choice, seen, false)
            }
            (Failure::Refused(AppRefusal::Domain(Refusal::PriceChanged { .. })), Some(account)) => {
                self.changed(account, choice, seen, true)
            }
            (Failure::Refused(AppRefusal::ProviderUnavailable), _) => {
                let retry = format!("/pay?account={account_id}");
                let notice = NoticeView::ProviderDown { retry };
                Page::with(StatusCode::SERVICE_UNAVAILABLE, &notice, &self.chrome).retry_after(60)
            }
            (Failure::Refused(AppRefusal::Domain(refusal)), Some(account)) if refusal != Refusal::NotFound => {
                match choice.plan() {
                    // Its own page says how the plan stands.
                    Some(plan) => Page::see_other(&format!("/plan/{plan}")),
                    None => {
                        let view = self.pay_view(account, choice, Some(refusal));
                        Page::with(StatusCode::UNPROCESSABLE_ENTITY, &view, &self.chrome)
                    }
                }
            }
            (failure, _) => Page::failure(&self.visit, failure),
        }
    }

    /// What was shown beside what holds now, asked once more.
    fn changed(&self, account: &AccountStatement, choice: PayChoice, seen: Option<Money>, price: bool) -> Page {
        let selection = choice.selection(&self.chrome.locale, account.currency);
        let quoted = selection.and_then(|selection| {
            let (id, version) = (account.account_id, account.balance_version);
            quote(&self.snapshot, id, &selection, version, self.visit.app.now())
        });
        let now = quoted.ok().map(|quote| quote.amount);
        let view = BalanceChangedView { account: account.clone(), attempt_id: self.fresh(), seen, now, choice, price };
        Page::with(StatusCode::CONFLICT, &view, &self.chrome)
    }
}
