chart-figures = Show the figures
chart-thousands = { $amount }k
chart-millions = { $amount }M
chart-current = Not due

list-search = Search by name, reference or number
list-from = From
list-until = To
list-all = All
list-show = Show
list-clear = Clear filters
list-file = Download CSV
list-no-match = Nothing matches these filters.
invoices-none = No invoices yet. They come with the first import.
list-payments-none = No payments yet.
plans-none = No payment plans yet.
disputes-none = No disputes.
promises-none = Nobody has promised a payment yet.

state-owing = Owing
state-overdue = Past due
state-open = Open
state-paid = Paid
state-disputed = Disputed
state-void = Void
state-written-off = Written off
state-unapplied = Unapplied
state-refunded = Refunded
state-resolved = Resolved
state-withdrawn = Withdrawn
state-coming = Still to come
state-past = Date passed
state-waiting = Waits for finance
state-proposed = Proposed
state-active = Active
state-broken = Broken
state-completed = Completed
state-canceled = Canceled


column-provider-reference = Provider's reference
column-number = Number
column-issued = Issued
column-due = Due
column-promised = Promised for
column-made = Made on

overview-ageing = Outstanding by age
overview-collected = Collected in the last 7 days
overview-collected-short = Collected
overview-collected-all = All payments of these days
overview-discounts = Discounts this month
overview-disputes = { $count ->
    [one] One dispute waits for an answer
   *[other] { $count } disputes wait for an answer
}
column-instalments = Instalments
overview-plans-waiting = { $count ->
    [one] One plan waits for finance's approval
   *[other] { $count } plans wait for finance's approval
}
overview-plans-active = In good standing
overview-plans-broken = Broken
