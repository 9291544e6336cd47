//! What the sandbox remembers of saved methods, charges to them and chargebacks. Pure, as the rest of its memory.

use super::numbers::{Behaviour, TestNumber};
use super::state::Turn;
use super::{SandboxOutcome, SandboxState};
use crate::payment::{ChargeReport, ChargeSaved, ProviderFault};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AttemptId, CreditorId, SavedMethodId};
use saldo_domain::locale::Locale;
use saldo_domain::money::Money;
use saldo_domain::provider::{
    Capture, CheckoutReport, EventSubject, FailureReason, MethodExpiry, ProviderChargeback, SavedMethodFacts,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SavedState {
    pub setups: BTreeMap<String, Setup>,
    pub methods: BTreeMap<String, Method>,
    pub charges: BTreeMap<AttemptId, Charged>,
    pub chargebacks: BTreeMap<String, ProviderChargeback>,
}

/// One page on which a method is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Setup {
    pub creditor_id: CreditorId,
    pub setup_id: SavedMethodId,
    pub locale: Locale,
    pub success_url: String,
    pub cancel_url: String,
    pub expires_at: Timestamp,
    pub state: SetupState,
    pub last_decline: Option<FailureReason>,
}

/// Where such a page stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SetupState {
    Open,
    /// The bank asked; saved as this when the debtor accepts.
    Challenged(Method),
    Saved {
        method_reference: String,
    },
    Expired,
    Canceled,
}

/// A saved method. Its number is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Method {
    pub facts: SavedMethodFacts,
    pub later: Later,
    pub captured_count: u32,
    pub detached: bool,
}

/// What happens when it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Later {
    Pays,
    PaysOnce,
    Declines,
    AsksForProof,
    IsChargedBack,
}

/// What became of one charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Charged {
    pub creditor_id: CreditorId,
    pub amount: Money,
    pub method_reference: String,
    pub report: CheckoutReport,
}

impl Charged {
    pub(super) fn report(&self) -> ChargeReport {
        match &self.report {
            CheckoutReport::Captured(capture) => ChargeReport::Captured(capture.clone()),
            CheckoutReport::Failed { reason } => ChargeReport::failed(*reason),
            _ => ChargeReport::Pending,
        }
    }
}

impl Setup {
    pub(super) fn state(&self) -> SandboxState {
        match self.state {
            SetupState::Open => SandboxState::Open,
            SetupState::Challenged(_) => SandboxState::Challenged,
            SetupState::Saved { .. } => SandboxState::Paid,
            SetupState::Expired => SandboxState::Expired,
            SetupState::Canceled => SandboxState::Canceled,
        }
    }

    pub(super) fn may_be_used(&self) -> bool {
        matches!(self.state, SetupState::Open | SetupState::Challenged(_))
    }
}

pub(super) fn later(behaviour: Behaviour) -> Later {
    match behaviour {
        Behaviour::DeclinesWhenCharged => Later::Declines,
        Behaviour::PaysOnce => Later::PaysOnce,
        Behaviour::AlwaysAsksForProof => Later::AsksForProof,
        Behaviour::IsChargedBack => Later::IsChargedBack,
        _ => Later::Pays,
    }
}

