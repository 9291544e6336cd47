//! A debtor at its screen: what it was shown, the forms that are open, the pages it was led to.

use std::cell::RefCell;
use std::rc::Rc;

use saldo_app::App;
use saldo_app::flows::start_session::DebtorSession;
use saldo_app::flows::{open_statement, payment_plan};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{
    AccountId, AttemptId, CreditorId, DebtorId, DisputeId, HoldId, InvoiceId, PaymentId, PlanId, PromiseId,
    SavedMethodId, SettlementOfferId, TransferId,
};
use saldo_domain::money::Money;
use saldo_domain::quote::Selection;

/// A payment form: sent twice it is the same attempt.
#[derive(Clone)]
pub struct Tab {
    pub attempt: AttemptId,
    pub version: i64,
    pub selection: Selection,
}

/// What a debtor sees, as of its last look.
#[derive(Default)]
pub struct Seen {
    pub account: Option<AccountId>,
    pub version: i64,
    pub items: Vec<(InvoiceId, Money)>,
    pub payments: Vec<(PaymentId, Money)>,
    pub plans: Vec<PlanId>,
    pub tabs: Vec<Tab>,
    /// The provider's pages that it was led to.
    pub pages: Vec<(AttemptId, String)>,
    pub disputes: Vec<DisputeId>,
    pub promises: Vec<PromiseId>,
    pub holds: Vec<HoldId>,
    pub transfers: Vec<TransferId>,
    pub offers: Vec<SettlementOfferId>,
    /// Methods that it has begun to save.
    pub setups: Vec<SavedMethodId>,
}

#[derive(Clone)]
pub struct Seat {
    pub creditor: CreditorId,
    pub id: DebtorId,
    pub reference: String,
    pub seen: Rc<RefCell<Seen>>,
}

impl Seat {
    pub fn session(&self) -> DebtorSession {
        DebtorSession { creditor_id: self.creditor, debtor_id: self.id, fresh_until: None }
    }

    pub fn actor(&self) -> Actor {
        Actor::Debtor { id: self.id }
    }

    /// Opens the statement and remembers it.
    pub async fn look(self, app: App) -> String {
        let statement = match open_statement::open(&app, self.creditor, self.id).await {
            Ok(statement) => statement,
            Err(failure) => return failure.to_string(),
        };
        let payments = open_statement::list_payments(&app, self.creditor, self.id).await.unwrap_or_default();
        let mut seen = self.seen.borrow_mut();
        if let Some(account) = statement.accounts.first() {
            seen.account = Some(account.account_id);
            seen.version = account.balance_version;
            seen.items = account.lines.iter().map(|line| (line.item.invoice_id, line.item.outstanding)).collect();
            seen.plans = account.plans.iter().map(|plan| plan.plan.id).collect();
        }
        let paid = payments.into_iter().filter(|row| row.attempt_id.is_some());
        seen.payments = paid.map(|row| (row.payment.id, row.payment.amount)).collect();
        format!("{} items, version {}", seen.items.len(), seen.version)
    }

    /// What plans may be agreed to.
    pub async fn offers(&self, app: &App) -> Vec<payment_plan::OfferedPlan> {
        payment_plan::offers(app, self.session()).await.unwrap_or_default()
    }
}
