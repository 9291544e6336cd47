use super::plan::{Acceptance, Approved, CancelReason, PaymentPlan, PlanState};
use super::template::Approval;
use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::{Date, Timestamp};
use crate::ids::InvoiceId;
use crate::money::Money;
use crate::outcome::Outcome;

impl PaymentPlan {
    /// The debtor agrees. With nobody else to ask the plan is active and, where it costs something, `charge_item` becomes
    /// one of its items. The down payment is due on this day. Its items must still be open for what was proposed:
    /// `principal` is what is open of them now.
    ///
    /// # Errors
    /// `plan_not_open`, `plan_amount_changed`, `first_date_out_of_range`.
    pub fn accept(
        mut self,
        acceptance: Acceptance,
        principal: Money,
        today: Date,
        charge_item: InvoiceId,
    ) -> Result<Outcome<Self>, Refusal> {
        let approved = match &self.state {
            PlanState::Proposed { acceptance: None, approved } => *approved,
            PlanState::Proposed { .. } | PlanState::Active { .. } => return Ok(Outcome::AlreadyApplied),
            _ => return Err(Refusal::PlanNotOpen),
        };
        self.still_fits(principal, today)?;
        if approved.is_none() && self.terms.approval == Approval::ByFinance {
            self.state = PlanState::Proposed { acceptance: Some(acceptance), approved: None };
            return Ok(Outcome::Executed(self));
        }
        self.activate(acceptance, approved, today, charge_item);
        Ok(Outcome::Executed(self))
    }

    /// Finance agrees; active where the debtor has agreed already.
    ///
    /// # Errors
    /// `plan_not_open`, `plan_amount_changed`, `first_date_out_of_range`.
    pub fn approve(
        mut self,
        approved: Approved,
        principal: Money,
        today: Date,
        charge_item: InvoiceId,
    ) -> Result<Outcome<Self>, Refusal> {
        let acceptance = match &self.state {
            PlanState::Proposed { acceptance, approved: None } => acceptance.clone(),
            PlanState::Proposed { .. } | PlanState::Active { .. } => return Ok(Outcome::AlreadyApplied),
            _ => return Err(Refusal::PlanNotOpen),
        };
        self.still_fits(principal, today)?;
        match acceptance {
            Some(acceptance) => self.activate(acceptance, Some(approved), today, charge_item),
            None => self.state = PlanState::Proposed { acceptance: None, approved: Some(approved) },
        }
        Ok(Outcome::Executed(self))
    }

    /// Finance does not agree.
    ///
    /// # Errors
    /// `plan_not_open`.
    pub fn reject(self, by: Actor, note: Option<String>, at: Timestamp) -> Result<Outcome<Self>, Refusal> {
        match &self.state {
            PlanState::Proposed { .. } => Ok(self.end(by, CancelReason::Rejected, note, None, at)),
            PlanState::Canceled { reason: CancelReason::Rejected, .. } => Ok(Outcome::AlreadyApplied),
            _ => Err(Refusal::PlanNotOpen),
        }
    }

    /// It ends by decision: the debtor may decline what is proposed, finance may end what is proposed or active. `paid` is
    /// what was paid of it.
    ///
    /// # Errors
    /// `plan_not_open`.
    pub fn cancel(self, by: Actor, note: Option<String>, paid: Money, at: Timestamp) -> Result<Outcome<Self>, Refusal> {
        let debtor = matches!(by, Actor::Debtor { .. });
        match &self.state {
            PlanState::Proposed { .. } if debtor => Ok(self.end(by, CancelReason::Declined, note, None, at)),
            PlanState::Proposed { .. } => Ok(self.end(by, CancelReason::Withdrawn, note, None, at)),
            PlanState::Active { .. } if !debtor => Ok(self.end(by, CancelReason::Withdrawn, note, Some(paid), at)),
            PlanState::Canceled { .. } => Ok(Outcome::AlreadyApplied),
            _ => Err(Refusal::PlanNotOpen),
        }
    }

    pub(super) fn end(
        mut self,
        by: Actor,
        reason: CancelReason,
        note: Option<String>,
        paid: Option<Money>,
        canceled_at: Timestamp,
    ) -> Outcome<Self> {
        let paid = paid.unwrap_or(Money::zero(self.schedule.total.currency()));
        let acceptance = self.state.acceptance().cloned();
        self.state = PlanState::Canceled { acceptance, canceled_at, by, reason, note, paid };
        Outcome::Executed(self)
    }

    fn still_fits(&self, principal: Money, today: Date) -> Result<(), Refusal> {
        if principal != self.schedule.principal {
            return Err(Refusal::PlanAmountChanged);
        }
        let rising = |first| if self.schedule.down_payment.is_some() { first > today } else { first >= today };
        match (self.schedule.first_on(), self.schedule.last_on()) {
            (Some(first), _) if rising(first) => Ok(()),
            (Some(first), Some(last)) => Err(Refusal::FirstDateOutOfRange { from: first, until: last }),
            _ => Err(Refusal::PlanNotOpen),
        }
    }

    fn activate(&mut self, acceptance: Acceptance, approved: Option<Approved>, today: Date, charge_item: InvoiceId) {
        for instalment in self.schedule.instalments.iter_mut().filter(|instalment| instalment.number == 0) {
            instalment.due_on = today;
        }
        if self.schedule.charge.is_positive() {
            self.items.push(charge_item);
            self.charge_item = Some(charge_item);
        }
        self.state = PlanState::Active { acceptance, approved };
    }
}
