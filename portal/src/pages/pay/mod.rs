//! Choosing what to pay.

mod choice;

pub use choice::PayChoice;

use crate::islands::SelectionTotal;
use crate::layout::forms::{Tone, hidden, note, problem_summary};
use crate::layout::icons::{Icon, icon};
use crate::layout::prices::{deadline, old_price};
use crate::layout::{Chrome, Page, Screen, Width, words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AccountId, AttemptId, InvoiceId};
use saldo_domain::money::Money;
use saldo_domain::settlement::SettlementOffer;
use saldo_domain::statement::{AccountStatement, StatementLine};

/// The form that begins a payment.
#[derive(Debug, Clone)]
pub struct PayView {
    /// The account that is paid.
    pub account: AccountStatement,
    /// Accounts in other currencies, with what is asked there.
    pub others: Vec<(AccountId, Money)>,
    /// What is accepted as payment in full.
    pub settlements: Vec<SettlementOffer>,
    /// The attempt that this form begins.
    pub attempt_id: AttemptId,
    /// What is chosen.
    pub choice: PayChoice,
    /// What was wrong with it.
    pub problem: Option<Refusal>,
    /// When the page was made.
    pub now: Timestamp,
}

impl PayView {
    /// The items that may be chosen: those of a plan are paid by its instalments.
    fn free(&self) -> impl Iterator<Item = &StatementLine> {
        self.account.lines.iter().filter(|line| line.plan_id.is_none())
    }
}

impl Screen for PayView {
    fn page(&self, chrome: &Chrome) -> Page {
        let account = &self.account;
        let problem = self
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, field_of(refusal), &refusal_text(refusal, &chrome.locale)));
        let under_way = account.under_way.iter().map(|payment| {
            let text = chrome.with("pay-under-way", [("amount", chrome.money(payment.amount).into())]);
            let href = format!("/pay/{}", payment.attempt_id);
            note(Tone::Waiting, view! { <p>{text}" "<a href=href>{chrome.t("statement-see-payment")}</a></p> })
        });
        let body = view! {
            <p class="back no-print"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <h1 class="title">{chrome.t("pay-title")}</h1>
            {problem}
            {under_way.collect_view()}
            {others(self, chrome)}
            {offer(self, chrome)}
            <form class="card pay" method="post" action="/pay">
                {hidden("attempt", self.attempt_id)}
                {hidden("account", account.account_id)}
                {hidden("balance_version", account.balance_version)}
                {choices(self, chrome)}
                <button class="button button-primary button-block" type="submit">{chrome.t("pay-continue")}</button>
                <p class="hint">{icon(Icon::Lock)}<span>{chrome.t("pay-private")}</span></p>
            </form>
        };
        let title = match &self.problem {
            Some(_) => format!("{}: {}", chrome.t("form-problem"), chrome.t("pay-title")),
            None => chrome.t("pay-title"),
        };
        Page::new(title, Width::Column, body).with_script()
    }
}

/// The field that a refusal is about.
fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NothingToPay | Refusal::ItemNotOpen | Refusal::ItemInPlan => "choice-items",
        _ => "amount",
    }
}

fn others(view: &PayView, chrome: &Chrome) -> Option<AnyView> {
    let plans = view.account.plans.iter().map(|one| {
        let href = format!("/plan/{}", one.plan.id);
        view! { <li><a href=href>{chrome.t("pay-plan")}</a></li> }
    });
    let links = view.others.iter().map(|(account, amount)| {
        let href = format!("/pay?account={account}");
        view! { <li><a href=href>{chrome.with("pay-other-currency", [("amount", chrome.money(*amount).into())])}</a></li> }
    });
    if view.others.is_empty() && view.account.plans.is_empty() {
        return None;
    }
    Some(view! { <ul class="plain-links">{plans.collect_view()}{links.collect_view()}</ul> }.into_any())
}

/// What is saved until when. A page that answers a form is not counted down: it could not be asked for again.
fn offer(view: &PayView, chrome: &Chrome) -> Option<AnyView> {
    let until = view.account.price_until.filter(|_| view.problem.is_none())?;
    let saved = view.account.asked_full.minus(view.account.asked).ok()?;
    let text = chrome.with("ways-saved", [("amount", chrome.money(saved).into())]);
    let body = view! { <p><strong>{text}</strong></p> {deadline(until, view.now, chrome)} };
    Some(note(Tone::Good, body))
}

fn choices(view: &PayView, chrome: &Chrome) -> AnyView {
    let account = &view.account;
    let several = view.free().count() > 1;
    let fields = view! {
        <fieldset class="choices">
            <legend class="section-title">{chrome.t("pay-how-much")}</legend>
            {settlements(view, chrome)}
            {everything(view, chrome)}
            {several.then(|| items(view, chrome))}
            {amount(view, chrome)}
        </fieldset>
    }
    .into_any();
    view! {
        <SelectionTotal
            currency=account.currency.code().to_owned()
            language=chrome.locale.language.tag().to_owned()
            country=chrome.locale.country.clone()
            label=chrome.t("pay-total")
        >
            {fields}
        </SelectionTotal>
    }
    .into_any()
}

