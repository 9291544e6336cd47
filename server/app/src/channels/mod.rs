//! The channels of this installation: which it can use, how fast, and the one place where messages are handed over.

mod log;
mod pace;
mod stored;

pub use log::{end_of, log_row, masked};
pub use stored::StoredChannel;

use futures::future::join_all;
use pace::Pace;
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{ChannelFault, EventSource, HandedOver, MessageChannel, Outgoing};
use saldo_store::{Store, reply};
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Every channel that is set up.
pub struct Channels {
    ways: Vec<Way>,
    ready: Vec<Channel>,
    sources: Vec<Arc<dyn EventSource>>,
    store: Store,
    in_hand: Semaphore,
    in_hand_max: u32,
}

/// What the composition root sets up.
#[derive(Default)]
pub struct SetUp {
    /// The channels: one that is not here is not ready. Letters, calls and banners come by themselves.
    pub channels: Vec<Arc<dyn MessageChannel>>,
    /// Who tells what became of messages.
    pub sources: Vec<Arc<dyn EventSource>>,
}

/// The messages of one channel, with their places among all.
type Portion = (Channel, Vec<usize>, Vec<(CreditorId, Outgoing)>);

struct Way {
    channel: Arc<dyn MessageChannel>,
    pace: Pace,
}

impl Channels {
    /// From the channels that are set up; of two of one kind the first is used. `per_second` says how many messages may
    /// leave by one of them, 0 for as many as there are.
    /// No more than `in_hand_max` messages of groups are in the hands of this node at once.
    pub fn new(set_up: SetUp, store: Store, in_hand_max: u32, per_second: impl Fn(Channel) -> u32) -> Self {
        let mut ways: Vec<Way> = Vec::new();
        for channel in set_up.channels {
            if ways.iter().all(|way| way.channel.channel() != channel.channel()) {
                let pace = Pace::new(per_second(channel.channel()));
                ways.push(Way { channel, pace });
            }
        }
        let is_ready = |channel: &Channel| ways.iter().any(|way| way.channel.channel() == *channel);
        let ready = Channel::ALL.into_iter().filter(is_ready).collect();
        let in_hand_max = in_hand_max.max(1);
        let in_hand = Semaphore::new(usize::try_from(in_hand_max).unwrap_or(Semaphore::MAX_PERMITS));
        Self { ways, ready, sources: set_up.sources, store, in_hand, in_hand_max }
    }

    /// Who tells, by the name in the path.
    pub fn source(&self, name: &str) -> Option<&dyn EventSource> {
        self.sources.iter().find(|source| source.name() == name).map(AsRef::as_ref)
    }

    /// What the installation can use. A channel without credentials is not here.
    pub fn ready(&self) -> &[Channel] {
        &self.ready
    }

    /// Whether the installation can use a channel.
    pub fn is_ready(&self, channel: Channel) -> bool {
        self.ready.contains(&channel)
    }

    /// Waits until a group of messages may be in hand, and counts it until what is answered is dropped. A group that is
    /// larger than all that may be goes alone.
    pub(crate) async fn take_in_hand(&self, count: usize) -> Option<SemaphorePermit<'_>> {
        let count = u32::try_from(count).unwrap_or(u32::MAX).min(self.in_hand_max);
        self.in_hand.acquire_many(count).await.ok()
    }

    fn way(&self, channel: Channel) -> Result<&Way, ChannelFault> {
        let unready = || ChannelFault::Permanent { detail: format!("{} is not set up here", channel.as_str()) };
        self.ways.iter().find(|way| way.channel.channel() == channel).ok_or_else(unready)
    }

    /// Hands a creditor's message over, within the channel's pace.
    ///
    /// # Errors
    /// [`ChannelFault`], which says whether the message may have left.
    pub async fn hand_over(&self, creditor: CreditorId, message: &Outgoing) -> HandedOver {
        let way = self.way(message.channel())?;
        way.pace.wait(1).await?;
        if message.channel() != Channel::Whatsapp {
            return way.channel.hand_over(creditor, message).await;
        }
        let mut message = message.clone();
        self.open_window(creditor, &mut message).await;
        way.channel.hand_over(creditor, &message).await
    }

    /// When the debtor last wrote on WhatsApp decides whether free text may go. Unread, it counts as never.
    async fn open_window(&self, creditor: CreditorId, message: &mut Outgoing) {
        let Outgoing::Whatsapp(message) = message else { return };
        let read = async {
            let tx = self.store.read_of(creditor).await?;
            reply::last_at(&tx, creditor, Channel::Whatsapp, &message.to).await
        };
        match read.await {
            Ok(at) => message.last_reply_at = at,
            Err(fault) => tracing::warn!(%fault, "the window of WhatsApp could not be read"),
        }
    }

    /// Hands many messages over, of whichever channels; one answer for each, in their order.
    pub async fn hand_over_many(&self, messages: Vec<(CreditorId, Outgoing)>) -> Vec<HandedOver> {
        let mut answers: Vec<Option<HandedOver>> = messages.iter().map(|_| None).collect();
        let mut groups: Vec<Portion> = Vec::new();
        for (at, mut message) in messages.into_iter().enumerate() {
            let channel = message.1.channel();
            self.open_window(message.0, &mut message.1).await;
            match groups.iter_mut().find(|group| group.0 == channel) {
                Some((_, places, group)) => {
                    places.push(at);
                    group.push(message);
                }
                None => groups.push((channel, vec![at], vec![message])),
            }
        }
        let told = join_all(groups.iter().map(|(channel, _, group)| self.hand_over_group(*channel, group))).await;
        for ((_, places, _), told) in groups.iter().zip(told) {
            for (at, answer) in places.iter().zip(told) {
                answers[*at] = Some(answer);
            }
        }
        let missing = || Err(ChannelFault::Unknown { detail: "no answer".to_owned() });
        answers.into_iter().map(|answer| answer.unwrap_or_else(missing)).collect()
    }

    async fn hand_over_group(&self, channel: Channel, messages: &[(CreditorId, Outgoing)]) -> Vec<HandedOver> {
        let way = match self.way(channel) {
            Ok(way) => way,
            Err(fault) => return messages.iter().map(|_| Err(fault.clone())).collect(),
        };
        let mut answers = Vec::with_capacity(messages.len());
        let mut late = None;
        for portion in messages.chunks(way.pace.burst()) {
            if late.is_none() {
                late = way.pace.wait(portion.len()).await.err();
            }
            match &late {
                None => answers.extend(way.channel.hand_over_many(portion).await),
                Some(fault) => answers.extend(portion.iter().map(|_| Err(fault.clone()))),
            }
        }
        answers
    }
}

#[cfg(test)]
mod tests;
