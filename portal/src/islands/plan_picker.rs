use leptos::prelude::*;
use saldo_domain::plan::picking::{PickerWords, pick};

/// Shows every date and amount of a plan while it is chosen, by the rules that the server answers with. The page shows the
/// same table without a script; another template, or a choice that is not possible, asks the server.
#[island]
pub fn PlanPicker(
    /// The account's currency, by code: plain words keep the island small.
    currency: String,
    /// The language of the debtor's forms, by tag.
    language: String,
    /// The country of the debtor's forms.
    country: String,
    /// The date on the debtor's wall.
    today: String,
    /// What the choice comes to, with `{count}` and `{amount}` in it.
    summary: String,
    /// What the payment on the day of acceptance is called.
    down: String,
    /// The fields of the choice and the table.
    children: Children,
) -> impl IntoView {
    let fields = NodeRef::<leptos::html::Div>::new();
    let words = PickerWords { currency, language, country, today, summary, down };
    let first = words.clone();
    // A browser that comes back may have kept what was chosen in the fields, and not what was drawn from it.
    Effect::new(move |_| fill(fields, &first, false));
    view! { <div node_ref=fields class="picker" on:change=move |_| fill(fields, &words, true)>{children()}</div> }
}

#[cfg(feature = "hydrate")]
fn fill(fields: NodeRef<leptos::html::Div>, words: &PickerWords, may_ask: bool) {
    use wasm_bindgen::JsCast;

    let Some(fields) = fields.get_untracked() else { return };
    let element = |selector: &str| fields.query_selector(selector).ok().flatten();
    let input = |selector: &str| element(selector)?.dyn_into::<web_sys::HtmlInputElement>().ok();
    let count = element("select[name=count]").and_then(|node| node.dyn_into::<web_sys::HtmlSelectElement>().ok());
    let (Some(count), Some(first_on)) = (count, input("input[name=first_on]")) else { return };
    let Some(shown) = element("[data-terms]") else { return };
    let chosen = element("input[name=template]:checked").or_else(|| element("input[name=template]"));
    let same = chosen.and_then(|chosen| chosen.get_attribute("value")) == shown.get_attribute("data-template");
    let terms = shown.get_attribute("data-terms").unwrap_or_default();
    match pick(words, &terms, &count.value(), &first_on.value()).filter(|_| same) {
        Some(picked) => show(&shown, &picked),
        None if may_ask => {
            let form = first_on.form();
            if let Some(form) = form.filter(|form| !same || form.check_validity()) {
                let _ = form.request_submit();
            }
        }
        None => {}
    }
}

#[cfg(feature = "hydrate")]
fn show(shown: &web_sys::Element, picked: &saldo_domain::plan::picking::Picked) {
    let document = document();
    let slot = |selector: &str| shown.query_selector(selector).ok().flatten();
    if let Some(summary) = slot("[data-slot=summary]") {
        summary.set_text_content(Some(&picked.summary));
    }
    let Some(rows) = slot("tbody") else { return };
    rows.set_text_content(None);
    for line in &picked.rows {
        let Ok(row) = document.create_element("tr") else { return };
        for (place, text) in line.iter().enumerate() {
            let tag = if place == 0 { "th" } else { "td" };
            let Ok(cell) = document.create_element(tag) else { return };
            let (name, value) = match place {
                0 => ("scope", "row"),
                1 => ("class", "when"),
                _ => ("class", "number"),
            };
            let _ = cell.set_attribute(name, value);
            cell.set_text_content(Some(text));
            let _ = row.append_child(&cell);
        }
        let _ = rows.append_child(&row);
    }
}

#[cfg(not(feature = "hydrate"))]
fn fill(_fields: NodeRef<leptos::html::Div>, words: &PickerWords, _may_ask: bool) {
    let _ = pick(words, "", "", "");
}
