paper-scan = Scan this code with your phone to see your balance and pay. It is personal: do not share it.
paper-invoice-title = Invoice { $number }
paper-invoice-dates = Issued on { $issued }. Due on { $due }.
paper-invoice-goods = Goods or services
paper-invoice-tax = Includes { $amount } of tax
paper-invoice-paid = Paid already
paper-invoice-tax-note = This document says what is owed. It does not replace the tax invoice.
paper-receipt-title = Payment receipt
mail-invoice-subject = { $creditor }: invoice { $number } for { $amount }
mail-invoice-lead = { $creditor } sends you invoice { $number }, due on { $date }. It is attached as a PDF.
mail-invoice-open = See and pay
letters-title = Letters
letters-explained = Download the letters that wait, print them and post them. The address stands in the window of the envelope.
letters-empty = No letters wait.
letters-count = { $count ->
    [one] One letter waits
   *[other] { $count } letters wait
}
letters-download = Download as one PDF
letters-posted = Mark as posted
letters-posted-explained = Mark them once they are in the post: those of the last download.
letters-written = Written on { $date }
