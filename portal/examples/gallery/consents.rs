use saldo_app::flows::consent::{Consents, Standing};
use saldo_domain::consent::Unusable;
use saldo_domain::ids::DebtorId;
use saldo_domain::reminder::Channel;

/// A debtor who allows e-mail and has withdrawn text messages.
pub fn consents() -> Consents {
    let standing = |channel, address: &str, unusable| {
        let address = (!address.is_empty()).then(|| address.to_owned());
        Standing { channel, address, unusable, latest: None }
    };
    let standings = vec![
        standing(Channel::Email, "mariana@ejemplo.com", None),
        standing(Channel::Sms, "+525512345678", Some(Unusable::Withdrawn)),
        standing(Channel::Letter, "", Some(Unusable::NoAddress)),
    ];
    Consents { debtor_id: DebtorId(uuid::Uuid::nil()), standings, preference: None, history: Vec::new() }
}