/// An amount, with what it would be without the discount where there is one.
fn price(pay: Money, full: Money, chrome: &Chrome) -> AnyView {
    let old = (pay != full).then(|| old_price(full, chrome));
    view! { <span class="choice-amounts">{old}<span class="amount">{chrome.money(pay)}</span></span> }.into_any()
}

fn settlements(view: &PayView, chrome: &Chrome) -> AnyView {
    let rows = view.settlements.iter().map(|offer| {
        let id = format!("choice-settlement-{}", offer.id);
        let until = chrome.with("pay-settlement-until", [("moment", chrome.moment(offer.until_at).into())]);
        view! {
            <div class="choice">
                <input type="radio" id=id.clone() name="choice" value=format!("settlement-{}", offer.id)
                    data-minor=offer.pay.minor().to_string() checked=view.choice == PayChoice::Settlement(offer.id)/>
                <label for=id>
                    <span class="item-what"><span>{chrome.t("pay-settlement")}</span><span class="choice-note">{until}</span></span>
                    {price(offer.pay, offer.full, chrome)}
                </label>
            </div>
        }
    });
    rows.collect_view().into_any()
}

fn everything(view: &PayView, chrome: &Chrome) -> Option<AnyView> {
    let account = &view.account;
    if !account.asked.is_positive() {
        return None;
    }
    let label = if account.plans.is_empty() { chrome.t("pay-everything") } else { chrome.t("pay-asked") };
    let row = view! {
        <div class="choice">
            <input type="radio" id="choice-everything" name="choice" value="everything"
                data-minor=account.asked.minor().to_string() checked=view.choice == PayChoice::Everything/>
            <label for="choice-everything">
                <span>{label}</span>
                {price(account.asked, account.asked_full, chrome)}
            </label>
            {hidden("seen_everything", account.asked.minor())}
        </div>
    };
    Some(row.into_any())
}

fn items(view: &PayView, chrome: &Chrome) -> AnyView {
    let chosen: &[InvoiceId] = match &view.choice {
        PayChoice::Items(chosen) => chosen,
        _ => &[],
    };
    let rows = view.free().map(|line| item(line, chosen.contains(&line.item.invoice_id), chrome));
    view! {
        <div class="choice">
            <input type="radio" id="choice-items" name="choice" value="items" checked=matches!(view.choice, PayChoice::Items(_))/>
            <label for="choice-items"><span>{chrome.t("pay-items")}</span></label>
            <div class="choice-more">
                <div role="group" aria-label=chrome.t("pay-items")><ul class="picks">{rows.collect_view()}</ul></div>
            </div>
        </div>
    }
    .into_any()
}

/// What paying a line now costs.
pub fn line_price(line: &StatementLine) -> Money {
    line.discount.as_ref().map_or(line.item.outstanding, |discount| discount.pay)
}

fn item(line: &StatementLine, checked: bool, chrome: &Chrome) -> AnyView {
    let id = line.item.invoice_id;
    let due_class = if line.days_past_due > 0 { "due due-late" } else { "due" };
    let pay = line_price(line);
    view! {
        <li class="pick">
            <input type="checkbox" id=format!("item-{id}") name="item" value=id.to_string()
                data-minor=pay.minor().to_string() checked=checked/>
            <label for=format!("item-{id}")>
                <span class="item-what">
                    <span class="item-name">{words::item_name(chrome, &line.item)}</span>
                    <span class=due_class>{words::due(chrome, line.days_past_due)}</span>
                </span>
                {price(pay, line.item.outstanding, chrome)}
            </label>
            <input type="hidden" name=format!("seen_{id}") value=pay.minor().to_string()/>
        </li>
    }
    .into_any()
}

fn amount(view: &PayView, chrome: &Chrome) -> AnyView {
    let typed = match &view.choice {
        PayChoice::Amount(typed) => typed.clone(),
        _ => String::new(),
    };
    let wrong = view.problem.as_ref().is_some_and(|refusal| field_of(refusal) == "amount");
    let label = chrome.with("pay-amount-label", [("currency", view.account.currency.code().into())]);
    let hint = chrome.with("pay-amount-hint", [("amount", chrome.money(view.account.outstanding).into())]);
    let message = view.problem.as_ref().filter(|_| wrong).map(|refusal| {
        view! { <p class="field-problem" id="amount-problem">{refusal_text(refusal, &chrome.locale)}</p> }
    });
    let no_discount = view.account.price_until.map(|_| {
        view! { <p class="hint"><span>{chrome.t("pay-amount-discount")}</span></p> }
    });
    view! {
        <div class="choice">
            <input type="radio" id="choice-amount" name="choice" value="amount" checked=matches!(view.choice, PayChoice::Amount(_))/>
            <label for="choice-amount"><span>{chrome.t("pay-amount")}</span></label>
            <div class="choice-more">
                <div class="field">
                    <label for="amount">{label}</label>
                    {message}
                    <input class="input input-amount" id="amount" name="amount" type="text" inputmode="decimal"
                        autocomplete="off" maxlength="24" value=typed aria-invalid=wrong.then_some("true")
                        aria-describedby=if wrong { "amount-problem amount-hint" } else { "amount-hint" }/>
                    <p class="hint" id="amount-hint"><span>{hint}</span></p>
                    {no_discount}
                </div>
            </div>
        </div>
    }
    .into_any()
}
