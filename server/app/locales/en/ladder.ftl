terms-time-unreadable = Enter a time like 9:00.
ladder-steps = Ladder of reminders
ladder-steps-hint = Each step goes out once, and only when its day has come and the law and your rules allow it. Open a step to change it.
ladder-due-date = Days from the due date
ladder-instalment-date = Days from the instalment’s date
ladder-add = Add a step
ladder-days = Days
ladder-side = Before or after
ladder-before = Before
ladder-after = After, or the day itself with 0
ladder-from = Counted from
ladder-from-due = the due date
ladder-from-instalment = the instalment’s date
ladder-channel = Channel
ladder-channel-else = If that cannot be used, channel { $place }
ladder-channel-none = None
ladder-template = Text
ladder-tone = Tone
ladder-amount-min = Only from the amount
ladder-escalation = Besides
ladder-escalation-none = Nothing else
ladder-escalation-fee = Charge a late fee
ladder-escalation-hand-over = Hand it to an agent
ladder-escalation-suspend = Mention that service may be suspended
ladder-escalation-final = It is the last notice
ladder-fee = Amount of the fee
ladder-earlier = One day earlier
ladder-later = One day later
ladder-remove = Remove
ladder-audience = Which claims, by age and history
ladder-history = Payment history
ladder-history-any = Any
ladder-history-never = Never paid late
ladder-history-late = Paid late at least
ladder-history-count = Times
ladder-own = Your own hours and limits
ladder-own-hint = The law of each country is kept already. Here you can only be more careful, never less.
ladder-hours-from = From the hour
ladder-hours-until = Until the hour
ladder-hours-hint = The person’s local time, for example 9:00.
ladder-closed = No message on
ladder-per-day = Messages a day, at most
ladder-per-week = Messages a week, at most
ladder-gap = Hours between two messages, at least
ladder-stale = Hours that data count
ladder-stale-hint = If the last import is older, nothing goes out and you are told.
step-before-due = { $count ->
    [one] One day before the due date
   *[other] { $count } days before the due date
}
step-on-due = On the due date
step-after-due = { $count ->
    [one] One day after the due date
   *[other] { $count } days after the due date
}
step-before-instalment = { $count ->
    [one] One day before the instalment
   *[other] { $count } days before the instalment
}
step-on-instalment = On the day of the instalment
step-after-instalment = { $count ->
    [one] One day after the instalment
   *[other] { $count } days after the instalment
}
reading-step = { $when }: { $channels }, with the text “{ $template }”, { $tone }.
reading-step-else = , else { "" }
reading-step-amount = Only from { $amount }.
reading-step-fee = A late fee of { $amount } is added.
reading-step-hand-over = An agent gets the task to call.
reading-step-suspend = The text may mention that service can be suspended.
reading-step-final = It is the last notice.
reading-audience-min = Only where the oldest is at least { $count } days past due.
reading-audience-max = Only where the oldest is at most { $count } days past due.
reading-audience-never-late = Only those who never paid late.
reading-audience-late = { $count ->
    [one] Only those who paid late once already.
   *[other] Only those who paid late { $count } times already.
}
reading-own-from = Nothing before { $time }.
reading-own-until = Nothing from { $time } on.
reading-own-closed = Nothing on: { $days }.
reading-own-day = { $count ->
    [one] One message a day at most.
   *[other] { $count } messages a day at most.
}
reading-own-week = { $count ->
    [one] One message a week at most.
   *[other] { $count } messages a week at most.
}
reading-own-gap = { $count ->
    [one] At least one hour between two messages.
   *[other] At least { $count } hours between two messages.
}
reading-stale = { $count ->
    [one] Nothing while the last import is older than one hour.
   *[other] Nothing while the last import is older than { $count } hours.
}
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
ladder-publish-explained = From then on this ladder decides. Steps whose day came before are not made up for where a message has named the claim. Save your changes first.
