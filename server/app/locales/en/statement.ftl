statement-title = Statement of account
statement-as-of = as of { $date }
statement-account-in = Account in { $currency }
statement-pay = Pay
statement-pay-in = Pay in { $currency }
statement-pay-hint = You can pay everything, choose invoices, or pay another amount.
statement-settled = You are up to date.
statement-settled-explained = There is nothing to pay.
statement-all-overdue = All of this is past due.
statement-overdue = Of this, { $amount } is past due.
statement-next-today = Something falls due today.
statement-next = { $count ->
    [one] The next due date is tomorrow, { $date }.
   *[other] The next due date is { $date }, in { $count } days.
}
statement-under-way = A payment of { $amount } is being processed. This amount will change once it is confirmed.
statement-see-payment = See that payment

items-title = { $count ->
    [one] Open invoice
   *[other] { $count } open invoices
}
item-of = of { $amount }
item-disputed = Under review

credit = Credit
credit-explained = Money that we received and that no invoice has used yet. It goes to the next one.

receipts = Receipts
receipt-of = Payment of { $date }

questions-title = Something does not match?
questions-write = Write to { $creditor }:
questions-contact = Contact { $creditor } the way you usually do.
