//! `<saldo-statement>`: the open items; what is chosen is summed at once and paid on our own page.

use leptos::prelude::*;

use crate::dom::{button, card, el, hearing, is_ticked, line, live, nothing, part};
use crate::json::Json;
use crate::mount::Inside;
use crate::sum::total;

/// The items that are left out, by id: what is new is chosen.
type Left = RwSignal<Vec<String>>;

pub(crate) fn view(inside: Inside) -> AnyView {
    let left = Left::new(Vec::new());
    live(move || {
        let view = inside.view();
        let statement = view.get("statement");
        if !statement.is_there() {
            return nothing();
        }
        let items = statement.list("items");
        let words = view.get("words");
        if items.is_empty() {
            let texts = vec![
                line("p", "label", words.text("nothing_open")),
                line("p", "detail", statement.text("credit_text")),
            ];
            return card(&view, "statement", "statement_title", texts);
        }
        let rows = items.iter().map(|one| item(one, left)).collect();
        let parts = vec![
            el("ul", &[("class", "items"), ("part", "items"), ("role", "list")], rows),
            line("p", "detail", statement.text("credit_text")),
            live(move || foot(inside, left)),
        ];
        card(&view, "statement", "statement_title", parts)
    })
}

fn item(item: &Json, left: Left) -> AnyView {
    let id = item.text("id");
    let state = format!("badge {}", item.text("state"));
    let saved = item.text("saved_text");
    let before = if saved.is_empty() { String::new() } else { item.text("formatted") };
    let texts = vec![
        part(
            "span",
            "what",
            vec![
                line("strong", "name", item.text("name")),
                line("span", "detail", format!("{} · {}", item.text("number"), item.text("due_text"))),
                el("span", &[("class", &state), ("part", "badge")], vec![item.text("state_text").into_any()]),
            ],
        ),
        part(
            "span",
            "price",
            vec![
                line("s", "before", before),
                line("strong", "now", item.text("price_text")),
                line("span", "saved", saved),
            ],
        ),
    ];
    if !item.get("payable").is_true() {
        return part("li", "item", vec![el("div", &[("class", "row fixed")], texts)]);
    }
    let chosen = left.with_untracked(|left| !left.contains(&id));
    let mut pairs = vec![("type", "checkbox"), ("class", "tick"), ("part", "tick")];
    if chosen {
        pairs.push(("checked", ""));
    }
    let tick = hearing(
        "input",
        &pairs,
        Vec::new(),
        "change",
        Box::new(move |event| {
            let ticked = is_ticked(&event);
            left.update(|left| {
                left.retain(|one| *one != id);
                if !ticked {
                    left.push(id.clone());
                }
            });
        }),
    );
    let mut row = vec![tick];
    row.extend(texts);
    part("li", "item", vec![el("label", &[("class", "row")], row)])
}

/// The ids and prices of what is chosen.
fn chosen(view: &Json, left: Left) -> (Vec<String>, Vec<i64>) {
    let items = view.get("statement").list("items");
    let chosen =
        items.iter().filter(|item| item.get("payable").is_true() && left.with(|left| !left.contains(&item.text("id"))));
    chosen.map(|item| (item.text("id"), item.get("price").whole("minor"))).unzip()
}

fn foot(inside: Inside, left: Left) -> AnyView {
    let view = inside.view();
    let items = view.get("statement").list("items");
    let Some(first) = items.iter().find(|item| item.get("payable").is_true()) else { return nothing() };
    let words = view.get("words");
    let (ids, prices) = chosen(&view, left);
    let by_code = view.text("currency_display") == "code";
    let sum = total(&prices, &first.get("price").text("currency"), &view.text("locale"), by_code).unwrap_or_default();
    let pay = move || {
        let (ids, _) = chosen(&inside.now(), left);
        inside.open("pay", ids.into_iter().flat_map(|id| ["item".to_owned(), id]).collect());
    };
    let enabled = !ids.is_empty();
    part(
        "div",
        "foot",
        vec![
            el(
                "p",
                &[("class", "total"), ("part", "total"), ("aria-live", "polite")],
                vec![words.text("selected").replace("{amount}", &sum).into_any()],
            ),
            button("pay", words.text("pay_selected").replace("{amount}", &sum), enabled, Box::new(pay)),
        ],
    )
}
