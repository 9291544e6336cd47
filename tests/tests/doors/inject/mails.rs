//! What leaves by mail: the HTML in Chromium, which shows it without any policy, the headers on the wire.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use saldo_domain::actor::Actor;
use saldo_domain::ids::CreditorId;
use saldo_domain::member::Role;
use saldo_domain::planted::Bug;
use saldo_providers::channel::{Mail, MessageChannel, Outgoing, SmtpChannel, SmtpConfig, SmtpTls};
use saldo_providers::doubles::smtp::{SinkConfig, SinkTls, SmtpSink};
use saldo_tests::browser::{Browser, Options};
use saldo_tests::figures::record;
use saldo_tests::origin::Origin;
use uuid::Uuid;

use super::page::{listen, look};
use super::payloads::refused;
use super::prey::{Prey, World};

fn mails_to<'a>(world: &'a World, prey: &Prey) -> Vec<&'a Mail> {
    let address = format!("d{}@example.com", prey.at);
    world.mails.iter().filter(|mail| mail.to.email == address).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_carry_what_was_typed_as_text_and_in_one_header() {
    let world = World::open(|_| true).await;
    for prey in &world.prey {
        let mails = mails_to(&world, prey);
        assert!(mails.len() >= 2, "an invoice and a receipt at least: {}", mails.len());
        let number = prey.says.of("invoice.number");
        let told = mails.iter().any(|mail| mail.text.contains(&number));
        assert!(told, "no mail names {number:?}");
    }
    on_the_wire(&world).await;
    let Some(browser) = Browser::open(Options::default()).await else { return };
    listen(&browser).await;
    let pages = world.mails.iter().enumerate().fold(Router::new(), |router, (at, mail)| {
        let html = mail.html.clone();
        router.route(&format!("/{at}"), get(move || async { Html(html) }))
    });
    let origin = Origin::serve(pages).await;
    for (at, mail) in world.mails.iter().enumerate() {
        browser.goto(&format!("{}/{at}", origin.url)).await;
        let looked = look(&browser, world.hook.host(), &format!("the mail {:?}", mail.subject)).await;
        let ours = |link: &String| link.starts_with(&world.product.url);
        assert!(looked.links.iter().all(ours), "P13: a mail leads elsewhere: {:?}", looked.links);
    }
    assert_eq!(world.hook.count(), 0, "P13: a mail asked what was typed");
    record(Bug::UnescapedNote, "mails", &format!("{} mails", world.mails.len()));
}

/// Every header that a mail of ours may have.
const HEADERS: [&str; 13] = [
    "auto-submitted",
    "content-disposition",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "message-id",
    "mime-version",
    "reply-to",
    "subject",
    "to",
];

async fn on_the_wire(world: &World) {
    let set_up = SinkConfig { tls: SinkTls::None, credentials: None, takes_groups: true };
    let sink = SmtpSink::start(set_up).await.expect("a mail server");
    let mut config = SmtpConfig::new("localhost", sink.port(), SmtpTls::Plaintext);
    config.timeout = Duration::from_secs(5);
    config.extra_root_pem = Some(sink.root_pem().to_owned());
    let channel = SmtpChannel::try_new(config).expect("a channel");
    for mail in &world.mails {
        let sent = channel.hand_over(CreditorId(Uuid::nil()), &Outgoing::Mail(mail.clone())).await;
        sent.unwrap_or_else(|fault| panic!("{fault:?}: {:?}", mail.subject));
    }
    let received = sink.received();
    assert_eq!(received.len(), world.mails.len());
    for (message, mail) in received.iter().zip(&world.mails) {
        assert_eq!(message.to, mail.to.email, "P13: a mail goes to somebody else");
        let (head, _) = message.data.split_once("\r\n\r\n").expect("a header");
        let names: Vec<String> = names_of(head);
        let known = names.iter().all(|name| HEADERS.contains(&name.as_str()));
        let once = names.iter().collect::<BTreeSet<_>>().len() == names.len();
        assert!(known && once, "P13: a header was added: {names:?}");
    }
}

/// The names of the headers of a head; a line that begins with a space goes on with the one before.
fn names_of(head: &str) -> Vec<String> {
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split(':').next().unwrap_or_default().to_ascii_lowercase()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_end_a_line_or_turn_it_round_is_taken_by_no_field_of_one_line() {
    let world = World::open(|_| false).await;
    let (api, app) = (&world.api, &world.product.app);
    let issue = |number: &str, what: &str| {
        serde_json::json!({"debtor_reference": "<i>debtor.reference</i> 0", "number": number, "description": what,
            "issued_on": "2026-02-01", "due_on": "2026-05-01", "amount": {"minor": 1, "currency": "MXN"}})
    };
    for (name, text) in refused() {
        let debtor = |reference: &str, who: &str| serde_json::json!({"reference": reference, "name": who});
        for (path, body) in [("reference", debtor(&text, "x")), ("name", debtor("R-1", &text))] {
            let answer = api.put("/v1/debtors", &body).await;
            assert_eq!((answer.status, answer.code().as_str()), (422, "text_length"), "{name} as {path}");
        }
        for (path, body) in [("number", issue(&text, "x")), ("description", issue("N-1", &text))] {
            let answer = api.post("/v1/invoices", &body).await;
            assert_eq!((answer.status, answer.code().as_str()), (422, "text_length"), "{name} as {path}");
        }
        let (actor, creditor) = (&Actor::Operator, world.creditor.id);
        let invite = saldo_app::flows::manage_members::invite;
        let email = format!("x-{}@example.com", name.replace(' ', "-"));
        let member = invite(app, creditor, actor, &email, &text, Role::Agent).await;
        assert!(member.is_err(), "{name} as a member's name");
        let country = serde_json::json!({"reference": "R-1", "name": "x", "country": text});
        assert_eq!(api.put("/v1/debtors", &country).await.code(), "country_unknown", "{name} as a country");
    }
}
