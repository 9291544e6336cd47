//! How Twilio and the Cloud API of Meta keep the promises of a channel, and what only they do.

use crate::channels::{Rig, Wrong};
use crate::rig::HandClock;
use jiff::SignedDuration;
use saldo_domain::ids::CreditorId;
use saldo_providers::Secret;
use saldo_providers::channel::{
    ChannelFault, HandedOver, MessageChannel, Outgoing, TextMessage, Twilio, TwilioConfig, Whatsapp, WhatsappConfig,
    WhatsappMessage, WhatsappTemplate,
};
use saldo_providers::doubles::messages::{MessagesDouble, Reaction, Speaks};
use std::sync::Arc;
use std::time::Duration;

pub const CREDITOR: CreditorId = CreditorId(uuid::Uuid::from_u128(7));
pub const ACCOUNT: &str = "AC00000000000000000000000000000001";

pub struct TwilioRig {
    pub double: MessagesDouble,
    pub channel: Twilio,
}

impl TwilioRig {
    pub async fn start() -> Self {
        let token = Secret::new("never_print_me");
        let speaks = Speaks::Twilio { account: ACCOUNT.to_owned(), token: token.clone() };
        let double = MessagesDouble::start(speaks).await.unwrap();
        let config = TwilioConfig {
            account: ACCOUNT.to_owned(),
            token,
            sender: "+525500000000".to_owned(),
            public_url: "https://pay.example.mx".to_owned(),
            base_url: Some(double.base_url()),
            timeout: Duration::from_millis(1_500),
        };
        Self { double, channel: Twilio::try_new(config).unwrap() }
    }
}

pub struct WhatsappRig {
    pub double: MessagesDouble,
    pub channel: Whatsapp,
}

impl WhatsappRig {
    pub async fn start() -> Self {
        let (token, app_secret) = (Secret::new("never_print_me"), Secret::new("app_never_print_me"));
        let speaks = Speaks::Whatsapp {
            phone_number_id: "1055".to_owned(),
            token: token.clone(),
            app_secret: app_secret.clone(),
        };
        let double = MessagesDouble::start(speaks).await.unwrap();
        let config = WhatsappConfig {
            phone_number_id: "1055".to_owned(),
            token,
            app_secret,
            verify_token: Secret::new("our word"),
            version: "v23.0".to_owned(),
            base_url: Some(double.base_url()),
            timeout: Duration::from_millis(1_500),
            now: Arc::new(|| HandClock::new().now()),
        };
        Self { double, channel: Whatsapp::try_new(config).unwrap() }
    }
}

fn wrong(wrong: Wrong, nobody: i64) -> Reaction {
    match wrong {
        Wrong::Busy => Reaction::Refuse { status: 429, code: None, retry_after: Some(30) },
        Wrong::NoSuchAddress => Reaction::refuse(400, nobody),
        Wrong::NoAnswer => Reaction::TakeAndHang,
    }
}

fn told(double: &MessagesDouble, name: &str) -> Vec<String> {
    assert_eq!(double.violations(), Vec::<String>::new());
    let id = |asked: &serde_json::Value| {
        let text = asked[name].as_str().unwrap_or_default();
        text.rsplit("message=").next().unwrap_or_default().to_owned()
    };
    double.taken().iter().map(|taken| id(&taken.asked)).collect()
}

impl Rig for TwilioRig {
    fn channel(&self) -> &dyn MessageChannel {
        &self.channel
    }

    fn message(&self, id: &str) -> Outgoing {
        text(id)
    }

    fn next_goes_wrong(&self, how: Wrong) {
        self.double.script([wrong(how, 21_211)]);
    }

    fn left(&self) -> Vec<String> {
        told(&self.double, "StatusCallback")
    }
}

impl Rig for WhatsappRig {
    fn channel(&self) -> &dyn MessageChannel {
        &self.channel
    }

    fn message(&self, id: &str) -> Outgoing {
        whatsapp(id)
    }

    fn next_goes_wrong(&self, how: Wrong) {
        self.double.script([wrong(how, 131_026)]);
    }

    fn left(&self) -> Vec<String> {
        told(&self.double, "biz_opaque_callback_data")
    }
}

fn text(id: &str) -> Outgoing {
    Outgoing::Text(TextMessage {
        message_id: id.to_owned(),
        to: "+525512345678".to_owned(),
        body: "Hola, Ana: su saldo es de $1,234.50.".to_owned(),
    })
}

fn whatsapp(id: &str) -> Outgoing {
    Outgoing::Whatsapp(WhatsappMessage {
        message_id: id.to_owned(),
        to: "+525512345678".to_owned(),
        body: "Hola, Ana".to_owned(),
        template: Some(WhatsappTemplate {
            name: "saldo_overdue".to_owned(),
            language_code: "es_MX".to_owned(),
            parameters: vec!["Ana\nPeña".to_owned(), "$1,234.50".to_owned()],
        }),
        last_reply_at: None,
    })
}

fn word(answer: &HandedOver) -> &'static str {
    match answer {
        Ok(_) => "sent",
        Err(ChannelFault::Retry { .. }) => "retry",
        Err(ChannelFault::Busy { .. }) => "busy",
        Err(ChannelFault::Permanent { .. }) => "permanent",
        Err(ChannelFault::Unreachable { stopped: false, .. }) => "unreachable",
        Err(ChannelFault::Unreachable { stopped: true, .. }) => "stopped",
        Err(ChannelFault::Unknown { .. }) => "unknown",
    }
}

