//! Whether a channel may be used towards a debtor.

use crate::contact::ContactRules;
use crate::reminder::Channel;
use crate::snapshot::DebtorSnapshot;

/// Why a channel may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unusable {
    /// There is no address.
    NoAddress,
    /// The debtor withdrew it.
    Withdrawn,
}

/// Whether a channel may be used towards a debtor.
///
/// # Errors
/// Why not.
pub fn may_use(snapshot: &DebtorSnapshot, _rules: &ContactRules, channel: Channel) -> Result<(), Unusable> {
    let debtor = &snapshot.debtor;
    let address = match channel {
        Channel::Email => debtor.email.is_some(),
        Channel::Sms | Channel::Whatsapp | Channel::Call => debtor.phone.is_some(),
        Channel::Letter => false,
        Channel::Banner => true,
    };
    match (address, channel) {
        (false, _) => Err(Unusable::NoAddress),
        (true, Channel::Email) if debtor.email_opt_out_at.is_some() => Err(Unusable::Withdrawn),
        _ => Ok(()),
    }
}
