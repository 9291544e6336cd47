//! The editor of a message template, with what it would say beside it.

use super::fields::{Fields, Takes};
use super::kind::{Around, FieldProblem, KindEditor, Typed};
use super::message_form::{self as form, Place, field};
use super::message_preview::preview_card;
use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::PolicyBody;
use saldo_app::i18n::{Reading, channel_text, language_text, message_template_reading, tone_text, variable_text};
use saldo_app::wording::builtin_template;
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::locale::Language;
use saldo_domain::message_template::{BUILTIN, SUBJECT_MAX, VARIABLES, body_max, has_subject};
use saldo_domain::policy::PolicyKind;
use saldo_domain::reminder::{Channel, Tone};

/// What messages say.
pub struct MessageEditor;

impl KindEditor for MessageEditor {
    fn kind(&self) -> PolicyKind {
        PolicyKind::MessageTemplate
    }

    fn blank(&self, _currency: Currency, chrome: &Chrome) -> Typed {
        let mut typed = form::blank();
        form::arrange(&mut typed, "text_copy", chrome);
        typed
    }

    fn typed(&self, body: &PolicyBody, _chrome: &Chrome) -> Typed {
        match body {
            PolicyBody::MessageTemplate(template) => form::typed(template),
            _ => Typed::default(),
        }
    }

    fn read(&self, typed: &Typed, chrome: &Chrome) -> Result<PolicyBody, Vec<FieldProblem>> {
        form::read(typed, chrome).map(PolicyBody::MessageTemplate)
    }

    fn field_of(&self, refusal: &Refusal) -> String {
        form::field_of(refusal)
    }

    fn fields(&self, fields: Fields<'_>) -> AnyView {
        let shown = form::shown(fields.typed, fields.chrome);
        view! { {key(fields)} {texts(fields, shown)} {controls(fields)} {variables(fields.chrome)} }.into_any()
    }

    fn reading(&self, body: &PolicyBody, _typed: &Typed, chrome: &Chrome) -> Reading {
        match body {
            PolicyBody::MessageTemplate(template) => message_template_reading(template, &chrome.locale),
            _ => Reading { headline: String::new(), notes: Vec::new() },
        }
    }

    fn aside(&self, _body: &PolicyBody, _typed: &Typed, around: &Around, chrome: &Chrome) -> AnyView {
        match &around.preview {
            Some(Ok(preview)) => preview_card(preview, chrome),
            Some(Err(message)) => view! { <p class="field-problem">{message.clone()}</p> }.into_any(),
            None => ().into_any(),
        }
    }

    fn arrange(&self, typed: &mut Typed, button: &str, chrome: &Chrome) -> bool {
        form::arrange(typed, button, chrome)
    }
}

fn key(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let keys = BUILTIN.map(|key| view! { <option value=key></option> });
    view! {
        <div class="card">
            {fields.listed("key", chrome.t("message-key"), "message-keys", chrome.t("message-key-hint"))}
            <datalist id="message-keys">{keys.into_iter().collect_view()}</datalist>
        </div>
    }
    .into_any()
}

fn texts(fields: Fields<'_>, shown: Place) -> AnyView {
    let (chrome, typed) = (fields.chrome, fields.typed);
    let kept = form::places().filter(|at| *at != shown).flat_map(|at| {
        ["subject", "body", "wa_name", "wa_language", "wa_parameters"].map(|name| field(name, at)).into_iter()
    });
    let kept = kept.filter(|name| !typed.get(name).is_empty()).map(|name| {
        let value = typed.get(&name).to_owned();
        view! { <input type="hidden" name=name value=value/> }
    });
    let at = format!("{}_{}", shown.0.tag(), shown.1.as_str());
    view! {
        <section class="card stack">
            <h2 class="section-title">{chrome.t("message-texts")}</h2>
            <input type="hidden" name="at" value=at/>
            {choice(fields, shown)}
            {text(fields, shown)}
            {kept.collect_view()}
        </section>
    }
    .into_any()
}

