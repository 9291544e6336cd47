//! What a row says of the channels that its debtor allows.

use crate::calendar::Date;
use crate::consent::PROOF_MAX;
use crate::import::Field;
use crate::import::cells::Cells;
use crate::import::fault::code;
use crate::import::text::phrase;
use crate::reminder::Channel;
use serde::Serialize;

/// What a row says of one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentCell {
    /// Which channel.
    pub channel: Channel,
    /// Whether the debtor allows it; else it withdrew it.
    pub given: bool,
    /// The day on which it said so, where the file has one.
    pub on: Option<Date>,
    /// What shows it; never empty for a channel that is allowed.
    pub proof: String,
}

/// Yes or no, as people of three languages write it.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match phrase(text).as_str() {
        "yes" | "y" | "si" | "s" | "sim" | "true" | "verdadero" | "verdadeiro" | "1" | "x" => Some(true),
        "no" | "n" | "nao" | "false" | "falso" | "0" => Some(false),
        _ => None,
    }
}

fn allowed(text: &str) -> Option<bool> {
    yes_or_no(text).or_else(|| match phrase(text).as_str() {
        "opt in" | "given" | "autorizado" | "autorizada" | "autoriza" | "aceptado" | "aceito" | "otorgado" => {
            Some(true)
        }
        "opt out" | "withdrawn" | "retirado" | "revocado" | "revogado" | "rechazado" | "recusado" | "baja" => {
            Some(false)
        }
        _ => None,
    })
}

impl Cells<'_> {
    /// The consents of a row. Who says that a channel is allowed says what shows it.
    pub(super) fn consents(&mut self) -> Vec<ConsentCell> {
        let proof = self.value(Field::ConsentProof).and_then(|text| self.text(Field::ConsentProof, text, PROOF_MAX));
        let on = self.value(Field::ConsentOn).and_then(|text| self.date(Field::ConsentOn, text));
        if on.is_some_and(|on| on > self.reader.today) {
            self.fault(Field::ConsentOn, code::CONSENT_IN_FUTURE, self.value(Field::ConsentOn).unwrap_or_default());
        }
        let mut consents = Vec::new();
        for (field, channel) in Field::CONSENTS {
            let Some(text) = self.value(field) else { continue };
            match allowed(text) {
                Some(true) if self.value(Field::ConsentProof).is_none() => {
                    self.fault(field, code::CONSENT_WITHOUT_PROOF, text);
                }
                Some(given) => {
                    consents.push(ConsentCell { channel, given, on, proof: proof.clone().unwrap_or_default() });
                }
                None => self.fault(field, code::YES_OR_NO_UNKNOWN, text),
            }
        }
        consents
    }

    /// An address in lines, without control characters and card numbers.
    pub(super) fn postal_address(&mut self) -> Option<String> {
        let text = self.value(Field::PostalAddress)?;
        let lines = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>();
        self.text(Field::PostalAddress, text, crate::debtor::POSTAL_ADDRESS_MAX).map(|_| lines.join("\n"))
    }
}
