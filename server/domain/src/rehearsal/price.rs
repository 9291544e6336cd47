use crate::money::Money;
use crate::reminder::Channel;

/// What a creditor says that one message costs, channel by channel. What is not said is not guessed: what a provider really
/// charges is on its own invoice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChannelPrices(Vec<(Channel, Money)>);

impl ChannelPrices {
    /// From one price for each channel that has one; of a channel that is there twice the first one counts.
    pub fn new(prices: Vec<(Channel, Money)>) -> Self {
        Self(prices)
    }

    /// The price of one message.
    pub fn of(&self, channel: Channel) -> Option<Money> {
        self.0.iter().find(|(known, _)| *known == channel).map(|(_, price)| *price)
    }

    /// Every price that is known.
    pub fn all(&self) -> &[(Channel, Money)] {
        &self.0
    }
}
