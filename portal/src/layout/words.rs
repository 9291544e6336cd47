//! Domain facts in the reader's words.

use super::Chrome;
use saldo_app::i18n::{due_text, item_text};
use saldo_domain::ageing::AgingBucket;
use saldo_domain::invoice::OpenItem;
use saldo_domain::ledger::EntryKind;
use saldo_domain::provider::FailureReason;
use saldo_domain::reminder::Channel;

/// How far a due date is: `Venció hace 12 días`, `Vence mañana`.
pub fn due(chrome: &Chrome, days_past_due: i32) -> String {
    due_text(chrome.texts(), days_past_due)
}

/// What an item is called: its description, else its number.
pub fn item_name(chrome: &Chrome, item: &OpenItem) -> String {
    item_text(chrome.texts(), item)
}

/// The name of a bucket.
pub fn bucket(chrome: &Chrome, bucket: AgingBucket) -> String {
    match bucket {
        AgingBucket::Current => chrome.t("ageing-current"),
        AgingBucket::D1To30 => chrome.t("ageing-1-30"),
        AgingBucket::D31To60 => chrome.t("ageing-31-60"),
        AgingBucket::D61To90 => chrome.t("ageing-61-90"),
        AgingBucket::Over90 => chrome.t("ageing-over-90"),
    }
}

/// What a movement was.
pub fn movement(chrome: &Chrome, kind: EntryKind) -> String {
    match kind {
        EntryKind::Issue => chrome.t("movement-issue"),
        EntryKind::Amendment => chrome.t("movement-amendment"),
        EntryKind::Payment => chrome.t("movement-payment"),
        EntryKind::CreditApplied => chrome.t("movement-credit-applied"),
        EntryKind::Refund => chrome.t("movement-refund"),
        EntryKind::Reversal => chrome.t("movement-reversal"),
        EntryKind::Chargeback => chrome.t("movement-chargeback"),
        EntryKind::CreditNote => chrome.t("movement-credit-note"),
        EntryKind::WriteOff => chrome.t("movement-write-off"),
        EntryKind::DiscountTaken => chrome.t("movement-discount"),
        EntryKind::LateFee => chrome.t("movement-late-fee"),
        EntryKind::Interest => chrome.t("movement-interest"),
        EntryKind::Payout => chrome.t("movement-payout"),
        EntryKind::PlanCharge => chrome.t("movement-plan-charge"),
        EntryKind::PlanRebate => chrome.t("movement-plan-rebate"),
        EntryKind::ConcessionReversed => chrome.t("movement-concession-reversed"),
        EntryKind::ChargebackWon => chrome.t("movement-chargeback-won"),
        EntryKind::RefundReturned => chrome.t("movement-refund-returned"),
    }
}

/// Why a payment did not go through, and what to do about it.
pub fn failure(chrome: &Chrome, reason: FailureReason) -> String {
    match reason {
        FailureReason::Declined => chrome.t("failure-declined"),
        FailureReason::InsufficientFunds => chrome.t("failure-insufficient-funds"),
        FailureReason::AuthenticationFailed => chrome.t("failure-authentication"),
        FailureReason::DebitReturned => chrome.t("failure-debit-returned"),
        FailureReason::Other => chrome.t("failure-other"),
    }
}

/// How a message travels.
pub fn channel_words(channel: Channel, chrome: &Chrome) -> String {
    match channel {
        Channel::Email => chrome.t("by-email"),
        Channel::Sms => chrome.t("by-sms"),
        Channel::Whatsapp => chrome.t("by-whatsapp"),
        Channel::Letter => chrome.t("by-letter"),
        Channel::Call => chrome.t("by-call"),
        Channel::Banner => chrome.t("by-banner"),
    }
}
