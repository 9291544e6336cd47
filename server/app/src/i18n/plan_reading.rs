//! What a plan template says beside its headline.

use super::Texts;
use super::rate_text;
use saldo_domain::locale::Locale;
use saldo_domain::plan::{Approval, AutopayRule, EarlySettlement, PlanCharge, PlanTemplate, ProposeAgain};

/// The rest of a plan template in plain words, a sentence each.
pub fn plan_notes(template: &PlanTemplate, locale: &Locale) -> Vec<String> {
    let texts = Texts::for_language(locale.language);
    let mut notes = vec![
        texts.with("template-note-minimum", [("amount", locale.money(template.instalment_min).into())]),
        texts.with("template-note-first", [("count", template.first_within_days.into())]),
        charge(template, locale),
    ];
    if !matches!(template.charge, PlanCharge::None) {
        notes.push(match template.early {
            EarlySettlement::Full => texts.t("template-note-early-full"),
            EarlySettlement::RebateUnearned => texts.t("template-note-early-rebate"),
        });
    }
    notes.push(match template.approval {
        Approval::Automatic => texts.t("template-note-automatic"),
        Approval::ByFinance => texts.t("template-note-by-finance"),
    });
    match template.autopay {
        AutopayRule::Off => {}
        AutopayRule::Optional => notes.push(texts.t("template-note-autopay-optional")),
        AutopayRule::Required => notes.push(texts.t("template-note-autopay-required")),
    }
    let missed = template.break_rule.missed_max.saturating_add(1);
    notes.push(texts.with("template-note-break", [("count", missed.into()), ("days", template.grace_days.into())]));
    notes.push(match template.propose_again {
        ProposeAgain::Always => texts.t("template-note-again-always"),
        ProposeAgain::Never => texts.t("template-note-again-never"),
        ProposeAgain::AfterDays { days } => texts.with("template-note-again-after", [("count", days.into())]),
    });
    notes
}

fn charge(template: &PlanTemplate, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    match template.charge {
        PlanCharge::None => texts.t("template-note-free"),
        PlanCharge::Fee { amount } => texts.with("template-note-fee", [("amount", locale.money(amount).into())]),
        PlanCharge::FlatRate { rate_bps } => {
            texts.with("template-note-rate", [("rate", rate_text(rate_bps, locale).into())])
        }
    }
}
