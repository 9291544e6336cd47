//! An in-process provider for the demo and the tests: its own hosted page, test numbers only, signed events through the
//! same webhook route, each delivered twice. One process uses one file.

mod chargeback;
mod file;
mod numbers;
mod provider;
mod saved;
mod setup;
mod state;
#[cfg(test)]
mod tests;

pub use numbers::{Behaviour, NumberKind, TEST_NUMBERS, TestNumber};
pub use setup::SandboxSetup;

use super::signature::sign;
use crate::Secret;
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AttemptId, CreditorId};
use saldo_domain::locale::Locale;
use saldo_domain::money::Money;
use saldo_domain::provider::FailureReason;
use state::{Standing, State, Turn};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The header that carries the signature of the sandbox's events.
pub const SIGNATURE_HEADER: &str = "saldo-sandbox-signature";

/// How the sandbox behaves.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// Where it remembers its checkouts; none keeps them in memory.
    pub path: Option<PathBuf>,
    /// Signs events, and makes references that cannot be guessed.
    pub secret: Secret,
    /// Where its page is served, without a slash at the end: a checkout is at `{page_base_url}/sandbox/{reference}`.
    pub page_base_url: String,
    /// Whether each event is handed out twice, as real providers sometimes do. On.
    pub duplicates: bool,
    /// How long a bank debit stays pending. 20 s.
    pub debit_delay: SignedDuration,
}

impl SandboxConfig {
    /// A sandbox in memory, with duplicates.
    pub fn new(secret: Secret, page_base_url: impl Into<String>) -> Self {
        Self {
            path: None,
            secret,
            page_base_url: page_base_url.into(),
            duplicates: true,
            debit_delay: SignedDuration::from_secs(20),
        }
    }
}

/// The sandbox. A clone is the same sandbox.
#[derive(Debug, Clone)]
pub struct Sandbox {
    config: Arc<SandboxConfig>,
    state: Arc<Mutex<State>>,
}

/// What the hosted page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxCheckout {
    /// The name of the checkout.
    pub reference: String,
    /// The attempt that it belongs to.
    pub attempt_id: AttemptId,
    /// What is to be paid.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// The debtor's language.
    pub locale: Locale,
    /// Where to lead after paying.
    pub success_url: String,
    /// Where to lead on giving up.
    pub cancel_url: String,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Where it stands.
    pub state: SandboxState,
    /// Why the last try was declined.
    pub last_decline: Option<FailureReason>,
}

/// Where a checkout stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxState {
    /// May be paid.
    Open,
    /// The bank asked for proof.
    Challenged,
    /// A debit is under way.
    Pending,
    /// Paid.
    Paid,
    /// A debit came back.
    Failed,
    /// It ended unused.
    Expired,
    /// The debtor gave it up.
    Canceled,
}

/// What an action on the hosted page led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxOutcome {
    /// Taken: lead to the success page.
    Paid,
    /// A debit is under way: lead to the success page.
    Pending,
    /// Declined; the checkout stays open.
    Declined {
        /// Why.
        reason: FailureReason,
    },
    /// Ask the debtor to accept or refuse.
    ChallengeRequired,
    /// Only [`TEST_NUMBERS`] work. What was typed is neither kept nor logged.
    NotATestNumber,
    /// The method is saved: lead to the success page.
    Saved,
    /// Given up: lead to the cancel page.
    Canceled,
    /// It had ended before.
    Closed(SandboxState),
    /// No such checkout.
    NotFound,
}

/// One delivery for the webhook route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedEvent {
    /// For [`Sandbox::mark_delivered`].
    pub delivery_id: String,
    /// Whose webhook route it goes to.
    pub creditor_id: CreditorId,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The JSON of a [`saldo_domain::provider::ProviderEvent`].
    pub body: Vec<u8>,
}

/// The sandbox could not read or keep its memory.
#[derive(Debug, thiserror::Error)]
pub enum SandboxFault {
    /// The file could not be read or written.
    #[error("the sandbox's file: {0}")]
    Io(#[from] std::io::Error),
    /// The file is not the sandbox's.
    #[error("the sandbox's file is unreadable: {0}")]
    Unreadable(String),
}

impl Sandbox {
    /// Opens the sandbox with what its file remembers.
    ///
    /// # Errors
    /// [`SandboxFault`] for a file that cannot be read.
    pub fn open(config: SandboxConfig) -> Result<Self, SandboxFault> {
        let state = match &config.path {
            Some(path) => file::read(path)?,
            None => State::default(),
        };
        Ok(Self { config: Arc::new(config), state: Arc::new(Mutex::new(state)) })
    }

