landing-page = Your statement
landing-title = { $creditor } shared your statement with you
landing-for = For { $name }
landing-continue = Continue
landing-private = This link is personal. We recommend not sharing it.
landing-not-you = Not you? You can close this page; nothing happens.

expired-page = Link not available
expired-title = This link no longer works
expired-explained = Personal links stop working after a while, to keep your information safe.
expired-renew = We can send a new one to the e-mail address on file.
expired-send = Send me a new link
expired-open-again = Please open the latest link that you received by e-mail.

requested-page = Link requested
requested-title = Check your e-mail
requested-explained = If the link belongs to an account with an e-mail address on file, a new one will arrive in a few minutes.
requested-not-arrived = Not there? Look in the spam folder, or write to the company that sent you the link.
