//! What is owed, in words.

use super::Texts;
use saldo_domain::invoice::OpenItem;
use saldo_domain::plan::Frequency;

/// How far a due date is: `Venció hace 12 días`, `Vence mañana`.
pub fn due_text(texts: Texts, days_past_due: i32) -> String {
    let count = i64::from(days_past_due.unsigned_abs());
    match days_past_due {
        ..=-2 => texts.with("due-in-days", [("count", count.into())]),
        -1 => texts.t("due-tomorrow"),
        0 => texts.t("due-today"),
        1 => texts.t("due-yesterday"),
        _ => texts.with("due-days-ago", [("count", count.into())]),
    }
}

/// What an item is called: its description, else its number.
pub fn item_text(texts: Texts, item: &OpenItem) -> String {
    match &item.description {
        Some(description) if !description.trim().is_empty() => description.clone(),
        _ => texts.with("item-number", [("number", (&item.number).into())]),
    }
}

/// How far apart instalments are.
pub fn every_text(texts: Texts, frequency: Frequency) -> String {
    match frequency {
        Frequency::Weekly => texts.t("every-week"),
        Frequency::Fortnightly => texts.t("every-fortnight"),
        Frequency::Monthly => texts.t("every-month"),
    }
}

/// `6 pagos de $208.34, cada mes`, with places for count and amount.
pub fn plan_summary_pattern(texts: Texts, frequency: Frequency) -> String {
    let every = every_text(texts, frequency);
    texts.with("plan-summary", [("count", "{count}".into()), ("amount", "{amount}".into()), ("every", every.into())])
}
