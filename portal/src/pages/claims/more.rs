use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::ids::{AccountId, InvoiceId};
use saldo_domain::money::Money;
use saldo_domain::promise::PromiseToPay;
use saldo_domain::transfer::DeclaredTransfer;

/// What the statement says of claims.
#[derive(Debug, Clone, Default)]
pub struct ClaimLines {
    /// The accounts on which something is owed.
    pub owing: Vec<(AccountId, Money)>,
    /// Promises that are waited for.
    pub promises: Vec<PromiseToPay>,
    /// Transfers that are looked for.
    pub transfers: Vec<DeclaredTransfer>,
    /// Contested invoices: id and number.
    pub disputed: Vec<(InvoiceId, String)>,
}

/// "Something else?": what is under way beside paying, and the quiet ways to it.
pub fn more_ways(lines: &ClaimLines, chrome: &Chrome) -> AnyView {
    if lines.owing.is_empty() && lines.transfers.is_empty() {
        return ().into_any();
    }
    let ways = lines.owing.iter().map(|(account, amount)| ways(lines, *account, *amount, chrome));
    let dispute =
        (!lines.owing.is_empty()).then(|| view! { <li><a href="/dispute">{chrome.t("more-dispute")}</a></li> });
    view! {
        <section class="section section-quiet no-print">
            <div>
                <h2 class="section-title">{chrome.t("more-title")}</h2>
                {under_way(lines, chrome)}
                <ul class="plain-links">{ways.collect_view()}{dispute}</ul>
            </div>
        </section>
    }
    .into_any()
}

fn ways(lines: &ClaimLines, account: AccountId, amount: Money, chrome: &Chrome) -> AnyView {
    let several = lines.owing.len() > 1;
    let of = |label: String| if several { format!("{label} ({})", amount.currency().code()) } else { label };
    let promised = lines.promises.iter().any(|promise| promise.account_id == account);
    let promise = (!promised)
        .then(|| view! { <li><a href=format!("/promise?account={account}")>{of(chrome.t("more-promise"))}</a></li> });
    view! {
        {promise}
        <li><a href=format!("/transfer?account={account}")>{of(chrome.t("more-transfer"))}</a></li>
    }
    .into_any()
}

fn under_way(lines: &ClaimLines, chrome: &Chrome) -> AnyView {
    let promises = lines.promises.iter().map(|promise| {
        let (amount, date) = (chrome.money(promise.expected()), chrome.date(promise.promised_on));
        let text = chrome.with("promise-made", [("amount", amount.into()), ("date", date.into())]);
        line(text, format!("/promise?account={}", promise.account_id), chrome)
    });
    let transfers = lines.transfers.iter().map(|transfer| {
        let (amount, date) = (chrome.money(transfer.amount), chrome.date(transfer.made_on));
        let text = chrome.with("transfer-waiting", [("amount", amount.into()), ("date", date.into())]);
        line(text, format!("/transfer?account={}", transfer.account_id), chrome)
    });
    let disputed = lines.disputed.iter().map(|(id, number)| {
        line(chrome.with("more-disputed", [("number", number.into())]), format!("/dispute/{id}"), chrome)
    });
    view! { {promises.collect_view()} {transfers.collect_view()} {disputed.collect_view()} }.into_any()
}

fn line(text: String, href: String, chrome: &Chrome) -> AnyView {
    view! { <p>{text}" "<a href=href>{chrome.t("more-see")}</a></p> }.into_any()
}
