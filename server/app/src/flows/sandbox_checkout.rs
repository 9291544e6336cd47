//! The sandbox's hosted page: what a debtor does there. Only where the sandbox takes the payments.

use crate::App;
use crate::failure::{Failure, Fault};
use saldo_domain::provider::FailureReason;
use saldo_providers::payment::sandbox::{Behaviour, NumberKind, Sandbox, SandboxFault, TEST_NUMBERS};

pub use saldo_providers::payment::sandbox::{SandboxCheckout, SandboxOutcome, SandboxSetup, SandboxState};

/// What a test number leads to, in the words of the page.
pub enum TestNumberOutcome {
    /// Paid.
    Paid,
    /// Refused without a reason.
    Declined,
    /// Refused for want of money.
    InsufficientFunds,
    /// The bank asks for proof.
    Authentication,
    /// The bank asks for proof each time, so also of a saved card.
    AlwaysAuthentication,
    /// Can be saved; whatever is charged to it is refused.
    DeclinedWhenCharged,
    /// Can be saved; only the first charge pays.
    PaidOnce,
    /// Paid, then disputed at the bank.
    ChargedBack,
    /// Anything else, as the sandbox's table says it.
    Other(String),
}

/// The test cards with their outcomes.
pub fn card_numbers() -> Vec<(String, TestNumberOutcome)> {
    let cards = TEST_NUMBERS.iter().filter(|number| matches!(number.kind, NumberKind::Card));
    cards
        .map(|card| {
            let outcome = match card.behaviour {
                Behaviour::Pays => TestNumberOutcome::Paid,
                Behaviour::Declines(FailureReason::InsufficientFunds) => TestNumberOutcome::InsufficientFunds,
                Behaviour::Declines(FailureReason::Declined) => TestNumberOutcome::Declined,
                Behaviour::AsksForProof => TestNumberOutcome::Authentication,
                Behaviour::AlwaysAsksForProof => TestNumberOutcome::AlwaysAuthentication,
                Behaviour::DeclinesWhenCharged => TestNumberOutcome::DeclinedWhenCharged,
                Behaviour::PaysOnce => TestNumberOutcome::PaidOnce,
                Behaviour::IsChargedBack => TestNumberOutcome::ChargedBack,
                _ => TestNumberOutcome::Other(card.meaning.to_owned()),
            };
            (card.number.to_owned(), outcome)
        })
        .collect()
}

/// A checkout of the sandbox.
pub fn find(app: &App, reference: &str) -> Option<SandboxCheckout> {
    app.sandbox()?.find(reference, app.now())
}

/// Pays with a test number.
///
/// # Errors
/// A fault of the sandbox's file.
pub fn pay(app: &App, reference: &str, number: &str) -> Result<SandboxOutcome, Failure> {
    with(app, |sandbox| sandbox.pay(reference, number, app.now()))
}

/// Pays by bank debit, which stays pending and then `succeeds` or `fails`.
///
/// # Errors
/// A fault of the sandbox's file.
pub fn debit(app: &App, reference: &str, outcome: &str) -> Result<SandboxOutcome, Failure> {
    let wanted = |behaviour: &Behaviour| match outcome {
        "fails" => *behaviour == Behaviour::ReturnsLater,
        _ => *behaviour == Behaviour::PaysLater,
    };
    match TEST_NUMBERS.iter().find(|number| wanted(&number.behaviour)) {
        Some(number) => pay(app, reference, number.number),
        None => Ok(SandboxOutcome::NotATestNumber),
    }
}

/// Answers the bank's question.
///
/// # Errors
/// A fault of the sandbox's file.
pub fn answer_challenge(app: &App, reference: &str, approve: bool) -> Result<SandboxOutcome, Failure> {
    with(app, |sandbox| sandbox.answer_challenge(reference, approve, app.now()))
}

/// Leaves without paying.
///
/// # Errors
/// A fault of the sandbox's file.
pub fn cancel(app: &App, reference: &str) -> Result<SandboxOutcome, Failure> {
    with(app, |sandbox| sandbox.cancel(reference, app.now()))
}

/// A page of the sandbox on which a method is saved.
pub fn find_setup(app: &App, reference: &str) -> Option<SandboxSetup> {
    app.sandbox()?.find_setup_page(reference, app.now())
}

/// Saves a test card.
///
/// # Errors
/// A fault of the sandbox's file.
pub fn save(app: &App, reference: &str, number: &str) -> Result<SandboxOutcome, Failure> {
    with(app, |sandbox| sandbox.save(reference, number, app.now()))
}

/// Answers the bank's question before a card is saved.
///
/// # Errors
/// A fault of the sandbox's file.
pub fn answer_setup_challenge(app: &App, reference: &str, approve: bool) -> Result<SandboxOutcome, Failure> {
    with(app, |sandbox| sandbox.answer_setup_challenge(reference, approve, app.now()))
}

/// Leaves without saving.
///
/// # Errors
/// A fault of the sandbox's file.
pub fn cancel_setup(app: &App, reference: &str) -> Result<SandboxOutcome, Failure> {
    with(app, |sandbox| sandbox.cancel_setup(reference, app.now()))
}

fn with(
    app: &App,
    work: impl FnOnce(&Sandbox) -> Result<SandboxOutcome, SandboxFault>,
) -> Result<SandboxOutcome, Failure> {
    let Some(sandbox) = app.sandbox() else { return Ok(SandboxOutcome::NotFound) };
    work(sandbox).map_err(|fault| Fault::Other(fault.to_string()).into())
}
