refusal-amount-overflow = The amount is too large.
refusal-amount-not-positive = Enter an amount above zero.
refusal-amount-unreadable = We could not read the amount. Use digits only, for example 1500.
refusal-too-many-decimals = { $count ->
    [0] Amounts in { $currency } have no decimals.
    [one] Amounts in { $currency } have one decimal at most.
   *[other] Amounts in { $currency } have { $count } decimals at most.
}
refusal-rate-above-whole = The rate must be below 100 %.
refusal-rate-zero = Enter a rate above zero.
refusal-tiers-unordered = Each tier must end later and save less than the one before it.
refusal-days-out-of-range = That number of days is not possible here.
refusal-deadline-before-issue = The deadline is before the issue date.
refusal-discount-after-due = The discount must end before the due date.
refusal-policies-overlap = Another policy is in force for the same invoices at that time. Withdraw it or choose another date.
refusal-date-in-past = That day is over. Choose today or a later date.
refusal-policy-not-draft = Only a draft can be edited or published. Begin a new version to change this one.
refusal-policy-not-published = This policy is not published, or has ended.
refusal-policy-changed = Somebody else changed this policy in the meantime. Your values are kept below; compare them with what is saved now.
refusal-currency-unknown = We do not know the currency { $code }.
refusal-currency-mismatch = The currency is not that of the account.
refusal-date-out-of-range = The date is not possible.
refusal-language-unknown = We do not know the language { $tag }.
refusal-email-unreadable = That e-mail address is not complete.
refusal-card-number-in-text = That text looks like a card number. For your safety we do not keep it; please write it without.
refusal-text-length = Enter between 1 and { $max } characters.
refusal-amount-above-balance = The amount is more than you owe: { $owed }.
refusal-nothing-to-pay = Choose at least one invoice.
refusal-item-not-open = One of the invoices is no longer open.
refusal-balance-changed = The balance changed while you were choosing.
refusal-payment-under-way = A payment is already under way.
refusal-refund-above-payment = That is more than what is left of the payment.
refusal-not-found = We cannot find it.
refusal-due-before-issue = The due date is before the issue date.
refusal-last-owner = The last owner stays an owner: name another one first.
refusal-member-email-taken = A member has this e-mail address already.
refusal-password-short = Choose a password with at least { $min } characters.
refusal-password-common = That password is easy to guess. Choose another one, for example several words of your own.
refusal-sign-in = The e-mail address or the password is not right, or there were too many tries. Wait a few minutes if you are sure of them.
refusal-code = That code is not right any more. Wait for the next one and try again.
refusal-item-in-plan = That invoice is part of a payment plan: pay its instalments instead.
refusal-plan-not-open = That is not possible with this plan any more.
refusal-plan-not-offered = This payment plan is not offered for this account.
refusal-method-needed = This plan is paid by a saved method. Save one first.
refusal-plan-amount-changed = What is owed has changed since the plan was proposed. A new plan is needed.
refusal-instalment-count-out-of-range = Choose between { $min } and { $max } instalments.
refusal-instalment-below-minimum = Each instalment must be at least { $minimum }. Choose fewer instalments.
refusal-first-date-out-of-range = The first instalment must fall between { $from } and { $until }.
refusal-range-reversed = The end of the range lies before its beginning.
refusal-code-unreadable = Enter the six digits of the code.
refusal-code-wrong = { $count ->
    [0] The code is not right and cannot be tried any more. Ask for a new one.
    [one] The code is not right. { $count } try is left.
   *[other] The code is not right. { $count } tries are left.
}
refusal-code-ended = That code does not work any more. Ask for a new one.
refusal-contact-missing = We have no e-mail address of yours to send the code to.
refusal-dispute-open = This invoice is disputed already.
refusal-claim-closed = This was decided before.
refusal-promise-date = Choose a day between today and { $until }.
refusal-promise-open = There is a promise already. You can withdraw it and make another one.
refusal-transfer-date = Choose the day of the transfer: from { $from } until today.
refusal-transfers-waiting = We are already looking for other transfers of yours. Please wait until we have found them.
refusal-hold-date = The hold ends on { $until } at the latest, and not in the past.
refusal-hold-open = A hold is in force already. End it before you set another one.
refusal-settlement-amount = The settlement must be below what is owed: { $owed }.
refusal-settlement-date = The settlement must end within the next 90 days.
refusal-settlement-open = A settlement of these invoices is open already.
refusal-offer-ended = This offer has ended.
refusal-above-role-limit = Your role may grant { $rate }% at most.
refusal-above-outstanding = That is more than what is still open.
refusal-file-too-large = The file is too large: 5 MB at most.
refusal-file-type-refused = That kind of file is not accepted. Send a PDF or a photo (JPEG, PNG, WebP or HEIC).
refusal-files-too-many = Three files at most.
refusal-other = That is not possible with these values.
refusal-segment-empty = The least amount is above the greatest.
refusal-tag-unreadable = A tag has letters, digits, - and _, up to 40 characters; at most 20 tags.
refusal-price-changed = The amount has changed: it is { $now } now. Nothing was charged.
refusal-tax-above-amount = The tax is above the amount.
refusal-date-in-future = That date is still to come.
refusal-zone-unknown = We do not know the time zone “{ $name }”.
refusal-steps-unordered = The steps must rise in days, one on a day.
refusal-step-channels = Each step needs at least one channel, and each channel only once.
refusal-channel-unknown = There is no such channel.
refusal-template-key-unreadable = A template’s key has 1 to 40 lower case letters, digits or underscores.
refusal-fee-before-due = A fee can only come after the due date.
refusal-audience-empty = Nobody can match that age or that history.
refusal-hours-unordered = The hours must leave a span open on at least one day of the week.
