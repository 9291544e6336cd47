//! A few shapes of nodes. Each generic type of a view is compiled by itself, so that everything here has the same one.

use leptos::html::{ElementChild, custom};
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};

use crate::json::Json;

/// Names and values of attributes.
pub(crate) type Attributes<'a> = &'a [(&'static str, &'a str)];

fn attributes(pairs: Attributes<'_>) -> Vec<AnyAttribute> {
    pairs.iter().map(|(name, value)| custom_attribute(*name, (*value).to_owned()).into_any_attr()).collect()
}

/// An element.
pub(crate) fn el(tag: &'static str, pairs: Attributes<'_>, inside: Vec<AnyView>) -> AnyView {
    custom(tag).child(inside).add_any_attr(attributes(pairs)).into_any()
}

/// An element that is styled by its name, inside and from the page (`::part`).
pub(crate) fn part(tag: &'static str, name: &str, inside: Vec<AnyView>) -> AnyView {
    el(tag, &[("class", name), ("part", name)], inside)
}

/// An element that holds a text; nothing where the text is empty.
pub(crate) fn line(tag: &'static str, name: &str, text: String) -> AnyView {
    if text.is_empty() { nothing() } else { part(tag, name, vec![text.into_any()]) }
}

pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

/// Shown anew when what it reads has changed.
pub(crate) fn live(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    erased(Box::new(draw))
}

#[inline(never)]
fn erased(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    draw.into_any()
}

/// An element that hears one kind of event.
pub(crate) fn hearing(
    tag: &'static str,
    pairs: Attributes<'_>,
    inside: Vec<AnyView>,
    event: &'static str,
    hear: Box<dyn FnMut(Event)>,
) -> AnyView {
    let pairs = attributes(pairs);
    custom(tag)
        .child(inside)
        .add_any_attr(pairs)
        .add_any_attr(leptos::tachys::html::event::on(leptos::ev::Custom::new(event), hear))
        .into_any()
}

/// A button that says `text`.
pub(crate) fn button(name: &str, text: String, enabled: bool, mut press: Box<dyn FnMut()>) -> AnyView {
    let mut pairs = vec![("type", "button"), ("class", name), ("part", name)];
    if !enabled {
        pairs.push(("disabled", ""));
    }
    hearing("button", &pairs, vec![text.into_any()], "click", Box::new(move |_| press()))
}

/// What stands in the field that an event is of; `<select>` has the same property.
pub(crate) fn value(event: &Event) -> String {
    event.target().map(|target| target.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default()
}

/// Whether the box that an event is of is ticked.
pub(crate) fn is_ticked(event: &Event) -> bool {
    event.target().is_some_and(|target| target.unchecked_into::<HtmlInputElement>().checked())
}

/// A table with a head; each row's first cell is its heading.
pub(crate) fn table(head: [String; 3], rows: Vec<[String; 3]>) -> AnyView {
    let cells = |tag: &'static str, scope: &'static str, texts: [String; 3]| {
        let cells = texts.into_iter().enumerate().map(|(place, text)| match place {
            0 if tag == "td" => el("th", &[("scope", "row")], vec![text.into_any()]),
            _ if tag == "th" => el("th", &[("scope", scope)], vec![text.into_any()]),
            _ => el("td", &[], vec![text.into_any()]),
        });
        el("tr", &[], cells.collect())
    };
    let body = rows.into_iter().map(|row| cells("td", "", row)).collect();
    let head = el("thead", &[], vec![cells("th", "col", head)]);
    part("table", "schedule", vec![head, el("tbody", &[], body)])
}

/// The card that an element is.
pub(crate) fn card(view: &Json, name: &str, title: &str, mut inside: Vec<AnyView>) -> AnyView {
    let title = view.get("words").text(title);
    inside.insert(0, line("p", "title", title.clone()));
    let class = format!("card {name}");
    el(
        "section",
        &[("class", &class), ("part", "card"), ("aria-label", &title), ("lang", &view.text("locale"))],
        inside,
    )
}
