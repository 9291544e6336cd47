use super::Writer;
use super::render::Row;
use crate::App;
use crate::failure::Failure;
use crate::flows::send_autopay_notice::AutopayNotice;
use saldo_domain::provider::SavedMethodFacts;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::Mail;

/// What a mail about autopay says.
pub struct AutopayWords {
    /// Always the same for the same notice.
    pub message_id: String,
    /// The instalment's number.
    pub instalment: u32,
    /// What it tells.
    pub notice: AutopayNotice,
    /// What is charged, where there is still something.
    pub method: Option<SavedMethodFacts>,
}

/// An announced charge, or one that did not go through, with the debtor's own link.
///
/// # Errors
/// A fault where a template fails.
pub fn autopay(app: &App, snapshot: &DebtorSnapshot, words: AutopayWords, link: &str) -> Result<Mail, Failure> {
    let writer = Writer::new(app, snapshot);
    let texts = writer.texts;
    let creditor = || writer.creditor().to_owned();
    let number = i64::from(words.instalment);
    let method = words.method.map_or_else(String::new, |facts| format!("{} •••• {}", facts.brand, facts.last4));
    let mut layout = match words.notice {
        AutopayNotice::Announced { amount, take_on } => {
            let (amount, date) = (writer.locale.money(amount), writer.locale.long_date(take_on));
            let subject = texts.with(
                "mail-autopay-announced-subject",
                [("creditor", creditor().into()), ("amount", amount.clone().into()), ("date", date.clone().into())],
            );
            let lead = texts.with(
                "mail-autopay-announced-lead",
                [("date", date.into()), ("method", method.into()), ("number", number.into())],
            );
            let mut layout = writer.layout(subject, lead, &texts.t("mail-autopay-open"), link);
            let label = texts.with("mail-plan-instalment", [("number", number.into())]);
            layout.rows.push(Row { label, note: None, amount });
            layout.notes.push(texts.t("mail-autopay-less"));
            layout
        }
        AutopayNotice::AuthenticationNeeded => {
            let subject = texts.with("mail-autopay-authentication-subject", [("creditor", creditor().into())]);
            let lead = texts.with("mail-autopay-authentication-lead", [("number", number.into())]);
            writer.layout(subject, lead, &texts.t("mail-pay"), link)
        }
        AutopayNotice::GivenUp => {
            let subject = texts.with("mail-autopay-failed-subject", [("creditor", creditor().into())]);
            let lead = texts.with("mail-autopay-failed-lead", [("number", number.into())]);
            writer.layout(subject, lead, &texts.t("mail-pay"), link)
        }
    };
    layout.small = vec![texts.with("mail-questions", [("creditor", creditor().into())]), texts.t("mail-link-personal")];
    writer.mail(words.message_id, &layout)
}
