//! What is wrong with one row, by line, column and reason.

use crate::card_number::refuse_card_number;
use serde::Serialize;

/// Why one row cannot be booked, or what of it does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowFault {
    /// The line on which the row begins; the header is line 1.
    pub line: u64,
    /// The column, as the file's header names it.
    pub column: String,
    /// One of [`code`].
    pub code: &'static str,
    /// The beginning of what stood there; never a card number.
    pub shown: String,
}

/// The most characters of a bad value that are shown.
pub const SHOWN_MAX: usize = 40;

impl RowFault {
    /// A fault that shows the beginning of the value; a value that holds a card number is not shown at all.
    pub fn new(line: u64, column: &str, code: &'static str, value: &str) -> Self {
        let hidden = code == code::CARD_NUMBER_IN_TEXT || holds_card_number(value);
        let shown = if hidden { "••••".to_owned() } else { beginning(value) };
        let column = if holds_card_number(column) { "••••".to_owned() } else { beginning(column) };
        Self { line, column, code, shown }
    }
}

fn beginning(value: &str) -> String {
    value.trim().chars().take(SHOWN_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Whether a text holds a card number; almost no text has the digits for one, and those are not looked at closely.
pub fn holds_card_number(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 13 && refuse_card_number(text).is_err()
}

/// The reasons, stable, in snake case.
pub mod code {
    /// A required cell is blank.
    pub const VALUE_MISSING: &str = "value_missing";
    /// The row has more cells than the header has columns, mostly an amount with an unquoted comma.
    pub const CELLS_BEYOND_HEADER: &str = "cells_beyond_header";
    /// Not a date in the file's order.
    pub const DATE_UNKNOWN: &str = "date_unknown";
    /// A date before 1970 or after 2199.
    pub const DATE_OUT_OF_RANGE: &str = "date_out_of_range";
    /// Due before it was issued.
    pub const DUE_BEFORE_ISSUE: &str = "due_before_issue";
    /// Settled before it was issued.
    pub const SETTLED_BEFORE_ISSUE: &str = "settled_before_issue";
    /// Settled on a day that has not come.
    pub const SETTLED_IN_FUTURE: &str = "settled_in_future";
    /// Below zero.
    pub const AMOUNT_NEGATIVE: &str = "amount_negative";
    /// Zero.
    pub const AMOUNT_NOT_POSITIVE: &str = "amount_not_positive";
    /// Not an amount with the file's decimal mark.
    pub const AMOUNT_UNREADABLE: &str = "amount_unreadable";
    /// Above a thousand million million minor units.
    pub const AMOUNT_OVERFLOW: &str = "amount_overflow";
    /// More decimals than the currency has.
    pub const TOO_MANY_DECIMALS: &str = "too_many_decimals";
    /// Not a code of ISO 4217.
    pub const CURRENCY_UNKNOWN: &str = "currency_unknown";
    /// The open amount differs from the claimed one, or is zero without a settled date.
    pub const PARTLY_PAID: &str = "partly_paid";
    /// The status says paid, and no date says when.
    pub const SETTLED_DATE_MISSING: &str = "settled_date_missing";
    /// The status says void.
    pub const VOID_IN_FILE: &str = "void_in_file";
    /// A card number in a text.
    pub const CARD_NUMBER_IN_TEXT: &str = "card_number_in_text";
    /// More characters than the field may have.
    pub const TEXT_TOO_LONG: &str = "text_too_long";
    /// A control character in a text.
    pub const TEXT_UNPRINTABLE: &str = "text_unprintable";
    /// Not an e-mail address.
    pub const EMAIL_UNREADABLE: &str = "email_unreadable";
    /// Not a telephone number of the debtor's country, nor one with its country code.
    pub const PHONE_UNREADABLE: &str = "phone_unreadable";
    /// A channel is allowed, and nothing shows it.
    pub const CONSENT_WITHOUT_PROOF: &str = "consent_without_proof";
    /// A consent of a day that has not come.
    pub const CONSENT_IN_FUTURE: &str = "consent_in_future";
    /// A channel is allowed that the debtor itself withdrew. The row is booked; the withdrawal stands.
    pub const CONSENT_OVERRIDDEN: &str = "consent_overridden";
    /// Not a country.
    pub const COUNTRY_UNKNOWN: &str = "country_unknown";
    /// Not a name of the tz database.
    pub const ZONE_UNKNOWN: &str = "zone_unknown";
    /// Neither yes nor no.
    pub const YES_OR_NO_UNKNOWN: &str = "yes_or_no_unknown";
    /// The number stands on an earlier line of the same file.
    pub const NUMBER_DUPLICATE: &str = "number_duplicate";
    /// The number belongs to another debtor's invoice.
    pub const ANOTHER_DEBTOR: &str = "another_debtor";
    /// The invoice is in another currency.
    pub const ANOTHER_CURRENCY: &str = "another_currency";
    /// The invoice was issued on another day.
    pub const ANOTHER_ISSUE_DATE: &str = "another_issue_date";
    /// The invoice is paid, void or written off, and the amount differs.
    pub const INVOICE_CLOSED: &str = "invoice_closed";
    /// The invoice is void or written off, and the row says that it was paid.
    pub const SETTLED_AFTER_CLOSING: &str = "settled_after_closing";
    /// The new amount is below what has been paid already.
    pub const REDUCED_BELOW_PAID: &str = "reduced_below_paid";

    /// Every reason, for translations and documentation.
    pub const ALL: [&str; 34] = [
        VALUE_MISSING,
        CELLS_BEYOND_HEADER,
        DATE_UNKNOWN,
        DATE_OUT_OF_RANGE,
        DUE_BEFORE_ISSUE,
        SETTLED_BEFORE_ISSUE,
        SETTLED_IN_FUTURE,
        AMOUNT_NEGATIVE,
        AMOUNT_NOT_POSITIVE,
        AMOUNT_UNREADABLE,
        AMOUNT_OVERFLOW,
        TOO_MANY_DECIMALS,
        CURRENCY_UNKNOWN,
        PARTLY_PAID,
        SETTLED_DATE_MISSING,
        VOID_IN_FILE,
        CARD_NUMBER_IN_TEXT,
        TEXT_TOO_LONG,
        TEXT_UNPRINTABLE,
        EMAIL_UNREADABLE,
        PHONE_UNREADABLE,
        CONSENT_WITHOUT_PROOF,
        CONSENT_IN_FUTURE,
        CONSENT_OVERRIDDEN,
        COUNTRY_UNKNOWN,
        ZONE_UNKNOWN,
        YES_OR_NO_UNKNOWN,
        NUMBER_DUPLICATE,
        ANOTHER_DEBTOR,
        ANOTHER_CURRENCY,
        ANOTHER_ISSUE_DATE,
        INVOICE_CLOSED,
        SETTLED_AFTER_CLOSING,
        REDUCED_BELOW_PAID,
    ];
}
