use super::{SubscriberProblem, badge, count, shown_once, told};
use crate::layout::forms::{button_form, hidden};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::console::shell::{Section, console_page, next_page, query_encoded};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_contract::subscriber::{OutboundDelivery, Subscriber};

/// What a subscriber was told, with what can be done about it.
#[derive(Debug, Clone)]
pub struct SubscriberView {
    /// Which.
    pub subscriber: Subscriber,
    /// A secret that was just made.
    pub secret: Option<String>,
    /// Which deliveries are shown: `waiting`, `delivered`, `dead`; none: all.
    pub state: Option<String>,
    /// They, the newest event first.
    pub deliveries: Vec<OutboundDelivery>,
    /// Where the next part begins.
    pub next: Option<String>,
    /// Why a form was refused.
    pub problem: Option<SubscriberProblem>,
}

impl Screen for SubscriberView {
    fn page(&self, chrome: &Chrome) -> Page {
        let one = &self.subscriber;
        let base = format!("/console/subscribers/{}", one.id);
        let state = self.state.clone().unwrap_or_default();
        let next = self.next.as_ref().map(|cursor| format!("{base}?state={state}&after={}", query_encoded(cursor)));
        let list = if self.deliveries.is_empty() {
            view! { <p class="empty">{chrome.t("outbound-deliveries-none")}</p> }.into_any()
        } else {
            table(&self.deliveries, &base, chrome)
        };
        let body = view! {
            <div class="page-head">
                <h1 class="title">{one.name.clone()}</h1>
                <p class="lead mono">{one.url.clone()}</p>
            </div>
            {self.problem.as_ref().map(|problem| told(problem, chrome))}
            {self.secret.as_ref().map(|secret| shown_once(secret, chrome))}
            {facts(one, chrome)}
            {actions(one, &base, chrome)}
            {again(&base, chrome)}
            <section class="section" aria-labelledby="deliveries">
                <h2 class="section-title" id="deliveries">{chrome.t("outbound-deliveries")}</h2>
                {filters(self.state.as_deref(), &base, chrome)}
                {list}
                {next_page(next, chrome)}
            </section>
        };
        console_page(Section::Subscribers, one.name.clone(), body, chrome)
    }
}

fn facts(one: &Subscriber, chrome: &Chrome) -> AnyView {
    let types = if one.types.is_empty() { chrome.t("outbound-types-all") } else { one.types.join(", ") };
    let args = [("waiting", count(one.waiting).into()), ("dead", count(one.dead).into())];
    let failing = one.failing_since.map(|since| {
        view! { <div><dt>{chrome.t("outbound-failing-since")}</dt><dd>{chrome.moment(since)}</dd></div> }
    });
    let former = one.former_secret_until.map(|until| {
        view! { <div><dt>{chrome.t("outbound-former")}</dt><dd>{chrome.moment(until)}</dd></div> }
    });
    view! {
        <dl class="pairs">
            <div><dt>{chrome.t("outbound-state")}</dt><dd>{badge(one, chrome)}</dd></div>
            <div><dt>{chrome.t("outbound-types")}</dt><dd>{types}</dd></div>
            <div><dt>{chrome.t("outbound-deliveries")}</dt><dd>{chrome.with("outbound-counts", args)}</dd></div>
            {failing}
            {former}
        </dl>
    }
    .into_any()
}

fn actions(one: &Subscriber, base: &str, chrome: &Chrome) -> AnyView {
    let button = |action: &str, label: String| button_form(format!("{base}/{action}"), "button button-small", label);
    let turn = if one.state == "enabled" {
        button("disable", chrome.t("outbound-disable"))
    } else {
        button("enable", chrome.t("outbound-enable"))
    };
    view! {
        <div class="actions">
            {button("test", chrome.t("outbound-test"))}
            {button("rotate", chrome.t("outbound-rotate"))}
            {turn}
            {button("delete", chrome.t("outbound-delete"))}
        </div>
    }
    .into_any()
}

fn again(base: &str, chrome: &Chrome) -> AnyView {
    view! {
        <details class="disclosure">
            <summary>{chrome.t("outbound-again")}</summary>
            <form class="card stack" method="post" action=format!("{base}/replay")>
                <div class="field">
                    <label for="since">{chrome.t("outbound-since")}</label>
                    <input class="input" id="since" name="since" type="date" required/>
                </div>
                <p class="hint"><span>{chrome.t("outbound-again-hint")}</span></p>
                <div class="actions"><button class="button" type="submit">{chrome.t("outbound-again-do")}</button></div>
            </form>
        </details>
    }
    .into_any()
}

fn filters(state: Option<&str>, base: &str, chrome: &Chrome) -> AnyView {
    let filters = [
        (None, chrome.t("outbound-all")),
        (Some("waiting"), chrome.t("outbound-waiting")),
        (Some("delivered"), chrome.t("outbound-delivered")),
        (Some("dead"), chrome.t("outbound-dead")),
    ];
    let filters = filters.into_iter().map(|(wanted, label)| {
        let href = wanted.map_or_else(|| base.to_owned(), |wanted| format!("{base}?state={wanted}"));
        let here = (wanted == state).then_some("true");
        view! { <li><a class="nav-link" href=href aria-current=here>{label}</a></li> }
    });
    view! { <ul class="nav-list filters" aria-label=chrome.t("outbound-filter")>{filters.collect_view()}</ul> }
        .into_any()
}

fn table(rows: &[OutboundDelivery], base: &str, chrome: &Chrome) -> AnyView {
    let rows = rows.iter().map(|row| {
        let (class, text) = match row.state.as_str() {
            "delivered" => ("badge badge-good", chrome.t("outbound-delivered")),
            "dead" => ("badge badge-bad", chrome.t("outbound-dead")),
            _ => ("badge badge-careful", chrome.t("outbound-waiting")),
        };
        let answer = match (row.status, &row.error) {
            (Some(status), _) => status.to_string(),
            (None, Some(error)) => error.clone(),
            (None, None) => String::new(),
        };
        let label = chrome.with("outbound-replay-one", [("type", row.kind.clone().into())]);
        view! {
            <tr>
                <th scope="row" class="mono">{row.kind.clone()}</th>
                <td>{row.attempted_at.map(|at| chrome.moment(at))}</td>
                <td><span class=class>{text}</span></td>
                <td class="mono">{answer}</td>
                <td class="number">{row.attempts.to_string()}</td>
                <td>{row.next_attempt_at.map(|at| chrome.moment(at))}</td>
                <td>
                    <form method="post" action=format!("{base}/replay")>
                        {hidden("event", row.event_id)}
                        <button class="button button-small" type="submit" aria-label=label>{chrome.t("outbound-replay")}</button>
                    </form>
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("outbound-deliveries")>
            <table class="table">
                <thead><tr>
                    <th scope="col">{chrome.t("outbound-type")}</th>
                    <th scope="col">{chrome.t("outbound-attempted")}</th>
                    <th scope="col">{chrome.t("outbound-state")}</th>
                    <th scope="col">{chrome.t("outbound-answer")}</th>
                    <th scope="col" class="number">{chrome.t("outbound-attempts")}</th>
                    <th scope="col">{chrome.t("outbound-next")}</th>
                    <th scope="col"><span class="visually-hidden">{chrome.t("outbound-replay")}</span></th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
