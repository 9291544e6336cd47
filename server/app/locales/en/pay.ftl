pay-title = Choose how much to pay
pay-how-much = How much would you like to pay?
pay-everything = Everything
pay-items = Choose invoices
pay-amount = Another amount
pay-amount-label = Amount in { $currency }
pay-amount-hint = Up to { $amount }. It goes to the oldest invoices first.
pay-total = Total to pay
pay-continue = Continue to payment
pay-private = You pay on the processor's secure page. We never see your card details.
pay-under-way = A payment of { $amount } is being processed.
pay-other-currency = You also owe { $amount } on another account

changed-title = The balance has changed
changed-explained = While you were choosing, something was recorded on your account. Nothing has been charged.
changed-before = Before
changed-now = Now
changed-see-why = See why it changed
changed-pay = Pay { $amount }
changed-choose = Choose again

under-way-title = A payment is already under way
under-way-explained = So that you are not charged twice, please finish the payment that you started first.
under-way-at-bank = The bank is processing a payment of these invoices. So that you are not charged twice, please wait until it is confirmed.
under-way-continue = Finish that payment
under-way-see = See that payment
under-way-cancel = Cancel it and start another
under-way-cancel-explained = Prefer to start again? You can cancel it; nothing is charged.
