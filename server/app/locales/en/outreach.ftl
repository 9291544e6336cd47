console-reminders = Reminders
reminders-parts = Parts of reminders
reminders-upcoming = What goes out next
reminders-calls = Calls
reminders-messages = Messages
reminders-letters = Letters
reminders-decisions = Decisions
reminders-effect = Effect

by-email = E-mail
by-sms = SMS
by-whatsapp = WhatsApp
by-letter = Letter
by-call = Call
by-banner = Widget banner
column-channel = Channel
column-messages = Messages
column-step = Step
column-text = Text
column-cost = Cost
column-price-each = Each
rule-name = { $name } ({ $id }, version { $version })
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

why-pending-payment = A payment is under way, so nothing is sent until it has ended.
why-outside-hours = The contact rules do not allow a message at this hour or on this day.
why-holiday = It is a public holiday for this person, and the contact rules ask for silence.
why-not-yet-due = The next step of the ladder has not come yet.
why-daily-cap = This person has been contacted as often as one day allows.
why-weekly-cap = This person has been contacted as often as one week allows.
why-minimum-gap = The last contact is too recent for another one.
why-one-channel = This person was reached by another channel this week, and the rules allow one.
why-payment-plan = A payment plan is in good standing; its next instalment has not come yet.
why-promise = Payment was promised by a date that has not passed.
why-declared-transfer = A bank transfer was declared, and it is being looked for.
why-manual = Somebody on the team asked for silence.
why-stale-data = The imported data is older than the policy allows, so nothing automatic is sent.
why-preferred-hours = This person asked to be contacted at other hours.
end-paid = Nothing is owed.
end-disputed = Everything that is open is disputed.
end-opted-out = No channel is left that this person allows.
end-no-address = There is no address for any channel of the ladder.
end-ladder = Every step of the ladder has been said.
end-no-policy = No dunning policy in force is for this account.
end-below-minimum = Less is owed than any coming step asks for.

upcoming-lead = Whose turn comes next, by what the books say now. At that moment the decision is taken again.
upcoming-span = How far
upcoming-today = Today
upcoming-week = Next 7 days
upcoming-none = Nobody’s turn comes in this time.
upcoming-message = Message
upcoming-held = Held
upcoming-quiet = Not yet
upcoming-ended = Nothing more
upcoming-sends = { $when }, { $channel }: { $step }
upcoming-waits = Silent until { $when } at least
upcoming-act = Hold or send now
upcoming-send-now = Send now
upcoming-send-now-hint = The next step comes forward, as far as law, consent and holds allow it.
upcoming-hold = Hold
upcoming-hold-reason = Reason for the silence
upcoming-hold-until = Last day of silence
upcoming-sent = The message is on its way.
upcoming-was-held = Reminders are held.

rehearsal-start = Rehearse
rehearsal-explained = See who would hear what over the next 30 days, and what this draft changes. Nothing is sent.
rehearsal-title = Rehearsal: { $name }
rehearsal-lead = What would leave from { $from } to { $until }, beside what the published policies would send.
rehearsal-back = Back to the policy
rehearsal-running = Rehearsing
rehearsal-running-hint = The figures grow while debtors are looked at. This page asks again by itself.
rehearsal-all = { $total ->
    [0] Nobody owes anything now.
    [one] The one debtor with something open was looked at.
   *[other] All { $total } debtors with something open were looked at.
}
rehearsal-part = Only { $done } of { $total } debtors were looked at: the rehearsal ended at its limit. The figures are those of the debtors looked at; the rest is unknown.
rehearsal-edited = The policy was changed after this rehearsal. Rehearse again before you publish.
rehearsal-again = Rehearse again
rehearsal-next = What now
rehearsal-kept = The first { $kept } of { $total } messages are kept one by one. All of them are counted above.
rehearsal-none = No message matches.
rehearsal-list = Messages
rehearsal-change = Change
rehearsal-before = Before
rehearsal-added = Added
rehearsal-removed = Removed
rehearsal-moved = Changed
rehearsal-same = Unchanged
rehearsal-reached = Debtors reached
rehearsal-difference = What publishing would change
rehearsal-days = Messages by day
rehearsal-published = Published now
rehearsal-draft = With this version
rehearsal-cost = Cost by channel
rehearsal-cost-hint = An estimate by fixed prices in US dollars: SMS 0.05, WhatsApp 0.03, letter 1.20, call 0.80; e-mail and the widget’s banner cost nothing. Your provider’s invoice decides.
rehearsal-blocks = What keeps messages back
rehearsal-no-blocks = Nothing keeps a message back.
rehearsal-day-closed = { $day }: no messages on this day
rehearsal-stops = Where nothing more comes
rehearsal-supposes = A rehearsal supposes that nothing happens but time: nobody pays or answers, no message comes back, and imports go on. So it shows the most that may be sent.

effect-lead = How many messages of each step a payment followed within seven days.
effect-none = No message left in this time.
effect-truncated = Only the first { $count } messages of this time were read.
effect-unfinished = Seven days have not passed yet since the last messages: their figures still grow.
effect-by-step = By step, channel and text
effect-chart = Messages and those followed by a payment, by days from the due date
effect-followed = Followed by a payment
effect-share = Share
effect-paid = Paid
effect-explained = A payment counts for the last message before it, if that was within seven days. It followed the message; whether it was caused by it nobody knows.
effect-before = { $count ->
    [one] One day before
   *[other] { $count } days before
}
effect-on-day = On the due date
effect-after = { $count ->
    [one] One day after
   *[other] { $count } days after
}
