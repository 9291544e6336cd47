//! Parts of forms.

use super::Chrome;
use super::icons::{Icon, icon};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;

/// A hidden field.
pub fn hidden(name: &'static str, value: impl ToString) -> AnyView {
    view! { <input type="hidden" name=name value=value.to_string()/> }.into_any()
}

/// What was typed, for the inside of a `textarea`: the one place between tags where Leptos does not escape.
pub fn in_textarea(typed: &str) -> String {
    typed.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A field of one line; its name is its id.
pub struct TextInput {
    /// Its id and name.
    pub id: &'static str,
    /// What it asks for.
    pub label: String,
    /// The type of the input: `text`, `email`, `password`.
    pub kind: &'static str,
    /// What browsers may fill in.
    pub autocomplete: &'static str,
    /// What stands in it.
    pub value: String,
    /// Whether what stood in it was refused.
    pub invalid: bool,
}

/// A required field of one line under its label.
pub fn text_input(input: TextInput) -> AnyView {
    let TextInput { id, label, kind, autocomplete, value, invalid } = input;
    let invalid = invalid.then_some("true");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input class="input" id=id name=id type=kind autocomplete=autocomplete maxlength="256" value=value required
                aria-invalid=invalid/>
        </div>
    }
    .into_any()
}

/// What was wrong with a form, said first and linked to the field. Its id is `problem`.
pub fn problem_summary(chrome: &Chrome, field_id: &str, message: &str) -> AnyView {
    view! {
        <div class="problem" role="alert" id="problem" tabindex="-1" autofocus>
            {icon(Icon::Alert)}
            <div>
                <h2 class="problem-title">{chrome.t("form-problem")}</h2>
                <a href=format!("#{field_id}")>{message.to_owned()}</a>
            </div>
        </div>
    }
    .into_any()
}

/// A form of one button, for a step that needs no other field.
pub fn button_form(action: String, class: &'static str, label: String) -> AnyView {
    view! { <form method="post" action=action><button class=class type="submit">{label}</button></form> }.into_any()
}

/// The tone of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// Done.
    Good,
    /// Under way.
    Waiting,
    /// Needs a look.
    Careful,
    /// Did not work.
    Bad,
}

/// A note that stands out of the text.
pub fn note(tone: Tone, body: impl IntoAny) -> AnyView {
    let (class, picture) = match tone {
        Tone::Info => ("note note-info", Icon::Info),
        Tone::Good => ("note note-good", Icon::Check),
        Tone::Waiting => ("note note-careful", Icon::Clock),
        Tone::Careful => ("note note-careful", Icon::Alert),
        Tone::Bad => ("note note-bad", Icon::Alert),
    };
    view! { <div class=class>{icon(picture)}<div class="note-body">{body.into_any()}</div></div> }.into_any()
}

/// A print button that shows itself only where a script can print.
pub fn print_button(chrome: &Chrome) -> AnyView {
    view! {
        <button class="button button-quiet" type="button" data-print="" hidden>{icon(Icon::Print)}{chrome.t("print")}</button>
    }
    .into_any()
}

/// Whose password a form is about, for password managers.
pub fn hidden_username(email: &str) -> AnyView {
    view! {
        <input class="visually-hidden" type="text" name="username" autocomplete="username" value=email.to_owned() readonly
            tabindex="-1" aria-hidden="true"/>
    }
    .into_any()
}
