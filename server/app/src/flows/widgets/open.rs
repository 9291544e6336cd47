//! From a widget to our own page: a form that the debtor sent becomes a session, and the token stays in no address.

use super::door::{Entry, enter, is_listed};
use super::{balance, origin, token};
use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::start_session::{self, NewSession};
use saldo_contract::widget::WidgetScope;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{InvoiceId, PolicyId};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement;
use saldo_store::session::OfWidget;
use saldo_store::{Across, Tx, snapshot};

/// What the form says.
#[derive(Debug, Clone, Default)]
pub struct OpenWidget {
    /// The widget's token.
    pub token: String,
    /// `pay`, `statement`, `choices`, `plan`, `instalment`.
    pub to: String,
    /// The items to pay.
    pub items: Vec<InvoiceId>,
    /// The template of a plan.
    pub template: Option<PolicyId>,
    /// How many instalments.
    pub count: Option<u32>,
    /// The day of the first one.
    pub first_on: Option<Date>,
    /// The page that leads back.
    pub return_url: Option<String>,
}

/// A session that was begun, and where it leads.
pub struct Opened {
    /// For the cookie.
    pub session: NewSession,
    /// A path of ours.
    pub location: String,
}

/// The way back to the creditor's own page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackTo {
    /// The page.
    pub url: String,
    /// What people read of it.
    pub host: String,
}

impl BackTo {
    /// The way to an address that was looked at before.
    pub fn new(url: String) -> Option<Self> {
        let site = origin::of_url(&url)?;
        Some(Self { host: origin::host(&site).to_owned(), url })
    }
}

/// Begins a session of the token's scope.
///
/// # Errors
/// Those of the door; `scope_missing`; `malformed` for a place that is none.
pub async fn open(app: &App, from: Option<&str>, wish: &OpenWidget) -> Result<Opened, Failure> {
    let tx = app.store().write_across(Across::Entrance).await?;
    let entry = enter(app, &tx, &wish.token, from).await?;
    let snapshot = snapshot::load_with_movements(&tx, entry.creditor_id, entry.debtor_id).await?;
    let location = location(app, &entry, &snapshot, wish)?;
    let widget = OfWidget {
        scopes: token::scope_words(&entry.scopes),
        return_url: listed_url(&tx, &entry, wish.return_url.as_deref()).await?,
    };
    let session = start_session::write(app, &tx, (entry.creditor_id, entry.debtor_id), None, Some(widget)).await?;
    tx.commit().await?;
    Ok(Opened { session, location })
}

/// An address on a site that the creditor lists; another one is as if none had been named.
async fn listed_url(tx: &Tx, entry: &Entry, url: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(site) = url.and_then(origin::of_url) else { return Ok(None) };
    let listed = is_listed(tx, entry.creditor_id, &site).await?;
    Ok(url.filter(|_| listed).map(ToOwned::to_owned))
}

fn location(app: &App, entry: &Entry, snapshot: &DebtorSnapshot, wish: &OpenWidget) -> Result<String, Failure> {
    let statement = statement::build(snapshot, app.now())?;
    let account = balance::shown(&statement);
    let own_plan = account.and_then(|account| account.plans.first());
    match (wish.to.as_str(), account) {
        ("pay", account) => {
            entry.needs(WidgetScope::Pay)?;
            Ok(pay_path(snapshot, account.map(|account| account.account_id.to_string()), &wish.items))
        }
        ("statement", _) => entry.needs(WidgetScope::Statement).map(|()| "/statement".to_owned()),
        ("choices", _) if entry.covers(WidgetScope::Statement) => Ok("/statement".to_owned()),
        ("choices", _) if entry.covers(WidgetScope::Pay) => Ok("/pay".to_owned()),
        ("choices" | "plan" | "instalment", account) => {
            entry.needs(WidgetScope::Plan)?;
            Ok(match (own_plan, account) {
                (Some(own), _) => format!("/plan/{}", own.plan.id),
                (None, Some(account)) => plan_path(&account.account_id.to_string(), wish),
                (None, None) => "/plan/new".to_owned(),
            })
        }
        _ => Err(AppRefusal::Malformed("to is pay, statement, choices, plan or instalment".to_owned()).into()),
    }
}

/// The pay page of the account that has the items.
fn pay_path(snapshot: &DebtorSnapshot, shown: Option<String>, items: &[InvoiceId]) -> String {
    let has = |id: &InvoiceId| {
        let mut accounts = snapshot.accounts.iter();
        accounts.find(|account| account.items.iter().any(|item| item.invoice_id == *id))
    };
    let account = items.iter().find_map(has).map(|account| account.id.to_string()).or(shown);
    let account = account.map_or_else(String::new, |id| format!("?account={id}"));
    let items: String = items.iter().filter(|id| has(id).is_some()).map(|id| format!("&item={id}")).collect();
    format!("/pay{account}{items}")
}

fn plan_path(account: &str, wish: &OpenWidget) -> String {
    let mut path = format!("/plan/new?account={account}");
    if let Some(template) = wish.template {
        path.push_str(&format!("&template={template}"));
    }
    if let Some(count) = wish.count {
        path.push_str(&format!("&count={count}"));
    }
    if let Some(first_on) = wish.first_on {
        path.push_str(&format!("&first_on={first_on}"));
    }
    path
}

/// The way back for who came with a token that does not open any more: only to a site that its creditor lists.
///
/// # Errors
/// Faults of the store.
pub async fn back_to(app: &App, from: Option<&str>, wish: &OpenWidget) -> Result<Option<BackTo>, Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let Ok(genuine) = token::identify(app, &tx, &wish.token).await else { return Ok(None) };
    let page = wish.return_url.clone().zip(wish.return_url.as_deref().and_then(origin::of_url));
    let home = from.and_then(origin::of_url).map(|site| (format!("{site}/"), site));
    for (url, site) in page.into_iter().chain(home) {
        if is_listed(&tx, genuine.creditor_id, &site).await? {
            return Ok(BackTo::new(url));
        }
    }
    Ok(None)
}
