not-found = We cannot find this page
not-found-explained = The address may be incomplete. Please open the link that you received again.
forbidden = Your role does not allow this
forbidden-explained = Ask an owner of the console if you need it.
provider-down = The payment processor is not answering
provider-down-explained = It is not a problem with your card. Please try again in a few minutes.
fault = Something failed on our side
fault-explained = It has been recorded and we will look into it. If you were paying, your statement will tell you for certain what happened.
fault-reference = If you ask for help, mention this code: { $reference }
paused = We cannot show this page right now
paused-explained = Our system is not answering at the moment. What you owe and what you paid does not change. Please try again in a minute.
paused-sent = We could not take what you sent
paused-sent-explained = Please do not count on it. Wait a few minutes and check your statement: it says for certain what was recorded.
too-many = Too many tries in a row
too-many-explained = { $count ->
    [one] Please wait a minute and try again.
   *[other] Please wait { $count } minutes and try again.
}
left = You are signed out
left-explained = To come back, open the link that you received by e-mail.

optout-page = E-mail reminders
optout-title = Stop reminders from { $creditor }?
optout-explained = This does not change what you owe or when it is due. Receipts for your payments will still arrive.
optout-confirm = Stop reminders
optout-done = Done, no more reminders
optout-done-explained = You can check your balance with your link whenever you like. If you change your mind, tell { $creditor }.
