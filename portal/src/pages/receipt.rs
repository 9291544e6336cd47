//! The receipt: a page to keep or print.

use crate::layout::forms::{Tone, note, print_button};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::Timestamp;
use saldo_domain::money::Money;
use saldo_domain::payment::Payment;

/// Proof of a payment.
#[derive(Debug, Clone)]
pub struct ReceiptView {
    /// Who was paid.
    pub creditor_name: String,
    /// Who paid.
    pub debtor_name: String,
    /// What came in.
    pub payment: Payment,
    /// When.
    pub paid_at: Timestamp,
    /// What it paid.
    pub lines: Vec<ReceiptLine>,
    /// The provider's name of the payment.
    pub reference: String,
    /// Whether no real money moved.
    pub test: bool,
    /// What is owed on the account now.
    pub balance_after: Option<Money>,
}

/// The part of a payment that paid one invoice.
#[derive(Debug, Clone)]
pub struct ReceiptLine {
    /// The invoice's number.
    pub number: String,
    /// What it was for.
    pub description: Option<String>,
    /// The part.
    pub amount: Money,
}

impl Screen for ReceiptView {
    fn page(&self, chrome: &Chrome) -> Page {
        let test = self.test.then(|| note(Tone::Careful, view! { <p>{chrome.t("receipt-test")}</p> }));
        let pair = |name: String, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
        let body = view! {
            <p class="back no-print"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <article class="card receipt">
                <h1 class="title">{chrome.t("receipt-title")}</h1>
                <p class="amount amount-hero">{chrome.money(self.payment.amount)}</p>
                {test}
                <dl class="pairs">
                    {pair(chrome.t("receipt-to"), self.creditor_name.clone())}
                    {pair(chrome.t("receipt-from"), self.debtor_name.clone())}
                    {pair(chrome.t("receipt-when"), chrome.moment(self.paid_at))}
                    {pair(chrome.t("receipt-reference"), self.reference.clone())}
                </dl>
                {applied(self, chrome)}
                {balance(self, chrome)}
                <div class="actions no-print">{print_button(chrome)}</div>
            </article>
        };
        Page::new(chrome.t("receipt-title"), Width::Column, body).with_script()
    }
}

fn applied(view: &ReceiptView, chrome: &Chrome) -> AnyView {
    let lines = view.lines.iter().map(|line| {
        let name = match &line.description {
            Some(description) => format!("{} · {description}", line.number),
            None => line.number.clone(),
        };
        view! { <div><dt>{name}</dt><dd class="amount">{chrome.money(line.amount)}</dd></div> }
    });
    let payment = &view.payment;
    let extra = [(chrome.t("receipt-credit"), payment.unapplied), (chrome.t("receipt-refunded"), payment.refunded)];
    let extra = extra.into_iter().filter(|(_, amount)| !amount.is_zero()).map(|(name, amount)| {
        view! { <div><dt>{name}</dt><dd class="amount">{chrome.money(amount)}</dd></div> }
    });
    view! {
        <h2 class="section-title">{chrome.t("receipt-applied")}</h2>
        <dl class="sums">{lines.collect_view()}{extra.collect_view()}</dl>
    }
    .into_any()
}

fn balance(view: &ReceiptView, chrome: &Chrome) -> Option<AnyView> {
    let balance = view.balance_after?;
    let pairs = view! {
        <dl class="pairs">
            <div><dt>{chrome.t("balance-now")}</dt><dd class="amount amount-large">{chrome.money(balance)}</dd></div>
        </dl>
    };
    Some(pairs.into_any())
}
