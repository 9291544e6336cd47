//! What finance can do on an account: give money back, make and end links.

use super::{DebtorView, LinkRow};
use crate::layout::Chrome;
use crate::layout::forms::{Tone, button_form, hidden, note, problem_summary};
use crate::pages::console::PaymentRow;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::ids::DebtorId;

/// Money received, each with its refund form.
pub(super) fn payments(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let rows = view.payments.iter().map(|row| payment(view, row, chrome));
    let list = if view.payments.is_empty() {
        view! { <p class="empty">{chrome.t("payments-none")}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <section class="section"><h2 class="section-title">{chrome.t("payments-title")}</h2>{list}</section> }
        .into_any()
}

fn payment(view: &DebtorView, row: &PaymentRow, chrome: &Chrome) -> AnyView {
    let payment = &row.payment;
    let refunded = payment.refunded.is_positive().then(|| {
        let text = chrome.with("payment-refunded", [("amount", chrome.money(payment.refunded).into())]);
        view! { <span class="badge badge-info">{text}</span> }
    });
    let rest = payment.amount.minus(payment.refunded).ok().filter(|rest| rest.is_positive());
    view! {
        <li>
            <span>{chrome.moment(row.recorded_at)}" · "{row.provider.clone()}" · "<span class="mono">{row.reference.clone()}</span></span>
            {refunded}
            <span class="amount">{chrome.money(payment.amount)}</span>
            {rest.map(|rest| refund(view, row, chrome.locale.number(rest), chrome))}
        </li>
    }
    .into_any()
}

fn refund(view: &DebtorView, row: &PaymentRow, rest: String, chrome: &Chrome) -> AnyView {
    let id = row.payment.id;
    let problem = view.refund.problem.as_ref().filter(|(payment, _)| *payment == id);
    let message = problem
        .map(|(_, refusal)| problem_summary(chrome, &format!("amount-{id}"), &refusal_text(refusal, &chrome.locale)));
    let label = chrome.with("refund-amount", [("currency", row.payment.amount.currency().code().into())]);
    view! {
        <details class="disclosure" open=problem.is_some()>
            <summary>{chrome.t("refund-open")}</summary>
            {message}
            <form class="stack" method="post" action=format!("/console/debtors/{}/payments/{id}/refund", row.debtor_id)>
                {hidden("refund", view.refund.refund_id)}
                <div class="field-row">
                    <div class="field">
                        <label for=format!("amount-{id}")>{label}</label>
                        <input class="input input-amount" id=format!("amount-{id}") name="amount" inputmode="decimal"
                            autocomplete="off" maxlength="24" value=rest required/>
                    </div>
                    <div class="field">
                        <label for=format!("reason-{id}")>{chrome.t("refund-reason")}</label>
                        <input class="input" id=format!("reason-{id}") name="reason" maxlength="200" autocomplete="off" required/>
                    </div>
                </div>
                <p class="hint"><span>{chrome.t("refund-explained")}</span></p>
                <div class="actions"><button class="button button-danger" type="submit">{chrome.t("refund-confirm")}</button></div>
            </form>
        </details>
    }
    .into_any()
}

/// Access links, with what can be done about them.
pub(super) fn links(view: &DebtorView, chrome: &Chrome) -> AnyView {
    let debtor = view.statement.debtor.id;
    let rows = view.links.iter().map(|row| link(debtor, row, view, chrome));
    if view.links.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section" id="links">
            <h2 class="section-title">{chrome.t("links-title")}</h2>
            <ul class="rows">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// A link that was just made, shown once.
pub(super) fn fresh_link(view: &DebtorView, chrome: &Chrome) -> Option<AnyView> {
    view.fresh_link.clone().map(|url| {
        let field = view! {
            <p><strong>{chrome.t("link-fresh")}</strong>" "{chrome.t("link-fresh-explained")}</p>
            <label class="visually-hidden" for="fresh-link">{chrome.t("link-fresh")}</label>
            <input class="input mono" id="fresh-link" type="text" readonly value=url/>
        };
        note(Tone::Good, field)
    })
}

fn link(debtor: DebtorId, row: &LinkRow, view: &DebtorView, chrome: &Chrome) -> AnyView {
    let ended = row.expires_at <= view.now;
    let (class, text) = match row.revoked_at {
        Some(_) => ("badge badge-bad", chrome.t("link-revoked")),
        None if ended => ("badge", chrome.t("link-ended")),
        None => ("badge badge-good", chrome.t("link-live")),
    };
    let opened = match row.last_opened_at {
        Some(at) => chrome.with("link-opened", [("when", chrome.moment(at).into())]),
        None => chrome.t("link-never-opened"),
    };
    let path = |action: &str| format!("/console/debtors/{debtor}/links/{}/{action}", row.id);
    let live = row.revoked_at.is_none() && !ended;
    let ends = chrome.with("link-ends", [("when", chrome.moment(row.expires_at).into())]);
    view! {
        <li>
            <span>{chrome.moment(row.issued_at)}" · "{opened}" · "{ends}</span>
            <span class=class>{text}</span>
            <div class="actions">
                {live.then(|| button_form(path("revoke"), "button button-small", chrome.t("link-revoke")))}
                {button_form(path("renew"), "button button-small", chrome.t("link-renew"))}
            </div>
        </li>
    }
    .into_any()
}
