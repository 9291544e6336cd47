widget-next-due = Next due date
widget-failed = We could not load your balance.
widget-retry = Try again
widget-loading = Loading…
widget-opens-new = opens in a new window
widget-expired = This page has been open for a while. Reload it to see your balance.
widget-see-statement = See my statement
widget-see-ways = See the ways to pay
widget-items = { $count ->
    [one] { $count } open invoice
   *[other] { $count } open invoices
}
widget-planned = Your payment plan is on track. Nothing to pay until { $date }.
widget-planned-all = Your payment plan is on track. Nothing to pay now.
widget-credit = You have { $amount } of credit.
widget-open-items = Open invoices
widget-select = Select
widget-select-all = Select all
widget-selected = Selected: { $amount }
widget-days = { $count } d
widget-next-instalment = Next payment
widget-reminder = Reminder
widget-later = Remind me tomorrow
widget-dismiss = Do not show again
widget-remind-overdue = { $amount } is past due since { $date }.
widget-remind-discount = Pay { $amount } by { $moment } and save { $saved }.
widget-remind-soon = { $amount } falls due on { $date }.
widget-back = Back to { $host }
widget-ended-page = Open it again
widget-ended-title = This page has expired
widget-ended-explained = For your safety, what you opened from the site works for a few minutes only. Go back and open it again: nothing was charged.
widget-ended-close = You can close this window and open it again from the site that you came from.
