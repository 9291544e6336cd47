use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::book;
use jiff::civil::Date;
use saldo_domain::ids::{CreditorId, DebtorId, InvoiceId};
use saldo_domain::invoice::{Invoice, InvoiceStatus, ItemKind, OpenItem};
use saldo_domain::ledger::{EntryKind, JournalEntry, LedgerAccount};
use saldo_domain::payment::ItemChange;
use saldo_domain::plan::{PaymentPlan, unearned_charge};
use saldo_store::Tx;

/// Books the charge of a plan that became active, due with its last instalment.
///
/// # Errors
/// Faults of the store.
pub(super) async fn begin(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    plan: &PaymentPlan,
    today: Date,
) -> Result<(), Failure> {
    let Some(id) = plan.charge_item else { return Ok(()) };
    let due_on = plan.schedule.last_on().ok_or_else(|| Fault::Other("a plan without instalments".to_owned()))?;
    let number = charge_number(id);
    let mut claim = Invoice::try_new(id, plan.account_id, number, today, due_on, plan.schedule.charge)?;
    claim.kind = ItemKind::PlanCharge { plan_id: plan.id };
    book::item(app, tx, creditor, debtor_id, claim).await
}

/// `PLAN-` and the end of its id, which is random.
fn charge_number(id: InvoiceId) -> String {
    let text = id.0.simple().to_string().to_uppercase();
    format!("PLAN-{}", text.get(20..).unwrap_or(&text))
}

/// Gives up what of an active plan's charge is not earned when the plan ends early: what its template gives back to who
/// pays early. Where it gives nothing back the charge stands, and finance may credit it by hand.
///
/// # Errors
/// Faults of the store.
pub(super) async fn end(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    plan: &PaymentPlan,
    open: &[OpenItem],
    today: Date,
) -> Result<(), Failure> {
    let Some((invoice_id, amount)) = unearned_charge(plan, open, today)? else { return Ok(()) };
    let Some(item) = open.iter().find(|item| item.invoice_id == invoice_id) else { return Ok(()) };
    let income = LedgerAccount::InterestIncome;
    let entry = JournalEntry::give_up(EntryKind::PlanRebate, income, plan.account_id, invoice_id, amount, today)?;
    let left = item.outstanding.minus(amount)?;
    let status =
        if left.is_zero() { InvoiceStatus::Paid { paid_on: today } } else { InvoiceStatus::Open { outstanding: left } };
    book::entries(app, tx, creditor, debtor_id, &[entry], None).await?;
    book::statuses(tx, creditor, &[ItemChange { invoice_id, status }]).await
}