impl Turn<'_> {
    pub(super) fn settle_setups(&mut self) {
        let now = self.now;
        let over = |setup: &Setup| setup.may_be_used() && setup.expires_at <= now;
        let over: Vec<String> = self
            .state
            .saved
            .setups
            .iter()
            .filter(|(_, setup)| over(setup))
            .map(|(reference, _)| reference.clone())
            .collect();
        for reference in over {
            self.end_setup(&reference, SetupState::Expired);
        }
    }

    /// Saves a test number, or tries to. `names` are the names of the holder and of the method.
    pub(super) fn save(&mut self, reference: &str, number: &TestNumber, names: (String, String)) -> SandboxOutcome {
        let Some(setup) = self.state.saved.setups.get_mut(reference) else { return SandboxOutcome::NotFound };
        if !setup.may_be_used() {
            return SandboxOutcome::Closed(setup.state());
        }
        let method = Method {
            facts: SavedMethodFacts {
                holder_reference: names.0,
                method_reference: names.1,
                kind: "card".to_owned(),
                brand: number.brand().to_owned(),
                last4: number.last4().to_owned(),
                expires: Some(MethodExpiry { year: 2034, month: 12 }),
            },
            later: later(number.behaviour),
            captured_count: 0,
            detached: false,
        };
        match number.behaviour {
            Behaviour::PaysLater | Behaviour::ReturnsLater => SandboxOutcome::NotATestNumber,
            Behaviour::Declines(reason) => {
                (setup.last_decline, setup.state) = (Some(reason), SetupState::Open);
                SandboxOutcome::Declined { reason }
            }
            Behaviour::AsksForProof | Behaviour::AlwaysAsksForProof => {
                setup.state = SetupState::Challenged(method);
                SandboxOutcome::ChallengeRequired
            }
            _ => {
                self.keep(reference, method);
                SandboxOutcome::Saved
            }
        }
    }

    pub(super) fn answer_setup_challenge(&mut self, reference: &str, accept: bool) -> SandboxOutcome {
        let Some(setup) = self.state.saved.setups.get_mut(reference) else { return SandboxOutcome::NotFound };
        match (setup.state.clone(), accept) {
            (SetupState::Challenged(method), true) => {
                self.keep(reference, method);
                SandboxOutcome::Saved
            }
            (SetupState::Challenged(_), false) => {
                let reason = FailureReason::AuthenticationFailed;
                (setup.last_decline, setup.state) = (Some(reason), SetupState::Open);
                SandboxOutcome::Declined { reason }
            }
            _ => SandboxOutcome::Closed(setup.state()),
        }
    }

    /// Ends a page that may still be used, and tells it.
    pub(super) fn end_setup(&mut self, reference: &str, state: SetupState) -> SandboxOutcome {
        let Some(setup) = self.state.saved.setups.get_mut(reference) else { return SandboxOutcome::NotFound };
        if !setup.may_be_used() {
            return SandboxOutcome::Closed(setup.state());
        }
        setup.state = state;
        let (creditor_id, setup_id, at) = (setup.creditor_id, setup.setup_id, self.now);
        let subject = EventSubject::Setup { setup_id: Some(setup_id), setup_reference: reference.to_owned() };
        self.queue(creditor_id, format!("evt_{reference}_ended"), at, subject);
        SandboxOutcome::Canceled
    }

    fn keep(&mut self, reference: &str, method: Method) {
        let method_reference = method.facts.method_reference.clone();
        self.end_setup(reference, SetupState::Saved { method_reference: method_reference.clone() });
        self.state.saved.methods.insert(method_reference, method);
    }

    pub(super) fn charge(
        &mut self,
        request: &ChargeSaved,
        payment_reference: String,
    ) -> Result<ChargeReport, ProviderFault> {
        if let Some(known) = self.state.saved.charges.get(&request.attempt_id) {
            let same = known.amount == request.amount && known.method_reference == request.method_reference;
            let refused = || ProviderFault::refused("idempotency_error", "the attempt was charged with other terms");
            return if same { Ok(known.report()) } else { Err(refused()) };
        }
        let now = self.now;
        let known = self.state.saved.methods.get_mut(&request.method_reference);
        let method = known
            .filter(|method| !method.detached && method.facts.holder_reference == request.holder_reference)
            .ok_or_else(|| ProviderFault::refused("resource_missing", "no such saved method"))?;
        let captured =
            Capture { payment_reference: payment_reference.clone(), amount: request.amount, captured_at: now };
        let failed = |reason| CheckoutReport::Failed { reason };
        let report = match method.later {
            Later::AsksForProof => failed(FailureReason::AuthenticationFailed),
            Later::Declines => failed(FailureReason::Declined),
            Later::PaysOnce if method.captured_count > 0 => failed(FailureReason::InsufficientFunds),
            Later::Pays | Later::PaysOnce | Later::IsChargedBack => {
                method.captured_count += 1;
                CheckoutReport::Captured(captured)
            }
        };
        let is_charged_back = method.later == Later::IsChargedBack;
        let charged = Charged {
            creditor_id: request.creditor_id,
            amount: request.amount,
            method_reference: request.method_reference.clone(),
            report: report.clone(),
        };
        let answer = charged.report();
        self.state.saved.charges.insert(request.attempt_id, charged);
        let subject = EventSubject::Checkout {
            attempt_id: Some(request.attempt_id),
            checkout_reference: payment_reference.clone(),
            report,
        };
        self.queue(request.creditor_id, format!("evt_{payment_reference}_charged"), now, subject);
        if is_charged_back {
            self.open_chargeback(&payment_reference);
        }
        Ok(answer)
    }
}