    /// The checkout as its page shows it; one whose time is over reads as ended.
    pub fn find(&self, reference: &str, now: Timestamp) -> Option<SandboxCheckout> {
        self.look(|state| {
            let entry = state.checkouts.get(reference)?;
            let over = entry.expires_at <= now && matches!(entry.standing, Standing::Open | Standing::Challenged);
            Some(SandboxCheckout {
                reference: reference.to_owned(),
                attempt_id: entry.attempt_id,
                amount: entry.amount,
                description: entry.description.clone(),
                locale: entry.locale.clone(),
                success_url: entry.success_url.clone(),
                cancel_url: entry.cancel_url.clone(),
                expires_at: entry.expires_at,
                state: if over { SandboxState::Expired } else { entry.state() },
                last_decline: entry.last_decline,
            })
        })
    }

    /// Pays with a card or bank account of [`TEST_NUMBERS`].
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn pay(&self, reference: &str, number: &str, now: Timestamp) -> Result<SandboxOutcome, SandboxFault> {
        match numbers::find(number) {
            Some(number) => self.turn(now, |turn| turn.pay(reference, number)),
            None => Ok(SandboxOutcome::NotATestNumber),
        }
    }

    /// The debtor's answer to the bank: yes pays, no leaves the checkout open for another card.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn answer_challenge(
        &self,
        reference: &str,
        accept: bool,
        now: Timestamp,
    ) -> Result<SandboxOutcome, SandboxFault> {
        self.turn(now, |turn| turn.answer_challenge(reference, accept))
    }

    /// The debtor gives up: the checkout ends.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept; nothing happened then.
    pub fn cancel(&self, reference: &str, now: Timestamp) -> Result<SandboxOutcome, SandboxFault> {
        self.turn(now, |turn| turn.end(reference, Standing::Canceled))
    }

    /// Every delivery that nobody has marked, oldest first, signed at `now`. Pending debits and open pages whose time has
    /// come are settled first.
    ///
    /// # Errors
    /// [`SandboxFault`] when what was settled cannot be kept.
    pub fn due_events(&self, now: Timestamp) -> Result<Vec<SignedEvent>, SandboxFault> {
        self.turn(now, |turn| {
            let mut due = Vec::new();
            for queued in &turn.state.events {
                let body = serde_json::to_vec(&queued.event).expect("an event of ours is JSON");
                for copy in &queued.copies {
                    let signature = sign(&self.config.secret, &body, now);
                    due.push(SignedEvent {
                        delivery_id: format!("{}.{copy}", queued.event.event_reference),
                        creditor_id: queued.creditor_id,
                        headers: vec![
                            (SIGNATURE_HEADER.to_owned(), signature),
                            ("content-type".to_owned(), "application/json".to_owned()),
                        ],
                        body: body.clone(),
                    });
                }
            }
            due
        })
    }

    /// Forgets a delivery that the webhook route has accepted. One that is unknown is a success.
    ///
    /// # Errors
    /// [`SandboxFault`] when it cannot be kept: the delivery comes again.
    pub fn mark_delivered(&self, delivery_id: &str) -> Result<(), SandboxFault> {
        self.change(|state| {
            if let Some((event, copy)) = delivery_id.rsplit_once('.') {
                for queued in state.events.iter_mut().filter(|queued| queued.event.event_reference == event) {
                    queued.copies.retain(|left| left.to_string() != copy);
                }
                state.events.retain(|queued| !queued.copies.is_empty());
            }
        })
    }

    /// Lets time pass up to `now`, then acts.
    fn turn<T>(&self, now: Timestamp, act: impl FnOnce(&mut Turn<'_>) -> T) -> Result<T, SandboxFault> {
        self.change(|state| {
            let copies = if self.config.duplicates { 2 } else { 1 };
            let mut turn = Turn { state, now, copies, debit_delay: self.config.debit_delay };
            turn.settle();
            act(&mut turn)
        })
    }

    fn look<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes a copy, keeps it, and only then believes it.
    fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> Result<T, SandboxFault> {
        let mut known = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = known.clone();
        let answer = act(&mut next);
        if next != *known {
            if let Some(path) = &self.config.path {
                file::write(path, &next)?;
            }
            *known = next;
        }
        Ok(answer)
    }
}
