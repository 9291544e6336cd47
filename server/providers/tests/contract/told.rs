//! What becomes of messages is told by signed requests: each provider's own, and our door for any mail server.

use crate::messages::{ACCOUNT, TwilioRig, WhatsappRig};
use crate::rig::HandClock;
use jiff::SignedDuration;
use saldo_domain::reminder::Channel;
use saldo_providers::Secret;
use saldo_providers::channel::{
    EventSource, Knock, Mailgun, MessageEvent, MessageStep, StandardMail, Told, sign_for_mailgun, sign_standard,
};
use saldo_providers::payment::EventRefused;
use serde_json::json;

const URL: &str = "https://pay.example.mx/v1/webhooks/x/00000000-0000-0000-0000-000000000007";

fn read(
    source: &dyn EventSource,
    (url, query): (&str, &str),
    headers: &[(&str, String)],
    body: &[u8],
) -> Result<Told, EventRefused> {
    let header = |name: &str| headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
    source.read(&Knock { url, query, header: &header, body }, HandClock::new().now())
}

fn steps(told: &Told) -> Vec<(Option<String>, Option<String>, MessageStep)> {
    let step = |event: &MessageEvent| match event {
        MessageEvent::Progress { message_id, provider_reference, step, .. } => {
            Some((message_id.clone(), provider_reference.clone(), *step))
        }
        MessageEvent::Reply { .. } => None,
    };
    told.events.iter().filter_map(step).collect()
}

#[tokio::test]
async fn twilio_tells_how_far_a_message_came() {
    use MessageStep::{Bounced, Delivered, Failed, Read, Sent, Stopped};
    let rig = TwilioRig::start().await;
    let table = [
        ("queued", "", None),
        ("sending", "", None),
        ("sent", "", Some(Sent)),
        ("delivered", "", Some(Delivered)),
        ("read", "", Some(Read)),
        ("undelivered", "30005", Some(Bounced)),
        ("undelivered", "30006", Some(Bounced)),
        ("undelivered", "30003", Some(Failed)),
        ("failed", "30008", Some(Failed)),
        ("undelivered", "21610", Some(Stopped)),
        ("someday", "", None),
    ];
    for (status, code, expected) in table {
        let body = format!("AccountSid={ACCOUNT}&MessageSid=SM1&MessageStatus={status}&ErrorCode={code}&To=%2B52");
        let (url, query) = (format!("{URL}?message=abc"), "message=abc");
        let (name, signature) = rig.double.sign(&url, body.as_bytes());
        let told = read(&rig.channel, (&url, query), &[(name, signature)], body.as_bytes()).unwrap();
        assert_eq!(told.event_reference, format!("SM1:{status}"));
        let expected: Vec<_> =
            expected.map(|step| (Some("abc".to_owned()), Some("SM1".to_owned()), step)).into_iter().collect();
        assert_eq!(steps(&told), expected, "{status} {code}");
    }
}

#[tokio::test]
async fn twilio_brings_what_people_answer() {
    let rig = TwilioRig::start().await;
    let body = format!("AccountSid={ACCOUNT}&MessageSid=SM9&From=%2B525512345678&To=%2B1&Body=BAJA+por+favor");
    let (name, signature) = rig.double.sign(URL, body.as_bytes());
    let told = read(&rig.channel, (URL, ""), &[(name, signature)], body.as_bytes()).unwrap();
    let reply = MessageEvent::Reply {
        channel: Channel::Sms,
        sender: "+525512345678".to_owned(),
        text: "BAJA por favor".to_owned(),
    };
    assert_eq!(told, Told { event_reference: "SM9:received".to_owned(), events: vec![reply] });
}

#[tokio::test]
async fn a_request_that_twilio_did_not_sign_is_refused() {
    let rig = TwilioRig::start().await;
    let body = format!("AccountSid={ACCOUNT}&MessageSid=SM1&MessageStatus=delivered");
    let (name, genuine) = rig.double.sign(URL, body.as_bytes());
    let of = |url: &str, signature: Option<&str>, body: &str| {
        let headers: Vec<_> = signature.map(|text| (name, text.to_owned())).into_iter().collect();
        read(&rig.channel, (url, ""), &headers, body.as_bytes()).map(|_| ()).map_err(|refused| refused.code())
    };
    assert_eq!(of(URL, Some(&genuine), &body), Ok(()));
    let changed = body.replace("delivered", "read");
    let stranger = body.replace(ACCOUNT, "AC2");
    let (_, of_stranger) = rig.double.sign(URL, stranger.as_bytes());
    let refused = [
        of(URL, None, &body),
        of(URL, Some("nonsense"), &body),
        of(URL, Some(&genuine), &changed),
        // Another creditor's door: the address is signed too.
        of(&URL.replace('7', "8"), Some(&genuine), &body),
        of(URL, Some(&of_stranger), &stranger),
        of(URL, Some(&rig.double.sign(URL, b"").1), ""),
    ];
    assert!(refused.iter().all(Result::is_err), "{refused:?}");
}

