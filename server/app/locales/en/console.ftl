console-navigation = Console
console-overview = Overview
console-debtors = Debtors
console-invoices = Invoices
console-payments = Payments
console-plans = Plans
console-disputes = Disputes
console-promises = Promises
console-terms = Terms
console-members = Members
console-audit = Audit
console-settings = Settings
console-menu = Menu
console-imports = Imports
console-events = Events
console-jobs = Jobs
console-next = Next
console-first = Back to the start of the list

sign-in-page = Sign in to the console
sign-in-title = Console of { $creditor }
sign-in-explained = Confirm to enter as part of the finance team.
sign-in-confirm = Sign in
sign-in-once = This link works only once.
sign-in-refused = This link was already used or is not valid
sign-in-refused-explained = The server prints a new link every time it starts.

overview-empty = No invoices yet
overview-empty-explained = Import your receivables file to begin. You will see a preview before anything is saved.
overview-import = Import a file
overview-dead-jobs = { $count ->
    [one] One job could not be completed
   *[other] { $count } jobs could not be completed
}
overview-books-stale = Reminders wait: the last import is older than the reminder policy allows
overview-unmatched = { $count ->
    [one] One provider event belongs to no known payment
   *[other] { $count } provider events belong to no known payment
}
overview-refused = { $count ->
    [one] One provider event was refused
   *[other] { $count } provider events were refused
}
overview-outstanding-in = Receivable in { $currency }
overview-outstanding = Outstanding
overview-overdue = Past due
overview-credit = Debtors' credit
overview-debtors = { $count ->
    [one] 1 debtor
   *[other] { $count } debtors
}
overview-items = { $count ->
    [one] 1 invoice
   *[other] { $count } invoices
}
overview-payments = Today's payments
overview-no-payments = No payments yet today.
overview-last-import = Latest import

ageing-current = Not yet due
ageing-1-30 = 1 to 30 days
ageing-31-60 = 31 to 60 days
ageing-61-90 = 61 to 90 days
ageing-over-90 = Over 90 days

debtors-none = No debtors yet. They come with the first import.

column-when = Date
column-state = State
column-invoices = Invoices
column-line = Line
column-reason = Reason
column-debtor = Debtor
column-provider = Provider
column-reference = Reference

events-explained = Nothing is dropped: here is what the provider sent and we could not match or accept.
events-filter = Filter
events-all = All
events-none = No events to look at.
event-unmatched = Unmatched
event-refused = Refused

jobs-explained = Jobs that ran out of tries. Mend the cause, then try them again.
jobs-none = All jobs are fine.
job-tries = { $count ->
    [one] 1 try
   *[other] { $count } tries
}
job-revive = Try again

settings-saved = Saved.
settings-save = Save
settings-invoices = Invoices
settings-send-invoices = Mail each invoice to its debtor when it is issued or imported
settings-prices = Price of each message
settings-prices-hint = A rehearsal estimates its cost with them. Blank: nothing is estimated. Your provider’s invoice decides.
settings-currency-of = Currency: { $channel }
settings-paper = Paper
settings-paper-of = Letters, invoices and receipts
settings-paper-usual = The usual one of your country ({ $paper })
settings-paper-a4 = A4 (210 × 297 mm)
settings-paper-letter = Letter (8.5 × 11 inches)
