//! What a refusal says to the person who meets it.

use super::Texts;
use saldo_domain::Refusal;
use saldo_domain::locale::Locale;

/// A refusal in the reader's words, with amounts in the reader's form.
pub fn refusal_text(refusal: &Refusal, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    match refusal {
        Refusal::AmountOverflow => texts.t("refusal-amount-overflow"),
        Refusal::AmountNotPositive => texts.t("refusal-amount-not-positive"),
        Refusal::AmountUnreadable(_) => texts.t("refusal-amount-unreadable"),
        Refusal::TooManyDecimals { currency, exponent } => texts.with(
            "refusal-too-many-decimals",
            [("currency", currency.code().into()), ("count", i64::from(*exponent).into())],
        ),
        Refusal::RateAboveWhole => texts.t("refusal-rate-above-whole"),
        Refusal::RateZero => texts.t("refusal-rate-zero"),
        Refusal::TiersUnordered => texts.t("refusal-tiers-unordered"),
        Refusal::DaysOutOfRange => texts.t("refusal-days-out-of-range"),
        Refusal::DeadlineBeforeIssue => texts.t("refusal-deadline-before-issue"),
        Refusal::DiscountAfterDue => texts.t("refusal-discount-after-due"),
        Refusal::PoliciesOverlap => texts.t("refusal-policies-overlap"),
        Refusal::DateInPast => texts.t("refusal-date-in-past"),
        Refusal::PolicyNotDraft => texts.t("refusal-policy-not-draft"),
        Refusal::PolicyNotPublished => texts.t("refusal-policy-not-published"),
        Refusal::PolicyChanged { .. } => texts.t("refusal-policy-changed"),
        Refusal::CurrencyUnknown(code) => texts.with("refusal-currency-unknown", [("code", code.into())]),
        Refusal::CurrencyMismatch { .. } => texts.t("refusal-currency-mismatch"),
        Refusal::DateOutOfRange => texts.t("refusal-date-out-of-range"),
        Refusal::LanguageUnknown(tag) => texts.with("refusal-language-unknown", [("tag", tag.into())]),
        Refusal::EmailUnreadable => texts.t("refusal-email-unreadable"),
        Refusal::CardNumberInText => texts.t("refusal-card-number-in-text"),
        Refusal::TextLength { max, .. } => texts.with("refusal-text-length", [("max", (*max).into())]),
        Refusal::AmountAboveBalance { owed } => {
            texts.with("refusal-amount-above-balance", [("owed", locale.money(*owed).into())])
        }
        Refusal::NothingToPay => texts.t("refusal-nothing-to-pay"),
        Refusal::ItemNotOpen | Refusal::InvoiceNotOpen => texts.t("refusal-item-not-open"),
        Refusal::BalanceChanged { .. } => texts.t("refusal-balance-changed"),
        Refusal::PaymentUnderWay => texts.t("refusal-payment-under-way"),
        Refusal::RefundAbovePayment => texts.t("refusal-refund-above-payment"),
        Refusal::NotFound => texts.t("refusal-not-found"),
        Refusal::DueBeforeIssue => texts.t("refusal-due-before-issue"),
        Refusal::LastOwner => texts.t("refusal-last-owner"),
        Refusal::MemberEmailTaken => texts.t("refusal-member-email-taken"),
        Refusal::PasswordShort(min) => texts.with("refusal-password-short", [("min", (*min).into())]),
        Refusal::PasswordCommon => texts.t("refusal-password-common"),
        Refusal::SignInRefused => texts.t("refusal-sign-in"),
        Refusal::CodeRefused => texts.t("refusal-code"),
        Refusal::ItemInPlan => texts.t("refusal-item-in-plan"),
        Refusal::PlanNotOpen => texts.t("refusal-plan-not-open"),
        Refusal::PlanNotOffered => texts.t("refusal-plan-not-offered"),
        Refusal::MethodNeeded => texts.t("refusal-method-needed"),
        Refusal::PlanAmountChanged => texts.t("refusal-plan-amount-changed"),
        Refusal::InstalmentCountOutOfRange { min, max } => texts.with(
            "refusal-instalment-count-out-of-range",
            [("min", i64::from(*min).into()), ("max", i64::from(*max).into())],
        ),
        Refusal::InstalmentBelowMinimum { minimum } => {
            texts.with("refusal-instalment-below-minimum", [("minimum", locale.money(*minimum).into())])
        }
        Refusal::FirstDateOutOfRange { from, until } => texts.with(
            "refusal-first-date-out-of-range",
            [("from", locale.long_date(*from).into()), ("until", locale.long_date(*until).into())],
        ),
        Refusal::SegmentEmpty => texts.t("refusal-segment-empty"),
        Refusal::TagUnreadable => texts.t("refusal-tag-unreadable"),
        Refusal::PriceChanged { now } => texts.with("refusal-price-changed", [("now", locale.money(*now).into())]),
        Refusal::TaxAboveAmount => texts.t("refusal-tax-above-amount"),
        Refusal::DateInFuture => texts.t("refusal-date-in-future"),
        Refusal::CountryUnknown(name) => texts.with("refusal-country-unknown", [("name", name.into())]),
        Refusal::ZoneUnknown(name) => texts.with("refusal-zone-unknown", [("name", name.into())]),
        Refusal::RangeReversed { .. } => texts.t("refusal-range-reversed"),
        Refusal::CodeUnreadable => texts.t("refusal-code-unreadable"),
        Refusal::CodeWrong(left) => texts.with("refusal-code-wrong", [("count", i64::from(*left).into())]),
        Refusal::CodeEnded => texts.t("refusal-code-ended"),
        Refusal::ContactMissing => texts.t("refusal-contact-missing"),
        Refusal::StepsUnordered => texts.t("refusal-steps-unordered"),
        Refusal::StepChannels => texts.t("refusal-step-channels"),
        Refusal::ChannelUnknown => texts.t("refusal-channel-unknown"),
        Refusal::TemplateKeyUnreadable => texts.t("refusal-template-key-unreadable"),
        Refusal::FeeBeforeDue => texts.t("refusal-fee-before-due"),
        Refusal::AudienceEmpty => texts.t("refusal-audience-empty"),
        Refusal::ContactRulesLooser => texts.t("refusal-contact-rules-looser"),
        Refusal::ContactHoursNever => texts.t("refusal-contact-hours-never"),
        Refusal::Template(refusal) => super::template_refusals::template_refusal_text(refusal, texts),
        Refusal::ConsentWithdrawn => texts.t("refusal-consent-withdrawn"),
        Refusal::PhoneUnreadable => texts.t("refusal-phone-unreadable"),
        Refusal::HoursUnordered => texts.t("refusal-hours-unordered"),
        Refusal::Outreach(refusal) => super::outreach::outreach_text(refusal, locale),
        other => super::claims::claim_text(other, locale).unwrap_or_else(|| texts.t("refusal-other")),
    }
}
