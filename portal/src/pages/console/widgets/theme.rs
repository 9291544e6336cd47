use crate::layout::Chrome;
use crate::layout::fragment;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;

/// The elements that a page embeds.
const ELEMENTS: &str = "saldo-balance, saldo-statement, saldo-choices, saldo-plan, saldo-reminder, saldo-pay";

/// One custom property that a page may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeValue {
    /// Its name without the dashes before it: `saldo-accent`.
    pub name: String,
    /// What holds where nothing is set.
    pub usual: String,
    /// What is set; empty where nothing is.
    pub value: String,
}

/// The form of a look.
#[derive(Debug, Clone, Default)]
pub struct ThemeForm {
    /// The properties.
    pub values: Vec<ThemeValue>,
    /// `auto`, `light`, `dark`.
    pub mode: String,
    /// The reference of the debtor whose figures are shown.
    pub debtor: String,
}

/// The style sheets of the widgets: the first screen's, and what the WASM shows.
const SHEETS: [&str; 2] = [
    include_str!("../../../../../style/widget-first-tokens.css"),
    include_str!("../../../../../style/widget-tokens.css"),
];

/// Every property that the style sheets of the widgets read, with its usual value.
pub fn tokens() -> Vec<ThemeValue> {
    let mut found: Vec<ThemeValue> = Vec::new();
    for rest in SHEETS.iter().flat_map(|sheet| sheet.split("var(--").skip(1)) {
        let Some((name, usual)) = rest.split(");").next().and_then(|pair| pair.split_once(',')) else { continue };
        if name.starts_with("saldo-") && found.iter().all(|known| known.name != name) {
            let usual = usual.trim().to_owned();
            found.push(ThemeValue { name: name.to_owned(), usual, value: String::new() });
        }
    }
    found
}

impl ThemeValue {
    /// Whether it is a colour.
    pub fn is_colour(&self) -> bool {
        self.usual.starts_with('#')
    }

    /// Takes what was typed, where it can stand in a style sheet: a colour of six digits, or plain words and lengths.
    pub fn set(&mut self, typed: &str) {
        let typed = typed.trim();
        let hex = typed.strip_prefix('#').unwrap_or_default();
        let fits = if self.is_colour() {
            hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
        } else {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | ',' | '.' | '-' | '%' | '\'' | '"');
            typed.len() <= 120 && typed.chars().all(plain) && typed.matches(['"', '\'']).count().is_multiple_of(2)
        };
        if fits && typed != self.usual {
            typed.clone_into(&mut self.value);
        }
    }
}

impl ThemeForm {
    /// What a page writes into its own style sheet; empty where nothing is changed.
    pub fn css(&self) -> String {
        let set = self.values.iter().filter(|one| !one.value.is_empty());
        let lines: String = set.map(|one| format!("  --{}: {};\n", one.name, one.value)).collect();
        if lines.is_empty() { String::new() } else { format!("{ELEMENTS} {{\n{lines}}}\n") }
    }

    /// The address of the frame that shows it.
    fn preview(&self) -> String {
        let mut query = format!("theme={}&debtor={}", self.mode, crate::pages::console::query_encoded(&self.debtor));
        for one in self.values.iter().filter(|one| !one.value.is_empty()) {
            query.push_str(&format!("&{}={}", one.name, crate::pages::console::query_encoded(&one.value)));
        }
        format!("/console/widgets/preview?{query}")
    }
}

/// The part of the page that changes while a look is chosen.
pub fn theme_fragment(form: &ThemeForm, chrome: &Chrome) -> String {
    fragment(|| shown(form, chrome))
}

fn shown(form: &ThemeForm, chrome: &Chrome) -> AnyView {
    let css = form.css();
    let code = if css.is_empty() {
        view! { <p class="hint"><span>{chrome.t("embed-theme-usual")}</span></p> }.into_any()
    } else {
        view! { <pre class="snippet" tabindex="0" aria-label=chrome.t("embed-theme-css")>{css}</pre> }.into_any()
    };
    view! {
        <iframe class="widget-preview" src=form.preview() title=chrome.t("embed-preview") sandbox="allow-scripts allow-same-origin"></iframe>
        {code}
    }
    .into_any()
}

pub(super) fn section(form: &ThemeForm, chrome: &Chrome) -> AnyView {
    let fields = form.values.iter().map(field);
    let modes = [
        ("light", chrome.t("embed-mode-light")),
        ("dark", chrome.t("embed-mode-dark")),
        ("auto", chrome.t("embed-mode-auto")),
    ];
    let modes = modes.map(|(value, label)| view! { <option value=value selected=value == form.mode>{label}</option> });
    view! {
        <section class="section" aria-labelledby="look">
            <h2 class="section-title" id="look">{chrome.t("embed-theme")}</h2>
            <p>{chrome.t("embed-theme-explained")}</p>
            <form class="card stack" method="get" action="/console/widgets" data-live="/console/widgets/theme">
                <div class="field-row">
                    {fields.collect_view()}
                    <div class="field">
                        <label for="theme">{chrome.t("embed-mode")}</label>
                        <select class="input" id="theme" name="theme">{modes.into_iter().collect_view()}</select>
                    </div>
                    <div class="field">
                        <label for="debtor">{chrome.t("embed-debtor")}</label>
                        <input class="input" id="debtor" name="debtor" maxlength="120" value=form.debtor.clone()/>
                    </div>
                </div>
                <div class="actions"><button class="button" type="submit">{chrome.t("embed-theme-show")}</button></div>
            </form>
            <div id="live" class="stack">{shown(form, chrome)}</div>
        </section>
    }
    .into_any()
}

fn field(one: &ThemeValue) -> AnyView {
    let value = if one.value.is_empty() { one.usual.clone() } else { one.value.clone() };
    let kind = if one.is_colour() { "color" } else { "text" };
    view! {
        <div class="field">
            <label for=one.name.clone()><code>{format!("--{}", one.name)}</code></label>
            <input class="input" id=one.name.clone() name=one.name.clone() type=kind maxlength="120" value=value/>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_public_token_of_the_style_sheet_can_be_set_and_nothing_else_gets_in() {
        let mut values = tokens();
        assert!(values.iter().any(|one| one.name == "saldo-accent" && one.is_colour()), "{values:?}");
        let usual = values[0].usual.clone();
        for bad in ["", "red", "#12", "#12345g", "#123456;}", "url(x)", &usual] {
            values[0].set(bad);
            assert_eq!(values[0].value, "", "{bad}");
        }
        let colour: String = ['#', '1', '2', '3', 'a', 'b', 'c'].into_iter().collect();
        values[0].set(&colour);
        let last = values.len() - 1;
        for bad in ["</style>", "x;y", "url(x)", "a{b", "\"open"] {
            values[last].set(bad);
            assert_eq!(values[last].value, "", "{bad}");
        }
        let form = ThemeForm { values, ..ThemeForm::default() };
        assert!(form.css().contains(&format!("--saldo-accent: {colour};")), "{}", form.css());
    }
}
