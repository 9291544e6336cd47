//! What every message channel promises: in memory, over SMTP, through Twilio and through the Cloud API.

use crate::rig::HandClock;
use async_trait::async_trait;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::locale::Language;
use saldo_providers::Secret;
use saldo_providers::channel::{
    Banner, ChannelFault, HandedOver, Mail, MailAddress, MemoryChannel, MessageChannel, Outgoing, Scripted,
    SmtpChannel, SmtpConfig, SmtpTls,
};
use saldo_providers::doubles::smtp::{SinkConfig, SinkStep, SinkTls, SmtpSink};
use std::time::Duration;

/// How a hand-over may go wrong.
#[derive(Clone, Copy)]
pub enum Wrong {
    Busy,
    NoSuchAddress,
    NoAnswer,
}

/// A channel with its outside.
#[async_trait]
pub trait Rig {
    fn channel(&self) -> &dyn MessageChannel;
    /// A message of this channel.
    fn message(&self, id: &str) -> Outgoing {
        Outgoing::Mail(mail(id))
    }
    fn next_goes_wrong(&self, wrong: Wrong);
    /// The ids of the messages that left.
    fn left(&self) -> Vec<String>;
}

impl Rig for MemoryChannel {
    fn channel(&self) -> &dyn MessageChannel {
        self
    }

    fn next_goes_wrong(&self, wrong: Wrong) {
        let detail = String::new();
        self.script([match wrong {
            Wrong::Busy => Scripted::FailBefore(ChannelFault::Retry { detail }),
            Wrong::NoSuchAddress => Scripted::FailBefore(ChannelFault::Permanent { detail }),
            Wrong::NoAnswer => Scripted::FailAfter(ChannelFault::Unknown { detail }),
        }]);
    }

    fn left(&self) -> Vec<String> {
        self.sent().into_iter().map(|mail| mail.message_id).collect()
    }
}

pub struct SmtpRig {
    pub sink: SmtpSink,
    pub channel: SmtpChannel,
}

impl SmtpRig {
    pub async fn start() -> Self {
        Self::start_with(SinkTls::None, None, |_| {}).await
    }

    pub async fn start_with(
        tls: SinkTls,
        credentials: Option<(String, Secret)>,
        change: impl FnOnce(&mut SmtpConfig),
    ) -> Self {
        let sink = SmtpSink::start(SinkConfig { tls, credentials, takes_groups: true }).await.unwrap();
        let tls = match tls {
            SinkTls::None => SmtpTls::Plaintext,
            SinkTls::Starttls => SmtpTls::Starttls,
            SinkTls::Implicit => SmtpTls::Implicit,
        };
        let mut config = SmtpConfig::new("localhost", sink.port(), tls);
        config.timeout = Duration::from_millis(1_500);
        config.extra_root_pem = Some(sink.root_pem().to_owned());
        change(&mut config);
        Self { sink, channel: SmtpChannel::try_new(config).unwrap() }
    }
}

impl Rig for SmtpRig {
    fn channel(&self) -> &dyn MessageChannel {
        &self.channel
    }

    fn next_goes_wrong(&self, wrong: Wrong) {
        self.sink.script([match wrong {
            Wrong::Busy => SinkStep::RefuseRecipient(451),
            Wrong::NoSuchAddress => SinkStep::RefuseRecipient(550),
            Wrong::NoAnswer => SinkStep::CloseAfter,
        }]);
    }

    fn left(&self) -> Vec<String> {
        let id = |data: &str| data.split("Message-ID: <").nth(1)?.split('>').next().map(str::to_owned);
        self.sink.received().iter().filter_map(|message| id(&message.data)).collect()
    }
}

/// Hands one mail over, whoever's it is.
pub async fn hand_over(channel: &dyn MessageChannel, mail: &Mail) -> HandedOver {
    channel.hand_over(CreditorId(uuid::Uuid::nil()), &Outgoing::Mail(mail.clone())).await
}

pub fn mail(id: &str) -> Mail {
    Mail {
        message_id: format!("{id}@saldo.example"),
        date: HandClock::new().now(),
        from: MailAddress::named("Ferretería Núñez", "cobros@saldo.example"),
        reply_to: Some(MailAddress::bare("nunez@example.mx")),
        to: MailAddress::named("Ana Peña", "ana@example.mx"),
        subject: "Su saldo: $1,234.50 — vence mañana".to_owned(),
        text: "Hola, Ana:\n.\n..dos puntos\nGracias".to_owned(),
        html: "<p>Hola, Ana</p>".to_owned(),
        list_unsubscribe_url: Some("https://pay.example.mx/unsubscribe/AbC".to_owned()),
        attachments: Vec::new(),
    }
}

