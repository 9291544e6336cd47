use saldo_app::wording::{Compiled, check, paragraphs, sample};
use saldo_domain::currency::Currency;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::message_template::{MessageTemplate, TemplateText, foreign_link, has_subject};
use saldo_domain::reminder::{Channel, Tone};

/// The first byte chooses the channel; the rest is a body, and `subject NUL body` where there is a subject.
pub(super) fn run(data: &[u8]) {
    let Some((mode, rest)) = data.split_first() else { return };
    let channel = Channel::ALL[usize::from(*mode) % Channel::ALL.len()];
    let text = String::from_utf8_lossy(rest);
    let (subject, body) = text.split_once('\0').unwrap_or(("Aviso", &text));
    let subject = has_subject(channel).then(|| subject.to_owned());
    let text = TemplateText { language: Language::Es, channel, subject, body: body.to_owned(), whatsapp: None };
    let template = MessageTemplate { key: "fuzz".to_owned(), texts: vec![text] };
    let Ok(template) = template.checked() else { return };
    if check(&template).is_err() {
        // What is refused is refused, not compiled by chance.
        drop(Compiled::try_new(&template));
        return;
    }
    let compiled = Compiled::try_new(&template).expect("a checked template compiles");
    let locale = Locale::new(Language::Es, "MX");
    for whole in [true, false] {
        let mut facts = sample(&locale, "Saldo", Currency::MXN, Tone::Firm, whole);
        facts.name = "<b>{{ 7 * 191 }}</b>\r\nBcc: x@y.example".to_owned();
        let said = compiled.say(Language::Es, channel, &facts).expect("a checked template never fails");
        let said = said.expect("it has words for this channel");
        let subject = said.subject.unwrap_or_default();
        assert!(!subject.contains(['\r', '\n']), "a subject of two lines: {subject:?}");
        assert!(!said.body.contains("1337") || template.texts[0].body.contains("1337"), "a name is evaluated");
        let words = said.body.replace(&facts.link, "");
        assert_eq!(foreign_link(&words), None, "a foreign link: {words:?}");
        drop(paragraphs(&said.body, &facts.link));
    }
}
