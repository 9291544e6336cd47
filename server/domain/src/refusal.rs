mod code;
mod outreach;

pub use outreach::OutreachRefusal;

use crate::calendar::Date;
use crate::currency::Currency;
use crate::message_template::TemplateRefusal;
use crate::money::Money;

/// An expected "no". [`Refusal::code`] is stable: callers and translations depend on it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A sum left the range of 64-bit minor units.
    #[error("the amount is too large")]
    AmountOverflow,
    /// Zero or less where something must be owed or paid.
    #[error("the amount must be above zero")]
    AmountNotPositive,
    /// Text that is no amount in the expected form.
    #[error("not an amount: {0}")]
    AmountUnreadable(String),
    /// More decimals than the currency has.
    #[error("{currency} has {exponent} decimals")]
    TooManyDecimals {
        /// The currency whose minor unit is larger.
        currency: Currency,
        /// How many decimals it has.
        exponent: u8,
    },
    /// A rate that is the whole or more.
    #[error("the rate must be below 100 %")]
    RateAboveWhole,
    /// A rate of nothing.
    #[error("the rate must be above zero")]
    RateZero,
    /// A later tier that is better, or not later, or tiers that cannot be compared.
    #[error("each tier must be later and smaller than the one before it")]
    TiersUnordered,
    /// A number of days, or of minutes, that no policy has.
    #[error("the number of days is out of range")]
    DaysOutOfRange,
    /// A deadline that is over before it begins.
    #[error("the deadline is before the issue date")]
    DeadlineBeforeIssue,
    /// A discount until the due date or later: nothing comes in early.
    #[error("the discount must end before the due date")]
    DiscountAfterDue,
    /// Another policy is in force for the same debts at the same time.
    #[error("another policy is in force for the same debts at that time")]
    PoliciesOverlap,
    /// A day that is over, where one that is still to come is needed.
    #[error("the date is over")]
    DateInPast,
    /// Only a draft can be edited and published.
    #[error("the policy is not a draft")]
    PolicyNotDraft,
    /// Only what is published and not over can be taken back.
    #[error("the policy is not published")]
    PolicyNotPublished,
    /// Somebody else changed the policy in between.
    #[error("the policy has changed")]
    PolicyChanged {
        /// The revision that the caller saw.
        seen: i64,
        /// The revision now.
        current: i64,
    },
    /// Not a code of ISO 4217 that money can be owed in.
    #[error("unknown currency: {0}")]
    CurrencyUnknown(String),
    /// Two currencies where one is required.
    #[error("{left} and {right} cannot be combined")]
    CurrencyMismatch {
        /// The expected currency.
        left: Currency,
        /// The other one.
        right: Currency,
    },
    /// Not a name of the tz database.
    #[error("unknown time zone: {0}")]
    ZoneUnknown(String),
    /// Not a country of ISO 3166.
    #[error("unknown country: {0}")]
    CountryUnknown(String),
    /// A date or moment outside of the calendar.
    #[error("the date is out of range")]
    DateOutOfRange,
    /// Not one of the languages that Saldo speaks.
    #[error("unknown language: {0}")]
    LanguageUnknown(String),
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    EmailUnreadable,
    /// A value that looks like a card number stood in a text field.
    #[error("card numbers are not accepted here")]
    CardNumberInText,
    /// A required text was empty or too long.
    #[error("{field} must have between 1 and {max} characters")]
    TextLength {
        /// The field's name on the wire.
        field: &'static str,
        /// The most characters it may have.
        max: usize,
    },
    /// Debits and credits of an entry differ, or it has no lines.
    #[error("the entry does not balance")]
    EntryUnbalanced,
    /// More was to be allocated or credited than the item still has open.
    #[error("more than what is open")]
    AboveOutstanding,
    /// More than the account owes was to be paid.
    #[error("the amount is above what is owed: {owed:?}")]
    AmountAboveBalance {
        /// What is owed.
        owed: Money,
    },
    /// Nothing is owed.
    #[error("there is nothing to pay")]
    NothingToPay,
    /// An item that is not open on this account.
    #[error("that item is not open on this account")]
    ItemNotOpen,
    /// The balance changed after the amount was shown.
    #[error("the balance has changed")]
    BalanceChanged {
        /// The version that the caller saw.
        seen: i64,
        /// The version now.
        current: i64,
    },
    /// Another payment of the same item is under way.
    #[error("a payment is already under way")]
    PaymentUnderWay,
    /// What the provider reports does not belong to the attempt.
    #[error("the provider's report does not match the attempt")]
    ReportMismatch,
    /// More was to be refunded than is left of the payment.
    #[error("more than what is left of the payment")]
    RefundAbovePayment,
    /// Another dispute of the invoice is open.
    #[error("the invoice is disputed already")]
    DisputeOpen,
    /// A dispute, promise or transfer that was decided otherwise before.
    #[error("it was decided before")]
    ClaimClosed,
    /// A promise for a day that has passed, or too far ahead.
    #[error("a promise is for a day until {until_on}")]
    PromiseDate {
        /// The last possible day.
        until_on: Date,
    },
    /// Another promise of the account is waited for.
    #[error("a promise is open already")]
    PromiseOpen,
    /// A transfer of a day that is still to come, or too long ago.
    #[error("a transfer is of a day from {from_on} until today")]
    TransferDate {
        /// The first possible day.
        from_on: Date,
    },
    /// Too many declared transfers of the account wait.
    #[error("other transfers are being looked for")]
    TransfersWaiting,
    /// A hold until a day that has passed, or too far ahead.
    #[error("a hold ends on a day until {until_on}")]
    HoldDate {
        /// The last possible day.
        until_on: Date,
    },
    /// Another hold of the debtor is in force.
    #[error("a hold is in force already")]
    HoldOpen,
    /// A settlement that is not below what is owed.
    #[error("a settlement is below what is owed: {owed:?}")]
    SettlementAmount {
        /// What is owed on its items.
        owed: Money,
    },
    /// A settlement until a moment that has passed, or too far ahead.
    #[error("a settlement ends within 90 days")]
    SettlementDate,
    /// Another open settlement names one of the items.
    #[error("a settlement of these items is open already")]
    SettlementOpen,
    /// The settlement offer was taken, withdrawn, or its time is over.
    #[error("the offer has ended")]
    OfferEnded,
    /// A discount above what the role may grant.
    #[error("above what the role may grant")]
    AboveRoleLimit {
        /// The most that the role may grant, in basis points of what is open.
        max_bps: u32,
    },
    /// A file above 5 MiB.
    #[error("the file is too large")]
    FileTooLarge,
    /// A file of a kind that is not taken.
    #[error("files of this kind are not taken")]
    FileTypeRefused,
    /// More files than one claim may have.
    #[error("too many files")]
    FilesTooMany,
    /// The thing does not exist for this caller.
    #[error("not found")]
    NotFound,
    /// The invoice is not open any more.
    #[error("the invoice is not open")]
    InvoiceNotOpen,
    /// A due date before the issue date.
    #[error("the due date is before the issue date")]
    DueBeforeIssue,
    /// Dunning steps that repeat, are out of order, or are none.
    #[error("the reminder steps must be in order and differ")]
    StepsUnordered,
    /// A rung without a channel, or with one twice.
    #[error("each step needs channels, each once")]
    StepChannels,
    /// A channel that there is not.
    #[error("there is no such channel")]
    ChannelUnknown,
    /// A key that is not of lower case letters, digits and `_`.
    #[error("a template's key has 1 to 40 lower case letters, digits and _")]
    TemplateKeyUnreadable,
    /// A late fee before anything is late.
    #[error("a fee comes after the due date")]
    FeeBeforeDue,
    /// Ages or a history that no account can have.
    #[error("nobody can be in this audience")]
    AudienceEmpty,
    /// Hours that are no span, or no day left.
    #[error("the hours must leave a span of at least one day")]
    HoursUnordered,
    /// Finance's own contact rules that allow more than the law's.
    #[error("the contact rules may only be tightened")]
    ContactRulesLooser,
    /// Contact rules that leave no hour of any week.
    #[error("the contact rules leave no hour of the week")]
    ContactHoursNever,
    /// Consent that is not later than the debtor's own no.
    #[error("the debtor withdrew this channel later than that")]
    ConsentWithdrawn,
    /// A phone number that cannot be one.
    #[error("not a phone number")]
    PhoneUnreadable,
    /// The least amount of a segment is above its greatest.
    #[error("the least amount is above the greatest")]
    SegmentEmpty,
    /// Not a tag, or too many.
    #[error("not a tag: letters, digits, - and _, up to 40 characters, at most 20 tags")]
    TagUnreadable,
    /// The change would leave the creditor without an owner.
    #[error("the last owner stays an owner")]
    LastOwner,
    /// Another member of the creditor has the e-mail address.
    #[error("a member has this e-mail address")]
    MemberEmailTaken,
    /// A password with too few characters, or far too many.
    #[error("a password has at least {0} characters")]
    PasswordShort(usize),
    /// A password that is guessed first.
    #[error("the password is a common one")]
    PasswordCommon,
    /// Unknown e-mail, wrong password, or too many wrong ones: said alike.
    #[error("the sign-in was refused")]
    SignInRefused,
    /// A code that is wrong, used or of another time.
    #[error("the code was refused")]
    CodeRefused,
    /// The item is part of a payment plan: its instalments are paid, not the item.
    #[error("the item is part of a payment plan")]
    ItemInPlan,
    /// The plan is not in the state that the command needs.
    #[error("the plan is not open for that")]
    PlanNotOpen,
    /// Policy does not offer that plan for this account now.
    #[error("the plan is not offered")]
    PlanNotOffered,
    /// The plan is paid by a saved method, and there is none.
    #[error("the plan needs a saved payment method")]
    MethodNeeded,
    /// What is open of a proposed plan's items is not what was proposed.
    #[error("the amount of the plan has changed")]
    PlanAmountChanged,
    /// More or fewer instalments than are possible.
    #[error("between {min} and {max} instalments")]
    InstalmentCountOutOfRange {
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
    },
    /// The instalments would be smaller than the template allows.
    #[error("instalments below the minimum: {minimum:?}")]
    InstalmentBelowMinimum {
        /// The smallest instalment.
        minimum: Money,
    },
    /// The first instalment falls on a day that is not possible.
    #[error("the first date must be between {from} and {until}")]
    FirstDateOutOfRange {
        /// The first possible day.
        from: Date,
        /// The last possible day.
        until: Date,
    },
    /// The end of a range lies before its beginning.
    #[error("{field} lies before its beginning")]
    RangeReversed {
        /// The name on the wire of the range's end.
        field: &'static str,
    },
    /// Anything but six digits where a code was asked for.
    #[error("a code has six digits")]
    CodeUnreadable,
    /// Another code than the one that was sent; how often it may still be tried.
    #[error("the code is not right; {0} tries are left")]
    CodeWrong(u32),
    /// The code was used, tried too often or ended; or none was asked for.
    #[error("the code does not work any more")]
    CodeEnded,
    /// Nothing is on file to which a message could be sent.
    #[error("no contact is on file")]
    ContactMissing,
    /// The amount that the reader saw is not the amount now: a discount has lapsed.
    #[error("the amount has changed")]
    PriceChanged {
        /// What is to be paid now.
        now: Money,
    },
    /// The tax is above the amount that it is a part of.
    #[error("the tax is above the amount")]
    TaxAboveAmount,
    /// A date that must have come is still to come.
    #[error("the date is in the future")]
    DateInFuture,
    /// A person cannot be reached out to now, or a call cannot be noted.
    #[error(transparent)]
    Outreach(OutreachRefusal),
    /// A message template that is not taken.
    #[error("{0}")]
    Template(TemplateRefusal),
}
