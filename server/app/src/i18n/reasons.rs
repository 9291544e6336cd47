//! Why a reminder rests, in words that complete "because …".

use super::Texts;
use saldo_domain::locale::Locale;
use saldo_domain::reminder::{Hold, StopReason};

/// Why nothing is sent now.
pub fn hold_text(why: Hold, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    match why {
        Hold::PendingPayment => texts.t("hold-pending"),
        Hold::OutsideHours => texts.t("hold-hours"),
        Hold::Holiday => texts.t("hold-holiday"),
        Hold::NotYetDue => texts.t("hold-not-due"),
        Hold::DailyCap => texts.t("hold-day"),
        Hold::WeeklyCap => texts.t("hold-week"),
        Hold::MinimumGap => texts.t("hold-gap"),
        Hold::OneChannelAWeek => texts.t("hold-channel"),
        Hold::PaymentPlan => texts.t("hold-plan"),
        Hold::Promise => texts.t("hold-promise"),
        Hold::DeclaredTransfer => texts.t("hold-transfer"),
        Hold::Manual => texts.t("hold-manual"),
        Hold::StaleData => texts.t("hold-stale"),
        Hold::PreferredHours => texts.t("hold-preferred"),
    }
}

/// Why nothing will be sent.
pub fn stop_text(why: StopReason, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    match why {
        StopReason::Paid => texts.t("stop-paid"),
        StopReason::Disputed => texts.t("stop-disputed"),
        StopReason::OptedOut => texts.t("stop-opted-out"),
        StopReason::NoAddress => texts.t("stop-no-address"),
        StopReason::LadderEnded => texts.t("stop-ended"),
        StopReason::NoPolicy => texts.t("stop-no-policy"),
        StopReason::BelowMinimum => texts.t("stop-below"),
    }
}
