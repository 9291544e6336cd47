use super::SubscriberProblem;
use crate::layout::Chrome;
use crate::layout::forms::{TextInput, text_input};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::outbound::EventKind;

/// What was typed into the form of a subscriber.
#[derive(Debug, Clone, Default)]
pub struct SubscriberTyped {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Which types are ticked; none: all.
    pub types: Vec<String>,
}

pub(super) fn form(typed: &SubscriberTyped, problem: Option<&SubscriberProblem>, chrome: &Chrome) -> AnyView {
    let name = TextInput {
        id: "name",
        label: chrome.t("outbound-name"),
        kind: "text",
        autocomplete: "off",
        value: typed.name.clone(),
        invalid: problem == Some(&SubscriberProblem::Name),
    };
    let url = TextInput {
        id: "url",
        label: chrome.t("outbound-url"),
        kind: "url",
        autocomplete: "off",
        value: typed.url.clone(),
        invalid: matches!(problem, Some(SubscriberProblem::Url(_))),
    };
    let kinds = EventKind::ALL.into_iter().map(|kind| {
        let id = format!("type-{}", kind.name().replace('.', "-"));
        let checked = typed.types.iter().any(|name| name == kind.name());
        view! {
            <div class="choice">
                <input type="checkbox" id=id.clone() name="type" value=kind.name() checked=checked/>
                <label for=id><code>{kind.name()}</code></label>
            </div>
        }
    });
    view! {
        <section class="section" aria-labelledby="new">
            <h2 class="section-title" id="new">{chrome.t("outbound-new")}</h2>
            <form class="card stack" method="post" action="/console/subscribers">
                {text_input(name)}
                {text_input(url)}
                <p class="hint"><span>{chrome.t("outbound-url-hint")}</span></p>
                <details class="disclosure" open=!typed.types.is_empty()>
                    <summary>{chrome.t("outbound-types-choose")}</summary>
                    <p class="hint"><span>{chrome.t("outbound-types-hint")}</span></p>
                    <fieldset class="choices">
                        <legend class="visually-hidden">{chrome.t("outbound-types")}</legend>
                        {kinds.collect_view()}
                    </fieldset>
                </details>
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("outbound-make")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
