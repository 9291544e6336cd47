//! What it says when a person cannot be reached out to now.

use super::Texts;
use super::reasons::{hold_text, stop_text};
use saldo_domain::OutreachRefusal;
use saldo_domain::call::CallOver;
use saldo_domain::locale::Locale;

/// The words of a refusal.
pub(super) fn outreach_text(refusal: &OutreachRefusal, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    match refusal {
        OutreachRefusal::MessageHeld { why, .. } => {
            texts.with("refusal-message-held", [("why", hold_text(*why, locale).into())])
        }
        OutreachRefusal::MessageStopped { why } => {
            texts.with("refusal-message-stopped", [("why", stop_text(*why, locale).into())])
        }
        OutreachRefusal::MessageNotAgain => texts.t("refusal-message-not-again"),
        OutreachRefusal::MessageOvertaken => texts.t("refusal-message-overtaken"),
        OutreachRefusal::CallTaskDone => texts.t("refusal-call-task-done"),
        OutreachRefusal::CallOver { why } => {
            texts.with("refusal-call-over", [("why", call_over_text(*why, locale).into())])
        }
        OutreachRefusal::CallEnded => texts.t("refusal-call-ended"),
        OutreachRefusal::CallStands => texts.t("refusal-call-stands"),
    }
}

/// Why a task to call has closed itself.
pub fn call_over_text(why: CallOver, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    match why {
        CallOver::Paid => texts.t("call-over-paid"),
        CallOver::Promised => texts.t("call-over-promised"),
        CallOver::Disputed => texts.t("call-over-disputed"),
        CallOver::Agreed => texts.t("call-over-agreed"),
        CallOver::OptedOut => texts.t("call-over-opted-out"),
        CallOver::NoNumber => texts.t("call-over-no-number"),
    }
}
