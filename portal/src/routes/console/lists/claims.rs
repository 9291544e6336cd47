use super::{List, head};
use crate::Chrome;
use crate::pages::claims::reason_words;
use crate::pages::console::{Cell, Column, Section, Tint};
use saldo_app::Failure;
use saldo_app::flows::read_lists::Opened;
use saldo_app::lists::{DISPUTES, Listing, PROMISES};
use saldo_domain::dispute::DisputeState;

/// What is contested.
pub struct Disputes;

impl List for Disputes {
    const LISTING: &'static Listing = DISPUTES;
    const SECTION: Section = Section::Disputes;

    fn words(chrome: &Chrome) -> (String, String) {
        (chrome.t("console-disputes"), chrome.t("disputes-none"))
    }

    fn columns(chrome: &Chrome) -> Vec<Column> {
        vec![
            Column::new(chrome.t("column-debtor")).noted(chrome.t("column-reference")),
            Column::new(chrome.t("column-number")),
            Column::new(chrome.t("column-reason")).wide(),
            Column::new(chrome.t("column-when")).by("written").wide(),
            Column::new(chrome.t("column-state")),
        ]
    }

    async fn rows(opened: &Opened, chrome: &Chrome) -> Result<Vec<Vec<Cell>>, Failure> {
        let rows = opened.disputes().await?;
        let cells = rows.into_iter().map(|named| {
            let (row, number) = named.row;
            let (tint, state) = match row.dispute.state {
                DisputeState::Open => (Tint::Careful, chrome.t("state-open")),
                DisputeState::Resolved { .. } => (Tint::Good, chrome.t("state-resolved")),
                DisputeState::Withdrawn { .. } => (Tint::Plain, chrome.t("state-withdrawn")),
            };
            vec![
                head(named.debtor_id, &named.debtor),
                Cell::Text(number),
                Cell::Text(reason_words(row.dispute.reason, chrome)),
                Cell::Moment(row.dispute.opened_at),
                Cell::State(tint, state),
            ]
        });
        Ok(cells.collect())
    }
}

/// What was promised.
pub struct Promises;

impl List for Promises {
    const LISTING: &'static Listing = PROMISES;
    const SECTION: Section = Section::Promises;

    fn words(chrome: &Chrome) -> (String, String) {
        (chrome.t("console-promises"), chrome.t("promises-none"))
    }

    fn columns(chrome: &Chrome) -> Vec<Column> {
        vec![
            Column::new(chrome.t("column-debtor")).noted(chrome.t("column-reference")),
            Column::new(chrome.t("column-promised")).by("date"),
            Column::of_amounts(chrome.t("field-amount")),
            Column::new(chrome.t("column-made")).by("written").wide(),
            Column::new(chrome.t("column-state")).wide(),
        ]
    }

    async fn rows(opened: &Opened, chrome: &Chrome) -> Result<Vec<Vec<Cell>>, Failure> {
        let rows = opened.promises().await?;
        let cells = rows.into_iter().map(|named| {
            let promise = named.row.promise;
            let (tint, state) = match promise.withdrawn {
                Some(_) => (Tint::Plain, chrome.t("state-withdrawn")),
                None if promise.promised_on < opened.today => (Tint::Plain, chrome.t("state-past")),
                None => (Tint::Info, chrome.t("state-coming")),
            };
            vec![
                head(named.debtor_id, &named.debtor),
                Cell::Day(promise.promised_on),
                Cell::Amounts(vec![promise.amount.unwrap_or(promise.owed)]),
                Cell::Moment(promise.made_at),
                Cell::State(tint, state),
            ]
        });
        Ok(cells.collect())
    }
}
