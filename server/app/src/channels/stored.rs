//! The channels whose messages wait here until somebody comes for them: letters, calls, banners.

use crate::ambient::Ambient;
use async_trait::async_trait;
use jiff::SignedDuration;
use saldo_domain::ids::{CallTaskId, CreditorId, LetterId};
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{ChannelFault, HandedOver, MessageChannel, Outgoing, Receipt};
use saldo_store::banner::BannerRow;
use saldo_store::call_task::CallTaskRow;
use saldo_store::letter::LetterRow;
use saldo_store::{Store, StoreFault, banner, call_task, letter};
use std::fmt;
use uuid::Uuid;

/// For how long a banner is shown.
const BANNER_SHOWN: SignedDuration = SignedDuration::from_hours(14 * 24);

/// One of them.
pub struct StoredChannel {
    channel: Channel,
    store: Store,
    ambient: Ambient,
}

impl StoredChannel {
    /// Letters, calls and banners in this store; none for the other channels.
    pub fn of(channel: Channel, store: Store, ambient: Ambient) -> Option<Self> {
        let is_stored = matches!(channel, Channel::Letter | Channel::Call | Channel::Banner);
        is_stored.then_some(Self { channel, store, ambient })
    }

    async fn keep(&self, creditor: CreditorId, message: &Outgoing) -> Result<(), ChannelFault> {
        let not_mine = || ChannelFault::Permanent { detail: "a message of another channel".to_owned() };
        if message.channel() != self.channel {
            return Err(not_mine());
        }
        let id: Uuid = message
            .message_id()
            .parse()
            .map_err(|_| ChannelFault::Permanent { detail: "the message id is no id".to_owned() })?;
        let fault = |fault: StoreFault| ChannelFault::Retry { detail: fault.to_string() };
        let now = self.ambient.now();
        let tx = self.store.write_of(creditor).await.map_err(fault)?;
        // A message that is there was handed over before: the same answer.
        match message {
            Outgoing::Letter(wish) => {
                let content = serde_json::to_value(wish)
                    .map_err(|error| ChannelFault::Permanent { detail: error.to_string() })?;
                let row =
                    LetterRow { id: LetterId(id), debtor_id: wish.debtor_id, content, written_at: now, posted: None };
                letter::insert(&tx, creditor, &row).await.map_err(fault)?;
            }
            Outgoing::Call(wish) => {
                let row = CallTaskRow {
                    id: CallTaskId(id),
                    debtor_id: wish.debtor_id,
                    phone: wish.phone.clone(),
                    script: wish.script.clone(),
                    written_at: now,
                    agent_id: None,
                    call_at: None,
                    ended: None,
                };
                call_task::insert(&tx, creditor, &row).await.map_err(fault)?;
            }
            Outgoing::Banner(wish) => {
                let until_at = now
                    .checked_add(BANNER_SHOWN)
                    .map_err(|error| ChannelFault::Permanent { detail: error.to_string() })?;
                let row = BannerRow {
                    id,
                    debtor_id: wish.debtor_id,
                    text: wish.text.clone(),
                    language: wish.language,
                    written_at: now,
                    until_at,
                    seen_at: None,
                };
                banner::insert(&tx, creditor, &row).await.map_err(fault)?;
            }
            Outgoing::Mail(_) | Outgoing::Text(_) | Outgoing::Whatsapp(_) => return Err(not_mine()),
        }
        tx.commit().await.map_err(fault)
    }
}

impl fmt::Debug for StoredChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredChannel").field("channel", &self.channel).finish_non_exhaustive()
    }
}

#[async_trait]
impl MessageChannel for StoredChannel {
    fn channel(&self) -> Channel {
        self.channel
    }

    async fn hand_over(&self, creditor: CreditorId, message: &Outgoing) -> HandedOver {
        message.check()?;
        self.keep(creditor, message).await?;
        let message_id = message.message_id().to_owned();
        Ok(Receipt { provider_reference: message_id.clone(), message_id, answer: "kept here".to_owned() })
    }
}
