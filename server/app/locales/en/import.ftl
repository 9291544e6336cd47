imports-title = Import invoices
imports-recent = Earlier imports
imports-none = No file has been imported yet.
import-file = File
import-file-hint = CSV with a header, separated by commas, semicolons or tabs. Nothing is saved until you confirm.
import-upload = Upload and check
import-no-file = Please choose a file.
import-rows = Rows
import-state-mapping = Columns to check
import-state-preview = To be confirmed
import-state-running = Running
import-state-booked = Saved
import-state-refused = With faults
import-running = Saving the invoices
import-running-explained = You may close this page; the work goes on.
import-booked = Import finished
import-booked-explained = The whole file was saved.
import-nothing-new = The file had been imported before: nothing changed.
import-see-debtors = See debtors
import-another = Import another file
import-count-new = New
import-count-settled = Arrive paid
import-count-amended = Amended
import-count-unchanged = Unchanged
import-totals = Totals by currency
import-total-amount = Invoiced
import-total-open = Outstanding
back-to-imports = Back to imports

mapping-title = Check the columns
mapping-found = encoding { $encoding }, separator { $separator }
mapping-remembered = We used the same meanings as the last time with this header.
mapping-column = Column
mapping-samples = First values
mapping-meaning = Means
mapping-preview = See the preview
mapping-date-order = Order of dates
mapping-decimal-mark = Form of amounts
mapping-currency = Currency where the file does not say
mapping-currency-hint = Three-letter code: MXN, COP, CLP…
mapping-certain = Found in the file, without doubt.
mapping-uncertain = The file can be read another way: please confirm.
mapping-missing = Still to be named: { $fields }.
mapping-twice = Two columns have the same meaning: { $field }.
mapping-unknown = We do not know “{ $name }”.
mapping-bad-currency = That currency does not exist.
separator-tab = tab
date-order-dmy = day/month/year (31/12/2026)
date-order-mdy = month/day/year (12/31/2026)
date-order-ymd = year-month-day (2026-12-31)

field-number = Invoice number
field-debtor-reference = Debtor reference
field-debtor-name = Debtor name
field-email = E-mail
field-phone = Phone
field-language = Language
field-country = Country
field-zone = Time zone
field-postal-address = Postal address
field-consent-email = Allows e-mail
field-consent-sms = Allows SMS
field-consent-whatsapp = Allows WhatsApp
field-consent-letter = Allows letters
field-consent-call = Allows calls
field-consent-proof = Proof of consent
field-consent-on = Date of consent
field-description = Description
field-issued-on = Issue date
field-due-on = Due date
field-amount = Amount
field-outstanding = Outstanding
field-currency = Currency
field-status = Status
field-settled-on = Payment date
field-disputed = Disputed
field-ignore = Do not use

preview-title = Preview
preview-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
preview-debtors = { $count ->
    [0] No new debtors.
    [one] 1 new debtor is added.
   *[other] { $count } new debtors are added.
}
preview-overridden = Consents that do not count
preview-consents = { $count ->
    [0] No consent changes.
    [one] The consents of one debtor change.
   *[other] The consents of { $count } debtors change.
}
preview-allows = Allows: { $channels }
preview-withdrew = Withdraws: { $channels }
preview-confirm = Save everything
preview-remap = Change columns
preview-other-file = Upload the corrected file
preview-sample = How the first rows were read
preview-settled = Paid
preview-faults = { $count ->
    [one] One row has a fault.
   *[other] { $count } rows have faults.
}
preview-nothing-booked = Nothing of this file was saved.
preview-fault-list = What to correct
preview-more-faults = { $count ->
    [one] And one more row.
   *[other] And { $count } more rows.
}

file-empty = The file has no rows.
file-too-large = The file is larger than { $max } MB.
file-encoding-mixed = Line { $line } is in another encoding than the rest. Save the file again as CSV UTF-8.
file-separator-unknown = We found no columns: separate them with commas, semicolons or tabs.
file-row-too-long = The row that begins on line { $line } is too long. A quote may be missing.
file-too-many-columns = The row on line { $line } has too many columns.
file-quote-unclosed = The quote that opens on line { $line } is never closed.
file-dates-mixed = Dates come in two orders: line { $day } writes the day first, line { $month } the month.
file-decimal-marks-mixed = Amounts come in two forms: line { $point } uses a decimal point, line { $comma } a comma.
file-total-overflow = The sum of the file is too large.

fault-value-missing = The value is missing.
fault-cells-beyond-header = The row has more cells than columns; it may be an amount with an unquoted comma.
fault-date-unknown = Not a date: “{ $shown }”.
fault-date-out-of-range = The date is not possible: “{ $shown }”.
fault-due-before-issue = The due date is before the issue date.
fault-settled-before-issue = The payment is before the issue date.
fault-settled-in-future = The payment date has not come yet.
fault-amount-negative = The amount is negative: “{ $shown }”.
fault-amount-not-positive = The amount is zero.
fault-amount-unreadable = Not an amount: “{ $shown }”.
fault-amount-overflow = The amount is too large.
fault-too-many-decimals = More decimals than the currency has: “{ $shown }”.
fault-currency-unknown = Not a currency: “{ $shown }”.
fault-partly-paid = The outstanding amount differs from the amount, and there is no payment date.
fault-settled-date-missing = It says paid, but the payment date is missing.
fault-void-in-file = It says void: take it out of the file.
fault-card-number = It holds a card number. Delete it from the file.
fault-text-too-long = The text is too long.
fault-text-unprintable = The text has a control character.
fault-email-unreadable = Not an e-mail address: “{ $shown }”.
fault-phone-unreadable = Not a telephone number of that country: “{ $shown }”. With +, country code and number it is always read.
fault-consent-without-proof = It allows the channel, but the proof of consent is missing.
fault-consent-overridden = The debtor withdrew this channel: that stands, and the consent of the file does not count. The row is booked all the same.
fault-consent-in-future = The date of consent has not come yet: “{ $shown }”.
fault-country-unknown = Not a country: “{ $shown }”.
fault-zone-unknown = Not a time zone: “{ $shown }”.
fault-yes-or-no-unknown = Neither yes nor no: “{ $shown }”.
fault-number-duplicate = The number stands on an earlier line: “{ $shown }”.
fault-another-debtor = That number belongs to another debtor.
fault-another-currency = That invoice is saved in another currency.
fault-another-issue-date = That invoice is saved with another issue date.
fault-invoice-closed = The invoice is closed, and the amount differs.
fault-settled-after-closing = The invoice was closed without payment.
fault-reduced-below-paid = The new amount is below what has been paid.
fault-other = It cannot be saved ({ $code }).