#[tokio::test]
async fn the_cloud_api_tells_statuses_and_replies_of_our_number() {
    let rig = WhatsappRig::start().await;
    let value = |number: &str, status: &str, code: i64| {
        json!({ "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp", "metadata": { "phone_number_id": number },
            "statuses": [{ "id": "wamid.1", "status": status, "timestamp": "1", "recipient_id": "525512345678",
                "biz_opaque_callback_data": "abc", "errors": [{ "code": code, "title": "t" }] }],
            "messages": [{ "from": "525512345678", "id": "wamid.2", "type": "text", "text": { "body": "Hola" } },
                { "from": "525512345678", "id": "wamid.3", "type": "button", "button": { "text": "STOP" } }] } }] })
    };
    let table = [
        ("1055", "sent", 0, Some(MessageStep::Sent), 2),
        ("1055", "delivered", 0, Some(MessageStep::Delivered), 2),
        ("1055", "read", 0, Some(MessageStep::Read), 2),
        ("1055", "failed", 131_026, Some(MessageStep::Bounced), 2),
        ("1055", "failed", 131_047, Some(MessageStep::Failed), 2),
        ("1055", "failed", 131_050, Some(MessageStep::Stopped), 2),
        ("1055", "deleted", 0, None, 2),
        ("9999", "delivered", 0, None, 0),
    ];
    for (number, status, code, expected, reply_count) in table {
        let body = json!({ "object": "whatsapp_business_account", "entry": [value(number, status, code)] }).to_string();
        let (name, signature) = rig.double.sign(URL, body.as_bytes());
        let told = read(&rig.channel, (URL, ""), &[(name, signature)], body.as_bytes()).unwrap();
        let expected: Vec<_> =
            expected.map(|step| (Some("abc".to_owned()), Some("wamid.1".to_owned()), step)).into_iter().collect();
        assert_eq!(steps(&told), expected, "{status} {code}");
        let replies = told.events.iter().filter_map(|event| match event {
            MessageEvent::Reply { sender, text, .. } => Some((sender.as_str(), text.as_str())),
            MessageEvent::Progress { .. } => None,
        });
        let whole = [("+525512345678", "Hola"), ("+525512345678", "STOP")];
        assert_eq!(replies.collect::<Vec<_>>(), whole[..reply_count]);
    }
}

#[tokio::test]
async fn a_request_that_meta_did_not_sign_is_refused() {
    let rig = WhatsappRig::start().await;
    let body = br#"{"entry":[]}"#;
    let (name, genuine) = rig.double.sign(URL, body);
    let of = |signature: Option<String>, body: &[u8]| {
        let headers: Vec<_> = signature.map(|text| (name, text)).into_iter().collect();
        read(&rig.channel, (URL, ""), &headers, body).map(|told| told.events.len())
    };
    assert_eq!(of(Some(genuine.clone()), body), Ok(0));
    assert_eq!(of(None, body), Err(EventRefused::SignatureMissing));
    assert_eq!(of(Some(genuine.replace("sha256=", "")), body), Err(EventRefused::SignatureMalformed));
    assert_eq!(of(Some(genuine.clone()), b"{}"), Err(EventRefused::SignatureWrong));
    let (_, of_nonsense) = rig.double.sign(URL, b"nonsense");
    assert_eq!(of(Some(of_nonsense), b"nonsense"), Err(EventRefused::BodyUnreadable));
}

#[tokio::test]
async fn meta_hears_its_own_word_only_with_ours() {
    let rig = WhatsappRig::start().await;
    let ask = |query: &str| rig.channel.challenge(query);
    let asked = "hub.mode=subscribe&hub.verify_token=our+word&hub.challenge=11582";
    assert_eq!(ask(asked), Ok(Some("11582".to_owned())));
    assert_eq!(ask(&asked.replace("our", "their")), Err(EventRefused::SignatureWrong));
    assert_eq!(ask(&asked.replace("subscribe", "x")), Err(EventRefused::BodyUnreadable));
    assert_eq!(ask(&asked.replace("11582", "<script>")), Err(EventRefused::BodyUnreadable));
    assert_eq!(ask(""), Err(EventRefused::BodyUnreadable));
    assert_eq!(TwilioRig::start().await.channel.challenge(asked), Ok(None), "nobody else asks");
}

