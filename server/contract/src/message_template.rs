//! What messages say, and what they would say.

use serde::{Deserialize, Serialize};

/// What a message says, under a key that rungs of a ladder name. A key of a built-in template replaces its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MessageTemplate {
    /// 1 to 40 lower case letters, digits and underscores. Built-in: `upcoming`, `due`, `overdue`, `firm`, `final_notice`,
    /// `instalment`, `instalment_overdue`, `promise_broken`.
    #[cfg_attr(feature = "openapi", schema(example = "overdue"))]
    pub key: String,
    /// At most one for each language and channel.
    pub texts: Vec<TemplateText>,
}

/// The words for one language and channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TemplateText {
    /// `es`, `en`, `pt`.
    #[cfg_attr(feature = "openapi", schema(example = "es"))]
    pub language: String,
    /// `email`, `sms`, `whatsapp`, `letter`, `call`, `banner`.
    #[cfg_attr(feature = "openapi", schema(example = "email"))]
    pub channel: String,
    /// Of an e-mail or a letter; other channels have none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = "{{ creditor }}: {{ amount }}"))]
    pub subject: Option<String>,
    /// The words, with `{{ variable }}`, `{% if variable %}` and one `{% for item in items %}`. An empty line begins a
    /// paragraph. Variables: `name`, `creditor`, `amount`, `due_on`, `days`, `days_text`, `items` (each with `number`,
    /// `description`, `amount`, `due_on`, `days_text`), `item_count`, `link`, `saved`, `until`, `plan`, `instalment`,
    /// `instalments`, `promised_on`, `suspend_note`, `final_notice`, `fee`, `tone`, `opt_out`. The only link is
    /// `{{ link }}`.
    #[cfg_attr(feature = "openapi", schema(example = "Hola, {{ name }}: {{ amount }} vence el {{ due_on }}."))]
    pub body: String,
    /// The template that WhatsApp has approved.
    #[serde(default)]
    pub whatsapp: Option<WhatsappTemplate>,
}

/// A template as it is registered at WhatsApp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WhatsappTemplate {
    /// Its name there.
    #[cfg_attr(feature = "openapi", schema(example = "saldo_overdue"))]
    pub name: String,
    /// Its language there.
    #[cfg_attr(feature = "openapi", schema(example = "es_MX"))]
    pub language_code: String,
    /// Our variables that fill its places, in their order.
    #[cfg_attr(feature = "openapi", schema(example = json!(["name", "creditor", "amount", "due_on", "link"])))]
    pub parameters: Vec<String>,
}

/// Asks what a template would say.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewMessage {
    /// The template.
    pub template: MessageTemplate,
    /// `es`, `en`, `pt`.
    #[cfg_attr(feature = "openapi", schema(example = "es"))]
    pub language: String,
    /// The channel.
    #[cfg_attr(feature = "openapi", schema(example = "email"))]
    pub channel: String,
    /// `friendly`, `neutral`, `firm`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = "neutral"))]
    pub tone: Option<String>,
    /// A debtor by your own key, whose figures are shown; an example where there is none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = "C-1001"))]
    pub debtor_reference: Option<String>,
}

/// What a template would say. Nothing was sent; the link in it stands for the debtor's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MessagePreview {
    /// Whether these are the template's own words; else the built-in ones stand in.
    pub own: bool,
    /// The subject.
    pub subject: Option<String>,
    /// The whole message as plain text.
    pub text: String,
    /// An e-mail as HTML.
    pub html: Option<String>,
    /// How many segments of SMS are paid for, with the link in its short form.
    pub segments: Option<u32>,
    /// What fills the places of the approved template at WhatsApp.
    pub parameters: Vec<String>,
}
