//! Message templates: what a rung of the ladder says, in each language and on each channel.
//!
//! Here stands what can be judged without the template engine: keys, lengths, foreign links. Syntax and variables are judged
//! where the engine is.

mod foreign_link;
mod refusal;
#[cfg(test)]
mod tests;
mod text_message;

pub use foreign_link::foreign_link;
pub use refusal::{TemplatePlace, TemplateRefusal};
pub use text_message::{Encoding, TextLength, in_small_alphabet, text_length};

use crate::Refusal;
use crate::free_text;
use crate::locale::Language;
use crate::reminder::Channel;
use serde::{Deserialize, Serialize};

/// The most characters of a key.
pub const KEY_MAX: usize = 40;
/// The most characters of a subject, with its variables as they are written.
pub const SUBJECT_MAX: usize = 200;

/// The templates that every installation has, in every language and for every channel.
pub const BUILTIN: [&str; 8] =
    ["upcoming", "due", "overdue", "firm", "final_notice", "instalment", "instalment_overdue", "promise_broken"];

/// What a template may name. All of them have a value in every message; what does not apply is empty, zero or false.
pub const VARIABLES: [&str; 20] = [
    "name",
    "creditor",
    "amount",
    "due_on",
    "days",
    "days_text",
    "items",
    "item_count",
    "link",
    "saved",
    "until",
    "plan",
    "instalment",
    "instalments",
    "promised_on",
    "suspend_note",
    "final_notice",
    "fee",
    "tone",
    "opt_out",
];

/// What each of `items` has.
pub const ITEM_FIELDS: [&str; 5] = ["number", "description", "amount", "due_on", "days_text"];

/// What a message says, under a key that rungs of the ladder name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageTemplate {
    /// `[a-z0-9_]`, 1 to 40 of them.
    pub key: String,
    /// At most one for each language and channel.
    pub texts: Vec<TemplateText>,
}

/// The words for one language and channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateText {
    /// The language.
    pub language: Language,
    /// The channel.
    pub channel: Channel,
    /// Of an e-mail or a letter, which need one; other channels have none.
    #[serde(default)]
    pub subject: Option<String>,
    /// The words, in the template language of minijinja. An empty line begins a paragraph.
    pub body: String,
    /// The template that WhatsApp has approved: outside of an open conversation only such a one is delivered.
    #[serde(default)]
    pub whatsapp: Option<WhatsappTemplate>,
}

/// A template as it is registered at WhatsApp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsappTemplate {
    /// Its name there: `[a-z0-9_]`, up to 512 of them.
    pub name: String,
    /// Its language there: `es`, `es_MX`, `pt_BR`.
    pub language_code: String,
    /// Our variables that fill its places, in their order.
    pub parameters: Vec<String>,
}

impl MessageTemplate {
    /// The template, if it can be meant: a readable key, one text for each language and channel, subjects where letters and
    /// e-mails need them, and no link but `{{ link }}`.
    ///
    /// # Errors
    /// `template_key_unreadable`, `template_text_repeated`, `text_length`, `card_number_in_text`, `template_foreign_link`,
    /// `template_variable_unknown`, `template_whatsapp_unreadable`.
    pub fn checked(self) -> Result<Self, Refusal> {
        if !is_key(&self.key) {
            return Err(Refusal::TemplateKeyUnreadable);
        }
        let texts = self.texts.into_iter().map(TemplateText::checked).collect::<Result<Vec<_>, _>>()?;
        if texts.is_empty() {
            return Err(Refusal::TextLength { field: "body", max: body_max(Channel::Email) });
        }
        for (place, text) in texts.iter().enumerate() {
            let (language, channel) = (text.language, text.channel);
            if texts[..place].iter().any(|other| (other.language, other.channel) == (language, channel)) {
                return Err(Refusal::Template(TemplateRefusal::TextRepeated { language, channel }));
            }
        }
        Ok(Self { key: self.key, texts })
    }

    /// Its words for a language and a channel.
    pub fn text(&self, language: Language, channel: Channel) -> Option<&TemplateText> {
        self.texts.iter().find(|text| text.language == language && text.channel == channel)
    }
}

