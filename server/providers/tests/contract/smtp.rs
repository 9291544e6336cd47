//! How SMTP keeps the promises of a channel.

use crate::channels::{Rig, SmtpRig, hand_over, mail};
use saldo_domain::ids::CreditorId;
use saldo_providers::Secret;
use saldo_providers::channel::{
    Attachment, ChannelFault, HandedOver, Mail, MessageChannel, Outgoing, SmtpChannel, SmtpConfig, SmtpCredentials,
    SmtpTls,
};
use saldo_providers::doubles::smtp::{SinkConfig, SinkStep, SinkTls, SmtpSink};

#[tokio::test]
async fn the_wire_carries_both_bodies_and_the_unsubscribe_headers() {
    let rig = SmtpRig::start().await;
    hand_over(&rig.channel, &mail("one")).await.unwrap();
    let received = rig.sink.received().remove(0);
    assert_eq!((received.from.as_str(), received.to.as_str()), ("cobros@saldo.example", "ana@example.mx"));
    let data = received.data.replace("=\r\n", "");
    for expected in [
        "Message-ID: <one@saldo.example>\r\n",
        "Date: Mon, 21 Sep 2026 14:13:20 +0000\r\n",
        "List-Unsubscribe: <https://pay.example.mx/unsubscribe/AbC>\r\n",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Reply-To: nunez@example.mx\r\n",
        "MIME-Version: 1.0\r\n",
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
        "Hola, Ana:\r\n.\r\n..dos puntos\r\nGracias",
        "<p>Hola, Ana</p>",
    ] {
        assert!(data.contains(expected), "{expected} is missing in\n{data}");
    }
    assert!(data.is_ascii());
}

#[tokio::test]
async fn the_same_mail_is_the_same_bytes() {
    let rig = SmtpRig::start().await;
    for _ in 0..2 {
        hand_over(&rig.channel, &mail("one")).await.unwrap();
    }
    let received = rig.sink.received();
    assert_eq!(received[0].data, received[1].data);
}

#[tokio::test]
async fn one_click_needs_https_or_this_machine() {
    let table =
        [("https://pay.example.mx/u", true), ("http://127.0.0.1:8080/u", true), ("http://pay.example.mx/u", false)];
    for (url, one_click) in table {
        let rig = SmtpRig::start().await;
        let mail = Mail { list_unsubscribe_url: Some(url.to_owned()), ..mail("one") };
        hand_over(&rig.channel, &mail).await.unwrap();
        let data = rig.sink.received().remove(0).data;
        assert!(data.contains(&format!("List-Unsubscribe: <{url}>")), "{url}");
        assert_eq!(data.contains("List-Unsubscribe-Post"), one_click, "{url}");
    }
}

#[tokio::test]
async fn every_step_of_smtp_tells_what_is_sure() {
    use SinkStep::{
        Accept, CloseAfter, CloseBefore, HangAfter, RefuseData, RefuseMessage, RefuseRecipient, RefuseSender,
    };
    let table = [
        (Accept, "sent", true),
        (RefuseSender(451), "retry", false),
        (RefuseSender(550), "retry", false),
        (RefuseRecipient(452), "retry", false),
        (RefuseRecipient(550), "unreachable", false),
        (RefuseData(451), "retry", false),
        (RefuseData(554), "permanent", false),
        (RefuseMessage(451), "retry", false),
        (RefuseMessage(552), "permanent", false),
        (CloseBefore, "retry", false),
        (CloseAfter, "unknown", true),
        (HangAfter, "unknown", true),
    ];
    for (step, expected, kept) in table {
        let rig = SmtpRig::start().await;
        rig.sink.script([step]);
        let told = match hand_over(&rig.channel, &mail("one")).await {
            Ok(_) => "sent",
            Err(ChannelFault::Retry { .. } | ChannelFault::Busy { .. }) => "retry",
            Err(ChannelFault::Unreachable { .. }) => "unreachable",
            Err(ChannelFault::Permanent { .. }) => "permanent",
            Err(ChannelFault::Unknown { .. }) => "unknown",
        };
        assert_eq!(told, expected, "{step:?}");
        assert_eq!(rig.sink.received().len(), usize::from(kept), "{step:?}");
    }
}

