use super::Compiled;
use saldo_domain::locale::Language;
use saldo_domain::message_template::{BUILTIN, MessageTemplate, TemplateText, WhatsappTemplate};
use saldo_domain::reminder::Channel;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The data files, in the order of [`BUILTIN`].
const SOURCES: [&str; 8] = [
    include_str!("../../templates/messages/upcoming.toml"),
    include_str!("../../templates/messages/due.toml"),
    include_str!("../../templates/messages/overdue.toml"),
    include_str!("../../templates/messages/firm.toml"),
    include_str!("../../templates/messages/final_notice.toml"),
    include_str!("../../templates/messages/instalment.toml"),
    include_str!("../../templates/messages/instalment_overdue.toml"),
    include_str!("../../templates/messages/promise_broken.toml"),
];

static TEMPLATES: OnceLock<Vec<(MessageTemplate, Compiled)>> = OnceLock::new();

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    subject: Option<String>,
    body: String,
}

type File = HashMap<Language, HashMap<Channel, Written>>;

/// The template that every installation has under a key.
pub fn builtin_template(key: &str) -> Option<&'static MessageTemplate> {
    find(key).map(|(template, _)| template)
}

/// The same, ready to speak.
pub fn builtin(key: &str) -> Option<&'static Compiled> {
    find(key).map(|(_, compiled)| compiled)
}

fn find(key: &str) -> Option<&'static (MessageTemplate, Compiled)> {
    TEMPLATES.get_or_init(load).iter().find(|(template, _)| template.key == key)
}

fn load() -> Vec<(MessageTemplate, Compiled)> {
    BUILTIN.iter().zip(SOURCES).map(|(key, source)| read(key, source)).collect()
}

fn read(key: &str, source: &str) -> (MessageTemplate, Compiled) {
    let mut file: File = toml::from_str(source).expect("the built-in templates are compiled in and tested");
    let mut texts = Vec::new();
    for language in Language::ALL {
        let mut channels = file.remove(&language).unwrap_or_default();
        for channel in Channel::ALL {
            let Some(written) = channels.remove(&channel) else { continue };
            let whatsapp = (channel == Channel::Whatsapp).then(|| approved(key, language));
            texts.push(TemplateText { language, channel, subject: written.subject, body: written.body, whatsapp });
        }
    }
    let template = MessageTemplate { key: key.to_owned(), texts }.checked();
    let template = template.expect("the built-in templates are compiled in and tested");
    let compiled = Compiled::try_new(&template).expect("the built-in templates are compiled in and tested");
    (template, compiled)
}

/// The name under which a creditor registers the built-in words at WhatsApp, with the variables in their order.
fn approved(key: &str, language: Language) -> WhatsappTemplate {
    let when = if key == "promise_broken" { "promised_on" } else { "due_on" };
    let language_code = match language {
        Language::Es => "es",
        Language::En => "en",
        Language::Pt => "pt_BR",
    };
    WhatsappTemplate {
        name: format!("saldo_{key}"),
        language_code: language_code.to_owned(),
        parameters: ["name", "creditor", "amount", when, "link"].map(str::to_owned).to_vec(),
    }
}
