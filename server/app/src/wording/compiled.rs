use super::Facts;
use crate::failure::Fault;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior};
use saldo_domain::locale::Language;
use saldo_domain::message_template::{MessageTemplate, TemplatePlace, TemplateRefusal, TemplateText, WhatsappTemplate};
use saldo_domain::reminder::Channel;

/// A template that is ready to speak. Text is written as text: what becomes HTML is escaped by the mail's layout.
#[derive(Debug)]
pub struct Compiled {
    environment: Environment<'static>,
    texts: Vec<Text>,
}

#[derive(Debug)]
struct Text {
    language: Language,
    channel: Channel,
    subject: Option<String>,
    body: String,
    whatsapp: Option<WhatsappTemplate>,
    lists_items: bool,
}

/// What a template says to one debtor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// In one line.
    pub subject: Option<String>,
    /// Paragraphs with empty lines between them.
    pub body: String,
    /// The template at WhatsApp with what fills its places.
    pub whatsapp: Option<(WhatsappTemplate, Vec<String>)>,
    /// Whether the body lists the items by itself.
    pub lists_items: bool,
}

impl Compiled {
    /// Compiles every text.
    ///
    /// # Errors
    /// `template_unreadable` with the line.
    pub fn try_new(template: &MessageTemplate) -> Result<Self, TemplateRefusal> {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(syntax());
        let mut texts = Vec::with_capacity(template.texts.len());
        for text in &template.texts {
            let compiled = Text {
                language: text.language,
                channel: text.channel,
                subject: text.subject.as_ref().map(|_| name(text, "subject")),
                body: name(text, "body"),
                whatsapp: text.whatsapp.clone(),
                lists_items: lists_items(&text.body),
            };
            for (in_subject, source) in text.parts() {
                let part = if in_subject { compiled.subject.as_ref() } else { Some(&compiled.body) };
                let named = part.cloned().unwrap_or_default();
                environment
                    .add_template_owned(named, source.to_owned())
                    .map_err(|error| TemplateRefusal::Unreadable(place(text, in_subject, &error)))?;
            }
            texts.push(compiled);
        }
        Ok(Self { environment, texts })
    }

    /// What it says in a language on a channel; none where it has no such words.
    ///
    /// # Errors
    /// A fault where the engine fails, which a checked template never does.
    pub fn say(&self, language: Language, channel: Channel, facts: &Facts) -> Result<Option<Said>, Fault> {
        let Some(text) = self.texts.iter().find(|text| text.language == language && text.channel == channel) else {
            return Ok(None);
        };
        let values = Value::from(Serde(facts));
        let render = |name: &str| {
            let template = self.environment.get_template(name)?;
            template.render(values.clone())
        };
        let fault = |error: minijinja::Error| Fault::Other(format!("a message template: {error:#}"));
        let subject = text.subject.as_deref().map(render).transpose().map_err(fault)?;
        let body = render(&text.body).map_err(fault)?;
        let filled = |one: &String| values.get_attr(one).map(|value| value.to_string());
        let whatsapp = text.whatsapp.as_ref().map(|approved| {
            let parameters = approved.parameters.iter().map(filled).collect::<Result<Vec<_>, _>>();
            parameters.map(|parameters| (approved.clone(), parameters))
        });
        let whatsapp = whatsapp.transpose().map_err(fault)?;
        let (subject, lists_items) = (subject.map(|text| one_line(&text)), text.lists_items);
        Ok(Some(Said { subject, body: tidy(&body), whatsapp, lists_items }))
    }

    /// Whether it has words for a language and a channel.
    pub fn has(&self, language: Language, channel: Channel) -> bool {
        self.texts.iter().any(|text| text.language == language && text.channel == channel)
    }
}

/// Tags on lines of their own leave no line behind.
fn syntax() -> SyntaxConfig {
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    syntax.expect("the delimiters are the usual ones")
}

fn name(text: &TemplateText, part: &str) -> String {
    format!("{}.{}.{part}", text.language.tag(), text.channel.as_str())
}

fn place(text: &TemplateText, in_subject: bool, error: &minijinja::Error) -> TemplatePlace {
    text.place(in_subject, error.line().unwrap_or(1))
}

/// Whether a loop over the items stands in it.
fn lists_items(source: &str) -> bool {
    source.split("{%").skip(1).filter_map(|tag| tag.split("%}").next()).any(|tag| tag.contains(" in items"))
}

/// A header has one line, whatever a name holds.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tags that stood on lines of their own leave gaps: one empty line between paragraphs, none around them.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            gap = !tidy.is_empty();
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if gap { "\n\n" } else { "\n" });
        }
        tidy.push_str(line);
        gap = false;
    }
    tidy
}
