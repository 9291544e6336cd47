use super::{ChannelFault, Mail, MessageChannel, Receipt};
use async_trait::async_trait;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// A channel that keeps what it is given, and fails on command. A clone is the same channel.
#[derive(Debug, Clone, Default)]
pub struct MemoryChannel {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    sent: Vec<Mail>,
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

impl MemoryChannel {
    /// A channel that takes everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says what the next hand-overs do, one each; after them every message is taken.
    pub fn script(&self, steps: impl IntoIterator<Item = Scripted>) {
        self.with(|inner| inner.script.extend(steps));
    }

    /// The messages that left, oldest first.
    pub fn sent(&self) -> Vec<Mail> {
        self.with(|inner| inner.sent.clone())
    }

    /// The same, and forgets them.
    pub fn take_sent(&self) -> Vec<Mail> {
        self.with(|inner| std::mem::take(&mut inner.sent))
    }

    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl MessageChannel for MemoryChannel {
    async fn hand_over(&self, message: &Mail) -> Result<Receipt, ChannelFault> {
        // What could not be written on a wire is refused here too.
        super::compose::compose(message)?;
        self.with(|inner| {
            let step = inner.script.pop_front().unwrap_or(Scripted::Deliver);
            if let Scripted::FailBefore(fault) = step {
                return Err(fault);
            }
            inner.sent.push(message.clone());
            match step {
                Scripted::FailAfter(fault) => Err(fault),
                _ => Ok(Receipt { message_id: message.message_id.clone(), answer: "kept in memory".to_owned() }),
            }
        })
    }
}
