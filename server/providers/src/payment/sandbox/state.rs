//! What the sandbox remembers, and how it moves on. Pure: times and names come from outside.

use super::numbers::{Behaviour, TestNumber};
use super::saved::SavedState;
use super::{SandboxOutcome, SandboxState};
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AttemptId, CreditorId, RefundId};
use saldo_domain::locale::Locale;
use saldo_domain::money::Money;
use saldo_domain::provider::{Capture, CheckoutReport, EventSubject, FailureReason, ProviderEvent, ProviderRefund};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    pub checkouts: BTreeMap<String, Entry>,
    pub refunds: BTreeMap<RefundId, ProviderRefund>,
    #[serde(default)]
    pub saved: SavedState,
    pub events: Vec<Queued>,
}

/// One hosted page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub creditor_id: CreditorId,
    pub attempt_id: AttemptId,
    pub amount: Money,
    pub description: String,
    pub locale: Locale,
    pub success_url: String,
    pub cancel_url: String,
    pub expires_at: Timestamp,
    pub standing: Standing,
    pub last_decline: Option<FailureReason>,
}

/// Where a page stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub(super) enum Standing {
    Open,
    Challenged,
    Pending { settles_at: Timestamp, pays: bool },
    Paid { capture: Capture },
    Failed { reason: FailureReason },
    Expired,
    Canceled,
}

/// An event with the copies of it that nobody has taken yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Queued {
    pub creditor_id: CreditorId,
    pub event: ProviderEvent,
    pub copies: Vec<u8>,
}

impl Entry {
    pub(super) fn state(&self) -> SandboxState {
        match self.standing {
            Standing::Open => SandboxState::Open,
            Standing::Challenged => SandboxState::Challenged,
            Standing::Pending { .. } => SandboxState::Pending,
            Standing::Paid { .. } => SandboxState::Paid,
            Standing::Failed { .. } => SandboxState::Failed,
            Standing::Expired => SandboxState::Expired,
            Standing::Canceled => SandboxState::Canceled,
        }
    }

    pub(super) fn report(&self) -> CheckoutReport {
        match &self.standing {
            Standing::Open => CheckoutReport::Open,
            Standing::Challenged => CheckoutReport::RequiresAction,
            Standing::Pending { .. } => CheckoutReport::Pending,
            Standing::Paid { capture } => CheckoutReport::Captured(capture.clone()),
            Standing::Failed { reason } => CheckoutReport::Failed { reason: *reason },
            Standing::Expired | Standing::Canceled => CheckoutReport::Expired,
        }
    }

    fn may_be_paid(&self) -> bool {
        matches!(self.standing, Standing::Open | Standing::Challenged)
    }
}

/// The payment that a page brings.
fn payment_reference(reference: &str) -> String {
    reference.replacen("sbx_", "pay_", 1)
}

/// Changes of one moment: the state, the clock, and how often each event is handed out.
pub(super) struct Turn<'a> {
    pub state: &'a mut State,
    pub now: Timestamp,
    pub copies: u8,
    pub debit_delay: SignedDuration,
}

