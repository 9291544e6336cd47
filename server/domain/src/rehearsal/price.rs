use crate::currency::Currency;
use crate::money::Money;
use crate::reminder::Channel;

/// What one message is taken to cost, in US dollars: list prices of 2026 for the Americas, rounded up. A letter is printed,
/// enveloped and posted at home, a call is three minutes of a person. What a provider really charges is on its own invoice.
pub fn price(channel: Channel) -> Money {
    let minor = match channel {
        Channel::Email | Channel::Banner => 0,
        Channel::Sms => 5,
        Channel::Whatsapp => 3,
        Channel::Letter => 120,
        Channel::Call => 80,
    };
    Money::new(minor, Currency::USD)
}
