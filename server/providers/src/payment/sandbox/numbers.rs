use saldo_domain::provider::FailureReason;

/// What a test number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// A card: answered at once.
    Card,
    /// A bank account that is debited: answered later.
    BankAccount,
}

/// What happens with a test number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Paid.
    Pays,
    /// Refused; the debtor may try another.
    Declines(FailureReason),
    /// The bank asks for proof first.
    AsksForProof,
    /// Stays pending, then paid.
    PaysLater,
    /// Stays pending, then comes back.
    ReturnsLater,
    /// Can be saved; whatever is charged to it is refused.
    DeclinesWhenCharged,
    /// Can be saved; the first charge pays, all later ones are refused.
    PaysOnce,
    /// Asks for proof each time, so it cannot be charged while the debtor is away.
    AlwaysAsksForProof,
    /// Paid, and at once disputed at the bank.
    IsChargedBack,
}

/// One of the numbers that work here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestNumber {
    /// As it is shown.
    pub number: &'static str,
    /// Card or bank account.
    pub kind: NumberKind,
    /// What happens.
    pub behaviour: Behaviour,
    /// What it is for, for people who test.
    pub meaning: &'static str,
}

use Behaviour::{
    AlwaysAsksForProof, AsksForProof, Declines, DeclinesWhenCharged, IsChargedBack, Pays, PaysLater, PaysOnce,
    ReturnsLater,
};
use NumberKind::{BankAccount, Card};

/// The only numbers that work: Stripe's public test cards (<https://docs.stripe.com/testing>) and test bank accounts
/// (<https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers>).
pub const TEST_NUMBERS: &[TestNumber] = &[
    number("4242 4242 4242 4242", Card, Pays, "paid"),
    number("5555 5555 5555 4444", Card, Pays, "paid"),
    number("4000 0000 0000 0002", Card, Declines(FailureReason::Declined), "declined without a reason"),
    number("4000 0000 0000 9995", Card, Declines(FailureReason::InsufficientFunds), "insufficient funds"),
    number("4000 0025 0000 3155", Card, AsksForProof, "authentication required"),
    number("4000 0027 6000 3184", Card, AlwaysAsksForProof, "authentication required each time, also when saved"),
    number("4000 0000 0000 0341", Card, DeclinesWhenCharged, "can be saved, then declined when charged"),
    number("3056 9300 0902 0004", Card, PaysOnce, "can be saved; the first charge pays, later ones are declined"),
    number("4000 0000 0000 0259", Card, IsChargedBack, "paid, then disputed at the bank"),
    number("000123456789", BankAccount, PaysLater, "pending, then paid"),
    number("000111111113", BankAccount, ReturnsLater, "pending, then returned: account closed"),
    number("000111111116", BankAccount, ReturnsLater, "pending, then returned: no such account"),
    number("000222222227", BankAccount, ReturnsLater, "pending, then returned: insufficient funds"),
    number("000333333335", BankAccount, ReturnsLater, "pending, then returned: debit not authorised"),
];

const fn number(number: &'static str, kind: NumberKind, behaviour: Behaviour, meaning: &'static str) -> TestNumber {
    TestNumber { number, kind, behaviour, meaning }
}

/// Looks a typed number up; spaces and hyphens do not count.
pub(super) fn find(typed: &str) -> Option<&'static TestNumber> {
    let bare = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect::<String>();
    let typed = bare(typed);
    TEST_NUMBERS.iter().find(|known| bare(known.number) == typed)
}

impl TestNumber {
    /// The last four digits: all of it that is ever kept.
    pub fn last4(&self) -> &'static str {
        &self.number[self.number.len() - 4..]
    }

    /// Who issued it.
    pub fn brand(&self) -> &'static str {
        match (self.kind, self.number.as_bytes().first()) {
            (BankAccount, _) => "bank",
            (_, Some(b'3')) => "diners",
            (_, Some(b'5')) => "mastercard",
            _ => "visa",
        }
    }
}
