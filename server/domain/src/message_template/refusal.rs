use crate::locale::Language;
use crate::reminder::Channel;

/// A line of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplatePlace {
    /// The language of the text.
    pub language: Language,
    /// Its channel.
    pub channel: Channel,
    /// Whether it is the subject rather than the body.
    pub in_subject: bool,
    /// The line, counted from one.
    pub line: usize,
}

/// Why a message template is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRefusal {
    /// Another template has the key.
    #[error("another template has the key {key}")]
    KeyTaken {
        /// The key.
        key: String,
    },
    /// Two texts for one language and channel.
    #[error("two texts for one language and channel")]
    TextRepeated {
        /// The language.
        language: Language,
        /// The channel.
        channel: Channel,
    },
    /// A link, a host or an address that is not our own access link.
    #[error("the only link of a message is {{{{ link }}}}: line {}", .0.line)]
    ForeignLink(TemplatePlace),
    /// A variable that no message has.
    #[error("unknown variable {name} in line {}", place.line)]
    VariableUnknown {
        /// Where.
        place: TemplatePlace,
        /// As it was written.
        name: String,
    },
    /// What the template language does not have, or what templates may not use of it.
    #[error("the template cannot be read: line {}", .0.line)]
    Unreadable(TemplatePlace),
    /// A name, language or channel under which WhatsApp approves no template.
    #[error("not a template of WhatsApp")]
    WhatsappUnreadable(TemplatePlace),
    /// A published ladder uses the template where it has no words.
    #[error("no text of {key} for a language or channel that a ladder uses")]
    TextMissing {
        /// The key.
        key: String,
        /// The language without words.
        language: Language,
        /// The channel without words.
        channel: Channel,
    },
}

impl TemplateRefusal {
    /// The stable code, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeyTaken { .. } => "template_key_taken",
            Self::TextRepeated { .. } => "template_text_repeated",
            Self::ForeignLink(_) => "template_foreign_link",
            Self::VariableUnknown { .. } => "template_variable_unknown",
            Self::Unreadable(_) => "template_unreadable",
            Self::WhatsappUnreadable(_) => "template_whatsapp_unreadable",
            Self::TextMissing { .. } => "template_text_missing",
        }
    }

    /// Where it is wrong, where that is one text.
    pub fn place(&self) -> Option<&TemplatePlace> {
        match self {
            Self::ForeignLink(place) | Self::Unreadable(place) | Self::WhatsappUnreadable(place) => Some(place),
            Self::VariableUnknown { place, .. } => Some(place),
            Self::KeyTaken { .. } | Self::TextRepeated { .. } | Self::TextMissing { .. } => None,
        }
    }
}
