//! A mail server in this process: it takes messages, loses its answer, is busy, or dies.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use saldo_app::ambient::{Clock, SteppedClock};
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{ChannelFault, HandedOver, MessageChannel, Outgoing, Receipt};

/// How the next message fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mail {
    Taken,
    /// 429.
    Busy,
    /// Taken, and the answer is nonsense.
    Mute,
    /// Not taken, and nobody can tell.
    Dead,
    /// Surely not taken, now nor later.
    Refused,
}

/// A message that left, by the name it carries.
#[derive(Clone, Debug)]
pub struct Left {
    pub message: String,
    /// What the node's clock showed.
    pub at: Timestamp,
}

/// The server that all nodes share.
#[derive(Default)]
pub struct Post {
    next: Mutex<Vec<Mail>>,
    left: Mutex<Vec<Left>>,
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Post {
    /// How the next messages fare; those after them are taken.
    pub fn script(&self, next: Vec<Mail>) {
        *open(&self.next) = next;
    }

    /// What has left since the last look.
    pub fn take_left(&self) -> Vec<Left> {
        std::mem::take(&mut *open(&self.left))
    }

    fn fare(&self) -> Mail {
        open(&self.next).pop().unwrap_or(Mail::Taken)
    }
}

/// A node's way to it.
pub struct Lane {
    pub post: Arc<Post>,
    pub clock: Arc<SteppedClock>,
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lane")
    }
}

#[async_trait]
impl MessageChannel for Lane {
    fn channel(&self) -> Channel {
        Channel::Email
    }

    async fn hand_over(&self, _: CreditorId, message: &Outgoing) -> HandedOver {
        let message_id = message.message_id().to_owned();
        let detail = || "as chance would have it".to_owned();
        let fare = self.post.fare();
        if matches!(fare, Mail::Taken | Mail::Mute) {
            open(&self.post.left).push(Left { message: message_id.clone(), at: self.clock.now() });
        }
        match fare {
            Mail::Taken => Ok(Receipt { provider_reference: message_id.clone(), message_id, answer: "250".to_owned() }),
            Mail::Busy => Err(ChannelFault::Retry { detail: detail() }),
            Mail::Mute | Mail::Dead => Err(ChannelFault::Unknown { detail: detail() }),
            Mail::Refused => Err(ChannelFault::Permanent { detail: detail() }),
        }
    }
}
