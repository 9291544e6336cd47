//! What finance can do on an account: quiet groups, each form behind its own line.

use super::DebtorView;
use super::form::{ActionForm, Ask};
use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::plus_days;
use saldo_domain::member::Permission;
use saldo_domain::{hold, promise};

/// The groups that this role may use.
pub(super) fn desk(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let desk = &view.desk;
    let owes = view.statement.accounts.iter().any(|account| !account.lines.is_empty());
    let money = desk.may(Permission::Money).then(|| {
        let adjust = owes.then(|| view! { {credit_note(view, chrome)} {write_off(view, chrome)} });
        group(chrome.t("desk-money"), view! { {bank_payment(view, chrome)} {adjust} }.into_any())
    });
    let terms = (owes && desk.may(Permission::Contact)).then(|| {
        let settlement = desk.may(Permission::Money).then(|| settlement(view, chrome));
        group(chrome.t("desk-terms"), view! { {discount(view, chrome)} {settlement} }.into_any())
    });
    let contact = desk.may(Permission::Contact).then(|| {
        let promise = owes.then(|| promise(view, chrome));
        group(chrome.t("desk-contact"), view! { {hold(view, chrome)} {promise} }.into_any())
    });
    if money.is_none() && terms.is_none() && contact.is_none() {
        return ().into_any();
    }
    view! {
        <section class="section" id="desk">
            <h2 class="section-title">{chrome.t("desk-title")}</h2>
            {money} {terms} {contact}
        </section>
    }
    .into_any()
}

fn group(title: String, body: AnyView) -> AnyView {
    view! { <div class="card stack-tight"><h3 class="eyebrow">{title}</h3>{body}</div> }.into_any()
}

/// The accounts to choose from, by currency.
fn account(view: &DebtorView, chrome: &Chrome) -> Ask {
    let accounts = view.statement.accounts.iter().map(|account| {
        let words = format!("{} · {}", account.currency.code(), chrome.money(account.outstanding));
        (account.account_id.to_string(), words)
    });
    Ask::choice("account", chrome.t("desk-account"), accounts.collect())
}

/// The open items to choose from.
fn item(view: &DebtorView, chrome: &Chrome) -> Ask {
    let lines = view.statement.accounts.iter().flat_map(|account| &account.lines);
    let items = lines.map(|line| {
        let words = format!("{} · {}", line.item.number, chrome.money(line.item.outstanding));
        (line.item.invoice_id.to_string(), words)
    });
    Ask::choice("item", chrome.t("desk-item"), items.collect())
}

fn form(view: &DebtorView, key: &str, open: String, explained: String, asks: Vec<Ask>, submit: String) -> ActionForm {
    ActionForm {
        key: key.to_owned(),
        action: format!("/console/debtors/{}/{key}", view.statement.debtor.id),
        open,
        explained: Some(explained),
        asks,
        carries: vec![("id", view.desk.fresh.to_string())],
        submit,
        class: "button",
    }
}

fn bank_payment(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let earliest = plus_days(view.desk.today, -365).unwrap_or(view.desk.today);
    let today = view.desk.today;
    let asks = vec![
        account(view, chrome),
        Ask::amount("amount", chrome.t("amount")),
        Ask::day("value_on", chrome.t("desk-value-on"), earliest, Some(today)).value(today.to_string()),
        Ask::line("reference", chrome.t("desk-reference"), 80),
    ];
    let (open, explained) = (chrome.t("desk-bank"), chrome.t("desk-bank-explained"));
    form(view, "bank-payment", open, explained, asks, chrome.t("desk-bank-submit")).show(&view.desk, chrome)
}

fn credit_note(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let asks = vec![
        item(view, chrome),
        Ask::amount("amount", chrome.t("amount")),
        Ask::line("reason", chrome.t("refund-reason"), 500),
    ];
    let (open, explained) = (chrome.t("desk-credit-note"), chrome.t("desk-credit-note-explained"));
    form(view, "credit-note", open, explained, asks, chrome.t("desk-credit-note-submit")).show(&view.desk, chrome)
}

fn write_off(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let asks = vec![
        item(view, chrome),
        Ask::amount("amount", chrome.t("amount")),
        Ask::line("reason", chrome.t("refund-reason"), 500),
    ];
    let (open, explained) = (chrome.t("desk-write-off"), chrome.t("desk-write-off-explained"));
    let form = form(view, "write-off", open, explained, asks, chrome.t("desk-write-off-submit"));
    ActionForm { class: "button button-danger", ..form }.show(&view.desk, chrome)
}

fn discount(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let max = view.desk.role.extra_discount_max_bps().min(9_999);
    let hint = chrome.with("desk-discount-max", [("rate", rate_words(max, chrome).into())]);
    let asks = vec![
        item(view, chrome),
        Ask::amount("rate", chrome.t("desk-discount-rate")).hint(hint),
        Ask::day("until_on", chrome.t("desk-until"), view.desk.today, None),
    ];
    let (open, explained) = (chrome.t("desk-discount"), chrome.t("desk-discount-explained"));
    form(view, "discount", open, explained, asks, chrome.t("desk-discount-submit")).show(&view.desk, chrome)
}

fn settlement(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let until = plus_days(view.desk.today, 89).ok();
    let asks = vec![
        account(view, chrome),
        Ask::amount("amount", chrome.t("desk-settlement-pay")),
        Ask::day("until_on", chrome.t("desk-until"), view.desk.today, until),
    ];
    let (open, explained) = (chrome.t("desk-settlement"), chrome.t("desk-settlement-explained"));
    form(view, "settlement", open, explained, asks, chrome.t("desk-settlement-submit")).show(&view.desk, chrome)
}

fn hold(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let until = plus_days(view.desk.today, hold::DAYS_MAX).ok();
    let asks = vec![
        Ask::line("reason", chrome.t("refund-reason"), hold::REASON_MAX),
        Ask::day("until_on", chrome.t("desk-until"), view.desk.today, until),
    ];
    let (open, explained) = (chrome.t("desk-hold"), chrome.t("desk-hold-explained"));
    form(view, "hold", open, explained, asks, chrome.t("desk-hold-submit")).show(&view.desk, chrome)
}

fn promise(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let until = promise::last_date(view.desk.today).ok();
    let asks = vec![
        account(view, chrome),
        Ask::day("promised_on", chrome.t("desk-until"), view.desk.today, until),
        Ask::optional("amount", chrome.t("desk-promise-amount"), 24),
    ];
    let (open, explained) = (chrome.t("desk-promise"), chrome.t("desk-promise-explained"));
    form(view, "promise", open, explained, asks, chrome.t("desk-promise-submit")).show(&view.desk, chrome)
}

/// `3`, `12.5`.
fn rate_words(bps: u32, chrome: &Chrome) -> String {
    let (whole, part) = (bps / 100, bps % 100);
    match part {
        0 => whole.to_string(),
        part => format!("{whole}{}{part:02}", chrome.locale.decimal_mark()).trim_end_matches('0').to_owned(),
    }
}