#[tokio::test]
async fn connections_are_kept_and_a_closed_one_is_replaced() {
    let rig = SmtpRig::start().await;
    rig.sink.script([SinkStep::Accept, SinkStep::Accept, SinkStep::AcceptAndClose]);
    for number in 0..6 {
        hand_over(&rig.channel, &mail(&number.to_string())).await.unwrap();
    }
    let connections: Vec<usize> = rig.sink.received().iter().map(|message| message.connection).collect();
    assert_eq!(connections, [1, 1, 1, 2, 2, 2]);
}

#[tokio::test]
async fn no_more_connections_than_allowed_are_opened() {
    let rig = SmtpRig::start_with(SinkTls::None, None, |config| config.connections_max = 2).await;
    let mails: Vec<Mail> = (0..12).map(|number| mail(&number.to_string())).collect();
    let sent: Vec<_> = mails.iter().map(|mail| hand_over(&rig.channel, mail)).collect();
    for sent in futures::future::join_all(sent).await {
        sent.unwrap();
    }
    assert_eq!(rig.sink.received().len(), 12);
    assert!(rig.sink.connection_count() <= 2, "{}", rig.sink.connection_count());
}

#[tokio::test]
async fn mail_goes_encrypted_and_signed_in() {
    let credentials = || Some(("saldo".to_owned(), Secret::new("never_print_me")));
    for tls in [SinkTls::Starttls, SinkTls::Implicit] {
        let rig = SmtpRig::start_with(tls, credentials(), |config| {
            config.credentials =
                Some(SmtpCredentials { user: "saldo".to_owned(), password: Secret::new("never_print_me") });
        })
        .await;
        rig.channel.check().await.unwrap();
        hand_over(&rig.channel, &mail("one")).await.unwrap();
        assert_eq!(rig.left(), ["one@saldo.example"], "{tls:?}");
        assert!(!format!("{:?}", rig.channel).contains("never_print_me"));
    }
}

#[tokio::test]
async fn a_wrong_password_or_certificate_sends_nothing_and_may_be_mended() {
    let credentials = || Some(("saldo".to_owned(), Secret::new("right")));
    let wrong = |config: &mut SmtpConfig| {
        config.credentials = Some(SmtpCredentials { user: "saldo".to_owned(), password: Secret::new("wrong") });
    };
    let rig = SmtpRig::start_with(SinkTls::Implicit, credentials(), wrong).await;
    let fault = hand_over(&rig.channel, &mail("one")).await.unwrap_err();
    assert!(fault.may_retry() && !fault.to_string().contains("wrong\""), "{fault}");
    for tls in [SinkTls::Starttls, SinkTls::Implicit] {
        let rig = SmtpRig::start_with(tls, None, |config| config.extra_root_pem = None).await;
        let fault = hand_over(&rig.channel, &mail("one")).await.unwrap_err();
        assert!(fault.may_retry(), "{tls:?}: {fault}");
        assert_eq!(rig.sink.received(), []);
    }
}

#[tokio::test]
async fn without_starttls_nothing_is_sent_in_the_clear() {
    let sink = SmtpSink::start(SinkConfig { tls: SinkTls::None, credentials: None, takes_groups: true }).await.unwrap();
    let channel = SmtpChannel::try_new(SmtpConfig::new("localhost", sink.port(), SmtpTls::Starttls)).unwrap();
    assert!(hand_over(&channel, &mail("one")).await.unwrap_err().may_retry());
    assert_eq!(sink.received(), []);
}

