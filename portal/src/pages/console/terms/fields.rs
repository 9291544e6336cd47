//! Fields of the editors: a label, what was typed, what is wrong with it, and a hint.

use super::kind::{Around, FieldProblem, Typed};
use crate::layout::Chrome;
use crate::layout::forms::in_textarea;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;

pub use super::reader::{Reader, fill_segment, rate_typed, segment_field};

/// Everything that the fields of one form need.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    /// What was typed.
    pub typed: &'a Typed,
    /// What is wrong.
    pub problems: &'a [FieldProblem],
    /// What else is known.
    pub around: &'a Around,
    /// The reader.
    pub chrome: &'a Chrome,
}

/// What a field takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Any text of so many characters.
    Text(u32),
    /// Digits and a decimal mark.
    Decimal,
    /// Digits.
    Digits,
    /// A day.
    Date,
}

impl Fields<'_> {
    /// What is wrong with a field, beside it.
    pub fn problem(&self, name: &str) -> Option<AnyView> {
        let found = self.problems.iter().find(|problem| problem.field == name)?;
        let id = format!("{name}-problem");
        Some(view! { <p class="field-problem" id=id>{found.message.clone()}</p> }.into_any())
    }

    fn described_by(&self, name: &str, hint: bool) -> Option<String> {
        let wrong = self.problems.iter().any(|problem| problem.field == name);
        let ids = [(wrong, "problem"), (hint, "hint")];
        let ids: Vec<String> =
            ids.into_iter().filter(|(there, _)| *there).map(|(_, id)| format!("{name}-{id}")).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// A field of one line.
    pub fn input(&self, name: &str, label: String, takes: Takes, hint: Option<String>) -> AnyView {
        let (kind, mode, most) = match takes {
            Takes::Text(most) => ("text", "text", most),
            Takes::Decimal => ("text", "decimal", 32),
            Takes::Digits => ("text", "numeric", 8),
            Takes::Date => ("date", "text", 10),
        };
        let class = if matches!(takes, Takes::Digits | Takes::Date) { "input input-short" } else { "input" };
        let (wrong, described) = self.state(name, hint.is_some());
        let control = view! {
            <input class=class type=kind id=name.to_owned() name=name.to_owned() inputmode=mode maxlength=most
                autocomplete="off" value=self.typed.get(name).to_owned() aria-invalid=wrong aria-describedby=described/>
        };
        self.framed(name, label, hint, control)
    }

    /// Whether something is wrong with a field, and what describes it.
    fn state(&self, name: &str, hint: bool) -> (Option<&'static str>, Option<String>) {
        let wrong = self.problems.iter().any(|problem| problem.field == name).then_some("true");
        (wrong, self.described_by(name, hint))
    }

    /// A control under its label, with what is wrong and its hint.
    fn framed(&self, name: &str, label: String, hint: Option<String>, control: impl IntoAny) -> AnyView {
        let hint_id = format!("{name}-hint");
        view! {
            <div class="field">
                <label for=name.to_owned()>{label}</label>
                {self.problem(name)}
                {control.into_any()}
                {hint.map(|hint| view! { <p class="hint" id=hint_id><span>{hint}</span></p> })}
            </div>
        }
        .into_any()
    }

    /// A choice of a few.
    pub fn select(&self, name: &str, label: String, options: Vec<(&'static str, String)>) -> AnyView {
        self.select_of(name, label, options.into_iter().map(|(value, label)| (value.to_owned(), label)).collect())
    }

    /// A choice of what is only known when the page is made.
    pub fn select_of(&self, name: &str, label: String, options: Vec<(String, String)>) -> AnyView {
        let chosen = self.typed.get(name);
        let options = options.into_iter().map(|(value, label)| {
            let here = value == chosen;
            view! { <option value=value selected=here>{label}</option> }
        });
        let (wrong, described) = self.state(name, false);
        let control = view! {
            <select class="input" id=name.to_owned() name=name.to_owned() aria-invalid=wrong
                aria-describedby=described>{options.collect_view()}</select>
        };
        self.framed(name, label, None, control)
    }

    /// A field of one line with suggestions, by the id of their list.
    pub fn listed(&self, name: &'static str, label: String, list: &'static str, hint: String) -> AnyView {
        let (wrong, described) = self.state(name, true);
        let control = view! {
            <input class="input" type="text" id=name name=name list=list maxlength="40" autocomplete="off"
                value=self.typed.get(name).to_owned() aria-invalid=wrong aria-describedby=described/>
        };
        self.framed(name, label, Some(hint), control)
    }

    /// Something that is so or not.
    pub fn tick(&self, name: &'static str, label: String) -> AnyView {
        let ticked = !self.typed.get(name).is_empty();
        view! {
            <div class="tick">
                <input type="checkbox" id=name name=name value="1" checked=ticked/>
                <label for=name>{label}</label>
            </div>
        }
        .into_any()
    }

    /// A field of several lines.
    pub fn area(&self, name: &str, label: String, rows: u32, most: usize, hint: Option<String>) -> AnyView {
        let (wrong, described) = self.state(name, hint.is_some());
        let control = view! {
            <textarea class="input input-words" id=name.to_owned() name=name.to_owned() rows=rows maxlength=most
                spellcheck="true" aria-invalid=wrong aria-describedby=described>{in_textarea(self.typed.get(name))}</textarea>
        };
        self.framed(name, label, hint, control)
    }

    /// Whom a policy is for: the same fields in every editor.
    pub fn segment(&self) -> AnyView {
        let chrome = self.chrome;
        view! {
            <fieldset class="card stack">
                <legend class="section-title">{chrome.t("terms-segment")}</legend>
                <div class="field-row">
                    {self.input("currency", chrome.t("terms-currency"), Takes::Text(3), None)}
                    {self.input("tag", chrome.t("terms-tag"), Takes::Text(40), Some(chrome.t("terms-tag-hint")))}
                    {self.input("amount_min", chrome.t("terms-amount-min"), Takes::Decimal, None)}
                    {self.input("amount_max", chrome.t("terms-amount-max"), Takes::Decimal, None)}
                </div>
            </fieldset>
        }
        .into_any()
    }
}
