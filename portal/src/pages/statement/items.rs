use crate::layout::{Chrome, words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::statement::StatementLine;

/// The open items, oldest due first.
pub fn open_items(lines: &[StatementLine], chrome: &Chrome) -> AnyView {
    let rows = lines.iter().map(|line| item(line, chrome));
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.with("items-title", [("count", lines.len().into())])}</h2>
            <ul class="items">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn item(line: &StatementLine, chrome: &Chrome) -> AnyView {
    let item = &line.item;
    let due_class = if line.days_past_due > 0 { "due due-late" } else { "due" };
    let part = (item.outstanding != item.amount).then(|| {
        view! { <span class="item-note">{chrome.with("item-of", [("amount", chrome.money(item.amount).into())])}</span> }
    });
    let number = item.description.is_some().then(|| view! { <span class="item-note">{item.number.clone()}</span> });
    let due = format!("{} · {}", words::due(chrome, line.days_past_due), chrome.short_date(item.due_on));
    let in_plan = line.plan_id.map(|id| {
        view! { <a class="badge badge-info" href=format!("/plan/{id}")>{chrome.t("plan-item")}</a> }
    });
    let offer = line.discount.as_ref().map(|discount| {
        let text = chrome.with(
            "item-discount",
            [
                ("amount", chrome.money(discount.pay).into()),
                ("date", chrome.short_date(chrome.zone.date_at(discount.last_moment)).into()),
                ("saved", chrome.money(discount.saved).into()),
            ],
        );
        view! { <span class="item-offer">{text}</span> }
    });
    let disputed = item.disputed.then(|| view! { <span class="badge badge-info">{chrome.t("item-disputed")}</span> });
    view! {
        <li class="item">
            <div class="item-what">
                <span class="item-name">{words::item_name(chrome, item)}</span>
                {number}
                <span class=due_class>{due}</span>
                {offer}
                {disputed}
                {in_plan}
            </div>
            <div class="item-amount"><span class="amount">{chrome.money(item.outstanding)}</span>{part}</div>
        </li>
    }
    .into_any()
}
