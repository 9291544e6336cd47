//! What the refusals of disputes, promises, transfers, holds and settlements say.

use super::Texts;
use saldo_domain::Refusal;
use saldo_domain::locale::Locale;

/// The words of a refusal of a claim; none for other refusals.
pub(super) fn claim_text(refusal: &Refusal, locale: &Locale) -> Option<String> {
    let texts = Texts::for_language(locale.language);
    Some(match refusal {
        Refusal::DisputeOpen => texts.t("refusal-dispute-open"),
        Refusal::ClaimClosed => texts.t("refusal-claim-closed"),
        Refusal::PromiseDate { until_on } => {
            texts.with("refusal-promise-date", [("until", locale.long_date(*until_on).into())])
        }
        Refusal::PromiseOpen => texts.t("refusal-promise-open"),
        Refusal::TransferDate { from_on } => {
            texts.with("refusal-transfer-date", [("from", locale.long_date(*from_on).into())])
        }
        Refusal::TransfersWaiting => texts.t("refusal-transfers-waiting"),
        Refusal::HoldDate { until_on } => {
            texts.with("refusal-hold-date", [("until", locale.long_date(*until_on).into())])
        }
        Refusal::HoldOpen => texts.t("refusal-hold-open"),
        Refusal::SettlementAmount { owed } => {
            texts.with("refusal-settlement-amount", [("owed", locale.money(*owed).into())])
        }
        Refusal::SettlementDate => texts.t("refusal-settlement-date"),
        Refusal::SettlementOpen => texts.t("refusal-settlement-open"),
        Refusal::OfferEnded => texts.t("refusal-offer-ended"),
        Refusal::AboveRoleLimit { max_bps } => {
            let (whole, part) = (max_bps / 100, max_bps % 100);
            let rate = if part == 0 { whole.to_string() } else { format!("{whole}{}{part:02}", locale.decimal_mark()) };
            texts.with("refusal-above-role-limit", [("rate", rate.into())])
        }
        Refusal::AboveOutstanding => texts.t("refusal-above-outstanding"),
        Refusal::FileTooLarge => texts.t("refusal-file-too-large"),
        Refusal::FileTypeRefused => texts.t("refusal-file-type-refused"),
        Refusal::FilesTooMany => texts.t("refusal-files-too-many"),
        _ => return None,
    })
}
