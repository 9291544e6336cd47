use super::{ChannelFault, HandedOver, Mail, MessageChannel, Outgoing, Receipt};
use async_trait::async_trait;
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// A channel that keeps what it is given, and fails on command. A clone is the same channel.
#[derive(Debug, Clone)]
pub struct MemoryChannel {
    channel: Channel,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    sent: Vec<Outgoing>,
    script: VecDeque<Scripted>,
}

/// What the next hand-over does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scripted {
    /// Takes the message.
    Deliver,
    /// Fails; the message has not left.
    FailBefore(ChannelFault),
    /// Takes the message and fails all the same.
    FailAfter(ChannelFault),
}

impl Default for MemoryChannel {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryChannel {
    /// E-mail that takes everything.
    pub fn new() -> Self {
        Self::of(Channel::Email)
    }

    /// A channel that takes everything.
    pub fn of(channel: Channel) -> Self {
        Self { channel, inner: Arc::default() }
    }

    /// Says what the next hand-overs do, one each; after them every message is taken.
    pub fn script(&self, steps: impl IntoIterator<Item = Scripted>) {
        self.with(|inner| inner.script.extend(steps));
    }

    /// The mails that left, oldest first.
    pub fn sent(&self) -> Vec<Mail> {
        mails(self.messages())
    }

    /// The same, and forgets them.
    pub fn take_sent(&self) -> Vec<Mail> {
        mails(self.with(|inner| std::mem::take(&mut inner.sent)))
    }

    /// The messages that left, oldest first.
    pub fn messages(&self) -> Vec<Outgoing> {
        self.with(|inner| inner.sent.clone())
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn mails(messages: Vec<Outgoing>) -> Vec<Mail> {
    let mail = |message| if let Outgoing::Mail(mail) = message { Some(mail) } else { None };
    messages.into_iter().filter_map(mail).collect()
}

#[async_trait]
impl MessageChannel for MemoryChannel {
    fn channel(&self) -> Channel {
        self.channel
    }

    async fn hand_over(&self, _: CreditorId, message: &Outgoing) -> HandedOver {
        if message.channel() != self.channel {
            return Err(ChannelFault::not_mine());
        }
        // What could not be written on a wire is refused here too.
        message.check()?;
        self.with(|inner| {
            let step = inner.script.pop_front().unwrap_or(Scripted::Deliver);
            if let Scripted::FailBefore(fault) = step {
                return Err(fault);
            }
            inner.sent.push(message.clone());
            match step {
                Scripted::FailAfter(fault) => Err(fault),
                _ => Ok(Receipt {
                    message_id: message.message_id().to_owned(),
                    provider_reference: message.message_id().to_owned(),
                    answer: "kept in memory".to_owned(),
                }),
            }
        })
    }
}
