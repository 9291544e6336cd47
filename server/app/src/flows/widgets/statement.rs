use super::balance::credit_text;
use super::reader::Reader;
use crate::i18n::{due_text, item_text};
use saldo_contract::widget_view::{ItemState, StatementPart, WidgetItem};
use saldo_domain::banner::SOON_DAYS;
use saldo_domain::statement::{AccountStatement, StatementLine};

pub(super) fn part(account: Option<&AccountStatement>, may_pay: bool, reader: &Reader) -> StatementPart {
    let lines = account.map(|account| account.lines.as_slice()).unwrap_or_default();
    StatementPart {
        items: lines.iter().map(|line| item(line, may_pay, reader)).collect(),
        credit_text: account.and_then(|account| credit_text(account, reader)),
    }
}

fn item(line: &StatementLine, may_pay: bool, reader: &Reader) -> WidgetItem {
    let item = &line.item;
    let (state, state_text) = state(line, reader);
    let price = line.discount.as_ref().map_or(item.outstanding, |discount| discount.pay);
    let saved = line.discount.as_ref().map(|discount| reader.money(discount.saved));
    WidgetItem {
        id: item.invoice_id.0,
        number: item.number.clone(),
        name: item_text(reader.texts(), item),
        due_on: item.due_on,
        due_text: reader.short_date(item.due_on),
        state,
        state_text,
        outstanding: item.outstanding.into(),
        formatted: reader.money(item.outstanding),
        price: price.into(),
        price_text: reader.money(price),
        saved_text: saved.map(|saved| reader.with("ways-saved", [("amount", saved.into())])),
        until_at: line.discount.as_ref().map(|discount| discount.last_moment),
        payable: may_pay && line.plan_id.is_none(),
    }
}

fn state(line: &StatementLine, reader: &Reader) -> (ItemState, String) {
    let days = line.days_past_due;
    match days {
        _ if line.plan_id.is_some() => (ItemState::Planned, reader.t("plan-item")),
        _ if line.item.disputed => (ItemState::Disputed, reader.t("item-disputed")),
        1.. => (ItemState::Overdue, due_text(reader.texts(), days)),
        _ if -days <= SOON_DAYS => (ItemState::DueSoon, due_text(reader.texts(), days)),
        _ => (ItemState::Due, due_text(reader.texts(), days)),
    }
}
