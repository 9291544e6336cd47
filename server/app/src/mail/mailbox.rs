//! The built-in mailbox: in test mode no mail leaves, and a page shows what would have.

use crate::ambient::Ambient;
use async_trait::async_trait;
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{ChannelFault, HandedOver, Mail, MessageChannel, Outgoing, Receipt};
use saldo_store::Store;
use saldo_store::mail::{self, DemoMail};
use std::fmt;

/// Keeps the messages of one channel in the database.
pub struct MailboxChannel {
    channel: Channel,
    store: Store,
    ambient: Ambient,
}

impl MailboxChannel {
    /// A mailbox for e-mail in this store.
    pub fn new(store: Store, ambient: Ambient) -> Self {
        Self::of(Channel::Email, store, ambient)
    }

    /// The same for text messages or WhatsApp.
    pub fn of(channel: Channel, store: Store, ambient: Ambient) -> Self {
        Self { channel, store, ambient }
    }

    fn row(&self, creditor_id: CreditorId, message: &Outgoing) -> Result<DemoMail, ChannelFault> {
        let (subject, text) = match message {
            Outgoing::Mail(mail) => return Ok(self.mail(creditor_id, mail)),
            Outgoing::Text(text) => ("SMS", &text.body),
            Outgoing::Whatsapp(message) => ("WhatsApp", &message.body),
            _ => return Err(ChannelFault::Permanent { detail: "a message of another channel".to_owned() }),
        };
        Ok(DemoMail {
            id: self.ambient.uuid_v7(),
            creditor_id,
            recipient: message.recipient().unwrap_or_default().to_owned(),
            subject: subject.to_owned(),
            text: text.clone(),
            html: format!("<p>{}</p>", escaped(text).replace('\n', "<br>")),
            headers: Vec::new(),
            sent_at: self.ambient.now(),
        })
    }

    fn mail(&self, creditor_id: CreditorId, message: &Mail) -> DemoMail {
        let mut headers = vec![
            ("From".to_owned(), message.from.email.clone()),
            ("Message-ID".to_owned(), format!("<{}>", message.message_id)),
        ];
        if let Some(reply_to) = &message.reply_to {
            headers.push(("Reply-To".to_owned(), reply_to.email.clone()));
        }
        if let Some(url) = &message.list_unsubscribe_url {
            headers.push(("List-Unsubscribe".to_owned(), format!("<{url}>")));
            headers.push(("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()));
        }
        for file in &message.attachments {
            headers.push(("Attachment".to_owned(), format!("{} ({})", file.name, file.media_type)));
        }
        DemoMail {
            id: self.ambient.uuid_v7(),
            creditor_id,
            recipient: message.to.email.clone(),
            subject: message.subject.clone(),
            text: message.text.clone(),
            html: message.html.clone(),
            headers,
            sent_at: message.date,
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl fmt::Debug for MailboxChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailboxChannel")
    }
}

#[async_trait]
impl MessageChannel for MailboxChannel {
    fn channel(&self) -> Channel {
        self.channel
    }

    async fn hand_over(&self, creditor: CreditorId, message: &Outgoing) -> HandedOver {
        message.check()?;
        if message.channel() != self.channel {
            return Err(ChannelFault::Permanent { detail: "a message of another channel".to_owned() });
        }
        let row = self.row(creditor, message)?;
        let fault = |fault: saldo_store::StoreFault| ChannelFault::Retry { detail: fault.to_string() };
        let tx = self.store.write_of(creditor).await.map_err(fault)?;
        mail::insert(&tx, &row).await.map_err(fault)?;
        tx.commit().await.map_err(fault)?;
        let message_id = message.message_id().to_owned();
        let answer = "kept in the mailbox".to_owned();
        Ok(Receipt { provider_reference: message_id.clone(), message_id, answer })
    }
}
