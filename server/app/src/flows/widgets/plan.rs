use super::reader::Reader;
use saldo_contract::widget_view::{NextInstalment, PlanInstalment, PlanPart};
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::plan::{InstalmentStanding, InstalmentState, PaymentPlan, PlanProgress, progress};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::AccountStatement;

/// The active plan of an account, else one that is proposed on it.
pub(super) fn part(
    snapshot: &DebtorSnapshot,
    account: &AccountStatement,
    today: Date,
    reader: &Reader,
) -> Result<Option<PlanPart>, Refusal> {
    if let Some(active) = account.plans.first() {
        let state_text = active_text(&active.progress, reader);
        return one(&active.plan, &active.progress, state_text, reader).map(Some);
    }
    let proposed = snapshot.plans.iter().find(|plan| plan.account_id == account.account_id && plan.is_live());
    let Some((plan, known)) = proposed.zip(snapshot.account(account.account_id)) else { return Ok(None) };
    let creditor = [("creditor", (&snapshot.creditor.name).into())];
    let text = if plan.waits_for_debtor() { reader.with("plan-offered", creditor) } else { reader.t("plan-waits") };
    one(plan, &progress(plan, &known.items, today)?, text, reader).map(Some)
}

fn active_text(progress: &PlanProgress, reader: &Reader) -> String {
    match progress.next {
        _ if progress.due_now.is_positive() => {
            reader.with("plan-statement-due", [("amount", reader.money(progress.due_now).into())])
        }
        Some(next) => {
            let amount = reader.money(next.missing().unwrap_or(next.amount));
            reader.with("plan-statement", [("amount", amount.into()), ("date", reader.date(next.due_on).into())])
        }
        None => reader.t("plan-completed"),
    }
}

fn one(plan: &PaymentPlan, progress: &PlanProgress, state_text: String, reader: &Reader) -> Result<PlanPart, Refusal> {
    let total = plan.schedule.total;
    let paid = [("paid", reader.money(progress.paid).into()), ("total", reader.money(total).into())];
    let share = i128::from(progress.paid.minor()) * 10_000 / i128::from(total.minor().max(1));
    let next = progress.next.filter(|_| plan.is_active());
    Ok(PlanPart {
        id: plan.id.0,
        state: plan.state.name().to_owned(),
        state_text,
        paid_text: reader.with("plan-progress", paid),
        rest_text: reader.with("instalment-partial", [("amount", reader.money(progress.remaining).into())]),
        progress_bps: u32::try_from(share.clamp(0, 10_000)).unwrap_or(0),
        instalments: progress.instalments.iter().map(|one| instalment(one, reader)).collect::<Result<_, _>>()?,
        next: next.map(|next| next_instalment(&next, progress, reader)).transpose()?,
    })
}

fn instalment(one: &InstalmentStanding, reader: &Reader) -> Result<PlanInstalment, Refusal> {
    let state_text = match one.state {
        InstalmentState::Paid => reader.t("instalment-paid"),
        InstalmentState::Partial => {
            reader.with("instalment-partial", [("amount", reader.money(one.missing()?).into())])
        }
        InstalmentState::Due => reader.t("instalment-due"),
        InstalmentState::Overdue => reader.t("instalment-overdue"),
        InstalmentState::Upcoming => reader.t("instalment-upcoming"),
    };
    Ok(PlanInstalment {
        number: one.number,
        on_text: reader.date(one.due_on),
        amount_text: reader.money(one.amount),
        state: one.state.name().to_owned(),
        state_text,
    })
}

fn next_instalment(
    next: &InstalmentStanding,
    progress: &PlanProgress,
    reader: &Reader,
) -> Result<NextInstalment, Refusal> {
    Ok(NextInstalment {
        on_text: reader.date(next.due_on),
        amount_text: reader.money(next.missing()?),
        amount_due_now: progress.due_now.is_positive(),
    })
}
