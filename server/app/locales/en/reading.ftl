reading-by-day = { $what } if paid by day { $day } after issue
reading-on-issue = { $what } if paid on the day of issue
reading-before-due = { $what } if paid { $count ->
    [one] one day
   *[other] { $count } days
} before the due date
reading-by-due = { $what } if paid by the due date
reading-sliding = for each day before the due date, { $rate } a year
reading-terms-step = { $what } less if paid by { $date }
reading-full-until-due = after that the full amount until the due date
reading-full-until-day = after that the full amount until day { $day }
reading-net-of-tax = The rate is taken of the amount without tax; without a known tax there is no discount.
reading-parts-none = Only paying the whole invoice at once earns it.
reading-parts-proportional = A part that is paid in time earns its part.
reading-parts-rest = Whoever closes the invoice in time earns all of it, whatever was paid before.
reading-grace = A payment begun in time may arrive up to { $count ->
    [one] one minute
   *[other] { $count } minutes
} late.
reading-fee = a fee of { $what }, once
reading-fee-rate = a fee of { $what } of what is open, once
reading-interest = simple interest of { $rate } a year by the day, booked every { $count ->
    [one] day
   *[other] { $count } days
}
reading-late-grace = { $count ->
    [0] From the day after the due date.
    [one] After one day of grace.
   *[other] After { $count } days of grace.
}
reading-cap-rate = Never more than { $what } of the invoice.
reading-cap-amount = Never more than { $what } for one invoice.
reading-plan-weekly = { $min } to { $max } weekly instalments
reading-plan-fortnightly = { $min } to { $max } fortnightly instalments
reading-plan-monthly = { $min } to { $max } monthly instalments
reading-plan-down = { $rate } are paid on acceptance.
reading-segment-all = For every amount in { $currency }.
reading-segment-from = For amounts from { $min }.
reading-segment-to = For amounts up to { $max }.
reading-segment-between = For amounts from { $min } to { $max }.
reading-segment-tag = Only for debtors tagged { $tag }.
reading-ladder = { $count ->
    [one] One reminder, { $first }.
   *[other] { $count } reminders, from { $first } to { $last }.
}
reading-days-before = { $count ->
    [one] one day before
   *[other] { $count } days before
}
reading-on-the-day = the day itself
reading-days-after = { $count ->
    [one] one day after
   *[other] { $count } days after
}
