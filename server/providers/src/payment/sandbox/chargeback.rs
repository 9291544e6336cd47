//! Payments that are disputed at the sandbox's bank. Pure, as the rest of its memory.

use super::state::{Standing, Turn};
use saldo_domain::ids::CreditorId;
use saldo_domain::money::Money;
use saldo_domain::provider::{Capture, ChargebackStanding, CheckoutReport, EventSubject, ProviderChargeback};

impl Turn<'_> {
    /// The payment of a name, from a page or from a charge.
    pub(super) fn captured(&self, payment_reference: &str) -> Option<(CreditorId, Money)> {
        let named = |capture: &Capture| capture.payment_reference == payment_reference;
        let hosted = self.state.checkouts.values().find_map(|entry| match &entry.standing {
            Standing::Paid { capture } if named(capture) => Some((entry.creditor_id, capture.amount)),
            _ => None,
        });
        hosted.or_else(|| {
            self.state.saved.charges.values().find_map(|charged| match &charged.report {
                CheckoutReport::Captured(capture) if named(capture) => Some((charged.creditor_id, capture.amount)),
                _ => None,
            })
        })
    }

    /// The card holder disputes a payment. False where there is no such payment, or it was disputed before.
    pub(super) fn open_chargeback(&mut self, payment_reference: &str) -> bool {
        let Some((_, amount)) = self.captured(payment_reference) else { return false };
        if self.state.saved.chargebacks.contains_key(payment_reference) {
            return false;
        }
        let chargeback = ProviderChargeback {
            chargeback_reference: format!("sbd_{payment_reference}"),
            payment_reference: payment_reference.to_owned(),
            amount,
            standing: ChargebackStanding::Opened,
            at: self.now,
        };
        self.tell_chargeback(chargeback);
        true
    }

    /// The bank decides. False where nothing is open.
    pub(super) fn end_chargeback(&mut self, payment_reference: &str, won: bool) -> bool {
        let known = self.state.saved.chargebacks.get(payment_reference);
        let Some(known) = known.filter(|known| !known.standing.is_final()) else { return false };
        let standing = if won { ChargebackStanding::Won } else { ChargebackStanding::Lost };
        let chargeback = ProviderChargeback { standing, at: self.now, ..known.clone() };
        self.tell_chargeback(chargeback);
        true
    }

    fn tell_chargeback(&mut self, chargeback: ProviderChargeback) {
        let Some((creditor_id, _)) = self.captured(&chargeback.payment_reference) else { return };
        let event_reference = format!("evt_{}_{}", chargeback.chargeback_reference, chargeback.standing.name());
        self.state.saved.chargebacks.insert(chargeback.payment_reference.clone(), chargeback.clone());
        self.queue(creditor_id, event_reference, chargeback.at, EventSubject::Chargeback(chargeback));
    }
}
