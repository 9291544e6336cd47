//! A promise to pay by a date.

use super::parts::wrong;
use crate::layout::forms::{Tone, hidden, note, problem_summary};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{AccountId, PromiseId};
use saldo_domain::money::Money;
use saldo_domain::promise::PromiseToPay;

/// The promise that is waited for, or the form of a new one.
#[derive(Debug, Clone)]
pub struct PromiseView {
    /// On which account.
    pub account_id: AccountId,
    /// What is owed there, credit taken off.
    pub owed: Money,
    /// The first and the last possible day.
    pub days: (Date, Date),
    /// The promise that is waited for.
    pub live: Option<PromiseToPay>,
    /// The form.
    pub form: PromiseForm,
}

/// A promise's form as it was filled in.
#[derive(Debug, Clone)]
pub struct PromiseForm {
    /// The promise that the form begins.
    pub promise_id: PromiseId,
    /// The day, as it was sent.
    pub promised_on: String,
    /// The amount, as it was typed.
    pub amount: String,
    /// What was wrong.
    pub problem: Option<Refusal>,
}

impl Screen for PromiseView {
    fn page(&self, chrome: &Chrome) -> Page {
        let body = match &self.live {
            Some(promise) => standing(promise, chrome),
            None => form(self, chrome),
        };
        let body = view! {
            <p class="back no-print"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <h1 class="title">{chrome.t("promise-title")}</h1>
            {body}
        };
        let title = match &self.form.problem {
            Some(_) => format!("{}: {}", chrome.t("form-problem"), chrome.t("promise-title")),
            None => chrome.t("promise-title"),
        };
        Page::new(title, Width::Column, body)
    }
}

fn standing(promise: &PromiseToPay, chrome: &Chrome) -> AnyView {
    let (amount, date) = (chrome.money(promise.expected()), chrome.date(promise.promised_on));
    let text = chrome.with("promise-made", [("amount", amount.into()), ("date", date.into())]);
    view! {
        <section class="card stack">
            {note(Tone::Good, view! { <p><strong>{text}</strong>" "{chrome.t("promise-silence")}</p> })}
            <a class="button button-primary button-block" href=format!("/pay?account={}", promise.account_id)>{chrome.t("promise-pay")}</a>
            <details class="disclosure no-print">
                <summary>{chrome.t("promise-withdraw")}</summary>
                <p class="hint"><span>{chrome.t("promise-withdraw-explained")}</span></p>
                <form method="post" action="/promise/withdraw">
                    {hidden("promise", promise.id)}
                    <button class="button" type="submit">{chrome.t("promise-withdraw")}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}

/// The field that a refusal is about.
fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::PromiseDate { .. } | Refusal::PromiseOpen | Refusal::DateOutOfRange => "promised-on",
        _ => "amount",
    }
}

fn form(view: &PromiseView, chrome: &Chrome) -> AnyView {
    let form = &view.form;
    let of = |field| form.problem.as_ref().filter(|refusal| field_of(refusal) == field);
    let (date, amount) = (of("promised-on"), of("amount"));
    let summary = form
        .problem
        .as_ref()
        .map(|refusal| problem_summary(chrome, field_of(refusal), &refusal_text(refusal, &chrome.locale)));
    let (first, last) = view.days;
    let date_hint = chrome.with("promise-date-hint", [("until", chrome.date(last).into())]);
    let label = chrome.with("promise-amount", [("currency", view.owed.currency().code().into())]);
    let amount_hint = chrome.with("promise-amount-hint", [("amount", chrome.money(view.owed).into())]);
    view! {
        {summary}
        <form class="card stack" method="post" action="/promise">
            <p>{chrome.t("promise-lead")}</p>
            {hidden("promise", form.promise_id)}
            {hidden("account", view.account_id)}
            <div class="field">
                <label for="promised-on">{chrome.t("promise-date")}</label>
                {wrong(date, "promised-on", chrome)}
                <input class="input input-short" id="promised-on" name="promised_on" type="date" required
                    min=first.to_string() max=last.to_string() value=form.promised_on.clone()
                    aria-invalid=date.map(|_| "true")
                    aria-describedby=if date.is_some() { "promised-on-problem promised-on-hint" } else { "promised-on-hint" }/>
                <p class="hint" id="promised-on-hint"><span>{date_hint}</span></p>
            </div>
            <div class="field">
                <label for="amount">{label}</label>
                {wrong(amount, "amount", chrome)}
                <input class="input input-amount" id="amount" name="amount" type="text" inputmode="decimal"
                    autocomplete="off" maxlength="24" value=form.amount.clone() aria-invalid=amount.map(|_| "true")
                    aria-describedby=if amount.is_some() { "amount-problem amount-hint" } else { "amount-hint" }/>
                <p class="hint" id="amount-hint"><span>{amount_hint}</span></p>
            </div>
            <button class="button button-primary button-block" type="submit">{chrome.t("promise-send")}</button>
        </form>
    }
    .into_any()
}
