message-days = { $count ->
    [one] one day
   *[other] { $count } days
}
message-sample-name = María López
message-sample-item = Building material
message-language-es = Spanish
message-language-en = English
message-language-pt = Portuguese
message-channel-email = e-mail
message-channel-sms = SMS
message-channel-whatsapp = WhatsApp
message-channel-letter = letter
message-channel-call = call
message-channel-banner = widget banner
message-tone-friendly = friendly
message-tone-neutral = neutral
message-tone-firm = firm
message-reading = { $count ->
    [one] One text of your own for “{ $key }”
   *[other] { $count } texts of your own for “{ $key }”
}
message-reading-texts = In { $language }: { $channels }.
message-reading-rest = Where one is missing, the built-in text is used.
message-reading-none = There is no built-in text under this key: steps that use it need all three languages.
message-in-subject = subject, { $language }, { $channel }
message-in-body = { $language }, { $channel }, line { $line }
refusal-template-key-taken = Another template has the key “{ $key }” already.
refusal-template-text-repeated = There are two texts for { $language }, { $channel }.
refusal-template-foreign-link = The only link of a message is {"{{ link }}"}: take the address out ({ $where }).
refusal-template-variable-unknown = There is no variable “{ $name }” ({ $where }).
refusal-template-unreadable = The template cannot be read ({ $where }).
refusal-template-whatsapp-unreadable = That is no template of WhatsApp ({ $where }).
refusal-template-text-missing = “{ $key }” has no text for { $language }, { $channel }, and a ladder uses it.
message-key = Key
message-key-hint = Steps of the ladder name this key. Under the key of a built-in text, yours replace it.
message-texts = Texts
message-empty = Write at least one text.
message-state-own = Own
message-state-builtin = Built in
message-state-none = No text
message-state-wrong = Check
message-copy = Begin with the built-in text
message-subject = Subject
message-body = Text
message-body-hint = An empty line begins a paragraph. The only link is {"{{ link }}"}.
message-email-hint = An empty line begins a paragraph. The list of what is open, the payment button and the way out are added by themselves.
message-sms-hint = Without most accents and emoji more than twice as much fits. {"{{ link }}"} is the link and {"{{ opt_out }}"} the word that ends messages.
message-whatsapp-hint = This text is used if the person wrote in the last 24 hours; else the approved template below.
message-wa-name = Approved template: name
message-wa-language = Its language (es_MX)
message-wa-parameters = Its variables, in order
message-wa-parameters-hint = With commas between them: name, amount, link.
message-wa-approved = Approved template “{ $name }”
message-preview = Preview
message-preview-for = Preview for
message-preview-tone = Tone
message-preview-reference = Account
message-preview-reference-hint = Your own reference of a debtor; empty: an example.
message-preview-title = As it arrives: { $channel }, { $language }
message-preview-of = With the figures of { $name }. The link is a sample.
message-preview-example = With example figures.
message-length = { $segments ->
    [one] { $places } characters: one SMS with its link.
   *[other] { $places } characters: { $segments } SMS with its link.
}
message-length-unicode = It has characters that the short alphabet does not know: 70 fit an SMS instead of 160.
message-variables = Variables that you can use
message-variables-hint = What does not apply is empty, zero or false.
variable-name = the person’s name
variable-creditor = your business
variable-amount = all that is asked for or announced
variable-due-on = the date that the step counts from
variable-days = the days that are left or have passed
variable-days-text = the same days in words
variable-items = what is open: item.number, item.description, item.amount, item.due_on, item.days_text
variable-item-count = how many there are
variable-link = the personal link
variable-saved = what the discount saves
variable-until = the last day of the discount
variable-plan = whether it is about a payment plan
variable-instalment = the number of the instalment
variable-instalments = how many instalments the plan has
variable-promised-on = the promised date that passed without payment
variable-suspend-note = whether the step mentions suspension
variable-final-notice = whether it is the last notice
variable-fee = the step’s late fee
variable-tone = friendly, neutral or firm
variable-opt-out = how to leave the channel
message-publish-explained = From then on messages say this. What has left stays as it was. Save your changes first.
