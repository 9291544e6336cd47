//! What was claimed on an account, newest first, with what can be ended.

use super::DebtorView;
use crate::layout::Chrome;
use crate::layout::forms::button_form;
use crate::pages::claims::{outcome_words, reason_words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::hold::ManualHold;
use saldo_domain::member::Permission;
use saldo_domain::planted::{self, Bug};
use saldo_domain::promise::{PromiseStanding, PromiseToPay};
use saldo_domain::settlement::{SettlementOffer, SettlementState};
use saldo_domain::transfer::TransferState;

/// Holds, settlement offers, promises, and what was decided; nothing where there was nothing.
pub(super) fn claims(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let claims = &view.claims;
    let holds = claims.holds.iter().map(|row| hold(view, &row.hold, chrome));
    let offers = claims.offers.iter().map(|row| offer(view, &row.offer, chrome));
    let promises = claims.promises.iter().map(|(row, standing)| promise(view, &row.promise, *standing, chrome));
    view! {
        {list(chrome.t("desk-holds"), holds.collect())}
        {list(chrome.t("desk-settlements"), offers.collect())}
        {list(chrome.t("desk-promises"), promises.collect())}
        {list(chrome.t("desk-disputes"), disputes(view, chrome))}
        {list(chrome.t("desk-transfers"), transfers(view, chrome))}
    }
    .into_any()
}

fn list(title: String, rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    view! { <section class="section"><h2 class="section-title">{title}</h2><ul class="rows">{rows}</ul></section> }
        .into_any()
}

fn path(view: &DebtorView, rest: String) -> String {
    format!("/console/debtors/{}/{rest}", view.statement.debtor.id)
}

fn hold(view: &DebtorView, hold: &ManualHold, chrome: &Chrome) -> AnyView {
    let live = hold.is_live(view.desk.today);
    let (class, words) =
        if live { ("badge badge-info", chrome.t("claim-in-force")) } else { ("badge", chrome.t("claim-ended")) };
    let until = chrome.with("claim-until", [("date", chrome.short_date(hold.until_on).into())]);
    let end = (live && view.desk.may(Permission::Contact)).then(|| {
        button_form(path(view, format!("holds/{}/end", hold.id)), "button button-small", chrome.t("desk-hold-end"))
    });
    let reason = hold.reason.clone();
    let reason = match planted::is(Bug::UnescapedNote) {
        true => view! { <span inner_html=reason></span> }.into_any(),
        false => reason.into_any(),
    };
    view! { <li><span class="wrap">{reason}" · "{until}</span><span class=class>{words}</span>{end}</li> }.into_any()
}

fn offer(view: &DebtorView, offer: &SettlementOffer, chrome: &Chrome) -> AnyView {
    let state = offer.state_at(view.now);
    let (class, words) = match &state {
        SettlementState::Open => ("badge badge-info", chrome.t("claim-open")),
        SettlementState::Taken { .. } => ("badge badge-good", chrome.t("claim-taken")),
        SettlementState::Withdrawn { .. } => ("badge", chrome.t("claim-withdrawn")),
        SettlementState::Lapsed => ("badge", chrome.t("claim-lapsed")),
    };
    let (pay, full) = (chrome.money(offer.pay), chrome.money(offer.full));
    let text = chrome.with("desk-settlement-line", [("pay", pay.into()), ("full", full.into())]);
    let until = chrome.with("claim-until", [("date", chrome.moment(offer.until_at).into())]);
    let withdraw = (state == SettlementState::Open && view.desk.may(Permission::Money)).then(|| {
        let action = path(view, format!("settlements/{}/withdraw", offer.id));
        button_form(action, "button button-small", chrome.t("desk-withdraw"))
    });
    view! { <li><span>{text}" · "{until}</span><span class=class>{words}</span>{withdraw}</li> }.into_any()
}

fn promise(view: &DebtorView, promise: &PromiseToPay, standing: PromiseStanding, chrome: &Chrome) -> AnyView {
    let (class, words) = match standing {
        PromiseStanding::Waiting => ("badge badge-info", chrome.t("claim-waiting")),
        PromiseStanding::Kept => ("badge badge-good", chrome.t("claim-kept")),
        PromiseStanding::Broken => ("badge badge-bad", chrome.t("claim-broken")),
        PromiseStanding::Withdrawn => ("badge", chrome.t("claim-withdrawn")),
    };
    let until = chrome.with("claim-until", [("date", chrome.short_date(promise.promised_on).into())]);
    let withdraw = (standing == PromiseStanding::Waiting && view.desk.may(Permission::Contact)).then(|| {
        let action = path(view, format!("promises/{}/withdraw", promise.id));
        button_form(action, "button button-small", chrome.t("desk-withdraw"))
    });
    view! {
        <li>
            <span>{chrome.moment(promise.made_at)}" · "{until}</span>
            <span class=class>{words}</span>
            <span class="amount">{chrome.money(promise.expected())}</span>
            {withdraw}
        </li>
    }
    .into_any()
}

fn disputes(view: &DebtorView, chrome: &Chrome) -> Vec<AnyView> {
    let closed = view.claims.disputes.iter().filter(|(row, _)| !row.dispute.is_open());
    let rows = closed.map(|(row, number)| {
        let (class, words) = outcome_words(&row.dispute.state, chrome);
        let reason = reason_words(row.dispute.reason, chrome);
        view! {
            <li>
                <span>{number.clone()}" · "{reason}" · "{chrome.moment(row.dispute.opened_at)}</span>
                <span class=class>{words}</span>
            </li>
        }
        .into_any()
    });
    rows.collect()
}

fn transfers(view: &DebtorView, chrome: &Chrome) -> Vec<AnyView> {
    let rows = view.claims.transfers.iter().map(|row| &row.transfer).filter_map(|transfer| {
        let (class, words) = match &transfer.state {
            TransferState::Waiting => return None,
            TransferState::Matched { .. } => ("badge badge-good", chrome.t("claim-matched")),
            TransferState::Rejected { .. } => ("badge badge-bad", chrome.t("claim-not-found")),
        };
        let line = view! {
            <li>
                <span>{chrome.short_date(transfer.made_on)}" "{transfer.reference.clone()}</span>
                <span class=class>{words}</span>
                <span class="amount">{chrome.money(transfer.amount)}</span>
            </li>
        };
        Some(line.into_any())
    });
    rows.collect()
}
