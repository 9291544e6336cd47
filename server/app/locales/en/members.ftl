console-security = My sign-in

sign-in-email = E-mail address
sign-in-password = Password
sign-in-go = Continue
sign-in-help = No way in? Ask an owner of the console for an invitation.
sign-in-by-password = Sign in with a password
sign-in-code-title = One more code
sign-in-code-explained = Enter the six digits that your authenticator app shows.
sign-in-code = Code
sign-in-recovery = Lost the telephone? Enter one of your recovery codes.

set-up-title = Your way into the console of { $creditor }
set-up-explained = You will sign in with { $email }. Choose a password.
set-up-password = New password
set-up-password-rule = At least 12 characters; several words are easy to remember.
set-up-next = Continue
set-up-codes-title = One-time codes
set-up-codes-explained = Scan the code with an authenticator app and enter the six digits that it shows.
set-up-qr = QR code for the authenticator app
set-up-secret = If you cannot scan it, type this key into the app:
set-up-code = The six digits
set-up-confirm = Confirm
recovery-title = Keep your recovery codes
recovery-explained = Each works once if you lose your telephone. They are shown only now.
recovery-done = I kept them: go to the console

security-explained = You sign in with { $email }.
security-changed = Saved. Your other sessions have ended.
security-incomplete = Without a password and one-time codes you can come in only by a link of the server.
security-password = Password
security-current = Current password
security-new = New password
security-ends-others = Your other sessions will end.
security-save = Change the password
security-codes = One-time codes
security-codes-on = { $count ->
    [one] In use. You have one recovery code left.
   *[other] In use. You have { $count } recovery codes left.
}
security-codes-off = You do not use them yet.
security-codes-new = Set up a new app
security-sessions = Open sessions
security-session = Since { $begun }, used { $seen }
security-session-this = This one
security-sign-out = Sign out everywhere

role-viewer = Viewer
role-agent = Agent
role-finance = Finance
role-owner = Owner
members-roles-explained = Viewer: sees everything. Agent: also talks to debtors and proposes plans. Finance: also sets terms, imports and moves money. Owner: also decides who comes in.
member-invited = Invited
member-active = Active
member-disabled = Disabled
member-you = You
member-role = Role
member-role-save = Save the role
member-name = Name
member-signed-in = Signed in { $when }
member-never = Has not signed in yet
member-change = Change
member-invite-title = Invite somebody
member-invite = Send the invitation
member-invite-again = Send the invitation again
member-reset = Reset the sign-in
member-disable = Disable
member-enable = Enable again

audit-none = Nothing matches.
audit-everybody = Anybody
audit-actor = Who
audit-action = Action
audit-subject = Id of what changed
audit-filter = Filter
audit-changes = Changes
audit-field = Field
audit-before = Before
audit-after = After
actor-operator = Server (command line)
actor-system = Saldo by itself
actor-api-key = API key { $id }
actor-debtor = Debtor { $id }

mail-invitation-subject = { $creditor }: your way into the finance console
mail-invitation-lead = You have access to the console of { $creditor }. Choose your password with this link.
mail-invitation-open = Choose my password
mail-invitation-ends = { $count ->
    [one] The link works once, for one day.
   *[other] The link works once, for { $count } days.
}
mail-invitation-unasked = If you did not expect this e-mail, you can ignore it.
