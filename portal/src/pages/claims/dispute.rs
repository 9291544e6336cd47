//! A dispute: the form, and where it stands.

use super::parts::{FileLine, about_files, file_field, file_list, wrong};
use crate::layout::forms::{Tone, button_form, hidden, in_textarea, note, problem_summary};
use crate::layout::{Chrome, Page, Screen, Width, words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::dispute::{Dispute, DisputeOutcome, DisputeReason, DisputeState, MESSAGE_MAX};
use saldo_domain::ids::{DisputeId, InvoiceId};
use saldo_domain::invoice::{Invoice, InvoiceStatus};
use saldo_domain::statement::StatementLine;

/// Which invoice is it about?
#[derive(Debug, Clone)]
pub struct DisputePickView {
    /// The open items of every currency.
    pub lines: Vec<StatementLine>,
}

/// One invoice's dispute.
#[derive(Debug, Clone)]
pub struct DisputeView {
    /// The claim.
    pub invoice: Invoice,
    /// Who answers.
    pub creditor_name: String,
    /// The latest dispute of it.
    pub latest: Option<Dispute>,
    /// What came with that.
    pub files: Vec<FileLine>,
    /// The form.
    pub form: DisputeForm,
}

/// A dispute's form as it was filled in.
#[derive(Debug, Clone)]
pub struct DisputeForm {
    /// The dispute that the form begins.
    pub dispute_id: DisputeId,
    /// Why.
    pub reason: Option<DisputeReason>,
    /// In the debtor's words.
    pub message: String,
    /// What was wrong.
    pub problem: Option<Refusal>,
}

impl Screen for DisputePickView {
    fn page(&self, chrome: &Chrome) -> Page {
        let rows = self.lines.iter().map(|line| {
            let href = format!("/dispute/{}", line.item.invoice_id);
            view! {
                <li>
                    <a href=href>{words::item_name(chrome, &line.item)}" · "{line.item.number.clone()}</a>
                    <span class="amount">{chrome.money(line.item.outstanding)}</span>
                </li>
            }
        });
        let body = view! {
            <p class="back no-print"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <h1 class="title">{chrome.t("dispute-pick-title")}</h1>
            <ul class="rows">{rows.collect_view()}</ul>
        };
        Page::new(chrome.t("dispute-pick-title"), Width::Column, body)
    }
}

impl Screen for DisputeView {
    fn page(&self, chrome: &Chrome) -> Page {
        let title = chrome.with("dispute-title", [("number", (&self.invoice.number).into())]);
        let open = self.latest.as_ref().is_some_and(Dispute::is_open);
        let claims = matches!(self.invoice.status, InvoiceStatus::Open { .. });
        let body = view! {
            <p class="back no-print"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <div class="page-head">
                <h1 class="title">{title.clone()}</h1>
                <p class="lead">{self.invoice.description.clone()}" "<span class="amount">{chrome.money(self.invoice.amount)}</span></p>
            </div>
            {self.latest.as_ref().map(|dispute| standing(self, dispute, chrome))}
            {(!open && claims).then(|| form(self, chrome))}
            {(!open && !claims && self.latest.is_none()).then(|| note(Tone::Info, view! { <p>{chrome.t("dispute-closed")}</p> }))}
        };
        let title = match &self.form.problem {
            Some(_) => format!("{}: {title}", chrome.t("form-problem")),
            None => title,
        };
        Page::new(title, Width::Column, body)
    }
}

fn standing(view: &DisputeView, dispute: &Dispute, chrome: &Chrome) -> AnyView {
    let creditor = || [("creditor", (&view.creditor_name).into())];
    let (tone, text) = match &dispute.state {
        DisputeState::Open => (Tone::Waiting, chrome.with("dispute-under-review", creditor())),
        DisputeState::Resolved { outcome: DisputeOutcome::Upheld, .. } => (Tone::Good, chrome.t("dispute-upheld")),
        DisputeState::Resolved { .. } => (Tone::Info, chrome.t("dispute-rejected")),
        DisputeState::Withdrawn { .. } => (Tone::Info, chrome.t("dispute-withdrawn")),
    };
    let answer = match &dispute.state {
        DisputeState::Resolved { note, .. } => {
            let title = chrome.with("dispute-answer", creditor());
            Some(view! { <div><dt>{title}</dt><dd class="wrap">{note.clone()}</dd></div> })
        }
        _ => None,
    };
    let back = dispute.is_open().then(|| withdraw(view.invoice.id, chrome));
    view! {
        <section class="card stack">
            {note(tone, view! { <p>{text}</p> })}
            <dl class="pairs">
                <div><dt>{chrome.t("dispute-sent")}</dt><dd>{chrome.moment(dispute.opened_at)}</dd></div>
                <div><dt>{chrome.t("dispute-reason")}</dt><dd>{reason_words(dispute.reason, chrome)}</dd></div>
                <div><dt>{chrome.t("dispute-message")}</dt><dd class="wrap">{dispute.message.clone()}</dd></div>
                {answer}
            </dl>
            {file_list("/attachments", &view.files, chrome)}
            {back}
        </section>
    }
    .into_any()
}

fn withdraw(invoice: InvoiceId, chrome: &Chrome) -> AnyView {
    view! {
        <details class="disclosure no-print">
            <summary>{chrome.t("dispute-withdraw")}</summary>
            <p class="hint"><span>{chrome.t("dispute-withdraw-explained")}</span></p>
            {button_form(format!("/dispute/{invoice}/withdraw"), "button", chrome.t("dispute-withdraw"))}
        </details>
    }
    .into_any()
}

fn form(view: &DisputeView, chrome: &Chrome) -> AnyView {
    let form = &view.form;
    let files = form.problem.as_ref().filter(|refusal| about_files(refusal));
    let message = form.problem.as_ref().filter(|refusal| !about_files(refusal));
    let field = if files.is_some() { "files" } else { "message" };
    let summary =
        form.problem.as_ref().map(|refusal| problem_summary(chrome, field, &refusal_text(refusal, &chrome.locale)));
    let again = view.latest.is_some().then(|| view! { <h2 class="section-title">{chrome.t("dispute-again")}</h2> });
    view! {
        {summary}
        <form class="card stack" method="post" action=format!("/dispute/{}", view.invoice.id) enctype="multipart/form-data">
            {again}
            <p>{chrome.t("dispute-lead")}</p>
            {hidden("dispute", form.dispute_id)}
            <div class="field">
                <label for="reason">{chrome.t("dispute-reason")}</label>
                <select class="input" id="reason" name="reason" required>{reasons(form.reason, chrome)}</select>
            </div>
            <div class="field">
                <label for="message">{chrome.t("dispute-message")}</label>
                {wrong(message, "message", chrome)}
                <textarea class="input" id="message" name="message" rows="5" maxlength=MESSAGE_MAX.to_string() required
                    aria-invalid=message.map(|_| "true")
                    aria-describedby=if message.is_some() { "message-problem message-hint" } else { "message-hint" }>
                    {in_textarea(&form.message)}
                </textarea>
                <p class="hint" id="message-hint"><span>{chrome.t("dispute-message-hint")}</span></p>
            </div>
            {file_field(files, chrome.t("files-optional"), chrome)}
            <button class="button button-primary button-block" type="submit">{chrome.t("dispute-send")}</button>
        </form>
    }
    .into_any()
}

fn reasons(chosen: Option<DisputeReason>, chrome: &Chrome) -> AnyView {
    let options = DisputeReason::ALL.map(|reason| {
        view! { <option value=reason.name() selected=chosen == Some(reason)>{reason_words(reason, chrome)}</option> }
    });
    options.into_iter().collect_view().into_any()
}

/// A reason in words.
pub fn reason_words(reason: DisputeReason, chrome: &Chrome) -> String {
    match reason {
        DisputeReason::NotMine => chrome.t("reason-not-mine"),
        DisputeReason::AlreadyPaid => chrome.t("reason-already-paid"),
        DisputeReason::WrongAmount => chrome.t("reason-wrong-amount"),
        DisputeReason::NotDelivered => chrome.t("reason-not-delivered"),
        DisputeReason::Quality => chrome.t("reason-quality"),
        DisputeReason::Other => chrome.t("reason-other"),
    }
}

/// Where a dispute stands, in a word for finance.
pub fn outcome_words(state: &DisputeState, chrome: &Chrome) -> (&'static str, String) {
    match state {
        DisputeState::Open => ("badge badge-careful", chrome.t("claim-open")),
        DisputeState::Resolved { outcome: DisputeOutcome::Upheld, .. } => {
            ("badge badge-good", chrome.t("claim-upheld"))
        }
        DisputeState::Resolved { .. } => ("badge badge-info", chrome.t("claim-rejected")),
        DisputeState::Withdrawn { .. } => ("badge", chrome.t("claim-withdrawn")),
    }
}
