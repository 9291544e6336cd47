//! `<saldo-plan>`: how far the agreed plan is, and what comes next.

use leptos::prelude::*;

use crate::dom::{button, card, el, line, live, nothing, part, table};
use crate::mount::Inside;

pub(crate) fn view(inside: Inside) -> AnyView {
    live(move || {
        let view = inside.view();
        let plan = view.get("plan");
        if !plan.is_there() {
            return nothing();
        }
        let words = view.get("words");
        let next = plan.get("next");
        let row = |one: &crate::json::Json| {
            let number = one.text("number");
            let name = if number == "0" { words.text("plan_down") } else { number };
            let state = one.text("state_text");
            [name, format!("{} · {state}", one.text("on_text")), one.text("amount_text")]
        };
        let rows = plan.list("instalments").iter().map(row).collect();
        let head = [words.text("column_number"), words.text("column_date"), words.text("column_amount")];
        let due = next.get("amount_due_now").is_true() && inside.may("pay");
        let progress = plan.text("progress_bps");
        let pairs = [
            ("class", "progress"),
            ("part", "progress"),
            ("max", "10000"),
            ("value", &progress),
            ("aria-label", &plan.text("paid_text")),
        ];
        card(
            &view,
            "plan",
            "my_plan",
            vec![
                line("p", "label", plan.text("state_text")),
                el("progress", &pairs, Vec::new()),
                part(
                    "div",
                    "pair",
                    vec![
                        line("span", "detail", plan.text("paid_text")),
                        line("span", "detail", plan.text("rest_text")),
                    ],
                ),
                if next.is_there() { line("p", "label", words.text("next_instalment")) } else { nothing() },
                line("p", "amount", next.text("amount_text")),
                line("p", "detail", next.text("on_text")),
                part("details", "more", vec![line("summary", "toggle", words.text("plan_dates")), table(head, rows)]),
                if due {
                    button(
                        "pay",
                        words.text("pay_instalment").replace("{amount}", &next.text("amount_text")),
                        true,
                        Box::new(move || inside.open("instalment", Vec::new())),
                    )
                } else {
                    nothing()
                },
            ],
        )
    })
}
