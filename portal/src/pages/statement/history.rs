//! Why it is this amount: the sums, then each step with the balance after it.

use super::History;
use crate::layout::{Chrome, words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::ledger::EntryKind;
use saldo_domain::money::Money;
use saldo_domain::statement::{AccountStatement, TimelineEntry};

/// How many movements the short history shows.
const RECENT: usize = 12;

/// The explained history of an account; nothing where nothing has happened.
pub fn history(account: &AccountStatement, length: History, chrome: &Chrome) -> AnyView {
    if account.timeline.is_empty() {
        return ().into_any();
    }
    let hidden = match length {
        History::Recent => account.timeline.len().saturating_sub(RECENT),
        History::Whole => 0,
    };
    let (before, shown) = account.timeline.split_at(hidden);
    let carried = before.last().map_or(account.carried_forward, |entry| entry.balance_after);
    let steps = shown.iter().rev().map(|entry| step(entry, chrome));
    let start = (!carried.is_zero()).then(|| {
        view! {
            <li class="step step-start">
                <span class="step-what">{chrome.t("history-carried")}</span>
                <span class="step-balance amount">{chrome.money(carried)}</span>
            </li>
        }
    });
    let more = (hidden > 0).then(|| {
        let text = chrome.with("history-whole", [("count", account.timeline.len().into())]);
        view! { <p class="no-print"><a href="/statement?history=all">{text}</a></p> }
    });
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.t("history-title")}</h2>
            {sums(account, chrome)}
            <ol class="steps">{steps.collect_view()}{start}</ol>
            {more}
        </section>
    }
    .into_any()
}

fn step(entry: &TimelineEntry, chrome: &Chrome) -> AnyView {
    let movement = &entry.movement;
    let down = movement.effect.minor() < 0;
    let class = if down { "step step-down" } else { "step" };
    let effect = if down { chrome.money(movement.effect) } else { format!("+{}", chrome.money(movement.effect)) };
    let effect = (!movement.effect.is_zero()).then(|| view! { <span class="step-effect amount">{effect}</span> });
    view! {
        <li class=class>
            <span class="step-what">{words::movement(chrome, movement.kind)}</span>
            {effect}
            <span class="step-when">
                <span class="nowrap">{chrome.short_date(movement.effective_on)}</span>{concerned(&movement.invoice_numbers, chrome)}
            </span>
            <span class="step-balance">{chrome.with("history-balance", [("amount", chrome.money(entry.balance_after).into())])}</span>
        </li>
    }
    .into_any()
}

/// ` · A-102`, ` · A-102, A-103`, ` · A-102 y 7 más`.
fn concerned(numbers: &[String], chrome: &Chrome) -> Option<AnyView> {
    let text = match numbers {
        [] => return None,
        [_] | [_, _] => numbers.join(", "),
        [first, rest @ ..] => chrome.with("history-and-more", [("number", first.into()), ("count", rest.len().into())]),
    };
    Some(view! { " "<span class="nowrap">"· "{text}</span> }.into_any())
}

/// What was there, plus what was invoiced, minus what was paid and credited: the balance.
fn sums(account: &AccountStatement, chrome: &Chrome) -> Option<AnyView> {
    let of = |wanted: fn(EntryKind) -> bool| {
        let effects = account.timeline.iter().filter(|entry| wanted(entry.movement.kind));
        Money::sum(account.currency, effects.map(|entry| entry.movement.effect)).ok()
    };
    let balance = account.timeline.last()?.balance_after;
    let rows = [
        (chrome.t("sum-carried"), account.carried_forward),
        (chrome.t("sum-invoiced"), of(is_invoiced)?),
        (chrome.t("sum-charges"), of(is_charge)?),
        (chrome.t("sum-paid"), of(is_paid)?),
        (chrome.t("sum-reduced"), of(is_reduced)?),
    ];
    let rows = rows.into_iter().filter(|(_, amount)| !amount.is_zero()).map(|(name, amount)| {
        view! { <div><dt>{name}</dt><dd class="amount">{chrome.money(amount)}</dd></div> }
    });
    let name = if balance.minor() < 0 { chrome.t("sum-credit") } else { chrome.t("sum-balance") };
    let balance = if balance.minor() < 0 { balance.negated().ok()? } else { balance };
    let sums = view! {
        <dl class="sums">
            {rows.collect_view()}
            <div class="sums-total"><dt>{name}</dt><dd class="amount">{chrome.money(balance)}</dd></div>
        </dl>
    };
    Some(sums.into_any())
}

fn is_invoiced(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Issue | EntryKind::Amendment)
}

fn is_charge(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::LateFee | EntryKind::Interest | EntryKind::PlanCharge)
}

/// Money in, less what went back.
fn is_paid(kind: EntryKind) -> bool {
    matches!(
        kind,
        EntryKind::Payment
            | EntryKind::CreditApplied
            | EntryKind::Refund
            | EntryKind::Reversal
            | EntryKind::Chargeback
            | EntryKind::Payout
            | EntryKind::ChargebackWon
            | EntryKind::RefundReturned
    )
}

fn is_reduced(kind: EntryKind) -> bool {
    matches!(
        kind,
        EntryKind::CreditNote
            | EntryKind::WriteOff
            | EntryKind::DiscountTaken
            | EntryKind::PlanRebate
            | EntryKind::ConcessionReversed
    )
}
