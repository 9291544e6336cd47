//! What a plan's table shows while it is chosen, computed in the browser and on the server by the same [`schedule`].

use super::schedule::{PlanChoice, Schedule, schedule};
use super::template::{
    Approval, AutopayRule, BreakRule, EarlySettlement, Frequency, PlanCharge, PlanTemplate, ProposeAgain,
};
use crate::calendar::Date;
use crate::currency::Currency;
use crate::locale::{Language, Locale};
use crate::money::Money;
use crate::segment::Segment;

/// Everything of the reader that a table needs.
#[derive(Debug, Clone)]
pub struct PickerWords {
    /// The account's currency, by code.
    pub currency: String,
    /// The reader's language, by tag.
    pub language: String,
    /// The country of the reader's forms.
    pub country: String,
    /// The date on the debtor's wall.
    pub today: String,
    /// What the choice comes to, with `{count}` and `{amount}` in it.
    pub summary: String,
    /// What the payment on the day of acceptance is called.
    pub down: String,
}

/// A choice with everything that it comes to, in the reader's forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// In one sentence.
    pub summary: String,
    /// Number, date and amount of each payment.
    pub rows: Vec<[String; 3]>,
}

/// What of a template decides over dates and amounts, with the principal, in one line of plain words: a browser that reads
/// them needs no more code for it.
pub fn terms_line(template: &PlanTemplate, principal: Money) -> String {
    let frequency = match template.frequency {
        Frequency::Weekly => "w",
        Frequency::Fortnightly => "f",
        Frequency::Monthly => "m",
    };
    let (fee, rate) = match template.charge {
        PlanCharge::None => (0, 0),
        PlanCharge::Fee { amount } => (amount.minor(), 0),
        PlanCharge::FlatRate { rate_bps } => (0, rate_bps),
    };
    format!(
        "{} {frequency} {} {} {} {} {} {fee} {rate}",
        principal.minor(),
        template.instalments_min,
        template.instalments_max,
        template.instalment_min.minor(),
        template.down_payment_bps,
        template.first_within_days,
    )
}

/// The template and the principal of [`terms_line`]; what does not change a date or an amount is left at its mildest.
pub fn read_terms(line: &str, currency: Currency) -> Option<(PlanTemplate, Money)> {
    let mut words = line.split(' ');
    let principal = Money::new(words.next()?.parse().ok()?, currency);
    let frequency = match words.next()? {
        "w" => Frequency::Weekly,
        "f" => Frequency::Fortnightly,
        _ => Frequency::Monthly,
    };
    let mut number = || words.next()?.parse::<i64>().ok();
    let mut count = || u32::try_from(number()?).ok();
    let (instalments_min, instalments_max) = (count()?, count()?);
    let instalment_min = Money::new(number()?, currency);
    let mut count = || u32::try_from(number()?).ok();
    let (down_payment_bps, first_within_days) = (count()?, count()?);
    let charge = match (number()?, number()?) {
        (0, 0) => PlanCharge::None,
        (0, rate_bps) => PlanCharge::FlatRate { rate_bps: u32::try_from(rate_bps).ok()? },
        (fee, _) => PlanCharge::Fee { amount: Money::new(fee, currency) },
    };
    let template = PlanTemplate {
        segment: Segment { currency, tag: None, amount_min: None, amount_max: None },
        days_past_due_min: None,
        days_past_due_max: None,
        down_payment_bps,
        instalments_min,
        instalments_max,
        frequency,
        instalment_min,
        charge,
        first_within_days,
        approval: Approval::Automatic,
        autopay: AutopayRule::Off,
        grace_days: 0,
        break_rule: BreakRule { missed_max: 0 },
        propose_again: ProposeAgain::Always,
        early: EarlySettlement::Full,
    };
    Some((template, principal))
}

/// The rows of a schedule in the reader's forms.
pub fn rows(schedule: &Schedule, locale: &Locale, down: &str) -> Vec<[String; 3]> {
    let lines = schedule.instalments.iter().map(|line| {
        let name = if line.number == 0 { down.to_owned() } else { line.number.to_string() };
        [name, locale.long_date(line.due_on), locale.money(line.amount)]
    });
    lines.collect()
}

/// What a choice comes to; none where it is not possible or cannot be read.
pub fn pick(words: &PickerWords, terms: &str, count: &str, first_on: &str) -> Option<Picked> {
    let currency = Currency::try_new(&words.currency).ok()?;
    let locale = Locale::new(Language::try_new(&words.language).ok()?, &words.country);
    let (template, principal) = read_terms(terms, currency)?;
    let choice = PlanChoice { count: count.parse().ok()?, first_on: date(first_on)? };
    let schedule = schedule(&template, principal, &choice, date(&words.today)?).ok()?;
    Some(Picked { summary: summary(&words.summary, &schedule, &locale), rows: rows(&schedule, &locale, &words.down) })
}

/// How many payments of which amount: the largest of them, which the others fall short of by one minor unit at most.
pub fn summary(pattern: &str, schedule: &Schedule, locale: &Locale) -> String {
    let regular: Vec<Money> =
        schedule.instalments.iter().filter(|line| line.number > 0).map(|line| line.amount).collect();
    let amount = regular.first().map(|amount| locale.money(*amount)).unwrap_or_default();
    pattern.replace("{count}", &regular.len().to_string()).replace("{amount}", &amount)
}

/// `2026-03-03`, as fields of dates hold it.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut part = || parts.next();
    let (year, month, day) = (part()?.parse().ok()?, part()?.parse().ok()?, part()?.parse().ok()?);
    Date::new(year, month, day).ok().filter(|_| parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> PickerWords {
        PickerWords {
            currency: "MXN".to_owned(),
            language: "es".to_owned(),
            country: "MX".to_owned(),
            today: "2026-01-30".to_owned(),
            summary: "{count} pagos de {amount}".to_owned(),
            down: "Anticipo".to_owned(),
        }
    }

    #[test]
    fn a_line_of_terms_says_the_same_dates_and_amounts() {
        let terms = "100000 m 2 6 10000 1000 30 0 500";
        let (template, principal) = read_terms(terms, Currency::MXN).unwrap();
        assert_eq!(terms_line(&template, principal), terms);
        let picked = pick(&words(), terms, "3", "2026-01-31").unwrap();
        assert_eq!(picked.summary, "3 pagos de $316.67");
        let expected = [
            ["Anticipo", "30 de enero de 2026", "$100.00"],
            ["1", "31 de enero de 2026", "$316.67"],
            ["2", "28 de febrero de 2026", "$316.67"],
            ["3", "31 de marzo de 2026", "$316.66"],
        ];
        assert_eq!(picked.rows, expected);
    }

    #[test]
    fn what_is_not_possible_is_left_to_the_server() {
        let terms = "100000 w 2 6 10000 0 30 500 0";
        for (count, first_on) in
            [("7", "2026-02-01"), ("1", "2026-02-01"), ("", "2026-02-01"), ("3", "2026-03-30"), ("3", "")]
        {
            assert_eq!(pick(&words(), terms, count, first_on), None, "{count} {first_on}");
        }
        assert_eq!(pick(&words(), "", "3", "2026-02-01"), None);
    }
}
