use super::WidgetsView;
use crate::layout::Chrome;
use crate::layout::forms::{TextInput, Tone, button_form, in_textarea, note, problem_summary, text_input};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_contract::widget_key::{WidgetKey, WidgetKeyAlgorithm};

/// A key that was just made: its secret is shown this once.
#[derive(Debug, Clone)]
pub struct FreshKey {
    /// Its id.
    pub id: String,
    /// Its secret, where we made one.
    pub secret: Option<String>,
}

/// Why no key was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyProblem {
    /// As many are live as may be.
    Full,
    /// The name or the public key cannot be read.
    Unreadable,
}

pub(super) fn section(view: &WidgetsView, chrome: &Chrome) -> AnyView {
    let rows = view.keys.iter().map(|key| line(key, chrome));
    let rows = (!view.keys.is_empty()).then(|| view! { <ul class="rows">{rows.collect_view()}</ul> });
    let problem = view.key_problem.map(|problem| {
        let text = match problem {
            KeyProblem::Full => chrome.t("embed-keys-full"),
            KeyProblem::Unreadable => chrome.t("embed-key-unreadable"),
        };
        problem_summary(chrome, "name", &text)
    });
    view! {
        <section class="section" aria-labelledby="keys">
            <h2 class="section-title" id="keys">{chrome.t("embed-keys")}</h2>
            <p>{chrome.t("embed-keys-explained")}</p>
            {problem}
            {view.fresh.as_ref().map(|fresh| shown_once(fresh, chrome))}
            {rows}
            {form(chrome)}
        </section>
    }
    .into_any()
}

fn shown_once(fresh: &FreshKey, chrome: &Chrome) -> AnyView {
    let secret = fresh.secret.as_ref().map(|secret| {
        view! { <div><dt>{chrome.t("embed-key-secret")}</dt><dd><code class="secret">{secret.clone()}</code></dd></div> }
    });
    let body = view! {
        <p><strong>{chrome.t("embed-key-made")}</strong>" "{chrome.t("embed-key-once")}</p>
        <dl class="pairs">
            <div><dt>{chrome.t("embed-key-id")}</dt><dd><code>{fresh.id.clone()}</code></dd></div>
            {secret}
        </dl>
    };
    note(Tone::Good, body)
}

fn line(key: &WidgetKey, chrome: &Chrome) -> AnyView {
    let algorithm = match key.algorithm {
        WidgetKeyAlgorithm::Hs256 => "HS256",
        WidgetKeyAlgorithm::EdDsa => "EdDSA",
    };
    let live = key.revoked_at.is_none();
    let path = |action: &str| format!("/console/widgets/keys/{}/{action}", key.id);
    let actions = live.then(|| {
        let rotate = (key.algorithm == WidgetKeyAlgorithm::Hs256)
            .then(|| button_form(path("rotate"), "button button-small", chrome.t("embed-key-rotate")));
        view! {
            <div class="actions">
                {rotate}
                {button_form(path("revoke"), "button button-small", chrome.t("embed-key-revoke"))}
            </div>
        }
    });
    let state = match key.revoked_at {
        None => view! { <span class="badge badge-good">{chrome.t("embed-key-live")}</span> }.into_any(),
        Some(at) => {
            let text = chrome.with("embed-key-revoked", [("moment", chrome.moment(at).into())]);
            view! { <span class="badge">{text}</span> }.into_any()
        }
    };
    view! {
        <li>
            <span>
                <strong>{key.name.clone()}</strong>
                <span class="line item-note">{algorithm}" · "<code>{key.id.to_string()}</code></span>
                <span class="line item-note">{chrome.moment(key.created_at)}</span>
            </span>
            {state}
            {actions}
        </li>
    }
    .into_any()
}

fn form(chrome: &Chrome) -> AnyView {
    let name = TextInput {
        id: "name",
        label: chrome.t("embed-key-name"),
        kind: "text",
        autocomplete: "off",
        value: String::new(),
        invalid: false,
    };
    view! {
        <details class="disclosure">
            <summary>{chrome.t("embed-key-new")}</summary>
            <form class="card stack" method="post" action="/console/widgets/keys">
                {text_input(name)}
                <div class="field">
                    <label for="algorithm">{chrome.t("embed-key-algorithm")}</label>
                    <select class="input" id="algorithm" name="algorithm">
                        <option value="HS256">{chrome.t("embed-key-hs256")}</option>
                        <option value="EdDSA">{chrome.t("embed-key-eddsa")}</option>
                    </select>
                </div>
                <div class="field">
                    <label for="public_key">{chrome.t("embed-key-public")}</label>
                    <textarea class="input" id="public_key" name="public_key" rows="4" maxlength="1000"
                        aria-describedby="public-hint">{in_textarea("")}</textarea>
                    <p class="hint" id="public-hint"><span>{chrome.t("embed-key-public-hint")}</span></p>
                </div>
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("embed-key-make")}</button></div>
            </form>
        </details>
    }
    .into_any()
}
