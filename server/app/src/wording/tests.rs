use super::*;
use saldo_domain::currency::Currency;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::message_template::{BUILTIN, Encoding, MessageTemplate, TemplateText, VARIABLES, text_length};
use saldo_domain::reminder::{Channel, Tone};

fn locale(language: Language) -> Locale {
    let country = match language {
        Language::Es => "MX",
        Language::En => "US",
        Language::Pt => "BR",
    };
    Locale::new(language, country)
}

fn example(language: Language, tone: Tone, whole: bool) -> Facts {
    sample(&locale(language), "Norte", Currency::MXN, tone, whole)
}

fn mail(body: &str) -> MessageTemplate {
    let (language, channel) = (Language::Es, Channel::Email);
    let text = TemplateText { language, channel, subject: Some("Hola".into()), body: body.into(), whatsapp: None };
    MessageTemplate { key: "overdue".into(), texts: vec![text] }
}

#[test]
fn a_template_is_checked_by_this_table() {
    for (body, expected) in [
        ("{{ name }} {{ amount }} {{ days_text }}", "taken"),
        ("{% if saved and not plan %}{{ until }}{% elif days > 3 %}x{% else %}y{% endif %}", "taken"),
        (
            "{% for item in items %}{{ item.number }}: {{ item.amount }}{% if not loop.last %}, {% endif %}{% endfor %}",
            "taken",
        ),
        ("{{ 'uno' if item_count == 1 else 'varios' }}", "taken"),
        ("{# nota #}{{ link }}", "taken"),
        ("{{ price }}", "template_variable_unknown price 1"),
        ("a\nb {{ Name }}", "template_variable_unknown Name 2"),
        ("{% if debt %}x{% endif %}", "template_variable_unknown debt 1"),
        ("{% for item in items %}\n{{ item.price }}{% endfor %}", "template_variable_unknown item.price 2"),
        ("{{ name.upper }}", "template_variable_unknown name.upper 1"),
        ("{{ item.number }}", "template_variable_unknown item.number 1"),
        ("{{ name", "template_unreadable 1"),
        ("a\n{% if plan %}x", "template_unreadable 2"),
        ("{% endif %}", "template_unreadable 1"),
        ("{{ amount + 1 }}", "template_unreadable 1"),
        ("{{ name|upper }}", "template_unreadable 1"),
        ("{{ range(10) }}", "template_unreadable 1"),
        ("{{ items }}", "template_unreadable 1"),
        ("{% set name = 'x' %}", "template_unreadable 1"),
        ("{% include 'mail.html' %}", "template_unreadable 1"),
        ("{% macro a() %}{% endmacro %}", "template_unreadable 1"),
        ("{% for a in items %}{% for b in items %}x{% endfor %}{% endfor %}", "template_unreadable 1"),
        ("{% for c in name %}x{% endfor %}", "template_unreadable 1"),
        ("{% for name in items %}x{% endfor %}", "template_unreadable 1"),
        ("uno\nhttps://banco.com", "template_foreign_link - 2"),
        ("{{ 'www.banco.com' }}", "template_foreign_link - 1"),
        ("ban{{ '' }}co.{{ 'com' }}", "template_foreign_link - 1"),
        ("ht{% if plan %}tps://{% endif %}x", "template_foreign_link - 1"),
    ] {
        let found = mail(body).checked().and_then(|template| check(&template));
        let found = match found {
            Ok(()) => "taken".to_owned(),
            Err(saldo_domain::Refusal::Template(refusal)) => {
                use saldo_domain::message_template::TemplateRefusal as R;
                let line = refusal.place().map_or(0, |place| place.line);
                match &refusal {
                    R::VariableUnknown { name, .. } => format!("{} {name} {line}", refusal.code()),
                    R::ForeignLink(_) => format!("{} - {line}", refusal.code()),
                    _ => format!("{} {line}", refusal.code()),
                }
            }
            Err(other) => other.code().to_owned(),
        };
        assert_eq!(found, expected, "{body}");
    }
}

#[test]
fn facts_have_exactly_the_documented_variables() {
    let facts = serde_json::to_value(example(Language::Es, Tone::Neutral, true)).expect("JSON");
    let names: std::collections::BTreeSet<&str> =
        facts.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(names, VARIABLES.into_iter().collect());
    let item: Vec<String> = facts["items"][0].as_object().expect("an item").keys().cloned().collect();
    let documented: std::collections::BTreeSet<&str> =
        saldo_domain::message_template::ITEM_FIELDS.into_iter().collect();
    assert_eq!(item.iter().map(String::as_str).collect::<std::collections::BTreeSet<_>>(), documented);
}

#[test]
fn every_built_in_template_passes_the_checks_of_finances_own() {
    for key in BUILTIN {
        let template = builtin_template(key).expect("built in");
        assert_eq!(check(template), Ok(()), "{key}");
        assert_eq!(template.texts.len(), Language::ALL.len() * Channel::ALL.len(), "{key}");
    }
}