/// Each answer, what it is taken for, whether the message left, and how many requests it took.
async fn judge(table: Vec<(Reaction, &'static str, bool, usize)>, rig: impl AsyncFn() -> Box<dyn Judged>) {
    for (reaction, expected, left, requests) in table {
        let rig = rig().await;
        // Repeated answers are all alike.
        rig.double().script(vec![reaction.clone(); requests]);
        let answer = rig.channel().hand_over(CREDITOR, &rig.message("one")).await;
        assert_eq!(word(&answer), expected, "{reaction:?}: {answer:?}");
        assert_eq!(rig.left().len(), usize::from(left), "{reaction:?}");
        assert_eq!(rig.double().request_count(), requests, "{reaction:?}");
        assert!(!format!("{answer:?}").contains("never_print_me"));
    }
}

trait Judged: Rig {
    fn double(&self) -> &MessagesDouble;
}

impl Judged for TwilioRig {
    fn double(&self) -> &MessagesDouble {
        &self.double
    }
}

impl Judged for WhatsappRig {
    fn double(&self) -> &MessagesDouble {
        &self.double
    }
}

fn shared() -> Vec<(Reaction, &'static str, bool, usize)> {
    let proxy = |status| Reaction::Refuse { status, code: None, retry_after: None };
    vec![
        (Reaction::Take, "sent", true, 1),
        (Reaction::TakeAndSay("<html>hello</html>".to_owned()), "unknown", true, 1),
        (Reaction::TakeAndSay("{}".to_owned()), "unknown", true, 1),
        (Reaction::TakeAndSay("x".repeat(300_000)), "unknown", true, 1),
        (Reaction::TakeAndHang, "unknown", true, 1),
        (Reaction::TakeAndBreakOff, "unknown", true, 1),
        (Reaction::Refuse { status: 429, code: None, retry_after: Some(30) }, "busy", false, 1),
        (Reaction::Refuse { status: 429, code: None, retry_after: Some(0) }, "busy", false, 3),
        (proxy(503), "retry", false, 3),
        (proxy(500), "unknown", false, 1),
        (proxy(502), "unknown", false, 1),
        (proxy(401), "retry", false, 3),
        (proxy(404), "permanent", false, 1),
    ]
}

#[tokio::test]
async fn every_answer_of_twilio_says_what_is_sure() {
    let mut table = shared();
    table.extend([
        (Reaction::refuse(400, 21_211), "unreachable", false, 1),
        (Reaction::refuse(400, 21_614), "unreachable", false, 1),
        (Reaction::refuse(400, 21_610), "stopped", false, 1),
        (Reaction::refuse(400, 21_617), "permanent", false, 1),
        (Reaction::refuse(401, 20_003), "retry", false, 3),
        (Reaction::refuse(500, 20_500), "retry", false, 3),
    ]);
    judge(table, async || Box::new(TwilioRig::start().await) as Box<dyn Judged>).await;
}

#[tokio::test]
async fn every_answer_of_the_cloud_api_says_what_is_sure() {
    let mut table = shared();
    table.extend([
        (Reaction::refuse(400, 131_026), "unreachable", false, 1),
        (Reaction::refuse(400, 131_050), "stopped", false, 1),
        (Reaction::refuse(400, 131_047), "permanent", false, 1),
        (Reaction::refuse(400, 132_000), "permanent", false, 1),
        (Reaction::refuse(429, 130_429), "busy", false, 1),
        (Reaction::refuse(401, 190), "retry", false, 3),
        (Reaction::refuse(503, 131_016), "retry", false, 3),
        (Reaction::refuse(500, 131_000), "unknown", false, 1),
    ]);
    judge(table, async || Box::new(WhatsappRig::start().await) as Box<dyn Judged>).await;
}

#[tokio::test]
async fn nobody_there_is_to_be_tried_again() {
    let rig = TwilioRig::start().await;
    drop(rig.double);
    let answer = rig.channel.hand_over(CREDITOR, &text("one")).await;
    assert_eq!(word(&answer), "retry", "{answer:?}");
}

#[tokio::test]
async fn free_text_goes_inside_the_window_and_a_template_outside() {
    let now = HandClock::new().now();
    let ago =
        |hours: i64, minutes: i64| Some(now.checked_sub(SignedDuration::from_mins(hours * 60 + minutes)).unwrap());
    let table = [
        (None, true, Some("template")),
        (ago(0, 1), true, Some("text")),
        (ago(23, 54), true, Some("text")),
        (ago(23, 56), true, Some("template")),
        (ago(24, 1), true, Some("template")),
        (ago(24, 1), false, None),
        (ago(1, 0), false, Some("text")),
    ];
    for (last_reply_at, has_template, expected) in table {
        let rig = WhatsappRig::start().await;
        let Outgoing::Whatsapp(mut message) = whatsapp("one") else { unreachable!() };
        message.last_reply_at = last_reply_at;
        message.template = message.template.filter(|_| has_template);
        let answer = rig.channel.hand_over(CREDITOR, &Outgoing::Whatsapp(message)).await;
        let kinds: Vec<String> =
            rig.double.taken().iter().map(|taken| taken.asked["type"].as_str().unwrap().to_owned()).collect();
        assert_eq!(kinds, expected.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{last_reply_at:?}");
        assert_eq!(word(&answer), if expected.is_some() { "sent" } else { "permanent" });
        assert_eq!(rig.double.violations(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_group_is_answered_in_its_order_with_few_requests_at_once() {
    let rig = TwilioRig::start().await;
    let group: Vec<(CreditorId, Outgoing)> = (0..20).map(|at| (CREDITOR, text(&at.to_string()))).collect();
    let answers = rig.channel.hand_over_many(&group).await;
    let ids: Vec<String> = answers.into_iter().map(|answer| answer.unwrap().message_id).collect();
    assert_eq!(ids, (0..20).map(|at| at.to_string()).collect::<Vec<_>>());
    assert_eq!(rig.double.taken().len(), 20);
}
