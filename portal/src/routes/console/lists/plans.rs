use super::List;
use crate::Chrome;
use crate::pages::console::{Cell, Column, Section, Tint};
use saldo_app::Failure;
use saldo_app::flows::read_lists::Opened;
use saldo_app::lists::{Listing, PLANS};
use saldo_domain::plan::{PaymentPlan, PlanState};

/// What was agreed.
pub struct Plans;

impl List for Plans {
    const LISTING: &'static Listing = PLANS;
    const SECTION: Section = Section::Plans;

    fn words(chrome: &Chrome) -> (String, String) {
        (chrome.t("console-plans"), chrome.t("plans-none"))
    }

    fn columns(chrome: &Chrome) -> Vec<Column> {
        vec![
            Column::new(chrome.t("column-debtor")).noted(chrome.t("column-reference")),
            Column::new(chrome.t("column-made")).by("written").wide(),
            Column::new(chrome.t("column-instalments")).wide(),
            Column::of_amounts(chrome.t("field-amount")).by("amount"),
            Column::new(chrome.t("column-state")),
        ]
    }

    async fn rows(opened: &Opened, chrome: &Chrome) -> Result<Vec<Vec<Cell>>, Failure> {
        let rows = opened.plans().await?;
        let cells = rows.into_iter().map(|named| {
            let plan = named.row.plan;
            let (tint, state) = standing(&plan, chrome);
            vec![
                Cell::Head {
                    href: format!("/console/plans/{}", plan.id),
                    text: named.debtor.name,
                    note: Some(named.debtor.reference),
                },
                Cell::Moment(plan.proposed_at),
                Cell::Text(plan.schedule.instalments.len().to_string()),
                Cell::Amounts(vec![plan.schedule.total]),
                Cell::State(tint, state),
            ]
        });
        Ok(cells.collect())
    }
}

fn standing(plan: &PaymentPlan, chrome: &Chrome) -> (Tint, String) {
    match plan.state {
        PlanState::Proposed { .. } if plan.waits_for_finance() => (Tint::Careful, chrome.t("state-waiting")),
        PlanState::Proposed { .. } => (Tint::Info, chrome.t("state-proposed")),
        PlanState::Active { .. } => (Tint::Good, chrome.t("state-active")),
        PlanState::Completed { .. } => (Tint::Good, chrome.t("state-completed")),
        PlanState::Broken { .. } => (Tint::Bad, chrome.t("state-broken")),
        PlanState::Canceled { .. } => (Tint::Plain, chrome.t("state-canceled")),
    }
}
