//! The sandbox's page for saving a method, and what tests and the demo do to saved methods and to payments.

use super::saved::{SetupState, later};
use super::{Sandbox, SandboxFault, SandboxOutcome, SandboxState, numbers};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::SavedMethodId;
use saldo_domain::locale::Locale;
use saldo_domain::provider::FailureReason;

/// What the page for saving a method shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxSetup {
    /// The name of the page.
    pub reference: String,
    /// The method that it was opened for.
    pub setup_id: SavedMethodId,
    /// The debtor's language.
    pub locale: Locale,
    /// Where to lead after saving.
    pub success_url: String,
    /// Where to lead on giving up.
    pub cancel_url: String,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Where it stands; `Paid` is saved.
    pub state: SandboxState,
    /// Why the last try was declined.
    pub last_decline: Option<FailureReason>,
}

impl Sandbox {
    /// The page for saving a method as it is shown; one whose time is over reads as ended.
    pub fn find_setup_page(&self, reference: &str, now: Timestamp) -> Option<SandboxSetup> {
        self.look(|state| {
            let setup = state.saved.setups.get(reference)?;
            let over = setup.expires_at <= now && setup.may_be_used();
            Some(SandboxSetup {
                reference: reference.to_owned(),
                setup_id: setup.setup_id,
                locale: setup.locale.clone(),
                success_url: setup.success_url.clone(),
                cancel_url: setup.cancel_url.clone(),
                expires_at: setup.expires_at,
                state: if over { SandboxState::Expired } else { setup.state() },
                last_decline: setup.last_decline,
            })
        })
    }

    /// Saves a card of [`super::TEST_NUMBERS`]; a bank account cannot be saved.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn save(&self, reference: &str, number: &str, now: Timestamp) -> Result<SandboxOutcome, SandboxFault> {
        let names = (self.name_of("sbk", reference), self.name_of("sbm", reference));
        match numbers::find(number) {
            Some(number) => self.turn(now, |turn| turn.save(reference, number, names)),
            None => Ok(SandboxOutcome::NotATestNumber),
        }
    }

    /// The debtor's answer to the bank: yes saves, no leaves the page open for another card.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn answer_setup_challenge(
        &self,
        reference: &str,
        accept: bool,
        now: Timestamp,
    ) -> Result<SandboxOutcome, SandboxFault> {
        self.turn(now, |turn| turn.answer_setup_challenge(reference, accept))
    }

    /// The debtor gives up: the page ends.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn cancel_setup(&self, reference: &str, now: Timestamp) -> Result<SandboxOutcome, SandboxFault> {
        self.turn(now, |turn| turn.end_setup(reference, SetupState::Canceled))
    }

    /// From now on a saved method behaves as if this test number had been saved; its looks stay. False where either is
    /// unknown.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn change_saved(&self, method_reference: &str, number: &str, now: Timestamp) -> Result<bool, SandboxFault> {
        let Some(number) = numbers::find(number) else { return Ok(false) };
        self.turn(now, |turn| match turn.state.saved.methods.get_mut(method_reference) {
            Some(method) => {
                method.later = later(number.behaviour);
                true
            }
            None => false,
        })
    }

    /// The card holder disputes a payment at the bank, all of it. False where there is no such payment, or it was disputed
    /// before.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn open_chargeback(&self, payment_reference: &str, now: Timestamp) -> Result<bool, SandboxFault> {
        self.turn(now, |turn| turn.open_chargeback(payment_reference))
    }

    /// The bank decides an open chargeback, for the business (`won`) or for the card holder. False where none is open.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn end_chargeback(&self, payment_reference: &str, won: bool, now: Timestamp) -> Result<bool, SandboxFault> {
        self.turn(now, |turn| turn.end_chargeback(payment_reference, won))
    }
}
