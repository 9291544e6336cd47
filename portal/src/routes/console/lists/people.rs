use super::List;
use crate::Chrome;
use crate::pages::console::{Cell, Column, Section};
use saldo_app::Failure;
use saldo_app::flows::read_lists::Opened;
use saldo_app::lists::{DEBTORS, Listing};

/// Who owes.
pub struct Debtors;

impl List for Debtors {
    const LISTING: &'static Listing = DEBTORS;
    const SECTION: Section = Section::Debtors;

    fn words(chrome: &Chrome) -> (String, String) {
        (chrome.t("console-debtors"), chrome.t("debtors-none"))
    }

    fn columns(chrome: &Chrome) -> Vec<Column> {
        vec![
            Column::new(chrome.t("column-debtor")).by("name").noted(chrome.t("column-reference")),
            Column::new(chrome.t("field-email")).wide(),
            Column::of_amounts(chrome.t("field-outstanding")),
            Column::of_amounts(chrome.t("overview-overdue")),
        ]
    }

    async fn rows(opened: &Opened, _chrome: &Chrome) -> Result<Vec<Vec<Cell>>, Failure> {
        let rows = opened.debtors().await?;
        let cells = rows.into_iter().map(|row| {
            let late = row.overdue.iter().copied().filter(|amount| amount.is_positive()).collect();
            vec![
                Cell::Head {
                    href: format!("/console/debtors/{}", row.debtor.id),
                    text: row.debtor.name,
                    note: Some(row.debtor.reference),
                },
                Cell::Text(row.debtor.email.unwrap_or_default()),
                Cell::Amounts(row.outstanding),
                Cell::Amounts(late),
            ]
        });
        Ok(cells.collect())
    }
}