impl TemplateText {
    fn checked(self) -> Result<Self, Refusal> {
        let body = free_text::message("body", &self.body, body_max(self.channel))?;
        let subject = match (has_subject(self.channel), self.subject.as_deref()) {
            (true, subject) => Some(free_text::line("subject", subject.unwrap_or_default(), SUBJECT_MAX)?),
            (false, None | Some("")) => None,
            (false, Some(_)) => return Err(Refusal::TextLength { field: "subject", max: 0 }),
        };
        let text = Self { subject, body, ..self };
        for (in_subject, source) in text.parts() {
            if let Some(line) = foreign_link(&without_tags(source)) {
                return Err(Refusal::Template(TemplateRefusal::ForeignLink(text.place(in_subject, line))));
            }
        }
        if let Some(approved) = &text.whatsapp {
            approved.check(&text)?;
        }
        Ok(text)
    }

    /// Its subject and its body, each with whether it is the subject.
    pub fn parts(&self) -> impl Iterator<Item = (bool, &str)> {
        self.subject.as_deref().map(|subject| (true, subject)).into_iter().chain([(false, self.body.as_str())])
    }

    /// A line of it.
    pub fn place(&self, in_subject: bool, line: usize) -> TemplatePlace {
        TemplatePlace { language: self.language, channel: self.channel, in_subject, line }
    }
}

impl WhatsappTemplate {
    fn check(&self, text: &TemplateText) -> Result<(), Refusal> {
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let name = !self.name.is_empty() && self.name.len() <= 512 && self.name.chars().all(word);
        let letters = |part: &str, case: fn(&char) -> bool| part.len() == 2 && part.chars().all(|c| case(&c));
        let language = match self.language_code.split_once('_') {
            Some((language, country)) => {
                letters(language, char::is_ascii_lowercase) && letters(country, char::is_ascii_uppercase)
            }
            None => letters(&self.language_code, char::is_ascii_lowercase),
        };
        if !name || !language || text.channel != Channel::Whatsapp {
            return Err(Refusal::Template(TemplateRefusal::WhatsappUnreadable(text.place(false, 1))));
        }
        match self.parameters.iter().find(|one| !is_word_variable(one)) {
            None => Ok(()),
            Some(name) => {
                let name = name.chars().take(KEY_MAX).collect();
                Err(Refusal::Template(TemplateRefusal::VariableUnknown { place: text.place(false, 1), name }))
            }
        }
    }
}

/// Whether text is a key of a template.
pub fn is_key(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (1..=KEY_MAX).contains(&text.len()) && text.chars().all(fits)
}

/// Whether messages of a channel have a subject.
pub fn has_subject(channel: Channel) -> bool {
    matches!(channel, Channel::Email | Channel::Letter)
}

/// The most characters of a body, with its variables as they are written.
pub fn body_max(channel: Channel) -> usize {
    match channel {
        Channel::Email | Channel::Letter => 8_000,
        Channel::Call => 4_000,
        Channel::Whatsapp => 2_000,
        Channel::Sms => 1_000,
        Channel::Banner => 600,
    }
}

/// Whether a variable is one value rather than a list.
fn is_word_variable(name: &str) -> bool {
    name != "items" && VARIABLES.contains(&name)
}

/// The literal words of a template: what stands between its tags, line by line as before.
fn without_tags(source: &str) -> String {
    let mut words = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('{') {
        let (before, tag) = rest.split_at(at);
        words.push_str(before);
        let end = ["{{", "{%", "{#"].iter().zip(["}}", "%}", "#}"]).find(|(open, _)| tag.starts_with(*open));
        let Some((_, end)) = end else {
            words.push('{');
            rest = &tag[1..];
            continue;
        };
        let length = tag.find(end).map_or(tag.len(), |at| at + end.len());
        words.extend(tag[..length].chars().filter(|c| *c == '\n'));
        words.push('\u{1}');
        rest = &tag[length..];
    }
    words.push_str(rest);
    words
}
