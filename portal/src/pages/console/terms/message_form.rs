//! The fields of a message template, read, filled and rearranged. All texts are in the form; one of them is shown.

use super::fields::Reader;
use super::kind::{FieldProblem, Typed};
use crate::layout::Chrome;
use saldo_app::flows::preview_message::PreviewWish;
use saldo_app::wording::builtin_template;
use saldo_domain::Refusal;
use saldo_domain::locale::Language;
use saldo_domain::message_template::{
    MessageTemplate, SUBJECT_MAX, TemplateRefusal, TemplateText, WhatsappTemplate, body_max, has_subject,
};
use saldo_domain::reminder::{Channel, Tone};

/// A language and a channel.
pub(super) type Place = (Language, Channel);

/// The name of a field of a text: `body_es_email`.
pub(super) fn field(name: &str, (language, channel): Place) -> String {
    format!("{name}_{}_{}", language.tag(), channel.as_str())
}

/// Every text that a template may have.
pub(super) fn places() -> impl Iterator<Item = Place> {
    Channel::ALL.into_iter().flat_map(|channel| Language::ALL.into_iter().map(move |language| (language, channel)))
}

/// The text that is shown: the one that was chosen, else an e-mail in the reader's language.
pub(super) fn shown(typed: &Typed, chrome: &Chrome) -> Place {
    place(typed.get("at")).unwrap_or((chrome.locale.language, Channel::Email))
}

fn place(text: &str) -> Option<Place> {
    places().find(|(language, channel)| text == format!("{}_{}", language.tag(), channel.as_str()))
}

/// The fields of a new template.
pub(super) fn blank() -> Typed {
    [("key", "overdue"), ("preview_tone", "neutral")].into_iter().collect()
}

/// The fields of a template that was kept.
pub(super) fn typed(template: &MessageTemplate) -> Typed {
    let mut typed = blank();
    typed.set("key", &template.key);
    template.texts.iter().for_each(|text| fill(&mut typed, text));
    typed
}

fn fill(typed: &mut Typed, text: &TemplateText) {
    let at = (text.language, text.channel);
    typed.set(&field("body", at), &text.body);
    if has_subject(text.channel) {
        typed.set(&field("subject", at), text.subject.as_deref().unwrap_or_default());
    }
    if let Some(approved) = &text.whatsapp {
        typed.set(&field("wa_name", at), &approved.name);
        typed.set(&field("wa_language", at), &approved.language_code);
        typed.set(&field("wa_parameters", at), approved.parameters.join(", "));
    }
}

/// The template that the fields mean: the texts that have a body.
pub(super) fn read(typed: &Typed, chrome: &Chrome) -> Result<MessageTemplate, Vec<FieldProblem>> {
    let mut reader = Reader::new(typed, chrome);
    let texts: Vec<TemplateText> = places().filter_map(|at| text(&mut reader, typed, at)).collect();
    if texts.is_empty() {
        reader.wrong(&field("body", shown(typed, chrome)), chrome.t("message-empty"));
    }
    reader.done(MessageTemplate { key: typed.get("key").to_owned(), texts })
}

fn text(reader: &mut Reader<'_>, typed: &Typed, at: Place) -> Option<TemplateText> {
    let get = |name: &str| typed.get(&field(name, at));
    let body = get("body").replace("\r\n", "\n");
    if body.trim().is_empty() {
        return None;
    }
    let named = !get("wa_name").is_empty();
    let parameters = get("wa_parameters").split(',').map(str::trim).filter(|one| !one.is_empty());
    let whatsapp = (at.1 == Channel::Whatsapp && named).then(|| WhatsappTemplate {
        name: get("wa_name").to_owned(),
        language_code: get("wa_language").to_owned(),
        parameters: parameters.map(str::to_owned).collect(),
    });
    let subject = has_subject(at.1).then(|| get("subject").to_owned());
    if subject.as_deref() == Some("") {
        reader.refused(&field("subject", at), &Refusal::TextLength { field: "subject", max: SUBJECT_MAX });
    }
    if body.chars().count() > body_max(at.1) {
        reader.refused(&field("body", at), &Refusal::TextLength { field: "body", max: body_max(at.1) });
    }
    Some(TemplateText { language: at.0, channel: at.1, subject, body, whatsapp })
}

/// Shows another text, or fills this one with the built-in words, as a button asks: `at_es_sms`, `text_copy`.
pub(super) fn arrange(typed: &mut Typed, button: &str, chrome: &Chrome) -> bool {
    if let Some(at) = button.strip_prefix("at_").filter(|at| place(at).is_some()) {
        typed.set("at", at);
        return true;
    }
    match button {
        "text_copy" => {
            let (language, channel) = shown(typed, chrome);
            let known = builtin_template(typed.get("key")).and_then(|template| template.text(language, channel));
            if let Some(text) = known {
                fill(typed, text);
            }
            true
        }
        "preview" => true,
        _ => false,
    }
}

/// The field at which a refusal is said.
pub(super) fn field_of(refusal: &Refusal) -> String {
    let Refusal::Template(refusal) = refusal else {
        return match refusal {
            Refusal::TemplateKeyUnreadable => "key".to_owned(),
            _ => "reading".to_owned(),
        };
    };
    match (refusal, refusal.place()) {
        (TemplateRefusal::WhatsappUnreadable(_), Some(place)) => field("wa_name", (place.language, place.channel)),
        (_, Some(place)) => field(if place.in_subject { "subject" } else { "body" }, (place.language, place.channel)),
        _ => "key".to_owned(),
    }
}

/// The text in which something is wrong: it is the one to show.
pub fn problem_place(problems: &[FieldProblem]) -> Option<String> {
    let of_text = |problem: &FieldProblem| {
        let at =
            places().find(|at| ["subject", "body", "wa_name"].iter().any(|name| problem.field == field(name, *at)));
        at.map(|(language, channel)| format!("{}_{}", language.tag(), channel.as_str()))
    };
    problems.iter().find_map(of_text)
}

/// What is to be shown beside the fields.
pub fn preview(typed: &Typed, template: MessageTemplate, chrome: &Chrome) -> PreviewWish {
    let (language, channel) = shown(typed, chrome);
    let tone = match typed.get("preview_tone") {
        "friendly" => Tone::Friendly,
        "firm" => Tone::Firm,
        _ => Tone::Neutral,
    };
    let reference = typed.get("preview_reference");
    let debtor_reference = (!reference.is_empty()).then(|| reference.to_owned());
    PreviewWish { template, language, channel, tone, debtor_reference }
}
