//! Methods that debtors save at the provider, and what is charged to them while they are away.

use jiff::{SignedDuration, Timestamp};
use saldo_domain::ids::{CreditorId, SavedMethodId};
use saldo_domain::provider::{EventSubject, FailureReason, SavedMethodFacts, SetupReport};
use saldo_providers::payment::{ChargeReport, ChargeSaved, OpenSetup};

use crate::chance::Chance;
use crate::till::{Session, State, Till};

/// A page on which a method is saved.
#[derive(Clone)]
pub struct Setup {
    pub reference: String,
    pub id: SavedMethodId,
    creditor: CreditorId,
    expires_at: Timestamp,
    pub state: SetupState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetupState {
    Open,
    Saved,
    Failed,
    Expired,
}

impl Till {
    /// The page of a setup, which asked for twice is one.
    pub fn open_setup(&mut self, request: &OpenSetup) -> String {
        if let Some(known) = self.setups.iter().find(|setup| setup.id == request.setup_id) {
            return known.reference.clone();
        }
        let reference = format!("cs_setup_{}", self.number());
        self.setups.push(Setup {
            reference: reference.clone(),
            id: request.setup_id,
            creditor: request.creditor_id,
            expires_at: request.expires_at,
            state: SetupState::Open,
        });
        reference
    }

    pub fn setup_report(&self, reference: &str) -> Option<SetupReport> {
        let setup = self.setups.iter().find(|setup| setup.reference == reference)?;
        Some(match setup.state {
            SetupState::Open => SetupReport::Open,
            SetupState::Failed => SetupReport::Failed { reason: FailureReason::Other },
            SetupState::Expired => SetupReport::Expired,
            SetupState::Saved => SetupReport::Saved(SavedMethodFacts {
                holder_reference: format!("cus_{reference}"),
                method_reference: format!("pm_{reference}"),
                kind: "card".to_owned(),
                brand: "visa".to_owned(),
                last4: "4242".to_owned(),
                expires: None,
            }),
        })
    }

    /// A page ends.
    pub fn end_setup(&mut self, place: usize, state: SetupState, at: Timestamp) {
        self.setups[place].state = state;
        let Setup { reference, id, creditor, .. } = self.setups[place].clone();
        self.tell(creditor, at, EventSubject::Setup { setup_id: Some(id), setup_reference: reference }, true);
    }

    pub fn end_setups_in_time(&mut self, now: Timestamp) {
        for place in 0..self.setups.len() {
            if self.setups[place].state == SetupState::Open && self.setups[place].expires_at <= now {
                self.end_setup(place, SetupState::Expired, now);
            }
        }
    }

    /// Charges a saved method; what is asked for twice is one charge.
    pub fn charge(&mut self, request: &ChargeSaved, now: Timestamp, chance: &mut Chance) -> ChargeReport {
        if let Some(place) = self.by_attempt.get(&request.attempt_id) {
            return self.charged(*place);
        }
        let reference = format!("pi_{}", self.number());
        let place = self.sessions.len();
        self.sessions.push(Session {
            reference,
            attempt: request.attempt_id,
            creditor: request.creditor_id,
            amount: request.amount,
            expires_at: Timestamp::MAX,
            state: State::Failed,
            captures: Vec::new(),
            gone: 0,
        });
        self.by_attempt.insert(request.attempt_id, place);
        let is_gone = self.detached.contains(&request.method_reference);
        match chance.below(10) {
            0..5 if !is_gone => self.capture(place, now, chance),
            5..7 if !is_gone => {
                let settles_at = now + SignedDuration::from_mins(chance.between(1, 3 * 24 * 60));
                self.sessions[place].state = State::Pending { settles_at, well: !chance.one_in(3) };
                self.tell_state(place, now, true);
            }
            _ => self.tell_state(place, now, true),
        }
        self.charged(place)
    }

    /// Where a charge stands.
    pub fn charged(&self, place: usize) -> ChargeReport {
        let session = &self.sessions[place];
        match session.state {
            State::Paid => ChargeReport::Captured(session.captures[0].clone()),
            State::Open | State::Pending { .. } => ChargeReport::Pending,
            State::Failed | State::Expired => ChargeReport::failed(FailureReason::DebitReturned),
        }
    }
}
