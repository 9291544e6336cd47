//! Policies in plain words: the same sentences on pages, in mail and in the API.

use super::Texts;
use saldo_domain::discount::{
    DiscountBase, DiscountOffer, DiscountPolicy, DiscountRule, DiscountTerms, DiscountTier, PartPayments, Reduction,
    TierUntil,
};
use saldo_domain::late_charge::{LateFee, LateFeePolicy};
use saldo_domain::locale::Locale;
use saldo_domain::plan::{Frequency, PlanTemplate};
use saldo_domain::segment::Segment;

/// A policy in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it says, in one sentence.
    pub headline: String,
    /// Whom it is for and what else counts, a sentence each.
    pub notes: Vec<String>,
}

impl Reading {
    /// All of it in one text.
    pub fn text(&self) -> String {
        let mut text = self.headline.clone();
        for note in &self.notes {
            text.push(' ');
            text.push_str(note);
        }
        text
    }
}

/// A rate as people read it: `2 %`, `2,5 %`.
pub fn rate_text(rate_bps: u32, locale: &Locale) -> String {
    let (whole, part) = (rate_bps / 100, rate_bps % 100);
    let part = match part {
        0 => String::new(),
        part if part % 10 == 0 => format!("{}{}", locale.decimal_mark(), part / 10),
        part => format!("{}{part:02}", locale.decimal_mark()),
    };
    format!("{whole}{part}\u{a0}%")
}

/// `2 % if paid by day 10 after issue; after that the full amount until day 30`. `net_days` is the term that invoices
/// usually have, where it is known.
pub fn discount_reading(policy: &DiscountPolicy, locale: &Locale, net_days: Option<u32>) -> Reading {
    let texts = Texts::for_language(locale.language);
    let mut parts: Vec<String> = match &policy.rule {
        DiscountRule::Tiers { tiers } => tiers.iter().map(|tier| tier_text(tier, locale)).collect(),
        DiscountRule::Sliding { annual_rate_bps } => {
            vec![texts.with("reading-sliding", [("rate", rate_text(*annual_rate_bps, locale).into())])]
        }
    };
    parts.push(match net_days {
        Some(days) => texts.with("reading-full-until-day", [("day", days.into())]),
        None => texts.t("reading-full-until-due"),
    });
    let mut notes = vec![segment_text(&policy.segment, locale)];
    if policy.base == DiscountBase::NetOfTax {
        notes.push(texts.t("reading-net-of-tax"));
    }
    notes.push(match policy.part_payments {
        PartPayments::None => texts.t("reading-parts-none"),
        PartPayments::Proportional => texts.t("reading-parts-proportional"),
        PartPayments::IfRestInTime => texts.t("reading-parts-rest"),
    });
    if policy.grace_minutes > 0 {
        notes.push(texts.with("reading-grace", [("count", policy.grace_minutes.into())]));
    }
    Reading { headline: sentence(&parts), notes }
}

fn tier_text(tier: &DiscountTier, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    let what = match tier.reduction {
        Reduction::Rate { rate_bps } => rate_text(rate_bps, locale),
        Reduction::Fixed { amount } => locale.money(amount),
    };
    match tier.until {
        TierUntil::DaysAfterIssue { days: 0 } => texts.with("reading-on-issue", [("what", what.into())]),
        TierUntil::DaysAfterIssue { days } => {
            texts.with("reading-by-day", [("what", what.into()), ("day", days.into())])
        }
        TierUntil::DaysBeforeDue { days: 0 } => texts.with("reading-by-due", [("what", what.into())]),
        TierUntil::DaysBeforeDue { days } => {
            texts.with("reading-before-due", [("what", what.into()), ("count", days.into())])
        }
    }
}

/// What is frozen on one invoice: `$20.00 less if paid by January 11, 2026; …`.
pub fn terms_reading(terms: &DiscountTerms, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    let parts: Vec<String> = match &terms.offer {
        DiscountOffer::Steps { steps } => steps
            .iter()
            .map(|step| {
                let (what, on) = (locale.money(step.saved), locale.long_date(step.until_on));
                texts.with("reading-terms-step", [("what", what.into()), ("date", on.into())])
            })
            .collect(),
        DiscountOffer::Sliding { annual_rate_bps, .. } => {
            vec![texts.with("reading-sliding", [("rate", rate_text(*annual_rate_bps, locale).into())])]
        }
    };
    sentence(&parts)
}

/// `A fee of $100 once, 5 days after the due date; then 18 % a year by the day`.
pub fn late_fee_reading(policy: &LateFeePolicy, locale: &Locale) -> Reading {
    let texts = Texts::for_language(locale.language);
    let mut parts = Vec::new();
    match policy.fee {
        LateFee::None => {}
        LateFee::Flat { amount } => parts.push(texts.with("reading-fee", [("what", locale.money(amount).into())])),
        LateFee::Rate { rate_bps } => {
            parts.push(texts.with("reading-fee-rate", [("what", rate_text(rate_bps, locale).into())]));
        }
    }
    if policy.annual_rate_bps > 0 {
        let rate = rate_text(policy.annual_rate_bps, locale);
        let days = policy.period_days;
        parts.push(texts.with("reading-interest", [("rate", rate.into()), ("count", days.into())]));
    }
    let grace = texts.with("reading-late-grace", [("count", policy.grace_days.into())]);
    let mut notes = vec![grace, segment_text(&policy.segment, locale)];
    if let Some(rate_bps) = policy.cap.rate_bps {
        notes.push(texts.with("reading-cap-rate", [("what", rate_text(rate_bps, locale).into())]));
    }
    if let Some(amount) = policy.cap.amount {
        notes.push(texts.with("reading-cap-amount", [("what", locale.money(amount).into())]));
    }
    Reading { headline: sentence(&parts), notes }
}

/// `2 to 6 monthly instalments`.
pub fn template_reading(template: &PlanTemplate, locale: &Locale) -> Reading {
    let texts = Texts::for_language(locale.language);
    let range = [("min", template.instalments_min.into()), ("max", template.instalments_max.into())];
    let headline = match template.frequency {
        Frequency::Weekly => texts.with("reading-plan-weekly", range),
        Frequency::Fortnightly => texts.with("reading-plan-fortnightly", range),
        Frequency::Monthly => texts.with("reading-plan-monthly", range),
    };
    let mut notes = vec![segment_text(&template.segment, locale)];
    if template.down_payment_bps > 0 {
        let rate = rate_text(template.down_payment_bps, locale);
        notes.insert(0, texts.with("reading-plan-down", [("rate", rate.into())]));
    }
    Reading { headline: sentence(&[headline]), notes }
}

/// Whom a policy is for.
pub fn segment_text(segment: &Segment, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    let currency = segment.currency.code();
    let money = |amount| locale.money(amount);
    let amounts = match (segment.amount_min, segment.amount_max) {
        (None, None) => texts.with("reading-segment-all", [("currency", currency.into())]),
        (Some(min), None) => texts.with("reading-segment-from", [("min", money(min).into())]),
        (None, Some(max)) => texts.with("reading-segment-to", [("max", money(max).into())]),
        (Some(min), Some(max)) => {
            texts.with("reading-segment-between", [("min", money(min).into()), ("max", money(max).into())])
        }
    };
    match &segment.tag {
        None => amounts,
        Some(tag) => format!("{amounts} {}", texts.with("reading-segment-tag", [("tag", tag.into())])),
    }
}

/// Parts as one sentence.
fn sentence(parts: &[String]) -> String {
    let joined = parts.join("; ");
    let mut letters = joined.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
