use super::reader::Reader;
use crate::i18n::due_text;
use saldo_contract::widget_view::{BalancePart, BalanceState};
use saldo_domain::banner::SOON_DAYS;
use saldo_domain::calendar::{Date, days_between};
use saldo_domain::money::Money;
use saldo_domain::statement::{AccountStatement, Statement};

/// The account that widgets show: the one with most open items, where something is asked for before all.
pub(super) fn shown(statement: &Statement) -> Option<&AccountStatement> {
    statement.accounts.iter().max_by_key(|account| (account.asked_full.is_positive(), account.lines.len()))
}

/// How an account stands on a day.
pub(super) fn state(account: &AccountStatement, as_of: Date) -> BalanceState {
    let soon = |on: Date| days_between(as_of, on) <= SOON_DAYS;
    if account.lines.is_empty() {
        return if account.credit.is_positive() { BalanceState::Credit } else { BalanceState::Paid };
    }
    match account.next_due_on {
        _ if account.overdue.is_positive() => BalanceState::Overdue,
        _ if !account.asked_full.is_positive() => BalanceState::Planned,
        Some(on) if !soon(on) => BalanceState::Due,
        _ => BalanceState::DueSoon,
    }
}

pub(super) fn part(statement: &Statement, reader: &Reader) -> BalancePart {
    match shown(statement) {
        Some(account) => of_account(statement, account, reader),
        None => nothing(Money::zero(statement.creditor.currency), reader),
    }
}

fn nothing(zero: Money, reader: &Reader) -> BalancePart {
    BalancePart {
        amount_due: zero.into(),
        formatted: reader.money(zero),
        state: BalanceState::Paid,
        state_text: reader.t("statement-settled"),
        next_due_on: None,
        next_due_text: None,
        open_item_count: 0,
        items_text: reader.with("widget-items", [("count", 0.into())]),
        discount_text: None,
        credit_text: None,
        other_text: None,
    }
}

fn of_account(statement: &Statement, account: &AccountStatement, reader: &Reader) -> BalancePart {
    let state = state(account, statement.as_of);
    let count = account.lines.len();
    let next = account.next_due_on.filter(|_| !account.lines.is_empty());
    BalancePart {
        amount_due: account.asked_full.into(),
        formatted: reader.money(account.asked_full),
        state,
        state_text: state_text(statement, account, state, reader),
        next_due_on: next,
        next_due_text: next.map(|on| reader.date(on)),
        open_item_count: u32::try_from(count).unwrap_or(u32::MAX),
        items_text: reader.with("widget-items", [("count", count.into())]),
        discount_text: discount_text(account, reader),
        credit_text: credit_text(account, reader),
        other_text: other_text(statement, account, reader),
    }
}

fn state_text(statement: &Statement, account: &AccountStatement, state: BalanceState, reader: &Reader) -> String {
    match (state, account.next_due_on) {
        (BalanceState::Paid | BalanceState::Credit, _) => reader.t("statement-settled"),
        (BalanceState::Overdue, _) if account.overdue == account.asked_full => reader.t("statement-all-overdue"),
        (BalanceState::Overdue, _) => {
            reader.with("statement-overdue", [("amount", reader.money(account.overdue).into())])
        }
        (BalanceState::Planned, Some(on)) => reader.with("widget-planned", [("date", reader.date(on).into())]),
        (BalanceState::Planned, None) => reader.t("widget-planned-all"),
        (BalanceState::Due | BalanceState::DueSoon, Some(on)) => {
            due_text(reader.texts(), days_between(on, statement.as_of))
        }
        (BalanceState::Due | BalanceState::DueSoon, None) => reader.t("amount-now"),
    }
}

fn discount_text(account: &AccountStatement, reader: &Reader) -> Option<String> {
    let until = account.price_until?;
    let saved = account.asked_full.minus(account.asked).ok().filter(|saved| saved.is_positive())?;
    let date = reader.short_date(reader.day_of(until));
    Some(reader.with(
        "item-discount",
        [("amount", reader.money(account.asked).into()), ("date", date.into()), ("saved", reader.money(saved).into())],
    ))
}

pub(super) fn credit_text(account: &AccountStatement, reader: &Reader) -> Option<String> {
    let credit = account.credit.is_positive().then(|| reader.money(account.credit))?;
    Some(reader.with("widget-credit", [("amount", credit.into())]))
}

fn other_text(statement: &Statement, account: &AccountStatement, reader: &Reader) -> Option<String> {
    let mut others = statement.accounts.iter().filter(|other| other.account_id != account.account_id);
    let other = others.find(|other| other.asked_full.is_positive())?;
    Some(reader.with("pay-other-currency", [("amount", reader.money(other.asked_full).into())]))
}
