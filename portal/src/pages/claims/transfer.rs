//! A bank transfer that was made: the form, and what was found of earlier ones.

use super::parts::{about_files, file_field, wrong};
use crate::layout::forms::{Tone, hidden, note, problem_summary};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, TransferId};
use saldo_domain::transfer::{DeclaredTransfer, REFERENCE_MAX, TransferState};

/// Earlier transfers, and the form of a new one.
#[derive(Debug, Clone)]
pub struct TransferView {
    /// On which account.
    pub account_id: AccountId,
    /// In which currency.
    pub currency: Currency,
    /// The first and the last possible day.
    pub days: (Date, Date),
    /// Earlier ones, newest first.
    pub earlier: Vec<DeclaredTransfer>,
    /// The form.
    pub form: TransferForm,
}

/// A transfer's form as it was filled in.
#[derive(Debug, Clone)]
pub struct TransferForm {
    /// The transfer that the form begins.
    pub transfer_id: TransferId,
    /// The amount, as it was typed.
    pub amount: String,
    /// The day, as it was sent.
    pub made_on: String,
    /// The bank's reference.
    pub reference: String,
    /// What was wrong.
    pub problem: Option<Refusal>,
}

impl Screen for TransferView {
    fn page(&self, chrome: &Chrome) -> Page {
        let earlier = self.earlier.iter().map(|transfer| found(transfer, chrome));
        let summary = self
            .form
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, field_of(refusal), &refusal_text(refusal, &chrome.locale)));
        let body = view! {
            <p class="back no-print"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <h1 class="title">{chrome.t("transfer-title")}</h1>
            {summary}
            {earlier.collect_view()}
            {form(self, chrome)}
        };
        let title = match &self.form.problem {
            Some(_) => format!("{}: {}", chrome.t("form-problem"), chrome.t("transfer-title")),
            None => chrome.t("transfer-title"),
        };
        Page::new(title, Width::Column, body)
    }
}

fn found(transfer: &DeclaredTransfer, chrome: &Chrome) -> AnyView {
    let (amount, date) = (chrome.money(transfer.amount), chrome.date(transfer.made_on));
    let told = [("amount", amount.into()), ("date", date.into())];
    let (tone, text) = match &transfer.state {
        TransferState::Waiting => (Tone::Waiting, chrome.with("transfer-waiting", told)),
        TransferState::Matched { .. } => (Tone::Good, chrome.with("transfer-matched", told)),
        TransferState::Rejected { .. } => (Tone::Careful, chrome.with("transfer-rejected", told)),
    };
    let answer = match &transfer.state {
        TransferState::Rejected { note, .. } => Some(view! { <p class="wrap">{note.clone()}</p> }),
        _ => None,
    };
    note(tone, view! { <p>{text}</p> {answer} })
}

/// The field that a refusal is about.
fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        refusal if about_files(refusal) => "files",
        Refusal::TransferDate { .. } | Refusal::DateOutOfRange => "made-on",
        Refusal::TextLength { .. } | Refusal::CardNumberInText => "reference",
        _ => "amount",
    }
}

fn form(view: &TransferView, chrome: &Chrome) -> AnyView {
    let form = &view.form;
    let of = |field| form.problem.as_ref().filter(|refusal| field_of(refusal) == field);
    let (amount, date, reference) = (of("amount"), of("made-on"), of("reference"));
    let label = chrome.with("transfer-amount", [("currency", view.currency.code().into())]);
    view! {
        <form class="card stack" method="post" action="/transfer" enctype="multipart/form-data">
            <p>{chrome.t("transfer-lead")}</p>
            {hidden("transfer", form.transfer_id)}
            {hidden("account", view.account_id)}
            <div class="field">
                <label for="amount">{label}</label>
                {wrong(amount, "amount", chrome)}
                <input class="input input-amount" id="amount" name="amount" type="text" inputmode="decimal" required
                    autocomplete="off" maxlength="24" value=form.amount.clone() aria-invalid=amount.map(|_| "true")
                    aria-describedby=amount.map(|_| "amount-problem")/>
            </div>
            <div class="field">
                <label for="made-on">{chrome.t("transfer-date")}</label>
                {wrong(date, "made-on", chrome)}
                <input class="input input-short" id="made-on" name="made_on" type="date" required
                    min=view.days.0.to_string() max=view.days.1.to_string() value=form.made_on.clone()
                    aria-invalid=date.map(|_| "true") aria-describedby=date.map(|_| "made-on-problem")/>
            </div>
            <div class="field">
                <label for="reference">{chrome.t("transfer-reference")}</label>
                {wrong(reference, "reference", chrome)}
                <input class="input" id="reference" name="reference" type="text" autocomplete="off"
                    maxlength=REFERENCE_MAX.to_string() value=form.reference.clone()
                    aria-invalid=reference.map(|_| "true") aria-describedby=reference.map(|_| "reference-problem")/>
            </div>
            {file_field(of("files"), chrome.t("transfer-proof"), chrome)}
            <button class="button button-primary button-block" type="submit">{chrome.t("transfer-send")}</button>
        </form>
    }
    .into_any()
}