async fn a_message_leaves_once(rig: &dyn Rig) {
    let message = rig.message("one");
    let receipt = rig.channel().hand_over(nobody(), &message).await.unwrap();
    assert_eq!(receipt.message_id, message.message_id());
    assert!(!receipt.provider_reference.is_empty() && !receipt.answer.is_empty());
    assert_eq!(rig.left(), [message.message_id()]);
}

async fn a_fault_says_whether_the_message_may_have_left(rig: &dyn Rig) {
    let table = [
        (Wrong::Busy, "busy", (false, true), false),
        (Wrong::NoSuchAddress, "nobody", (false, false), false),
        (Wrong::NoAnswer, "silence", (true, false), true),
    ];
    for (wrong, id, expected, left) in table {
        rig.next_goes_wrong(wrong);
        let message = rig.message(id);
        let fault = rig.channel().hand_over(nobody(), &message).await.unwrap_err();
        assert_eq!((fault.may_have_left(), fault.may_retry()), expected, "{id}: {fault}");
        assert_eq!(rig.left().iter().any(|id| id == message.message_id()), left, "{id}");
    }
    rig.channel().hand_over(nobody(), &rig.message("after")).await.unwrap();
    assert_eq!(rig.left(), [rig.message("silence").message_id(), rig.message("after").message_id()]);
}

async fn a_group_is_answered_message_by_message(rig: &dyn Rig) {
    let group: Vec<(CreditorId, Outgoing)> =
        ["a", "b", "c"].into_iter().map(|id| (nobody(), rig.message(id))).collect();
    let answers = rig.channel().hand_over_many(&group).await;
    let told: Vec<String> = answers.into_iter().map(|answer| answer.unwrap().message_id).collect();
    assert_eq!(told, group.iter().map(|(_, message)| message.message_id()).collect::<Vec<_>>());
    assert_eq!(rig.channel().hand_over_many(&[]).await, []);
}

async fn another_channels_message_is_refused(rig: &dyn Rig) {
    let letter = Outgoing::Banner(Banner {
        message_id: "banner".to_owned(),
        debtor_id: DebtorId(uuid::Uuid::nil()),
        text: "Hola".to_owned(),
        language: Language::Es,
    });
    let answers = rig.channel().hand_over_many(&[(nobody(), letter), (nobody(), rig.message("own"))]).await;
    assert!(matches!(&answers[0], Err(ChannelFault::Permanent { .. })), "{answers:?}");
    assert!(answers[1].is_ok(), "{answers:?}");
    assert_eq!(rig.left(), [rig.message("own").message_id()]);
}

fn nobody() -> CreditorId {
    CreditorId(uuid::Uuid::nil())
}

async fn what_would_break_a_header_never_leaves(rig: &dyn Rig) {
    let with = |change: fn(&mut Mail)| {
        let mut mail = mail("evil");
        change(&mut mail);
        mail
    };
    let mails = [
        with(|mail| mail.subject = "Hola\r\nBcc: all@example.mx".to_owned()),
        with(|mail| mail.from.name = Some("Saldo\nX: y".to_owned())),
        with(|mail| mail.to.email = "ana@example.mx\r\nRCPT TO:<x@y.z>".to_owned()),
        with(|mail| mail.to.email = "not an address".to_owned()),
        with(|mail| mail.message_id = "a@b>\r\nX: y".to_owned()),
        with(|mail| mail.list_unsubscribe_url = Some("https://a>, <https://b".to_owned())),
    ];
    for mail in mails {
        let fault = hand_over(rig.channel(), &mail).await.unwrap_err();
        assert!(matches!(fault, ChannelFault::Permanent { .. }), "{mail:?}: {fault}");
    }
    assert_eq!(rig.left(), Vec::<String>::new());
}

macro_rules! on_all {
    ($($promise:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(&saldo_providers::channel::MemoryChannel::new()).await;
            })+
        }
        mod smtp {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(&super::SmtpRig::start().await).await;
            })+
        }
        mod twilio {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(&crate::messages::TwilioRig::start().await).await;
            })+
        }
        mod whatsapp {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(&crate::messages::WhatsappRig::start().await).await;
            })+
        }
    };
}

on_all![
    a_message_leaves_once,
    a_fault_says_whether_the_message_may_have_left,
    a_group_is_answered_message_by_message,
    another_channels_message_is_refused,
];

#[tokio::test]
async fn what_would_break_a_header_never_leaves_in_memory() {
    what_would_break_a_header_never_leaves(&MemoryChannel::new()).await;
}

#[tokio::test]
async fn what_would_break_a_header_never_leaves_over_smtp() {
    what_would_break_a_header_never_leaves(&SmtpRig::start().await).await;
}
