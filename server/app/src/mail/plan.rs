use super::Writer;
use super::render::{Layout, Row};
use crate::App;
use crate::failure::Failure;
use crate::flows::payment_plan::PlanNotice;
use saldo_domain::money::Money;
use saldo_domain::plan::{PaymentPlan, PlanState};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::Mail;

/// What a debtor is told about a plan; with all its dates and amounts while it is to be agreed to or agreed. `open` is
/// what is open of its items now.
///
/// # Errors
/// A fault where a template fails.
pub fn plan(
    app: &App,
    snapshot: &DebtorSnapshot,
    plan: &PaymentPlan,
    open: Option<Money>,
    notice: PlanNotice,
    link: &str,
) -> Result<Mail, Failure> {
    let writer = Writer::new(app, snapshot);
    let texts = writer.texts;
    let (subject, lead) = words(&writer, notice);
    let action = match notice {
        PlanNotice::Proposed => texts.t("mail-plan-look"),
        PlanNotice::Broken | PlanNotice::Canceled => texts.t("mail-pay"),
        _ => texts.t("mail-plan-open"),
    };
    let mut layout = writer.layout(subject, lead, &action, link);
    match notice {
        PlanNotice::Proposed | PlanNotice::Waiting | PlanNotice::Active => writer.dates(plan, notice, &mut layout),
        PlanNotice::Broken => layout.notes = writer.broken(plan, open),
        PlanNotice::Canceled => {
            if let Some(open) = open.filter(|open| open.is_positive()) {
                let amount = writer.locale.money(open);
                layout.notes.push(texts.with("mail-plan-rest", [("amount", amount.into())]));
            }
        }
        PlanNotice::Rejected | PlanNotice::Lapsed | PlanNotice::Completed => {}
    }
    layout.small =
        vec![texts.with("mail-questions", [("creditor", writer.creditor().into())]), texts.t("mail-link-personal")];
    writer.mail(format!("{}.{}", plan.id, notice.name()), &layout)
}

fn words(writer: &Writer<'_>, notice: PlanNotice) -> (String, String) {
    let with = |key: &str| writer.texts.with(key, [("creditor", writer.creditor().to_owned().into())]);
    match notice {
        PlanNotice::Proposed => (with("mail-plan-proposed-subject"), with("mail-plan-proposed-lead")),
        PlanNotice::Waiting => (with("mail-plan-waiting-subject"), with("mail-plan-waiting-lead")),
        PlanNotice::Active => (with("mail-plan-active-subject"), with("mail-plan-active-lead")),
        PlanNotice::Rejected => (with("mail-plan-rejected-subject"), with("mail-plan-rejected-lead")),
        PlanNotice::Broken => (with("mail-plan-broken-subject"), with("mail-plan-broken-lead")),
        PlanNotice::Canceled => (with("mail-plan-canceled-subject"), with("mail-plan-canceled-lead")),
        PlanNotice::Lapsed => (with("mail-plan-lapsed-subject"), with("mail-plan-lapsed-lead")),
        PlanNotice::Completed => (with("mail-plan-completed-subject"), with("mail-plan-completed-lead")),
    }
}

impl Writer<'_> {
    fn dates(&self, plan: &PaymentPlan, notice: PlanNotice, layout: &mut Layout) {
        let texts = self.texts;
        let label = |number: u32| match number {
            0 => texts.t("mail-plan-down-payment"),
            number => texts.with("mail-plan-instalment", [("number", i64::from(number).into())]),
        };
        let first = |number| number == 0 && notice != PlanNotice::Active;
        layout.rows = plan
            .schedule
            .instalments
            .iter()
            .map(|line| Row {
                label: label(line.number),
                note: Some(if first(line.number) {
                    texts.t("mail-plan-on-acceptance")
                } else {
                    texts.with("mail-item-due", [("date", self.locale.long_date(line.due_on).into())])
                }),
                amount: self.locale.money(line.amount),
            })
            .collect();
        layout.totals.push(self.total(plan.schedule.total));
        if plan.schedule.charge.is_positive() {
            let amount = self.locale.money(plan.schedule.charge);
            layout.notes.push(texts.with("mail-plan-charge", [("amount", amount.into())]));
        } else {
            layout.notes.push(texts.t("mail-plan-no-charge"));
        }
        if plan.terms.autopay {
            layout.notes.push(texts.t("mail-plan-autopay"));
        }
    }

    /// What was missed, what remains, and what can be done now.
    fn broken(&self, plan: &PaymentPlan, open: Option<Money>) -> Vec<String> {
        let texts = self.texts;
        let mut notes = Vec::new();
        if let PlanState::Broken { instalment, missed, paid, .. } = &plan.state {
            let due = plan.schedule.instalments.iter().find(|line| line.number == *instalment);
            if let Some(line) = due {
                notes.push(texts.with(
                    "mail-plan-broken-missed",
                    [
                        ("date", self.locale.long_date(line.due_on).into()),
                        ("amount", self.locale.money(*missed).into()),
                    ],
                ));
            }
            notes.push(texts.with("mail-plan-broken-paid", [("amount", self.locale.money(*paid).into())]));
        }
        if let Some(open) = open.filter(|open| open.is_positive()) {
            notes.push(texts.with("mail-plan-rest", [("amount", self.locale.money(open).into())]));
        }
        notes.push(texts.t("mail-plan-broken-help"));
        notes
    }
}
