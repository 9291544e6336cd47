history-title = Why is it this amount?
history-carried = Balance before
history-balance = Balance { $amount }
history-whole = { $count ->
    [one] See the whole history
   *[other] See all { $count } movements
}
history-and-more = { $count ->
    [one] { $number } and 1 more
   *[other] { $number } and { $count } more
}

sum-carried = Balance before
sum-invoiced = Invoices
sum-charges = Late fees and interest
sum-paid = Payments
sum-reduced = Discounts and credit notes
sum-balance = Amount due
sum-credit = Credit

movement-issue = Invoice issued
movement-amendment = Invoice adjusted
movement-payment = Payment received. Thank you
movement-credit-applied = Credit applied
movement-refund = Refund to you
movement-reversal = Payment taken back by the bank
movement-chargeback = Payment disputed at the bank
movement-credit-note = Credit note
movement-write-off = Balance written off
movement-discount = Early-payment discount
movement-late-fee = Late fee
movement-interest = Interest
movement-payout = Payout to the company
movement-plan-charge = Price of the payment plan
movement-plan-rebate = Reduction of the plan's price
movement-concession-reversed = Discount taken back
movement-chargeback-won = Chargeback decided for the business
movement-refund-returned = Refund that did not arrive
