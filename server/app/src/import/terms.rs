//! What new invoices are promised for paying early: frozen on them as they are booked.

use crate::failure::Failure;
use crate::flows::policy::discounts_in_force;
use crate::import::debtors::Who;
use saldo_domain::Refusal;
use saldo_domain::calendar::{Timestamp, Zone};
use saldo_domain::creditor::Creditor;
use saldo_domain::discount::{DiscountPolicy, InvoiceFacts, grant};
use saldo_domain::ids::{DebtorId, PolicyId};
use saldo_domain::invoice::Invoice;
use saldo_store::Tx;
use std::collections::HashMap;

/// The policies in force, and the debtors of the batch.
pub(crate) struct Terms {
    policies: Vec<(PolicyId, DiscountPolicy)>,
    zone: Zone,
    pub(super) who: HashMap<DebtorId, Who>,
}

impl Terms {
    /// The policies in force at the moment of the import.
    pub(crate) async fn load(tx: &Tx, creditor: &Creditor, at: Timestamp) -> Result<Self, Failure> {
        let policies = discounts_in_force(tx, creditor.id, at).await?;
        Ok(Self { policies, zone: creditor.zone.clone(), who: HashMap::new() })
    }

    /// Freezes the best of them on an invoice.
    pub(super) fn freeze(&self, invoice: &mut Invoice, debtor_id: DebtorId) -> Result<(), Refusal> {
        if self.policies.is_empty() {
            return Ok(());
        }
        let who = self.who.get(&debtor_id).cloned().unwrap_or_default();
        let facts = InvoiceFacts {
            issued_on: invoice.issued_on,
            due_on: invoice.due_on,
            amount: invoice.amount,
            tax: invoice.tax,
            tags: who.tags,
        };
        invoice.discounts =
            grant(&self.policies, &facts, who.zone.as_ref().unwrap_or(&self.zone))?.into_iter().collect();
        Ok(())
    }
}
