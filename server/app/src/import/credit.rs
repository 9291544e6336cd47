//! Credit that a debtor has pays what the file adds.

use crate::failure::Failure;
use crate::import::Booker;
use saldo_domain::calendar::Date;
use saldo_domain::ids::DebtorId;
use saldo_domain::payment::apply_credit;
use saldo_store::{invoice, payment, snapshot};

impl Booker<'_> {
    /// Applies the credit of every debtor who has some and owes more than before, the oldest item first.
    ///
    /// # Errors
    /// Faults of the store; `amount_overflow`.
    pub(crate) async fn apply_credits(&mut self) -> Result<(), Failure> {
        let today = self.reader.today;
        for debtor_id in std::mem::take(&mut self.with_credit) {
            self.apply_credit_of(debtor_id, today).await?;
        }
        Ok(())
    }

    async fn apply_credit_of(&mut self, debtor_id: DebtorId, on: Date) -> Result<(), Failure> {
        let (tx, creditor_id) = (self.tx, self.creditor_id);
        let owed = snapshot::load(tx, creditor_id, debtor_id).await?;
        for held in &owed.accounts {
            let Some(booking) = apply_credit(held, on)? else { continue };
            for entry in &booking.entries {
                self.write_entry(debtor_id, entry.clone()).await?;
            }
            for change in &booking.items {
                invoice::set_status(tx, creditor_id, change).await?;
            }
            payment::apply_credit(tx, creditor_id, held.id, &booking).await?;
        }
        Ok(())
    }
}