/// A table of channels and languages: each cell a button that shows its text.
fn choice(fields: Fields<'_>, shown: Place) -> AnyView {
    let (chrome, texts) = (fields.chrome, fields.chrome.texts());
    let head = Language::ALL.map(|language| view! { <th scope="col">{language_text(language, texts)}</th> });
    let rows = Channel::ALL.map(|channel| {
        let cells = Language::ALL.map(|language| view! { <td>{cell(fields, (language, channel), shown)}</td> });
        view! { <tr><th scope="row">{channel_text(channel, texts)}</th>{cells.into_iter().collect_view()}</tr> }
    });
    view! {
        <table class="texts">
            <caption class="visually-hidden">{chrome.t("message-texts")}</caption>
            <thead><tr><td></td>{head.into_iter().collect_view()}</tr></thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn cell(fields: Fields<'_>, at: Place, shown: Place) -> AnyView {
    let (chrome, typed) = (fields.chrome, fields.typed);
    let own = !typed.get(&field("body", at)).is_empty();
    let known = builtin_template(typed.get("key")).is_some();
    let wrong = ["subject", "body", "wa_name"]
        .iter()
        .any(|name| fields.problems.iter().any(|problem| problem.field == field(name, at)));
    let (class, state) = match (wrong, own, known) {
        (true, _, _) => ("text-cell text-wrong", chrome.t("message-state-wrong")),
        (_, true, _) => ("text-cell text-own", chrome.t("message-state-own")),
        (_, _, true) => ("text-cell", chrome.t("message-state-builtin")),
        _ => ("text-cell text-none", chrome.t("message-state-none")),
    };
    let here = (at == shown).then_some("true");
    let value = format!("at_{}_{}", at.0.tag(), at.1.as_str());
    let texts = chrome.texts();
    let name = format!("{}, {}: {state}", channel_text(at.1, texts), language_text(at.0, texts));
    view! {
        <button class=class type="submit" name="do" value=value aria-current=here aria-label=name>{state.clone()}</button>
    }
    .into_any()
}

fn text(fields: Fields<'_>, at: Place) -> AnyView {
    let chrome = fields.chrome;
    let texts = chrome.texts();
    let title = format!("{} · {}", channel_text(at.1, texts), language_text(at.0, texts));
    let known = builtin_template(fields.typed.get("key")).is_some();
    let copy = (known && fields.typed.get(&field("body", at)).is_empty()).then(|| {
        view! {
            <p class="actions">
                <button class="button button-small" type="submit" name="do" value="text_copy">{chrome.t("message-copy")}</button>
            </p>
        }
    });
    let most = u32::try_from(SUBJECT_MAX).unwrap_or(u32::MAX);
    let subject = has_subject(at.1)
        .then(|| fields.input(&field("subject", at), chrome.t("message-subject"), Takes::Text(most), None));
    let rows = if has_subject(at.1) { 14 } else { 6 };
    let hint = match at.1 {
        Channel::Sms => chrome.t("message-sms-hint"),
        Channel::Email => chrome.t("message-email-hint"),
        Channel::Whatsapp => chrome.t("message-whatsapp-hint"),
        _ => chrome.t("message-body-hint"),
    };
    let body = fields.area(&field("body", at), chrome.t("message-body"), rows, body_max(at.1), Some(hint));
    let approved = (at.1 == Channel::Whatsapp).then(|| approved(fields, at));
    view! { <h3>{title}</h3> {copy} {subject} {body} {approved} }.into_any()
}

fn approved(fields: Fields<'_>, at: Place) -> AnyView {
    let chrome = fields.chrome;
    let order = Some(chrome.t("message-wa-parameters-hint"));
    view! {
        <div class="field-row">
            {fields.input(&field("wa_name", at), chrome.t("message-wa-name"), Takes::Text(512), None)}
            {fields.input(&field("wa_language", at), chrome.t("message-wa-language"), Takes::Text(5), None)}
        </div>
        {fields.input(&field("wa_parameters", at), chrome.t("message-wa-parameters"), Takes::Text(400), order)}
    }
    .into_any()
}

/// For whom and in which tone the preview speaks. None of it is kept.
fn controls(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let tones = [Tone::Friendly, Tone::Neutral, Tone::Firm];
    let tones = tones.map(|tone| (tone.as_str(), tone_text(tone, chrome.texts()))).to_vec();
    let reference = Some(chrome.t("message-preview-reference-hint"));
    view! {
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("message-preview-for")}</legend>
            <div class="field-row">
                {fields.select("preview_tone", chrome.t("message-preview-tone"), tones)}
                {fields.input("preview_reference", chrome.t("message-preview-reference"), Takes::Text(80), reference)}
            </div>
            <p class="actions">
                <button class="button" type="submit" name="do" value="preview">{chrome.t("message-preview")}</button>
            </p>
        </fieldset>
    }
    .into_any()
}

/// What the words may name.
fn variables(chrome: &Chrome) -> AnyView {
    let rows = VARIABLES.map(|name| {
        let written = match name {
            "items" => "{% for item in items %} … {% endfor %}".to_owned(),
            "plan" | "suspend_note" | "final_notice" => format!("{{% if {name} %}} … {{% endif %}}"),
            name => format!("{{{{ {name} }}}}"),
        };
        view! { <div><dt><code>{written}</code></dt><dd>{variable_text(name, chrome.texts())}</dd></div> }
    });
    view! {
        <details class="disclosure card">
            <summary>{chrome.t("message-variables")}</summary>
            <p class="hint"><span>{chrome.t("message-variables-hint")}</span></p>
            <dl class="pairs">{rows.into_iter().collect_view()}</dl>
        </details>
    }
    .into_any()
}
