use super::*;
use crate::Refusal;

fn text(channel: Channel, subject: Option<&str>, body: &str) -> TemplateText {
    let subject = subject.map(str::to_owned);
    TemplateText { language: Language::Es, channel, subject, body: body.to_owned(), whatsapp: None }
}

fn template(key: &str, texts: Vec<TemplateText>) -> MessageTemplate {
    MessageTemplate { key: key.to_owned(), texts }
}

fn code(template: MessageTemplate) -> &'static str {
    template.checked().map_or_else(|refusal| refusal.code(), |_| "taken")
}

#[test]
fn a_template_is_taken_or_refused_by_this_table() {
    let mail = |body: &str| text(Channel::Email, Some("Hola {{ name }}"), body);
    let sms = |body: &str| text(Channel::Sms, None, body);
    let long = "a".repeat(41);
    for (expected, template) in [
        ("taken", template("overdue", vec![mail("Debe {{ amount }}."), sms("{{ link }}")])),
        ("template_key_unreadable", template("", vec![mail("x")])),
        ("template_key_unreadable", template("Over due", vec![mail("x")])),
        ("template_key_unreadable", template(&long, vec![mail("x")])),
        ("text_length", template("overdue", vec![])),
        ("text_length", template("overdue", vec![mail("   ")])),
        ("text_length", template("overdue", vec![text(Channel::Email, None, "x")])),
        ("text_length", template("overdue", vec![text(Channel::Email, Some("a\nb"), "x")])),
        ("text_length", template("overdue", vec![text(Channel::Sms, Some("x"), "x")])),
        ("text_length", template("overdue", vec![sms(&"x".repeat(1_001))])),
        ("card_number_in_text", template("overdue", vec![sms("Pague a 4242 4242 4242 4242")])),
        ("template_text_repeated", template("overdue", vec![sms("a"), mail("b"), sms("c")])),
        ("template_foreign_link", template("overdue", vec![sms("Pague en http://evil.example")])),
        ("template_foreign_link", template("overdue", vec![text(Channel::Email, Some("pague en banco.com"), "x")])),
    ] {
        assert_eq!(code(template.clone()), expected, "{template:?}");
    }
}

#[test]
fn a_refusal_names_language_channel_and_line() {
    let body = "Hola {{ name }},\n{# a note\nof two lines #}\nvea www.otro";
    let refused = template("overdue", vec![text(Channel::Sms, None, body)]).checked();
    let place = TemplatePlace { language: Language::Es, channel: Channel::Sms, in_subject: false, line: 4 };
    assert_eq!(refused, Err(Refusal::Template(TemplateRefusal::ForeignLink(place))));
}

#[test]
fn whatsapp_takes_names_languages_and_variables_that_exist() {
    let approved = |name: &str, code: &str, parameters: &[&str]| WhatsappTemplate {
        name: name.to_owned(),
        language_code: code.to_owned(),
        parameters: parameters.iter().map(|one| (*one).to_owned()).collect(),
    };
    for (expected, channel, whatsapp) in [
        ("taken", Channel::Whatsapp, approved("saldo_overdue", "es_MX", &["name", "amount", "link"])),
        ("taken", Channel::Whatsapp, approved("saldo_overdue", "pt", &[])),
        ("template_whatsapp_unreadable", Channel::Whatsapp, approved("Saldo", "es", &[])),
        ("template_whatsapp_unreadable", Channel::Whatsapp, approved("saldo", "es-MX", &[])),
        ("template_whatsapp_unreadable", Channel::Whatsapp, approved("saldo", "spanish", &[])),
        ("template_whatsapp_unreadable", Channel::Sms, approved("saldo", "es", &[])),
        ("template_variable_unknown", Channel::Whatsapp, approved("saldo", "es", &["price"])),
        ("template_variable_unknown", Channel::Whatsapp, approved("saldo", "es", &["items"])),
    ] {
        let one = TemplateText { whatsapp: Some(whatsapp.clone()), ..text(channel, None, "Hola") };
        assert_eq!(code(template("overdue", vec![one])), expected, "{whatsapp:?}");
    }
}

#[test]
fn only_what_programs_make_a_link_of_is_foreign() {
    for foreign in [
        "http://evil.example/x",
        "HTTPS://EVIL",
        "www.banco",
        "entre a banco.com",
        "BANCO.COM",
        "pagos.banco.com.mx/entrar",
        "(banco.pe)",
        "escriba a cobranza@banco.com",
        "wa.me/5215512345678",
        "10.0.0.1/x",
        "<a href='x'>",
        "mailto:a",
        "bit.ly/x",
        "ejemplo.test/pagar",
        "tel:+525512345678",
    ] {
        assert_eq!(foreign_link(foreign), Some(1), "{foreign}");
    }
    for own in [
        "Su factura está vencida.Si ya pagó, gracias.",
        "Distribuidora del Norte, S.A. de C.V.",
        "A las 5 p.m. o a las 11.30",
        "Factura F-1.204/2026 por $1,234.50",
        "Sr./Sra. López: 1.2.3",
        "y/o",
        "",
    ] {
        assert_eq!(foreign_link(own), None, "{own}");
    }
    assert_eq!(foreign_link("uno\ndos\nbanco.com"), Some(3));
}

#[test]
fn a_text_message_is_counted_as_the_networks_count_it() {
    for (text, encoding, places, segments) in [
        (String::new(), Encoding::Gsm7, 0, 1),
        ("a".repeat(160), Encoding::Gsm7, 160, 1),
        ("a".repeat(161), Encoding::Gsm7, 161, 2),
        ("a".repeat(306), Encoding::Gsm7, 306, 2),
        ("a".repeat(307), Encoding::Gsm7, 307, 3),
        ("€".repeat(80), Encoding::Gsm7, 160, 1),
        ("¿Ñandú à é?".replace('ú', "u"), Encoding::Gsm7, 11, 1),
        // á, í, ó, ú and ã are not in GSM 7.
        ("á".repeat(70), Encoding::Ucs2, 70, 1),
        ("á".repeat(71), Encoding::Ucs2, 71, 2),
        ("😀".to_owned(), Encoding::Ucs2, 2, 1),
    ] {
        assert_eq!(text_length(&text), TextLength { encoding, places, segments }, "{text}");
    }
}

#[test]
fn a_name_is_written_in_the_small_alphabet_as_far_as_its_letters_allow() {
    for (text, expected) in [
        ("Ferretería Ñandú", "Ferreteria Ñandu"),
        ("3 de março", "3 de marco"),
        ("São João", "Sao Joao"),
        ("R$\u{a0}1.234,50", "R$ 1.234,50"),
        ("“Élan” – d’Été…", "\"Élan\" - d'Été."),
        ("Δ Ελλάς", "Δ Ελλάς"),
    ] {
        assert_eq!(in_small_alphabet(text), expected);
    }
}
