//! What waits for finance's decision on one account.

use super::DebtorView;
use super::form::{ActionForm, Ask};
use crate::layout::Chrome;
use crate::pages::claims::{FileLine, file_list, reason_words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::attachment::AttachmentRow;
use saldo_domain::dispute::{Dispute, MESSAGE_MAX};
use saldo_domain::member::Permission;
use saldo_domain::transfer::{DeclaredTransfer, NOTE_MAX, TransferState};

/// Open disputes and declared transfers; nothing where nothing waits.
pub(super) fn decide(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let disputes = view.claims.disputes.iter().filter(|(row, _)| row.dispute.is_open());
    let disputes: Vec<AnyView> =
        disputes.map(|(row, number)| dispute(view, &row.dispute, number.clone(), chrome)).collect();
    let transfers = view.claims.transfers.iter().map(|row| &row.transfer);
    let waiting = transfers.filter(|transfer| transfer.state == TransferState::Waiting);
    let transfers: Vec<AnyView> = waiting.map(|transfer| self::transfer(view, transfer, chrome)).collect();
    if disputes.is_empty() && transfers.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section" id="decide">
            <h2 class="section-title">{chrome.t("desk-decide")}</h2>
            <ul class="rows">{disputes}{transfers}</ul>
        </section>
    }
    .into_any()
}

fn lines(files: Vec<AttachmentRow>) -> Vec<FileLine> {
    files.into_iter().map(|row| FileLine { id: row.id, name: row.name, byte_count: row.byte_count }).collect()
}

fn dispute(view: &DebtorView, dispute: &Dispute, number: String, chrome: &Chrome) -> AnyView {
    let (id, debtor) = (dispute.id, view.statement.debtor.id);
    let title = chrome.with("desk-dispute", [("number", number.into())]);
    let outcomes = vec![
        ("rejected".to_owned(), chrome.t("desk-dispute-reject")),
        ("upheld".to_owned(), chrome.t("desk-dispute-uphold")),
    ];
    let form = ActionForm {
        key: format!("dispute-{id}"),
        action: format!("/console/debtors/{debtor}/disputes/{id}/resolve"),
        open: chrome.t("desk-dispute-open"),
        explained: Some(chrome.t("desk-dispute-explained")),
        asks: vec![
            Ask::choice("outcome", chrome.t("desk-outcome"), outcomes),
            Ask::words("note", chrome.t("desk-note"), MESSAGE_MAX),
        ],
        carries: Vec::new(),
        submit: chrome.t("desk-decide-submit"),
        class: "button",
    };
    let form = view.desk.may(Permission::Contact).then(|| form.show(&view.desk, chrome));
    view! {
        <li>
            <div class="stack-tight">
                <strong>{title}</strong>
                <span class="item-note">{reason_words(dispute.reason, chrome)}" · "{chrome.moment(dispute.opened_at)}</span>
                <p class="wrap">{dispute.message.clone()}</p>
                {file_list("/console/attachments", &lines(view.claims.files_of_dispute(id)), chrome)}
                {form}
            </div>
        </li>
    }
    .into_any()
}

fn transfer(view: &DebtorView, transfer: &DeclaredTransfer, chrome: &Chrome) -> AnyView {
    let (amount, date) = (chrome.money(transfer.amount), chrome.date(transfer.made_on));
    let title = chrome.with("desk-transfer", [("amount", amount.into()), ("date", date.into())]);
    let forms = view.desk.may(Permission::Money).then(|| {
        view! { {matched(view, transfer, chrome)} {rejected(view, transfer, chrome)} }
    });
    view! {
        <li>
            <div class="stack-tight">
                <strong>{title}</strong>
                <span class="item-note">{transfer.reference.clone()}" "{chrome.moment(transfer.declared_at)}</span>
                {file_list("/console/attachments", &lines(view.claims.files_of_transfer(transfer.id)), chrome)}
                {forms}
            </div>
        </li>
    }
    .into_any()
}

fn matched(view: &DebtorView, transfer: &DeclaredTransfer, chrome: &Chrome) -> AnyView {
    let paid = view.payments.iter().filter(|row| row.payment.account_id == transfer.account_id);
    let paid = paid.map(|row| {
        let words = format!("{} · {}", chrome.short_date(row.payment.effective_on), chrome.money(row.payment.amount));
        (row.payment.id.to_string(), words)
    });
    let options = std::iter::once((String::new(), chrome.t("desk-transfer-unbooked"))).chain(paid).collect();
    ActionForm {
        key: format!("match-{}", transfer.id),
        action: format!("/console/debtors/{}/transfers/{}/match", view.statement.debtor.id, transfer.id),
        open: chrome.t("desk-transfer-match"),
        explained: Some(chrome.t("desk-transfer-match-explained")),
        asks: vec![Ask::choice("payment", chrome.t("desk-transfer-payment"), options)],
        carries: Vec::new(),
        submit: chrome.t("desk-transfer-match"),
        class: "button",
    }
    .show(&view.desk, chrome)
}

fn rejected(view: &DebtorView, transfer: &DeclaredTransfer, chrome: &Chrome) -> AnyView {
    ActionForm {
        key: format!("reject-{}", transfer.id),
        action: format!("/console/debtors/{}/transfers/{}/reject", view.statement.debtor.id, transfer.id),
        open: chrome.t("desk-transfer-reject"),
        explained: Some(chrome.t("desk-transfer-reject-explained")),
        asks: vec![Ask::words("note", chrome.t("desk-note"), NOTE_MAX)],
        carries: Vec::new(),
        submit: chrome.t("desk-transfer-reject"),
        class: "button",
    }
    .show(&view.desk, chrome)
}
