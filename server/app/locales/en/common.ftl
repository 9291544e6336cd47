skip-to-content = Skip to content
test-mode = Test mode.
test-mode-explained = No real money moves.
leave = Sign out
language = Language
footer-note = Your information travels encrypted. Your card details never pass through us.
print = Print
form-problem = Please check this
amount = Amount
amount-due = Amount due
started = Started
nothing-owed = Nothing to pay
back-to-statement = Back to your statement

due-in-days = { $count ->
    [one] Due in { $count } day
   *[other] Due in { $count } days
}
due-tomorrow = Due tomorrow
due-today = Due today
due-yesterday = Due yesterday
due-days-ago = { $count ->
    [one] Due { $count } day ago
   *[other] Due { $count } days ago
}
item-number = Invoice { $number }
