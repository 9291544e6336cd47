//! What becomes of mails after the mail server took them: reports as mails, Mailgun's webhooks, and a door of ours that any
//! mail server or provider can be led to.

mod mailgun;
mod report;
mod standard;

pub use mailgun::{Mailgun, sign_for_mailgun};
pub use report::{MailReport, parse_report};
pub use standard::{StandardMail, sign_standard};

use super::event::{MessageEvent, MessageStep};
use saldo_domain::reminder::Channel;

/// A mail is known by the `Message-ID` that we gave it.
fn progress(message_id: &str, step: MessageStep, detail: Option<String>) -> MessageEvent {
    MessageEvent::Progress {
        channel: Channel::Email,
        message_id: None,
        provider_reference: Some(bare(message_id).to_owned()),
        step,
        detail,
    }
}

/// A message id without its brackets.
fn bare(message_id: &str) -> &str {
    message_id.trim().trim_start_matches('<').trim_end_matches('>')
}
