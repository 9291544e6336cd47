use crate::pages::console::{PriceTyped, SettingsTyped, SettingsView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Query;
use axum::http::StatusCode;
use saldo_app::flows::update_creditor::{self, Settings};
use saldo_app::{AppRefusal, Failure};
use saldo_contract::creditor::{ChannelPrice, UpdateCreditor};
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::locale::Locale;
use saldo_domain::member::Permission;
use saldo_domain::reminder::Channel;
use serde::Deserialize;

/// What stands in the address.
#[derive(Debug, Default, Deserialize)]
pub struct SettingsQuery {
    saved: Option<String>,
}

/// What is mailed, what messages cost, and the paper.
pub async fn show(console: ConsoleVisit, Query(query): Query<SettingsQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let settings = update_creditor::settings(console.app(), console.id()).await;
    let settings = settings.map_err(|failure| Page::failure(&console.visit, failure))?;
    let typed = typed(&settings, &console.visit.of_console(&console.creditor).locale);
    page(&console, StatusCode::OK, typed, query.saved.is_some(), None)
}

/// Keeps what was set.
pub async fn change(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Terms)?;
    let typed = of_form(&form);
    let wish = match read(&typed, &console.visit.of_console(&console.creditor).locale) {
        Ok(wish) => wish,
        Err(problem) => return page(&console, StatusCode::UNPROCESSABLE_ENTITY, typed, false, Some(problem)),
    };
    match update_creditor::update_by(console.app(), console.id(), &console.actor(), wish).await {
        Ok(()) => Ok(Page::see_other("/console/settings?saved=1")),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => {
            let problem = Some(("send_invoices".to_owned(), refusal));
            page(&console, StatusCode::UNPROCESSABLE_ENTITY, typed, false, problem)
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

fn page(
    console: &ConsoleVisit,
    status: StatusCode,
    typed: SettingsTyped,
    saved: bool,
    problem: Option<(String, Refusal)>,
) -> Answer {
    let view = SettingsView {
        typed,
        saved,
        problem,
        may_change: console.member.role.may(Permission::Terms),
        country: console.creditor.country.clone(),
    };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

fn typed(settings: &Settings, locale: &Locale) -> SettingsTyped {
    let price = |channel: Channel| {
        let known = settings.prices.of(channel);
        let currency = known.map_or(settings.creditor.currency, |price| price.currency());
        let amount = known.map(|price| locale.number(price)).unwrap_or_default();
        PriceTyped { channel, amount, currency: currency.code().to_owned() }
    };
    SettingsTyped {
        send_invoices: settings.send_invoices,
        paper: settings.creditor.paper.map_or("by_country", |paper| paper.name()).to_owned(),
        prices: Channel::ALL.map(price).into(),
    }
}

fn of_form(form: &Form) -> SettingsTyped {
    let price = |channel: Channel| PriceTyped {
        channel,
        amount: form.text(&format!("price_{}", channel.as_str())).to_owned(),
        currency: form.text(&format!("currency_{}", channel.as_str())).to_owned(),
    };
    SettingsTyped {
        send_invoices: !form.text("send_invoices").is_empty(),
        paper: form.text("paper").to_owned(),
        prices: Channel::ALL.map(price).into(),
    }
}

/// A blank amount is no price. Names the field that cannot be read.
fn read(typed: &SettingsTyped, locale: &Locale) -> Result<UpdateCreditor, (String, Refusal)> {
    let mut prices = Vec::new();
    for PriceTyped { channel, amount, currency } in typed.prices.iter().filter(|price| !price.amount.is_empty()) {
        let at = |field: &str| format!("{field}_{}", channel.as_str());
        let currency = Currency::try_new(currency).map_err(|refusal| (at("currency"), refusal))?;
        let price = locale.parse_money(amount, currency).map_err(|refusal| (at("price"), refusal))?;
        if price.minor() < 0 {
            return Err((at("price"), Refusal::AmountUnreadable(amount.chars().take(24).collect())));
        }
        prices.push(ChannelPrice { channel: channel.as_str().to_owned(), price: price.into() });
    }
    Ok(UpdateCreditor {
        send_invoices: Some(typed.send_invoices),
        paper: (!typed.paper.is_empty()).then(|| typed.paper.clone()),
        channel_prices: Some(prices),
        ..UpdateCreditor::default()
    })
}