#[test]
fn plaintext_to_another_machine_must_be_allowed() {
    let with = |host: &str, allowed: bool| {
        let mut config = SmtpConfig::new(host, 25, SmtpTls::Plaintext);
        config.plaintext_allowed = allowed;
        SmtpChannel::try_new(config).is_ok()
    };
    let table = [
        ("localhost", false, true),
        ("127.0.0.1", false, true),
        ("::1", false, true),
        ("mail.example.mx", false, false),
        ("10.0.0.5", false, false),
        ("mail.example.mx", true, true),
    ];
    for (host, allowed, expected) in table {
        assert_eq!(with(host, allowed), expected, "{host}, allowed: {allowed}");
    }
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_is_to_be_tried_again() {
    // Nothing listens on port 1.
    let channel = SmtpChannel::try_new(SmtpConfig::new("127.0.0.1", 1, SmtpTls::Plaintext)).unwrap();
    assert!(hand_over(&channel, &mail("one")).await.unwrap_err().may_retry());
    assert!(channel.check().await.is_err());
}

#[tokio::test]
async fn a_group_leaves_in_its_order_whether_or_not_commands_travel_together() {
    use SinkStep::{
        Accept, AcceptAndClose, CloseBefore, HangAfter, RefuseData, RefuseMessage, RefuseRecipient, RefuseSender,
    };
    let steps = [
        (Accept, "sent"),
        (RefuseRecipient(550), "unreachable"),
        (RefuseRecipient(451), "retry"),
        (Accept, "sent"),
        (RefuseSender(550), "retry"),
        (RefuseData(554), "permanent"),
        (RefuseMessage(552), "permanent"),
        (Accept, "sent"),
        (AcceptAndClose, "sent"),
        (Accept, "sent"),
        (HangAfter, "unknown"),
        (Accept, "sent"),
        (Accept, "sent"),
    ];
    for takes_groups in [true, false] {
        let sink = SmtpSink::start(SinkConfig { tls: SinkTls::None, credentials: None, takes_groups }).await.unwrap();
        let mut config = SmtpConfig::new("localhost", sink.port(), SmtpTls::Plaintext);
        config.timeout = std::time::Duration::from_millis(700);
        let channel = SmtpChannel::try_new(config).unwrap();
        sink.script(steps.map(|(step, _)| step));
        let group: Vec<_> = (0..steps.len())
            .map(|number| (CreditorId(uuid::Uuid::nil()), Outgoing::Mail(mail(&number.to_string()))))
            .collect();
        let told: Vec<&str> = channel.hand_over_many(&group).await.iter().map(word).collect();
        assert_eq!(told, steps.map(|(_, word)| word), "takes groups: {takes_groups}");
        let left = |word: &str| matches!(word, "sent" | "unknown");
        let expected: Vec<String> =
            (0..steps.len()).filter(|at| left(steps[*at].1)).map(|at| format!("{at}@saldo.example")).collect();
        let id = |data: &str| data.split("Message-ID: <").nth(1).unwrap().split('>').next().unwrap().to_owned();
        let received: Vec<String> = sink.received().iter().map(|message| id(&message.data)).collect();
        assert_eq!(received, expected, "each once, takes groups: {takes_groups}");
        sink.script([CloseBefore]);
        assert!(channel.hand_over(group[0].0, &group[0].1).await.is_ok(), "a closed connection is replaced");
    }
}

fn word(answer: &HandedOver) -> &'static str {
    match answer {
        Ok(_) => "sent",
        Err(ChannelFault::Retry { .. } | ChannelFault::Busy { .. }) => "retry",
        Err(ChannelFault::Unreachable { .. }) => "unreachable",
        Err(ChannelFault::Permanent { .. }) => "permanent",
        Err(ChannelFault::Unknown { .. }) => "unknown",
    }
}

#[tokio::test]
async fn a_large_group_shares_a_few_connections() {
    let rig = SmtpRig::start_with(SinkTls::None, None, |config| config.connections_max = 3).await;
    let group: Vec<_> =
        (0..200).map(|number| (CreditorId(uuid::Uuid::nil()), Outgoing::Mail(mail(&number.to_string())))).collect();
    for answer in rig.channel.hand_over_many(&group).await {
        answer.unwrap();
    }
    assert_eq!(rig.sink.received().len(), 200);
    assert_eq!(rig.sink.connection_count(), 3);
}

#[tokio::test]
async fn files_travel_beside_both_bodies() {
    let rig = SmtpRig::start().await;
    let file = Attachment {
        name: "Factura F-1.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: b"%PDF-1.7 Factura".to_vec(),
    };
    let mail_with = Mail { attachments: vec![file.clone()], ..mail("one") };
    hand_over(&rig.channel, &mail_with).await.unwrap();
    let data = rig.sink.received().remove(0).data;
    for expected in [
        "multipart/mixed",
        "multipart/alternative",
        "application/pdf",
        "filename=\"Factura F-1.pdf\"",
        "JVBERi0xLjcgRmFjdHVyYQ==",
    ] {
        assert!(data.contains(expected), "{expected} is missing in\n{data}");
    }
    let bad = [
        Attachment { name: "a\r\nX: y".to_owned(), ..file.clone() },
        Attachment { media_type: "not one".to_owned(), ..file.clone() },
        Attachment { bytes: vec![0; 11 * 1024 * 1024], ..file },
    ];
    for file in bad {
        let mail_with = Mail { attachments: vec![file], ..mail("two") };
        let fault = hand_over(&rig.channel, &mail_with).await.unwrap_err();
        assert!(matches!(fault, ChannelFault::Permanent { .. }), "{fault}");
    }
}