#[test]
fn mailgun_tells_by_the_message_id() {
    use MessageStep::{Bounced, Complained, Delivered, Failed, Read, Stopped};
    let key = Secret::new("key-never_print_me");
    let source = Mailgun::new(key.clone());
    let now = HandClock::new().now().as_second();
    let body = |seconds: i64, token: &str, event: serde_json::Value| {
        let signature = sign_for_mailgun(&key, seconds, token);
        let signed = json!({ "timestamp": seconds.to_string(), "token": token, "signature": signature });
        let mut event = event;
        event["message"] = json!({ "headers": { "message-id": "one@saldo.example" } });
        json!({ "signature": signed, "event-data": event }).to_string()
    };
    let table = [
        (json!({ "event": "delivered" }), Some(Delivered)),
        (json!({ "event": "opened" }), Some(Read)),
        (json!({ "event": "failed", "severity": "permanent", "reason": "bounce" }), Some(Bounced)),
        (json!({ "event": "failed", "severity": "permanent", "reason": "old" }), Some(Failed)),
        (json!({ "event": "failed", "severity": "temporary" }), None),
        (json!({ "event": "complained" }), Some(Complained)),
        (json!({ "event": "unsubscribed" }), Some(Stopped)),
        (json!({ "event": "accepted" }), None),
    ];
    for (event, expected) in table {
        let body = body(now, "token", event.clone());
        let told = read(&source, (URL, ""), &[], body.as_bytes()).unwrap();
        assert_eq!(told.event_reference, "token", "the token is taken once");
        let expected: Vec<_> =
            expected.map(|step| (None, Some("one@saldo.example".to_owned()), step)).into_iter().collect();
        assert_eq!(steps(&told), expected, "{event}");
    }
    let delivered = || json!({ "event": "delivered" });
    let of = |body: String| read(&source, (URL, ""), &[], body.as_bytes()).map(|_| ());
    assert_eq!(of(body(now - 301, "t", delivered())), Err(EventRefused::TooOld));
    assert_eq!(of(body(now + 301, "t", delivered())), Err(EventRefused::FromFuture));
    assert_eq!(of(body(now, "t", delivered()).replace("\"t\"", "\"u\"")), Err(EventRefused::SignatureWrong));
    assert_eq!(of("[]".to_owned()), Err(EventRefused::BodyUnreadable));
    assert!(!format!("{source:?}").contains("never_print_me"));
}

#[test]
fn any_mail_server_may_tell_with_a_standard_signature() {
    let secret = Secret::new("whsec_bmV2ZXJfcHJpbnRfbWU=");
    let source = StandardMail::new(vec![Secret::new("whsec_b2xkZXI="), secret.clone()]);
    let now = HandClock::new().now();
    let of = |at: jiff::Timestamp, kind: &str, body: &[u8], signed: &[u8]| {
        let headers = [
            ("webhook-id", "msg_1".to_owned()),
            ("webhook-timestamp", at.as_second().to_string()),
            ("webhook-signature", format!("v1,AAAA {}", sign_standard(&secret, "msg_1", at, signed))),
            ("content-type", kind.to_owned()),
        ];
        read(&source, (URL, ""), &headers, body)
    };
    let events = br#"{"events":[{"message_id":"<one@saldo.example>","state":"bounced","detail":"550 5.1.1"},
                     {"message_id":"two@saldo.example","state":"complained"}]}"#;
    let told = of(now, "application/json", events, events).unwrap();
    assert_eq!(told.event_reference, "msg_1");
    let one = |id: &str, step| (None, Some(format!("{id}@saldo.example")), step);
    assert_eq!(steps(&told), [one("one", MessageStep::Bounced), one("two", MessageStep::Complained)]);

    let report =
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
                   Reporting-MTA: dns; mx\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\n\
                   Content-Type: message/rfc822\r\n\r\nMessage-ID: <one@saldo.example>\r\n\r\nHola\r\n--b--\r\n";
    let told = of(now, "message/rfc822", report, report).unwrap();
    assert_eq!(steps(&told), [one("one", MessageStep::Bounced)]);
    let spam = b"Subject: buy\r\n\r\nnow";
    assert_eq!(of(now, "message/rfc822", spam, spam).unwrap().events, []);

    let late = now.checked_add(SignedDuration::from_secs(301)).unwrap();
    let early = now.checked_sub(SignedDuration::from_secs(301)).unwrap();
    let json = "application/json";
    assert_eq!(of(now, json, events, b"{}").map(|_| ()), Err(EventRefused::SignatureWrong));
    assert_eq!(of(early, json, events, events).map(|_| ()), Err(EventRefused::TooOld));
    assert_eq!(of(late, json, events, events).map(|_| ()), Err(EventRefused::FromFuture));
    let unknown = br#"{"events":[{"message_id":"x@y","state":"eaten"}]}"#;
    assert_eq!(of(now, json, unknown, unknown).map(|_| ()), Err(EventRefused::BodyUnreadable));
    assert_eq!(read(&source, (URL, ""), &[], events).map(|_| ()), Err(EventRefused::SignatureMissing));
}