impl Turn<'_> {
    /// Lets time pass: pages end, debits settle.
    pub(super) fn settle(&mut self) {
        self.settle_setups();
        let now = self.now;
        let due: Vec<(String, Standing, Timestamp)> = self
            .state
            .checkouts
            .iter()
            .filter_map(|(reference, entry)| match entry.standing {
                Standing::Pending { settles_at, pays } if settles_at <= now => {
                    let standing = if pays {
                        Standing::Paid { capture: capture(reference, entry, settles_at) }
                    } else {
                        Standing::Failed { reason: FailureReason::DebitReturned }
                    };
                    Some((reference.clone(), standing, settles_at))
                }
                Standing::Open | Standing::Challenged if entry.expires_at <= now => {
                    Some((reference.clone(), Standing::Expired, entry.expires_at))
                }
                _ => None,
            })
            .collect();
        for (reference, standing, at) in due {
            self.enter(&reference, standing, at);
        }
    }

    pub(super) fn pay(&mut self, reference: &str, number: &TestNumber) -> SandboxOutcome {
        let Some(entry) = self.state.checkouts.get(reference) else { return SandboxOutcome::NotFound };
        if !entry.may_be_paid() {
            return SandboxOutcome::Closed(entry.state());
        }
        let later = |pays| Standing::Pending { settles_at: self.now + self.debit_delay, pays };
        let (standing, outcome) = match number.behaviour {
            Behaviour::Pays | Behaviour::PaysOnce | Behaviour::IsChargedBack => {
                (Standing::Paid { capture: capture(reference, entry, self.now) }, SandboxOutcome::Paid)
            }
            Behaviour::AsksForProof | Behaviour::AlwaysAsksForProof => {
                (Standing::Challenged, SandboxOutcome::ChallengeRequired)
            }
            Behaviour::DeclinesWhenCharged => return self.decline(reference, FailureReason::Declined),
            Behaviour::PaysLater => (later(true), SandboxOutcome::Pending),
            Behaviour::ReturnsLater => (later(false), SandboxOutcome::Pending),
            Behaviour::Declines(reason) => return self.decline(reference, reason),
        };
        self.enter(reference, standing, self.now);
        if number.behaviour == Behaviour::IsChargedBack {
            self.open_chargeback(&payment_reference(reference));
        }
        outcome
    }

    pub(super) fn answer_challenge(&mut self, reference: &str, accept: bool) -> SandboxOutcome {
        let Some(entry) = self.state.checkouts.get(reference) else { return SandboxOutcome::NotFound };
        match (&entry.standing, accept) {
            (Standing::Challenged, true) => {
                let capture = capture(reference, entry, self.now);
                self.enter(reference, Standing::Paid { capture }, self.now);
                SandboxOutcome::Paid
            }
            (Standing::Challenged, false) => self.decline(reference, FailureReason::AuthenticationFailed),
            _ => SandboxOutcome::Closed(entry.state()),
        }
    }

    /// Ends a page that may still be paid.
    pub(super) fn end(&mut self, reference: &str, standing: Standing) -> SandboxOutcome {
        let Some(entry) = self.state.checkouts.get(reference) else { return SandboxOutcome::NotFound };
        if !entry.may_be_paid() {
            return SandboxOutcome::Closed(entry.state());
        }
        self.enter(reference, standing, self.now);
        SandboxOutcome::Canceled
    }

    pub(super) fn give_back(&mut self, creditor_id: CreditorId, refund: ProviderRefund, refund_id: RefundId) {
        let subject = EventSubject::Refund(refund.clone());
        self.queue(creditor_id, format!("evt_{}_created", refund.refund_reference), refund.refunded_at, subject);
        self.state.refunds.insert(refund_id, refund);
    }

    fn decline(&mut self, reference: &str, reason: FailureReason) -> SandboxOutcome {
        if let Some(entry) = self.state.checkouts.get_mut(reference) {
            entry.last_decline = Some(reason);
        }
        self.enter(reference, Standing::Open, self.now);
        SandboxOutcome::Declined { reason }
    }

    /// Moves a page on and tells it.
    fn enter(&mut self, reference: &str, standing: Standing, at: Timestamp) {
        let Some(entry) = self.state.checkouts.get_mut(reference) else { return };
        entry.standing = standing;
        let subject = EventSubject::Checkout {
            attempt_id: Some(entry.attempt_id),
            checkout_reference: reference.to_owned(),
            report: entry.report(),
        };
        let word = format!("{:?}", entry.state()).to_ascii_lowercase();
        let creditor_id = entry.creditor_id;
        self.queue(creditor_id, format!("evt_{reference}_{word}_{}", at.as_millisecond()), at, subject);
    }

    pub(super) fn queue(
        &mut self,
        creditor_id: CreditorId,
        event_reference: String,
        occurred_at: Timestamp,
        subject: EventSubject,
    ) {
        let event = ProviderEvent { event_reference, occurred_at, live: false, provider_account: None, subject };
        self.state.events.push(Queued { creditor_id, event, copies: (1..=self.copies).collect() });
    }
}

fn capture(reference: &str, entry: &Entry, captured_at: Timestamp) -> Capture {
    Capture { payment_reference: payment_reference(reference), amount: entry.amount, captured_at }
}
