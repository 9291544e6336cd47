use crate::Gallery;
use crate::sample::*;
use saldo_app::flows::policy::PolicyBody;
use saldo_app::flows::preview_message::MessagePreview;
use saldo_app::mail::MailLine;
use saldo_app::wording::{builtin, paragraphs, sample};
use saldo_domain::currency::Currency;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::message_template::text_length;
use saldo_domain::policy::PolicyKind;
use saldo_domain::reminder::{Channel, Escalation, Tone};
use saldo_portal::Chrome;
use saldo_portal::pages::console::terms::{Around, EditView, PublishForm, Typed, editor};

pub fn write(gallery: &mut Gallery) {
    let chrome = Chrome { signed_in: false, test_mode: true, ..chrome(&mexico(), Language::Es) };
    ladder(gallery, &chrome);
    for (name, channel) in [("email", Channel::Email), ("sms", Channel::Sms), ("letter", Channel::Letter)] {
        message(gallery, &chrome, name, channel);
    }
}

fn view(kind: PolicyKind, typed: Typed, body: Option<PolicyBody>, around: Around) -> EditView {
    EditView {
        kind,
        kept: Some((id(40), 1)),
        typed,
        problems: Vec::new(),
        body,
        around,
        changed: None,
        replay: None,
        publish: PublishForm::default(),
        history: Vec::new(),
        now: now(),
    }
}

fn ladder(gallery: &mut Gallery, chrome: &Chrome) {
    let kind = PolicyKind::Dunning;
    let editor = editor(kind).expect("ladders have an editor");
    let mut policy = saldo_domain::reminder::DunningPolicy::standard(Currency::MXN);
    policy.steps.retain(|step| [-7, 3, 30].contains(&step.offset));
    policy.steps.truncate(3);
    policy.steps[1].channels = vec![Channel::Whatsapp, Channel::Sms, Channel::Email];
    policy.steps[2].escalation = Some(Escalation::FinalNotice);
    policy.stale_after_hours = Some(48);
    let body = PolicyBody::Dunning(policy);
    let mut typed = editor.typed(&body, chrome);
    typed.set("name", "Cartera general");
    typed.set("open", "2");
    gallery.add("console-ladder", &view(kind, typed, Some(body), Around::default()), chrome);
}

fn message(gallery: &mut Gallery, chrome: &Chrome, name: &str, channel: Channel) {
    let kind = PolicyKind::MessageTemplate;
    let editor = editor(kind).expect("messages have an editor");
    let mut typed = editor.blank(Currency::MXN, chrome);
    typed.set("name", "Mora, tono propio");
    typed.set("at", format!("es_{}", channel.as_str()));
    let body = editor.read(&typed, chrome).ok();
    let around = Around { keys: Vec::new(), preview: Some(Ok(preview(channel))) };
    gallery.add(&format!("console-message-{name}"), &view(kind, typed, body, around), chrome);
}

fn preview(channel: Channel) -> MessagePreview {
    let locale = Locale::new(Language::Es, "MX");
    let facts = sample(&locale, &mexico().name, Currency::MXN, Tone::Neutral, false);
    let said = builtin("overdue").expect("built in").say(Language::Es, channel, &facts);
    let said = said.expect("it speaks").expect("it has words");
    let mail = channel == Channel::Email;
    let line = |label: &str, note: Option<&str>, amount: &str| MailLine {
        label: label.to_owned(),
        note: note.map(str::to_owned),
        amount: amount.to_owned(),
    };
    let lines = vec![
        line("Factura F-1041", Some("Venció el 3 de marzo de 2026"), "$1,000.00"),
        line("Factura F-1058", Some("Venció el 9 de marzo de 2026"), "$250.00"),
    ];
    MessagePreview {
        language: Language::Es,
        channel,
        own: mail,
        subject: said.subject.clone(),
        paragraphs: paragraphs(&said.body, &facts.link),
        length: (channel == Channel::Sms).then(|| text_length(&said.body)),
        text: said.body,
        html: None,
        lines: if mail { lines } else { Vec::new() },
        totals: if mail { vec![line("Total", None, "$1,250.00")] } else { Vec::new() },
        action: "Ver mi estado de cuenta y pagar".to_owned(),
        button: mail,
        small: if mail {
            vec!["El enlace es personal; le recomendamos no reenviar este correo.".to_owned()]
        } else {
            Vec::new()
        },
        whatsapp: None,
        debtor: None,
    }
}
