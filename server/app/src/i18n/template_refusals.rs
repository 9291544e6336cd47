use super::Texts;
use super::message_reading::{channel_text, language_text};
use saldo_domain::message_template::{TemplatePlace, TemplateRefusal};

/// Why a message template is not taken, with the text and the line.
pub(super) fn template_refusal_text(refusal: &TemplateRefusal, texts: Texts) -> String {
    let at = |place: &TemplatePlace| place_text(place, texts);
    match refusal {
        TemplateRefusal::KeyTaken { key } => texts.with("refusal-template-key-taken", [("key", key.into())]),
        TemplateRefusal::TextRepeated { language, channel } => texts.with(
            "refusal-template-text-repeated",
            [("language", language_text(*language, texts).into()), ("channel", channel_text(*channel, texts).into())],
        ),
        TemplateRefusal::ForeignLink(place) => {
            texts.with("refusal-template-foreign-link", [("where", at(place).into())])
        }
        TemplateRefusal::VariableUnknown { place, name } => {
            texts.with("refusal-template-variable-unknown", [("name", name.into()), ("where", at(place).into())])
        }
        TemplateRefusal::Unreadable(place) => texts.with("refusal-template-unreadable", [("where", at(place).into())]),
        TemplateRefusal::WhatsappUnreadable(place) => {
            texts.with("refusal-template-whatsapp-unreadable", [("where", at(place).into())])
        }
        TemplateRefusal::TextMissing { key, language, channel } => texts.with(
            "refusal-template-text-missing",
            [
                ("key", key.into()),
                ("language", language_text(*language, texts).into()),
                ("channel", channel_text(*channel, texts).into()),
            ],
        ),
    }
}

fn place_text(place: &TemplatePlace, texts: Texts) -> String {
    let (language, channel) = (language_text(place.language, texts), channel_text(place.channel, texts));
    match place.in_subject {
        true => texts.with("message-in-subject", [("language", language.into()), ("channel", channel.into())]),
        false => texts.with(
            "message-in-body",
            [("language", language.into()), ("channel", channel.into()), ("line", place.line.into())],
        ),
    }
}
