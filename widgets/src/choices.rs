//! `<saldo-choices>`: discount, everything, and a plan beside each other. What a plan comes to is computed here by
//! [`pick`], as the server does it.

use leptos::prelude::*;
use saldo_domain::plan::picking::{Picked, PickerWords, pick};

use crate::dom::{button, card, el, hearing, line, live, nothing, part, table, value};
use crate::json::Json;
use crate::mount::Inside;

/// What is chosen of the plans: which one, how many payments, the first day. Empty: as the server proposes.
#[derive(Clone, Copy)]
struct Choice {
    template: RwSignal<String>,
    count: RwSignal<String>,
    first_on: RwSignal<String>,
}

pub(crate) fn view(inside: Inside) -> AnyView {
    let empty = || RwSignal::new(String::new());
    let choice = Choice { template: empty(), count: empty(), first_on: empty() };
    live(move || {
        let view = inside.view();
        let choices = view.get("choices");
        let plans = choices.list("plans");
        let (discount, full) = (choices.get("discount"), choices.get("full"));
        if plans.is_empty() && !discount.is_there() && !full.is_there() {
            return nothing();
        }
        let ways = vec![
            way(inside, &view, &discount, "discount_title", ["saved_text", "until_text"]),
            way(inside, &view, &full, "full_title", ["explained", ""]),
            if plans.is_empty() { nothing() } else { plan_way(inside, &view, choice) },
        ];
        card(&view, "choices", "ways_title", vec![part("div", "ways", ways)])
    })
}

/// One sum, paid now.
fn way(inside: Inside, view: &Json, way: &Json, title: &str, texts: [&str; 2]) -> AnyView {
    if !way.is_there() {
        return nothing();
    }
    let [first, second] = texts;
    // Beside a discount, paying everything is the discount's: the other button leads to what else may be chosen.
    let is_other = title == "full_title" && view.get("choices").get("discount").is_there();
    let to = if is_other { "choices" } else { "pay" };
    let pay = move || inside.open(to, Vec::new());
    let first_name = if title == "discount_title" { "saved" } else { "detail" };
    part(
        "div",
        "way",
        vec![
            line("p", "label", view.get("words").text(title)),
            line("p", "amount", way.text("price_text")),
            line("p", first_name, way.text(first)),
            line("p", "detail", way.text(second)),
            button(if is_other { "other" } else { "pay" }, way.text("pay_text"), inside.may("pay"), Box::new(pay)),
        ],
    )
}

/// The plan that is chosen; the first where none is.
fn chosen(view: &Json, choice: Choice) -> Json {
    let plans = view.get("choices").list("plans");
    let id = choice.template.get();
    let found = plans.iter().find(|plan| plan.text("template_id") == id).or(plans.first());
    found.cloned().unwrap_or_else(|| view.get("choices"))
}

fn or(chosen: RwSignal<String>, proposed: String) -> String {
    let chosen = chosen.get();
    if chosen.is_empty() { proposed } else { chosen }
}

fn picked(view: &Json, plan: &Json, choice: Choice) -> Option<Picked> {
    let choices = view.get("choices");
    let words = PickerWords {
        currency: choices.text("currency"),
        language: choices.text("language"),
        country: choices.text("country"),
        today: choices.text("today"),
        summary: plan.text("summary"),
        down: view.get("words").text("plan_down"),
    };
    let count = or(choice.count, plan.text("default_count"));
    pick(&words, &plan.text("terms"), &count, &or(choice.first_on, plan.text("default_first_on")))
}

fn plan_way(inside: Inside, view: &Json, choice: Choice) -> AnyView {
    part(
        "div",
        "way",
        vec![
            line("p", "label", view.get("words").text("plan_title")),
            live(move || fields(&inside.view(), choice)),
            live(move || outcome(inside, choice)),
        ],
    )
}

/// A field below its name.
fn field(name: String, inside: AnyView) -> AnyView {
    part("label", "field", vec![line("span", "detail", name), inside])
}

fn options(values: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<AnyView> {
    let option = |(value, text): (String, String)| {
        let mut pairs = vec![("value", value.as_str())];
        if value == chosen {
            pairs.push(("selected", ""));
        }
        el("option", &pairs, vec![text.into_any()])
    };
    values.map(option).collect()
}

fn fields(view: &Json, choice: Choice) -> AnyView {
    let words = view.get("words");
    let plans = view.get("choices").list("plans");
    let plan = chosen(view, choice);
    let template = plan.text("template_id");
    let choose = move |event| {
        choice.count.set(String::new());
        choice.first_on.set(String::new());
        choice.template.set(value(&event));
    };
    let names = plans.iter().map(|plan| (plan.text("template_id"), plan.text("name")));
    let which = match plans.len() {
        1 => line("p", "name", plan.text("name")),
        _ => {
            let pairs = [("class", "input"), ("part", "input"), ("aria-label", &words.text("plan_title"))];
            hearing("select", &pairs, options(names, &template), "change", Box::new(choose))
        }
    };
    let count = choice.count.get_untracked();
    let count = if count.is_empty() { plan.text("default_count") } else { count };
    let counts = plan.list("counts").into_iter().filter_map(|count| count.digits()).map(|count| (count.clone(), count));
    let first_on = choice.first_on.get_untracked();
    let first_on = if first_on.is_empty() { plan.text("default_first_on") } else { first_on };
    let (least, most) = (plan.text("first_on_min"), plan.text("first_on_max"));
    let date = [
        ("type", "date"),
        ("class", "input"),
        ("part", "input"),
        ("required", ""),
        ("min", &least),
        ("max", &most),
        ("value", &first_on),
    ];
    let pairs = [("class", "input"), ("part", "input")];
    let counts = hearing(
        "select",
        &pairs,
        options(counts, &count),
        "change",
        Box::new(move |event| choice.count.set(value(&event))),
    );
    let date = hearing("input", &date, Vec::new(), "change", Box::new(move |event| choice.first_on.set(value(&event))));
    part("div", "fields", vec![which, field(words.text("plan_count"), counts), field(words.text("plan_first"), date)])
}

fn outcome(inside: Inside, choice: Choice) -> AnyView {
    let view = inside.view();
    let words = view.get("words");
    let plan = chosen(&view, choice);
    let agree = move || {
        let plan = chosen(&inside.now(), choice);
        let word = |name: &str, text: String| [name.to_owned(), text];
        let words = [
            word("template", plan.text("template_id")),
            word("count", or(choice.count, plan.text("default_count"))),
            word("first_on", or(choice.first_on, plan.text("default_first_on"))),
        ];
        inside.open("plan", words.concat());
    };
    let mut parts = match picked(&view, &plan, choice) {
        Some(picked) => {
            let head = [words.text("column_number"), words.text("column_date"), words.text("column_amount")];
            vec![
                el(
                    "p",
                    &[("class", "summary"), ("part", "summary"), ("aria-live", "polite")],
                    vec![picked.summary.into_any()],
                ),
                line("p", "detail", plan.text("total_text")),
                line("p", "detail", plan.text("cost_text")),
                line("p", "detail", plan.text("outside_text")),
                part(
                    "details",
                    "more",
                    vec![line("summary", "toggle", words.text("plan_dates")), table(head, picked.rows)],
                ),
            ]
        }
        // The server says why, on the page that the button leads to.
        None => vec![line("p", "problem", plan.text("least_text"))],
    };
    parts.push(line("p", "detail", words.text("plan_continue_hint")));
    parts.push(button("pay", words.text("plan_continue"), inside.may("plan"), Box::new(agree)));
    part("div", "outcome", parts)
}
