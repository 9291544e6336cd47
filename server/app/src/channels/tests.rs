use super::{Channels, SetUp, log_row, masked};
use futures::FutureExt;
use saldo_domain::ids::{CreditorId, DebtorId, MessageId};
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{
    ChannelFault, Mail, MailAddress, MemoryChannel, MessageChannel, Outgoing, Scripted, TextMessage,
};
use saldo_store::message::MessagePurpose;
use saldo_store::{Store, StoreOptions};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const CREDITOR: CreditorId = CreditorId(Uuid::nil());

fn text(id: &str) -> Outgoing {
    Outgoing::Text(TextMessage { message_id: id.to_owned(), to: "+525512345678".to_owned(), body: "Hola".to_owned() })
}

fn mail(id: &str) -> Outgoing {
    Outgoing::Mail(Mail {
        message_id: format!("{id}@saldo.example"),
        date: jiff::Timestamp::UNIX_EPOCH,
        from: MailAddress::bare("no-reply@saldo.example"),
        reply_to: None,
        to: MailAddress::bare("ana@example.mx"),
        subject: "Hola".to_owned(),
        text: "Hola".to_owned(),
        html: "<p>Hola</p>".to_owned(),
        list_unsubscribe_url: None,
        attachments: Vec::new(),
    })
}

async fn channels(set_up: &[&MemoryChannel], per_second: u32) -> (Channels, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("saldo.db").display());
    let store = Store::connect(&url, StoreOptions::default()).await.unwrap();
    let channels = set_up.iter().map(|channel| Arc::new((*channel).clone()) as Arc<dyn MessageChannel>).collect();
    (Channels::new(SetUp { channels, sources: Vec::new() }, store, 4, |_| per_second), folder)
}

#[tokio::test]
async fn what_is_not_set_up_is_not_ready_and_refused() {
    let sms = MemoryChannel::of(Channel::Sms);
    let (channels, _folder) = channels(&[&sms], 0).await;
    assert_eq!(channels.ready(), [Channel::Sms]);
    let fault = channels.hand_over(CREDITOR, &mail("one")).await.unwrap_err();
    assert!(matches!(fault, ChannelFault::Permanent { .. }), "{fault}");
    channels.hand_over(CREDITOR, &text("two")).await.unwrap();
    assert_eq!(sms.messages().len(), 1);
}

#[tokio::test]
async fn a_mixed_group_is_answered_in_its_own_order() {
    let (email, sms) = (MemoryChannel::new(), MemoryChannel::of(Channel::Sms));
    let (channels, _folder) = channels(&[&sms, &email], 0).await;
    assert_eq!(channels.ready(), [Channel::Email, Channel::Sms], "in the order of the channels");
    sms.script([Scripted::Deliver, Scripted::FailBefore(ChannelFault::Retry { detail: "busy".to_owned() })]);
    let group = [mail("a"), text("b"), mail("c"), text("d"), Outgoing::Letter(letter())];
    let answers = channels.hand_over_many(group.map(|message| (CREDITOR, message)).into()).await;
    let told: Vec<String> = answers
        .iter()
        .map(|answer| match answer {
            Ok(receipt) => receipt.message_id.clone(),
            Err(fault) => if fault.may_retry() { "retry" } else { "never" }.to_owned(),
        })
        .collect();
    assert_eq!(told, ["a@saldo.example", "b", "c@saldo.example", "retry", "never"]);
}

fn letter() -> saldo_providers::channel::Letter {
    saldo_providers::channel::Letter {
        message_id: "e".to_owned(),
        debtor_id: DebtorId(Uuid::nil()),
        sender: "Ferretería Núñez".to_owned(),
        recipient: vec!["Ana Peña".to_owned(), "Calle 1".to_owned()],
        date: "3 de marzo de 2026".to_owned(),
        subject: "Su saldo".to_owned(),
        body: "Hola".to_owned(),
        link: None,
        language: Language::Es,
    }
}

#[tokio::test]
async fn no_more_leave_in_a_second_than_may() {
    let sms = MemoryChannel::of(Channel::Sms);
    let (channels, _folder) = channels(&[&sms], 10).await;
    let group = (0..15).map(|number| (CREDITOR, text(&number.to_string()))).collect();
    let begun = std::time::Instant::now();
    let answers = channels.hand_over_many(group).await;
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(400), "ten leave at once, five more in half a second: {took:?}");
}

#[test]
fn the_log_masks_addresses() {
    let table = [
        (Channel::Email, "ana.pena@example.mx", "a•••@example.mx"),
        (Channel::Sms, "+525512345678", "+52••••5678"),
        (Channel::Whatsapp, "+5511987654321", "+55••••4321"),
        (Channel::Call, "12345678", "••••5678"),
        (Channel::Letter, "06700 Ciudad de México", "06700 Ciudad de México"),
        (Channel::Banner, "", ""),
    ];
    for (channel, address, expected) in table {
        assert_eq!(masked(channel, address), expected);
    }
}

#[test]
fn a_mail_is_known_by_its_own_name_before_it_leaves() {
    let id = MessageId(Uuid::nil());
    let of = |message: &Outgoing| {
        let debtor = (DebtorId(Uuid::nil()), Language::Es);
        log_row(id, debtor, MessagePurpose::Reminder, message, jiff::Timestamp::UNIX_EPOCH).provider_reference
    };
    assert_eq!(of(&mail("one")).as_deref(), Some("one@saldo.example"));
    assert_eq!(of(&text("two")), None);
}

#[tokio::test]
async fn a_group_waits_until_what_is_in_hand_leaves_room_for_it() {
    let (channels, _folder) = channels(&[], 0).await;
    let first = channels.take_in_hand(3).await;
    assert!(first.is_some());
    assert!(channels.take_in_hand(1).now_or_never().is_some(), "four may be in hand");
    assert!(channels.take_in_hand(2).now_or_never().is_none(), "and no fifth");
    drop(first);
    let large = channels.take_in_hand(64).now_or_never().flatten();
    assert!(large.is_some(), "a group that is larger than all that may be goes alone");
    assert!(channels.take_in_hand(1).now_or_never().is_none());
}
