use crate::Chrome;
use crate::pages::console::reminders::{
    DecisionsForm, DecisionsView, Sheet, decision_sentence, outcome_words, rule_words,
};
use crate::pages::console::{Cell, Column, Tint};
use crate::routes::console::sheet::{Part, download};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Query;
use axum::http::StatusCode;
use saldo_app::flows::show_decisions::{self, Asked, Decided, DecisionOutcome};
use saldo_app::i18n::refusal_text;
use saldo_app::lists::{Cursor, PageRequest};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::member::Permission;
use serde::Deserialize;
use uuid::Uuid;

/// Rows on one page, and in one part of a file.
const ROWS: u64 = 50;
const PART: u64 = 500;

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct DecisionsQuery {
    #[serde(default)]
    debtor: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    after: Option<Uuid>,
}

impl DecisionsQuery {
    /// What cannot be read counts as not asked for.
    fn asked(&self) -> Asked {
        let named = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Asked {
            debtor_id: None,
            reference: named(&self.debtor),
            outcome: DecisionOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == self.outcome),
            why: named(&self.why),
            from: self.from.parse().ok(),
            until: self.until.parse().ok(),
        }
    }

    fn form(&self) -> DecisionsForm {
        DecisionsForm {
            debtor: self.debtor.clone(),
            outcome: self.outcome.clone(),
            why: self.why.clone(),
            from: self.from.clone(),
            until: self.until.clone(),
        }
    }
}

/// Why something was sent or held.
pub async fn show(console: ConsoleVisit, Query(query): Query<DecisionsQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let chrome = console.visit.of_console(&console.creditor);
    let page = PageRequest::new(query.after.map(Cursor), ROWS);
    let (rows, next, problem) = match show_decisions::list(console.app(), console.id(), &query.asked(), page).await {
        Ok(found) => (found.items, found.next.map(|cursor| cursor.to_string()), None),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => {
            (Vec::new(), None, Some(refusal_text(&refusal, &chrome.locale)))
        }
        Err(failure) => return Err(Page::failure(&console.visit, failure)),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = DecisionsView { rows, form: query.form(), next, first_page: query.after.is_none(), problem };
    Ok(Page::with(status, &view, &chrome))
}

/// The same as a file.
pub async fn file(console: ConsoleVisit, Query(query): Query<DecisionsQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let (app, creditor, asked) = (console.app().clone(), console.id(), query.asked());
    let chrome = console.visit.of_console(&console.creditor);
    let words = chrome.clone();
    // The first part is read here: what is refused is a page, and no file that breaks off.
    let first = show_decisions::list(&app, creditor, &asked, PageRequest::first(1)).await;
    first.map_err(|failure| Page::failure(&console.visit, failure))?;
    Ok(download("decisions", chrome, None, move |after: Option<Cursor>| {
        let (app, asked, words) = (app.clone(), asked.clone(), words.clone());
        async move {
            let found = show_decisions::list(&app, creditor, &asked, PageRequest::new(after, PART)).await?;
            Ok(Part { sheet: sheet(&found.items, &words), next: found.next.map(Some) })
        }
    }))
}

fn sheet(rows: &[Decided], chrome: &Chrome) -> Sheet {
    let columns = vec![
        Column::new(chrome.t("column-when")),
        Column::new(chrome.t("column-debtor")).noted(chrome.t("column-reference")),
        Column::new(chrome.t("decisions-outcome")),
        Column::new(chrome.t("column-reason")),
        Column::new(chrome.t("decisions-word")),
        Column::new(chrome.t("decisions-until")),
        Column::new(chrome.t("decisions-rule")),
    ];
    Sheet { columns, rows: rows.iter().map(|decided| cells(decided, chrome)).collect() }
}

fn cells(decided: &Decided, chrome: &Chrome) -> Vec<Cell> {
    let row = &decided.row;
    vec![
        Cell::Clock(row.decided_at),
        Cell::Head {
            href: format!("/console/debtors/{}", row.debtor_id),
            text: decided.debtor.name.clone(),
            note: Some(decided.debtor.reference.clone()),
        },
        Cell::State(Tint::Plain, outcome_words(row.outcome, chrome)),
        Cell::Text(decision_sentence(row, chrome)),
        Cell::Text(row.why.clone()),
        row.until_at.map_or_else(|| Cell::Text(String::new()), Cell::Clock),
        Cell::Text(rule_words(&row.rules, row.rules_version, chrome)),
    ]
}
