mail-greeting = Hello { $name },
mail-test = Test e-mail: no real money moves.
mail-item = Invoice { $number }
mail-item-due = Due on { $date }
mail-item-overdue = Was due on { $date }
mail-total = Total
mail-pay = See my statement and pay
mail-questions = Something does not match? Reply to this e-mail and { $creditor } will help you.
mail-opt-out = Stop reminders by e-mail
mail-receipt-subject = { $creditor }: we received your payment of { $amount }
mail-receipt-lead = We received your payment of { $amount } on { $date }. Thank you.
mail-receipt-item = Invoice { $number }
mail-receipt-credit = Credit
mail-receipt-settled = You are up to date: there is nothing to pay.
mail-receipt-balance = Your balance is now { $amount }.
mail-receipt-reference = Payment reference: { $reference }
mail-receipt-open = See the receipt
mail-link-subject = { $creditor }: your new link
mail-link-lead = Here is your new link to see your statement with { $creditor } and pay.
mail-link-open = Open my statement
mail-link-unasked = If you did not ask for it, you can ignore this e-mail.
mail-link-personal = The link is personal; we recommend not forwarding this e-mail.
mail-code-subject = { $creditor }: your code is { $code }
mail-code-lead = This is the code that you asked for on your statement with { $creditor }. It works for { $minutes } minutes.
mail-code-secret = Share it with nobody: { $creditor } will never ask for it by phone or message.
mail-code-unasked = If you did not ask for it, there is nothing to do: without the code nobody can go on.
mail-dispute-subject = { $name } disputes invoice { $number }
mail-dispute-lead = { $name } sent a dispute of invoice { $number } for { $amount }. No reminder of it is sent until you decide.
mail-transfer-subject = { $name } declared a transfer of { $amount }
mail-transfer-lead = { $name } declared a transfer of { $amount } made on { $date }. Look for it at your bank and confirm it; no reminders are sent for five days meanwhile.
mail-arrival-open = Open the account
mail-arrival-small = The message and the files are in the console.
mail-instalment = Instalment of your payment plan
mail-receipt-saved = You saved { $amount }
mail-more-items = { $count ->
    [one] One more on your statement
   *[other] { $count } more on your statement
}
