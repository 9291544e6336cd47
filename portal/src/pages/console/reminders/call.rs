//! One call: what to say, whether it may be made now, and what came of it.

use super::calls::{outcome_of_call, standing};
use super::frame::{Part, reminders_page};
use crate::layout::forms::{Tone, button_form, hidden, in_textarea, note, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::claims::reason_words;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::work_calls::{CallRow, TaskDetail};
use saldo_domain::call::{CallOutcome, CallStanding};
use saldo_domain::dispute::DisputeReason;

/// One task as an agent works on it.
#[derive(Debug, Clone)]
pub struct CallView {
    /// The task with the debtor's books.
    pub detail: TaskDetail,
    /// Whether the reader may call.
    pub may_contact: bool,
    /// What was typed, where it was refused.
    pub typed: CallTyped,
    /// Why it was refused: the field and the words.
    pub problem: Option<(String, String)>,
}

/// What stands in the form of a call's end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallTyped {
    /// The outcome's word.
    pub outcome: String,
    /// The note.
    pub note: String,
    /// When to call again.
    pub call_back_at: String,
    /// The day of a promise.
    pub promised_on: String,
    /// Its amount.
    pub amount: String,
    /// What is contested, in the debtor's words.
    pub message: String,
}

impl Screen for CallView {
    fn page(&self, chrome: &Chrome) -> Page {
        let task = &self.detail.task;
        let (badge, words) = standing(task, chrome);
        let amounts = task.owed.iter().map(|amount| chrome.money(*amount)).collect::<Vec<_>>().join(" · ");
        let problem = self.problem.as_ref().map(|(field, words)| problem_summary(chrome, field, words));
        let work = match task.under_way() {
            Some(call) if self.may_contact => self.ending(call, chrome),
            Some(_) => note(Tone::Waiting, view! { <p>{chrome.t("call-under-way")}</p> }),
            None => self.beginning(chrome),
        };
        let phone = task.row.phone.clone().or_else(|| self.detail.snapshot.debtor.phone.clone());
        let phone = phone.map(|phone| {
            view! { <div><dt>{chrome.t("field-phone")}</dt><dd><a class="mono" href=format!("tel:{phone}")>{phone.clone()}</a></dd></div> }
        });
        let body = view! {
            <p class="back"><a href="/console/reminders/calls">{chrome.t("call-back")}</a></p>
            <div class="page-head">
                <p class="eyebrow">{task.reference.clone()}</p>
                <h1 class="title">{task.name.clone()}</h1>
                {badge}
            </div>
            {problem}
            <section class="card stack">
                <p class="lead">{words}</p>
                <dl class="pairs">
                    {phone}
                    <div><dt>{chrome.t("field-outstanding")}</dt><dd class="amount">{amounts}</dd></div>
                </dl>
                <p><a href=format!("/console/debtors/{}", task.row.debtor_id)>{chrome.t("call-account")}</a></p>
            </section>
            <section class="card stack">
                <h2 class="section-title">{chrome.t("call-script")}</h2>
                <p class="script">{task.row.script.clone()}</p>
            </section>
            {work}
            {self.history(chrome)}
        };
        reminders_page(Part::Calls, task.name.clone(), body, chrome)
    }
}

impl CallView {
    fn beginning(&self, chrome: &Chrome) -> AnyView {
        let task = &self.detail.task;
        let may = self.may_contact && task.row.ended.is_none() && matches!(task.standing, CallStanding::Now { .. });
        if !may {
            return ().into_any();
        }
        let action = format!("/console/reminders/calls/{}/begin", task.row.id);
        view! {
            <section class="card stack">
                <p class="hint"><span>{chrome.t("call-begin-hint")}</span></p>
                {button_form(action, "button button-primary", chrome.t("call-begin"))}
            </section>
        }
        .into_any()
    }

