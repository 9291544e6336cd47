//! What Twilio tells: the status of a message, and what people answer.

use super::Twilio;
use super::signature::verify;
use crate::channel::event::{EventSource, Knock, MessageEvent, MessageStep, Told};
use crate::payment::EventRefused;
use saldo_domain::calendar::Timestamp;
use saldo_domain::reminder::Channel;

impl EventSource for Twilio {
    fn name(&self) -> &'static str {
        "twilio"
    }

    fn read(&self, knock: &Knock<'_>, _: Timestamp) -> Result<Told, EventRefused> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(knock.body).into_owned().collect();
        verify(&self.config.token, (knock.header)("x-twilio-signature").as_deref(), knock.url, &fields)?;
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        if field("AccountSid") != Some(self.config.account.as_str()) {
            return Err(EventRefused::BodyUnreadable);
        }
        let sid = field("MessageSid").filter(|sid| !sid.is_empty()).ok_or(EventRefused::BodyUnreadable)?;
        if let Some(status) = field("MessageStatus").filter(|status| *status != "received") {
            let message_id = form_urlencoded::parse(knock.query.as_bytes()).find(|(name, _)| name == "message");
            let event = step(status, field("ErrorCode")).map(|step| MessageEvent::Progress {
                channel: Channel::Sms,
                message_id: message_id.map(|(_, id)| id.into_owned()),
                provider_reference: Some(sid.to_owned()),
                step,
                detail: field("ErrorCode").filter(|code| !code.is_empty()).map(|code| format!("{status} {code}")),
            });
            return Ok(Told { event_reference: format!("{sid}:{status}"), events: event.into_iter().collect() });
        }
        let (sender, text) = (field("From").ok_or(EventRefused::BodyUnreadable)?, field("Body").unwrap_or_default());
        let reply = MessageEvent::Reply { channel: Channel::Sms, sender: sender.to_owned(), text: text.to_owned() };
        Ok(Told { event_reference: format!("{sid}:received"), events: vec![reply] })
    }
}

/// Statuses that say nothing new (`queued`, `sending`) are left out. Of the error codes, these mean that the number takes
/// no messages: 30003 to 30006 unreachable, blocked, unknown, landline; 21610 that its holder answered STOP.
fn step(status: &str, code: Option<&str>) -> Option<MessageStep> {
    match (status, code) {
        ("sent", _) => Some(MessageStep::Sent),
        ("delivered", _) => Some(MessageStep::Delivered),
        ("read", _) => Some(MessageStep::Read),
        ("failed" | "undelivered", Some("21610")) => Some(MessageStep::Stopped),
        ("failed" | "undelivered", Some("30004" | "30005" | "30006")) => Some(MessageStep::Bounced),
        ("failed" | "undelivered" | "canceled", _) => Some(MessageStep::Failed),
        _ => None,
    }
}
