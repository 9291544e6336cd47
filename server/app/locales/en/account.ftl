back-to-debtors = Back to debtors
payments-title = Payments
payments-none = No payments yet.
payment-refunded = Refunded { $amount }
refund-open = Refund
refund-amount = Amount to refund in { $currency }
refund-reason = Reason
refund-explained = It goes back the way it was paid. The invoices that this money paid are open again.
refund-confirm = Refund the money

attempts-title = Payment attempts
attempt-created = Open
attempt-pending = At the bank
attempt-action = To be verified
attempt-succeeded = Paid
attempt-failed = Did not go through
attempt-canceled = Cancelled
attempt-expired = Ended unused

links-title = Access links
link-fresh = New link.
link-fresh-explained = Copy it now; it is not shown again.
link-create = Create a link
link-live = Live
link-ended = Ended
link-revoked = Revoked
link-opened = used on { $when }
link-never-opened = not used
link-ends = ends on { $when }
link-revoke = Revoke
link-renew = Renew

reminders-title = Reminders
reminders-none = None has been sent yet.
reminder-planned = Planned
reminder-unknown = Delivery not confirmed
reminder-sent = Sent
reminder-delivered = Delivered
reminder-bounced = Bounced
reminder-suppressed = Not sent
reminder-failed = Failed
step-before = { $count ->
    [one] 1 day before { $due }
   *[other] { $count } days before { $due }
}
step-on-day = on the due date, { $due }
step-after = { $count ->
    [one] 1 day after { $due }
   *[other] { $count } days after { $due }
}

decision-title = Next reminder
decision-send = { $count ->
    [one] Leaves in the next round by e-mail, with 1 invoice: { $step }.
   *[other] Leaves in the next round by e-mail, with { $count } invoices: { $step }.
}
decision-wait = Decided again on { $when }: { $why }.
decision-stop = None: { $why }.
hold-pending = a payment is under way
hold-hours = it is outside contact hours
hold-not-due = the next step has not come yet
stop-paid = nothing is owed
stop-disputed = everything open is disputed
stop-opted-out = asked for no reminders by e-mail
stop-no-address = no e-mail address on file
stop-ended = every step of the policy has been sent
hold-plan = a payment plan is in good standing
hold-promise = a payment was promised by a date
hold-transfer = a transfer was declared
hold-manual = paused by finance
hold-holiday = it is a public holiday
hold-day = they have been contacted as often as one day allows
hold-week = they have been contacted as often as one week allows
hold-gap = the last contact is too recent
hold-channel = another channel was used this week
hold-stale = the imported data is too old
hold-preferred = they asked to be contacted at other hours
stop-no-policy = no reminder policy in force is for this account
stop-below = less is owed than any reminder asks for
ladder-standard = Standard reminders in { $currency }
hold-another-step = another reminder was due
reply-by = answered by { $channel }:
reply-answer = Answer
reply-opted-out = Withdrew the channel
reply-opted-in = Allows the channel again
