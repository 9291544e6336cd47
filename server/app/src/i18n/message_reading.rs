use super::Texts;
use super::readings::Reading;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::message_template::{BUILTIN, MessageTemplate};
use saldo_domain::reminder::{Channel, Tone};

/// `3 texts of your own for “overdue”`, and in which languages for which channels.
pub fn message_template_reading(template: &MessageTemplate, locale: &Locale) -> Reading {
    let texts = Texts::for_language(locale.language);
    let headline =
        texts.with("message-reading", [("count", template.texts.len().into()), ("key", template.key.clone().into())]);
    let channels = |language: Language| {
        let of_language = template.texts.iter().filter(|text| text.language == language);
        of_language.map(|text| channel_text(text.channel, texts)).collect::<Vec<_>>().join(", ")
    };
    let mut notes: Vec<String> = Language::ALL
        .into_iter()
        .map(|language| (language_text(language, texts), channels(language)))
        .filter(|(_, channels)| !channels.is_empty())
        .map(|(language, channels)| {
            texts.with("message-reading-texts", [("language", language.into()), ("channels", channels.into())])
        })
        .collect();
    notes.push(match BUILTIN.contains(&template.key.as_str()) {
        true => texts.t("message-reading-rest"),
        false => texts.t("message-reading-none"),
    });
    Reading { headline, notes }
}

/// The name of a language.
pub fn language_text(language: Language, texts: Texts) -> String {
    match language {
        Language::Es => texts.t("message-language-es"),
        Language::En => texts.t("message-language-en"),
        Language::Pt => texts.t("message-language-pt"),
    }
}

/// The name of a channel.
pub fn channel_text(channel: Channel, texts: Texts) -> String {
    match channel {
        Channel::Email => texts.t("message-channel-email"),
        Channel::Sms => texts.t("message-channel-sms"),
        Channel::Whatsapp => texts.t("message-channel-whatsapp"),
        Channel::Letter => texts.t("message-channel-letter"),
        Channel::Call => texts.t("message-channel-call"),
        Channel::Banner => texts.t("message-channel-banner"),
    }
}

/// The name of a tone.
pub fn tone_text(tone: Tone, texts: Texts) -> String {
    match tone {
        Tone::Friendly => texts.t("message-tone-friendly"),
        Tone::Neutral => texts.t("message-tone-neutral"),
        Tone::Firm => texts.t("message-tone-firm"),
    }
}

/// What a variable of templates stands for.
pub fn variable_text(name: &str, texts: Texts) -> String {
    match name {
        "name" => texts.t("variable-name"),
        "creditor" => texts.t("variable-creditor"),
        "amount" => texts.t("variable-amount"),
        "due_on" => texts.t("variable-due-on"),
        "days" => texts.t("variable-days"),
        "days_text" => texts.t("variable-days-text"),
        "items" => texts.t("variable-items"),
        "item_count" => texts.t("variable-item-count"),
        "link" => texts.t("variable-link"),
        "saved" => texts.t("variable-saved"),
        "until" => texts.t("variable-until"),
        "plan" => texts.t("variable-plan"),
        "instalment" => texts.t("variable-instalment"),
        "instalments" => texts.t("variable-instalments"),
        "promised_on" => texts.t("variable-promised-on"),
        "suspend_note" => texts.t("variable-suspend-note"),
        "final_notice" => texts.t("variable-final-notice"),
        "fee" => texts.t("variable-fee"),
        "tone" => texts.t("variable-tone"),
        "opt_out" => texts.t("variable-opt-out"),
        other => other.to_owned(),
    }
}
