use crate::i18n::Texts;
use saldo_domain::calendar::Date;
use saldo_domain::currency::Currency;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::message_template::in_small_alphabet;
use saldo_domain::money::Money;
use saldo_domain::reminder::Tone;
use serde::Serialize;

/// What a template may name: the variables of [`saldo_domain::message_template::VARIABLES`], in the reader's forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Who owes.
    pub name: String,
    /// Who is owed.
    pub creditor: String,
    /// All that the message asks for or announces; sums of several currencies with a `+` between them.
    pub amount: String,
    /// The date that the rung counts from.
    pub due_on: String,
    /// Days between that date and today, whichever comes first.
    pub days: i32,
    /// The same in words: `3 days`.
    pub days_text: String,
    /// What is asked for, the oldest due first; the first of them where there are many.
    pub items: Vec<Item>,
    /// How many there are.
    pub item_count: usize,
    /// The debtor's own access link.
    pub link: String,
    /// What paying by `until` saves; empty where there is no discount.
    pub saved: String,
    /// The last day of the discount.
    pub until: String,
    /// Whether it is about a payment plan.
    pub plan: bool,
    /// The instalment's number; 0 where it is about none.
    pub instalment: u32,
    /// How many instalments the plan has.
    pub instalments: u32,
    /// The date that the debtor named last, where it passed without the payment; else empty.
    pub promised_on: String,
    /// Whether the rung may say that service can be suspended.
    pub suspend_note: bool,
    /// Whether it is the ladder's last message.
    pub final_notice: bool,
    /// The late fee that comes with the rung; empty where there is none.
    pub fee: String,
    /// `friendly`, `neutral` or `firm`.
    pub tone: &'static str,
    /// The way out of the channel: an address in e-mail and letters, the word to answer in SMS and WhatsApp; else empty.
    pub opt_out: String,
    /// The sums, one for each currency.
    #[serde(skip)]
    pub totals: Vec<String>,
}

/// One of the items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The invoice's number; empty for an instalment.
    pub number: String,
    /// What it is for, where the creditor says so.
    pub description: String,
    /// What is open of it.
    pub amount: String,
    /// Its date.
    pub due_on: String,
    /// Days between its date and today, in words.
    pub days_text: String,
    /// Whether its date has passed.
    #[serde(skip)]
    pub overdue: bool,
}

/// An example, for checks and previews: `whole` has everything that may be absent, the other has nothing of it.
pub fn sample(locale: &Locale, creditor: &str, currency: Currency, tone: Tone, whole: bool) -> Facts {
    let texts = Texts::for_language(locale.language);
    let unit = 10_i64.pow(u32::from(currency.exponent()));
    let money = |whole: i64| locale.money(Money::new(whole * unit, currency));
    let date = |day: i8| locale.long_date(Date::constant(2026, 3, day));
    let text = |filled: String| if whole { filled } else { String::new() };
    let item = |number: &str, amount: i64, day: i8, days: i32| Item {
        number: number.to_owned(),
        description: text(texts.t("message-sample-item")),
        amount: money(amount),
        due_on: date(day),
        days_text: days_text(days, texts),
        overdue: true,
    };
    Facts {
        name: texts.t("message-sample-name"),
        creditor: creditor.to_owned(),
        amount: money(1_250),
        due_on: date(3),
        days: 10,
        days_text: days_text(10, texts),
        items: vec![item("F-1041", 1_000, 3, 10), item("F-1058", 250, 9, 4)],
        item_count: 2,
        link: SAMPLE_LINK.to_owned(),
        saved: text(money(25)),
        until: text(date(20)),
        plan: whole,
        instalment: if whole { 2 } else { 0 },
        instalments: if whole { 6 } else { 0 },
        promised_on: date(10),
        suspend_note: whole,
        final_notice: whole,
        fee: text(money(50)),
        tone: tone.as_str(),
        opt_out: reply_word(locale.language).to_owned(),
        totals: vec![money(1_250)],
    }
}

impl Facts {
    /// For the small alphabet of text messages: one accent that it does not have, in a name or in `março`, would make the
    /// message more than twice as dear.
    pub(crate) fn for_text_message(mut self) -> Self {
        let names = [&mut self.name, &mut self.creditor, &mut self.amount, &mut self.saved, &mut self.fee];
        for field in names.into_iter().chain([&mut self.due_on, &mut self.until, &mut self.promised_on]) {
            *field = in_small_alphabet(field);
        }
        for item in &mut self.items {
            for field in [&mut item.number, &mut item.description, &mut item.amount, &mut item.due_on] {
                *field = in_small_alphabet(field);
            }
        }
        self
    }
}

/// Stands for the debtor's own link where none may be shown.
pub(crate) const SAMPLE_LINK: &str = "https://saldo.example/l/…";

/// `3 days`.
pub(crate) fn days_text(days: i32, texts: Texts) -> String {
    texts.with("message-days", [("count", days.into())])
}

/// The word that ends a conversation, which every reply is read for.
pub(crate) fn reply_word(language: Language) -> &'static str {
    match language {
        Language::Es => "BAJA",
        Language::En => "STOP",
        Language::Pt => "SAIR",
    }
}