#[test]
fn built_in_words_name_who_writes_and_never_threaten() {
    let harsh =
        ["legal", "demanda", "embargo", "abogad", "court", "lawsuit", "judicial", "buró", "serasa", "polic", "threat"];
    for key in BUILTIN {
        for language in Language::ALL {
            for channel in Channel::ALL {
                for (tone, whole) in
                    [(Tone::Friendly, true), (Tone::Neutral, false), (Tone::Firm, true), (Tone::Firm, false)]
                {
                    let said = builtin(key).expect("built in").say(language, channel, &example(language, tone, whole));
                    let said = said.expect("it speaks").expect("in every language on every channel");
                    let words = format!("{} {}", said.subject.clone().unwrap_or_default(), said.body).to_lowercase();
                    let at = format!("{key} {} {} {tone:?}", language.tag(), channel.as_str());
                    assert!(words.contains("1.250") || words.contains("1,250"), "{at}: the amount: {words}");
                    assert!(channel == Channel::Banner || words.contains("norte"), "{at}: the creditor: {words}");
                    let call = channel == Channel::Call;
                    assert!(call || !harsh.iter().any(|word| words.contains(word)), "{at}: {words}");
                    assert!(!said.body.contains("\n\n\n") && !said.body.contains("  "), "{at}: {:?}", said.body);
                    let linked = matches!(channel, Channel::Sms | Channel::Whatsapp);
                    assert!(!linked || said.body.contains(&example(language, tone, whole).link), "{at}: the link");
                }
            }
        }
    }
}

#[test]
fn built_in_text_messages_fit_two_segments_with_the_link_that_they_carry() {
    let link = format!("https://pagos.ferreteria.example/s/{}", "x".repeat(crate::secret::CODE_CHARS));
    let mut single = 0;
    for key in BUILTIN {
        for language in Language::ALL {
            for (creditor, amount) in [("Norte", "$1,250.00"), ("Ferretería Ñandú – São João", "R$\u{a0}1.234.567,89")]
            {
                let mut facts = example(language, Tone::Neutral, false);
                (facts.creditor, facts.amount) = (creditor.to_owned(), amount.to_owned());
                (facts.link, facts.promised_on) = (link.clone(), facts.due_on.clone());
                let facts = facts.for_text_message();
                let said = builtin(key).expect("built in").say(language, Channel::Sms, &facts);
                let said = said.expect("speaks").expect("words");
                let length = text_length(&said.body);
                let at = format!("{key} {}: {} {}", language.tag(), length.places, said.body);
                assert_eq!(length.encoding, Encoding::Gsm7, "{at}");
                assert!(length.segments <= 2, "{at}");
                assert!(creditor != "Norte" || !["due", "upcoming"].contains(&key) || length.segments == 1, "{at}");
                single += usize::from(length.segments == 1);
            }
        }
    }
    assert!(single >= BUILTIN.len() * Language::ALL.len(), "half of them are one: {single}");
}

#[test]
fn a_whatsapp_template_is_filled_in_its_order() {
    let facts = example(Language::Pt, Tone::Neutral, false);
    let said = builtin("overdue").expect("built in").say(Language::Pt, Channel::Whatsapp, &facts);
    let (approved, filled) = said.expect("speaks").expect("words").whatsapp.expect("approved");
    assert_eq!((approved.name.as_str(), approved.language_code.as_str()), ("saldo_overdue", "pt_BR"));
    assert_eq!(filled, [facts.name, facts.creditor, facts.amount, facts.due_on, facts.link]);
}

#[test]
fn only_our_own_link_becomes_active() {
    let link = "https://saldo.example/l/abc";
    let found = paragraphs(&format!("Hola http://x.example\n\n{link}\n\nVea {link} hoy"), link);
    assert_eq!(found.iter().map(|one| one.button).collect::<Vec<_>>(), [false, true, false]);
    let parts: Vec<(&str, bool)> = found[2].parts.iter().map(|part| (part.text.as_str(), part.link)).collect();
    assert_eq!(parts, [("Vea ", false), (link, true), (" hoy", false)]);
    assert!(found[0].parts.iter().all(|part| !part.link));
}

#[test]
fn names_cannot_break_out_of_a_subject_or_a_paragraph() {
    let template = mail("{{ name }}");
    let mut facts = example(Language::Es, Tone::Neutral, false);
    facts.name = "Ana\r\nBcc: x@y.z {{ link }} <b>".to_owned();
    let said = Compiled::try_new(&MessageTemplate {
        texts: vec![TemplateText { subject: Some("{{ name }}".into()), ..template.texts[0].clone() }],
        ..template
    });
    let said = said.expect("compiles").say(Language::Es, Channel::Email, &facts).expect("speaks").expect("words");
    assert_eq!(said.subject.as_deref(), Some("Ana Bcc: x@y.z {{ link }} <b>"));
    assert!(said.body.contains("{{ link }}"), "what a name holds is never read as a template: {}", said.body);
}