    fn ending(&self, call: &CallRow, chrome: &Chrome) -> AnyView {
        let task = &self.detail.task;
        let choices = CallOutcome::ALL.map(|outcome| {
            let word = outcome.as_str();
            let id = format!("outcome-{word}");
            view! {
                <div class="choice">
                    <input type="radio" id=id.clone() name="outcome" value=word required checked=self.typed.outcome == word/>
                    <label for=id>{outcome_of_call(outcome, chrome)}</label>
                </div>
            }
        });
        view! {
            <form class="card stack" method="post" action=format!("/console/reminders/calls/{}/report", task.row.id)>
                {hidden("call", call.id)}
                <fieldset class="choices" id="outcome">
                    <legend class="section-title">{chrome.t("call-outcome")}</legend>
                    {choices.into_iter().collect_view()}
                </fieldset>
                {self.promise(chrome)}
                {self.dispute(chrome)}
                <div class="field">
                    <label for="call_back_at">{chrome.t("call-when-again")}</label>
                    <input class="input" id="call_back_at" name="call_back_at" type="datetime-local"
                        value=self.typed.call_back_at.clone()/>
                </div>
                <div class="field">
                    <label for="note">{chrome.t("call-note")}</label>
                    <textarea class="input" id="note" name="note" rows="4" maxlength="2000">{in_textarea(&self.typed.note)}</textarea>
                </div>
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("call-save")}</button></div>
            </form>
        }
        .into_any()
    }

    fn promise(&self, chrome: &Chrome) -> AnyView {
        let accounts = self.detail.snapshot.accounts.iter().filter(|account| account.owes()).map(|account| {
            view! { <option value=account.id.to_string()>{account.currency.code()}</option> }
        });
        view! {
            <details class="disclosure" open=self.typed.outcome == CallOutcome::Promised.as_str()>
                <summary>{chrome.t("call-promise")}</summary>
                <div class="field-row">
                    <div class="field">
                        <label for="account">{chrome.t("desk-account")}</label>
                        <select class="input" id="account" name="account">{accounts.collect_view()}</select>
                    </div>
                    <div class="field">
                        <label for="promised_on">{chrome.t("call-promised-on")}</label>
                        <input class="input" id="promised_on" name="promised_on" type="date" value=self.typed.promised_on.clone()/>
                    </div>
                    <div class="field">
                        <label for="amount">{chrome.t("call-promised-amount")}</label>
                        <input class="input" id="amount" name="amount" inputmode="decimal" value=self.typed.amount.clone()/>
                    </div>
                </div>
            </details>
        }
        .into_any()
    }

    fn dispute(&self, chrome: &Chrome) -> AnyView {
        let items = self.detail.snapshot.accounts.iter().flat_map(|account| &account.items);
        let items = items.filter(|item| !item.disputed).map(|item| {
            let words = format!("{} · {}", item.number, chrome.money(item.outstanding));
            view! { <option value=item.invoice_id.to_string()>{words}</option> }
        });
        let reasons = DisputeReason::ALL.map(|reason| {
            let words = reason_words(reason, chrome);
            view! { <option value=reason.name()>{words}</option> }
        });
        view! {
            <details class="disclosure" open=self.typed.outcome == CallOutcome::Disputed.as_str()>
                <summary>{chrome.t("call-dispute")}</summary>
                <div class="field-row">
                    <div class="field">
                        <label for="invoice">{chrome.t("desk-item")}</label>
                        <select class="input" id="invoice" name="invoice">{items.collect_view()}</select>
                    </div>
                    <div class="field">
                        <label for="reason">{chrome.t("column-reason")}</label>
                        <select class="input" id="reason" name="reason">{reasons.into_iter().collect_view()}</select>
                    </div>
                </div>
                <div class="field">
                    <label for="message">{chrome.t("call-dispute-words")}</label>
                    <input class="input" id="message" name="message" maxlength="500" value=self.typed.message.clone()/>
                </div>
            </details>
        }
        .into_any()
    }

    fn history(&self, chrome: &Chrome) -> AnyView {
        let rows = self.detail.task.calls.iter().rev().filter_map(|call| {
            let end = call.end.as_ref()?;
            let words = outcome_of_call(end.outcome, chrome);
            Some(view! {
                <li>
                    <span>{chrome.moment(call.called_at)}<span class="line item-note">{end.note.clone()}</span></span>
                    <span class="badge">{words}</span>
                </li>
            })
        });
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return ().into_any();
        }
        view! {
            <section class="section">
                <h2 class="section-title">{chrome.t("call-history")}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
        .into_any()
    }
}
