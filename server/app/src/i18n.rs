//! Words for people: pages, refusals and mail read them from the Fluent files in `locales/`.

mod claims;
mod dunning_reading;
mod imports;
mod message_reading;
mod open_items;
mod outreach;
mod plan_reading;
mod readings;
mod reasons;
mod refusals;
mod template_refusals;
#[cfg(test)]
mod tests;

pub use dunning_reading::{dunning_reading, step_days_text, weekday_text};
pub use imports::{fault_text, field_label, import_refusal_text};
pub use message_reading::{channel_text, language_text, message_template_reading, tone_text, variable_text};
pub use open_items::{due_text, every_text, item_text, plan_summary_pattern};
pub use outreach::call_over_text;
pub use plan_reading::plan_notes;
pub use readings::{
    Reading, discount_reading, late_fee_reading, rate_text, segment_text, template_reading, terms_reading,
};
pub use reasons::{hold_text, stop_text};
pub use refusals::refusal_text;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use saldo_domain::locale::Language;
use std::sync::OnceLock;

/// A value that a text shows: a count, which decides the plural, or words that are shown as they are.
pub use fluent_bundle::FluentValue as Arg;

type Bundle = FluentBundle<FluentResource>;

macro_rules! files {
    ($language:literal, $($name:literal),+) => {
        &[$(include_str!(concat!("../locales/", $language, "/", $name, ".ftl"))),+]
    };
}

macro_rules! sources {
    ($($language:literal),+) => {
        [$(files!(
            $language, "common", "landing", "statement", "history", "pay", "outcome", "notice", "sandbox", "console",
            "import", "lists", "account", "mail", "code", "agreement", "plan", "refusal", "members", "methods", "paper",
            "claims", "reading", "terms", "desk", "outreach", "message", "ladder", "consent", "widget", "embed", "outbound"
        )),+]
    };
}

/// The files of each language, in the order of [`Language::ALL`].
const SOURCES: [&[&str]; 3] = sources!("es", "en", "pt");

static BUNDLES: OnceLock<[Bundle; 3]> = OnceLock::new();

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    language: Language,
}

impl Texts {
    /// The words of a language; every language has every text.
    pub fn for_language(language: Language) -> Self {
        Self { language }
    }

    /// The language of these words.
    pub fn language(self) -> Language {
        self.language
    }

    /// A text without variables.
    pub fn t(self, key: &str) -> String {
        self.format(key, None)
    }

    /// A text with its variables: `texts.with("due-in-days", [("count", 3.into())])`.
    pub fn with<const N: usize>(self, key: &str, args: [(&'static str, Arg<'_>); N]) -> String {
        self.format(key, Some(&args.into_iter().collect()))
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = &BUNDLES.get_or_init(|| Language::ALL.map(compile))[self.language as usize];
        let pattern = bundle.get_message(key).and_then(|message| message.value());
        debug_assert!(pattern.is_some(), "no text {key}");
        let mut errors = Vec::new();
        let text = pattern.map(|pattern| bundle.format_pattern(pattern, args, &mut errors).into_owned());
        debug_assert!(errors.is_empty(), "text {key}: {errors:?}");
        text.unwrap_or_else(|| key.to_owned())
    }
}

fn compile(language: Language) -> Bundle {
    let tag = language.tag().parse().expect("the tags of our languages are well formed");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    for source in SOURCES[language as usize] {
        // A faulty file is caught by the tests; at run time its other texts still count.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}
