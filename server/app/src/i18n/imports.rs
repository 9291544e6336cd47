//! What an import says: fields, faults of rows, refusals of files.

use super::Texts;
use saldo_domain::import::fault::code;
use saldo_domain::import::{Field, ImportRefusal, RowFault};

/// A field's name for people.
pub fn field_label(field: Field, texts: Texts) -> String {
    match field {
        Field::InvoiceNumber => texts.t("field-number"),
        Field::DebtorReference => texts.t("field-debtor-reference"),
        Field::DebtorName => texts.t("field-debtor-name"),
        Field::Email => texts.t("field-email"),
        Field::Phone => texts.t("field-phone"),
        Field::Language => texts.t("field-language"),
        Field::Country => texts.t("field-country"),
        Field::Zone => texts.t("field-zone"),
        Field::PostalAddress => texts.t("field-postal-address"),
        Field::ConsentEmail => texts.t("field-consent-email"),
        Field::ConsentSms => texts.t("field-consent-sms"),
        Field::ConsentWhatsapp => texts.t("field-consent-whatsapp"),
        Field::ConsentLetter => texts.t("field-consent-letter"),
        Field::ConsentCall => texts.t("field-consent-call"),
        Field::ConsentProof => texts.t("field-consent-proof"),
        Field::ConsentOn => texts.t("field-consent-on"),
        Field::IssuedOn => texts.t("field-issued-on"),
        Field::DueOn => texts.t("field-due-on"),
        Field::Amount => texts.t("field-amount"),
        Field::Outstanding => texts.t("field-outstanding"),
        Field::Currency => texts.t("field-currency"),
        Field::SettledOn => texts.t("field-settled-on"),
        Field::Status => texts.t("field-status"),
        Field::Disputed => texts.t("field-disputed"),
        Field::Description => texts.t("field-description"),
        Field::Ignore => texts.t("field-ignore"),
    }
}

/// What is wrong with a row, without its place.
pub fn fault_text(fault: &RowFault, texts: Texts) -> String {
    let shown = || [("shown", (&fault.shown).into())];
    match fault.code {
        code::VALUE_MISSING => texts.t("fault-value-missing"),
        code::CELLS_BEYOND_HEADER => texts.t("fault-cells-beyond-header"),
        code::DATE_UNKNOWN => texts.with("fault-date-unknown", shown()),
        code::DATE_OUT_OF_RANGE => texts.with("fault-date-out-of-range", shown()),
        code::DUE_BEFORE_ISSUE => texts.t("fault-due-before-issue"),
        code::SETTLED_BEFORE_ISSUE => texts.t("fault-settled-before-issue"),
        code::SETTLED_IN_FUTURE => texts.t("fault-settled-in-future"),
        code::AMOUNT_NEGATIVE => texts.with("fault-amount-negative", shown()),
        code::AMOUNT_NOT_POSITIVE => texts.t("fault-amount-not-positive"),
        code::AMOUNT_UNREADABLE => texts.with("fault-amount-unreadable", shown()),
        code::AMOUNT_OVERFLOW => texts.t("fault-amount-overflow"),
        code::TOO_MANY_DECIMALS => texts.with("fault-too-many-decimals", shown()),
        code::CURRENCY_UNKNOWN => texts.with("fault-currency-unknown", shown()),
        code::PARTLY_PAID => texts.t("fault-partly-paid"),
        code::SETTLED_DATE_MISSING => texts.t("fault-settled-date-missing"),
        code::VOID_IN_FILE => texts.t("fault-void-in-file"),
        code::CARD_NUMBER_IN_TEXT => texts.t("fault-card-number"),
        code::TEXT_TOO_LONG => texts.t("fault-text-too-long"),
        code::TEXT_UNPRINTABLE => texts.t("fault-text-unprintable"),
        code::EMAIL_UNREADABLE => texts.with("fault-email-unreadable", shown()),
        code::PHONE_UNREADABLE => texts.with("fault-phone-unreadable", shown()),
        code::CONSENT_WITHOUT_PROOF => texts.t("fault-consent-without-proof"),
        code::CONSENT_OVERRIDDEN => texts.t("fault-consent-overridden"),
        code::CONSENT_IN_FUTURE => texts.with("fault-consent-in-future", shown()),
        code::COUNTRY_UNKNOWN => texts.with("fault-country-unknown", shown()),
        code::ZONE_UNKNOWN => texts.with("fault-zone-unknown", shown()),
        code::YES_OR_NO_UNKNOWN => texts.with("fault-yes-or-no-unknown", shown()),
        code::NUMBER_DUPLICATE => texts.with("fault-number-duplicate", shown()),
        _ => against_ledger(fault, texts),
    }
}

/// Faults that only the books can tell.
fn against_ledger(fault: &RowFault, texts: Texts) -> String {
    match fault.code {
        code::ANOTHER_DEBTOR => texts.t("fault-another-debtor"),
        code::ANOTHER_CURRENCY => texts.t("fault-another-currency"),
        code::ANOTHER_ISSUE_DATE => texts.t("fault-another-issue-date"),
        code::INVOICE_CLOSED => texts.t("fault-invoice-closed"),
        code::SETTLED_AFTER_CLOSING => texts.t("fault-settled-after-closing"),
        code::REDUCED_BELOW_PAID => texts.t("fault-reduced-below-paid"),
        _ => texts.with("fault-other", [("code", fault.code.into())]),
    }
}

/// Why a whole file is not read.
pub fn import_refusal_text(refusal: &ImportRefusal, texts: Texts) -> String {
    let at = |line: u64| [("line", line.into())];
    match refusal {
        ImportRefusal::Empty => texts.t("file-empty"),
        ImportRefusal::TooLarge { bytes_max } => texts.with("file-too-large", [("max", (bytes_max >> 20).into())]),
        ImportRefusal::EncodingMixed { line } => texts.with("file-encoding-mixed", at(*line)),
        ImportRefusal::SeparatorUnknown => texts.t("file-separator-unknown"),
        ImportRefusal::RowTooLong { line } => texts.with("file-row-too-long", at(*line)),
        ImportRefusal::TooManyColumns { line } => texts.with("file-too-many-columns", at(*line)),
        ImportRefusal::QuoteUnclosed { line } => texts.with("file-quote-unclosed", at(*line)),
        ImportRefusal::ColumnsMissing { fields } => {
            let names: Vec<String> = fields.iter().map(|field| field_label(*field, texts)).collect();
            texts.with("mapping-missing", [("fields", names.join(", ").into())])
        }
        ImportRefusal::FieldTwice { field } => {
            texts.with("mapping-twice", [("field", field_label(*field, texts).into())])
        }
        ImportRefusal::DatesMixed { day_first, month_first } => {
            texts.with("file-dates-mixed", [("day", (*day_first).into()), ("month", (*month_first).into())])
        }
        ImportRefusal::DecimalMarksMixed { point, comma } => {
            texts.with("file-decimal-marks-mixed", [("point", (*point).into()), ("comma", (*comma).into())])
        }
        ImportRefusal::TotalOverflow => texts.t("file-total-overflow"),
        ImportRefusal::FieldUnknown(name)
        | ImportRefusal::ColumnUnknown(name)
        | ImportRefusal::DateOrderUnknown(name) => texts.with("mapping-unknown", [("name", name.into())]),
    }
}
