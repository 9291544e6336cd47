//! The built-in mailbox: in test mode no mail leaves, and a page shows what would have.

use crate::ambient::Ambient;
use async_trait::async_trait;
use saldo_domain::ids::CreditorId;
use saldo_providers::channel::{ChannelFault, Mail, MessageChannel, Receipt};
use saldo_store::Store;
use saldo_store::mail::{self, DemoMail};
use std::fmt;

/// Keeps mail in the database.
pub struct MailboxChannel {
    store: Store,
    ambient: Ambient,
}

impl MailboxChannel {
    /// A mailbox in this store.
    pub fn new(store: Store, ambient: Ambient) -> Self {
        Self { store, ambient }
    }
}

impl fmt::Debug for MailboxChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailboxChannel")
    }
}

#[async_trait]
impl MessageChannel for MailboxChannel {
    async fn hand_over(&self, message: &Mail) -> Result<Receipt, ChannelFault> {
        let fault = |fault: saldo_store::StoreFault| ChannelFault::Retry { detail: fault.to_string() };
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
        let row = DemoMail {
            id: self.ambient.uuid_v7(),
            creditor_id: CreditorId(uuid::Uuid::nil()),
            recipient: message.to.email.clone(),
            subject: message.subject.clone(),
            text: message.text.clone(),
            html: message.html.clone(),
            headers,
            sent_at: message.date,
        };
        let tx = self.store.write().await.map_err(fault)?;
        mail::insert(&tx, &row).await.map_err(fault)?;
        tx.commit().await.map_err(fault)?;
        Ok(Receipt { message_id: message.message_id.clone(), answer: "kept in the mailbox".to_owned() })
    }
}
