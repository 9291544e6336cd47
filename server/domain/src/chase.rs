//! What a reminder may name: open claims whose date may be spoken of, and why the others rest.

use crate::Refusal;
use crate::asked::{active_plan, active_plans};
use crate::calendar::{Date, Timestamp, plus_days};
use crate::ids::{InvoiceId, PlanId};
use crate::money::Money;
use crate::plan::progress;
use crate::reminder::Hold;
use crate::snapshot::{AccountSnapshot, DebtorSnapshot};

/// A claim that may be chased: an item, or what is due of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The items behind it.
    pub invoice_ids: Vec<InvoiceId>,
    /// The plan whose instalments they are.
    pub plan_id: Option<PlanId>,
    /// The number of the item; empty for a plan.
    pub number: String,
    /// From which day its rungs count.
    pub due_on: Date,
    /// What it asks.
    pub amount: Money,
    /// Whether it is a fee or interest: named, but it begins no ladder of its own beside what it is for.
    pub is_charge: bool,
}

/// What may be chased now, and until when the rest is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chase {
    /// What may be chased, the oldest due first.
    pub claims: Vec<Claim>,
    /// The first day on which something that is held now may be looked at again, and why it is held.
    pub held: Option<(Date, Hold)>,
    /// The next instalment of each plan in good standing: it may be announced, and asks for nothing yet.
    pub announced: Vec<Claim>,
}

/// What may be chased of a debtor at a moment: nothing that is contested, nothing that credit covers, nothing before the
/// date of a promise, and of an active plan only instalments whose day has come.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`, `date_out_of_range`.
pub fn chase(snapshot: &DebtorSnapshot, now: Timestamp) -> Result<Chase, Refusal> {
    let today = snapshot.today(now);
    let mut chase = Chase { claims: Vec::new(), held: None, announced: Vec::new() };
    for account in snapshot.accounts.iter().filter(|account| account.owes()) {
        let promise = snapshot.promises.iter().find(|promise| promise.silences(account, today));
        match promise {
            Some(promise) => chase.hold(plus_days(promise.promised_on, 1)?, Hold::Promise),
            None => chase.account(snapshot, account, today)?,
        }
    }
    if chase.claims.iter().any(|claim| !claim.is_charge) {
        chase.claims.sort_by(|a, b| (a.is_charge, a.due_on, &a.number).cmp(&(b.is_charge, b.due_on, &b.number)));
    } else {
        // A fee alone is what is owed: it has a ladder of its own.
        chase.claims.iter_mut().for_each(|claim| claim.is_charge = false);
        chase.claims.sort_by(|a, b| (a.due_on, &a.number).cmp(&(b.due_on, &b.number)));
    }
    Ok(chase)
}

impl Chase {
    fn hold(&mut self, until_on: Date, why: Hold) {
        if self.held.is_none_or(|(known, _)| until_on < known) {
            self.held = Some((until_on, why));
        }
    }

    fn account(&mut self, snapshot: &DebtorSnapshot, account: &AccountSnapshot, today: Date) -> Result<(), Refusal> {
        for item in account.items.iter().filter(|item| !item.disputed) {
            if active_plan(&snapshot.plans, item.invoice_id).is_none() {
                self.claims.push(Claim {
                    invoice_ids: vec![item.invoice_id],
                    plan_id: None,
                    number: item.number.clone(),
                    due_on: item.due_on,
                    amount: item.outstanding,
                    is_charge: !item.kind.is_invoice(),
                });
            }
        }
        for plan in active_plans(snapshot, account.id) {
            let progress = progress(plan, &account.items, today)?;
            let open = account.items.iter().filter(|item| plan.items.contains(&item.invoice_id) && !item.disputed);
            let invoice_ids: Vec<InvoiceId> = open.map(|item| item.invoice_id).collect();
            let Some(next) = progress.next.filter(|_| !invoice_ids.is_empty()) else { continue };
            if next.due_on > today {
                self.hold(next.due_on, Hold::PaymentPlan);
                let (plan_id, amount) = (Some(plan.id), next.missing()?);
                let (number, due_on) = (String::new(), next.due_on);
                self.announced.push(Claim { invoice_ids, plan_id, number, due_on, amount, is_charge: false });
                continue;
            }
            let (plan_id, amount) = (Some(plan.id), progress.due_now);
            let (number, due_on) = (String::new(), next.due_on);
            self.claims.push(Claim { invoice_ids, plan_id, number, due_on, amount, is_charge: false });
        }
        Ok(())
    }
}
