use super::{Channel, StopReason};
use crate::consent::{self, Unusable};
use crate::contact::ContactRules;
use crate::snapshot::DebtorSnapshot;

/// The channels that can carry a message to one debtor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usable {
    has: [bool; Channel::ALL.len()],
    withdrawn: bool,
}

impl Usable {
    pub(super) fn of(snapshot: &DebtorSnapshot, rules: &ContactRules, channels: &[Channel]) -> Self {
        let mut usable = Self { has: [false; Channel::ALL.len()], withdrawn: false };
        for channel in channels {
            match consent::may_use(snapshot, rules, *channel) {
                Ok(()) => usable.has[*channel as usize] = true,
                Err(Unusable::NoAddress) => {}
                Err(_) => usable.withdrawn = true,
            }
        }
        usable
    }

    pub(super) fn has(self, channel: Channel) -> bool {
        self.has[channel as usize]
    }

    pub(super) fn any(self, channels: &[Channel]) -> bool {
        channels.iter().any(|channel| self.has(*channel))
    }

    pub(super) fn why(self) -> StopReason {
        if self.withdrawn { StopReason::OptedOut } else { StopReason::NoAddress }
    }
}
