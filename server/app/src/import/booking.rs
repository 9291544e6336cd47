//! Rows become invoices, entries and payments.

use crate::ambient::Ambient;
use crate::failure::Failure;
use crate::import::amendment::Amender;
use crate::import::debtors;
use crate::import::report::{RowOutcome, Tally};
use crate::import::terms::Terms;
use crate::import::{Batch, amendment, consents, phones};
use saldo_domain::allocation::Allocation;
use saldo_domain::calendar::{Date, Timestamp, Zone};
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, EntryId, ImportId, InvoiceId, PaymentId};
use saldo_domain::import::fault::code;
use saldo_domain::import::{Field, ImportRow, RowFault, RowReader};
use saldo_domain::invoice::{Invoice, InvoiceStatus};
use saldo_domain::ledger::{EntryKind, JournalEntry, LedgerAccount, Side, account_line, item_line};
use saldo_domain::money::Money;
use saldo_domain::payment::Payment;
use saldo_store::invoice::{InvoiceRow, NewInvoice};
use saldo_store::journal::{self, NewEntry};
use saldo_store::payment::{self, PaymentRow};
use saldo_store::{Tx, account, debtor, invoice};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Books the batches of one import in one database transaction.
pub(crate) struct Booker<'a> {
    pub(crate) tx: &'a Tx,
    pub(crate) creditor_id: CreditorId,
    pub(crate) import_id: ImportId,
    pub(crate) reader: &'a RowReader,
    pub(crate) now: Timestamp,
    /// Where the creditor is, for numbers without a country code, and for days.
    pub(crate) home: (String, Zone),
    pub(crate) ambient: &'a Ambient,
    pub(crate) tally: Tally,
    /// Invoices from before this import that it has named. New ones carry the import's id instead, so that this does not
    /// grow with them.
    pub(crate) named: HashSet<InvoiceId>,
    /// Debtors with credit who owe more than before.
    pub(crate) with_credit: BTreeSet<DebtorId>,
    /// What new invoices are promised for paying early.
    pub(crate) terms: Terms,
    /// What new invoices are in.
    pub(crate) currencies: Vec<Currency>,
}

/// An entry on its way to the journal.
struct Entry {
    id: EntryId,
    entry: JournalEntry,
    debtor_id: DebtorId,
    movement_key: Option<String>,
}

impl Booker<'_> {
    /// Books a batch. Bad rows are noted, and the good ones behind them still booked, so that every fault is found.
    ///
    /// # Errors
    /// Faults of the store; `amount_overflow`.
    pub(crate) async fn book(&mut self, batch: Batch) -> Result<(), Failure> {
        self.tally.row_count += batch.count;
        batch.faults.into_iter().for_each(|fault| self.tally.fault(fault));
        let mut rows = batch.rows;
        let (tx, creditor_id) = (self.tx, self.creditor_id);
        for (line, written) in phones::read(tx, creditor_id, &self.home.0, &mut rows).await? {
            self.fault_at(line, Field::Phone, code::PHONE_UNREADABLE, &written);
        }
        let debtors =
            debtors::bring_up_to_date(tx, creditor_id, &rows, self.ambient, &mut self.tally.counts, self.now).await?;
        let consents = consents::bring_up_to_date(tx, creditor_id, &rows, &debtors, (&self.home.1, self.now)).await?;
        self.tally.counts.consents_changed += u64::try_from(consents.changed.len()).unwrap_or(u64::MAX);
        for (line, channel) in consents.overridden {
            let column = self.reader.column(Field::of_consent(channel));
            self.tally.overridden(RowFault::new(line, column, code::CONSENT_OVERRIDDEN, channel.as_str()));
        }
        let mut existing = self.find_existing(&rows).await?;
        let mut numbers = HashSet::with_capacity(rows.len());
        let mut fresh = Vec::with_capacity(rows.len());
        let mut touched = consents.changed;
        for (row, debtor_id) in rows.iter().zip(debtors.ids) {
            let known = existing.remove(&row.number);
            let repeated = known.as_ref().is_some_and(|known| self.is_named(known)) || !numbers.insert(&row.number);
            if repeated {
                self.fault(row, code::NUMBER_DUPLICATE);
            } else if let Some(known) = known {
                self.named.insert(known.invoice.id);
                if self.amend(row, &known, debtor_id).await? {
                    touched.insert(debtor_id);
                }
            } else {
                fresh.push((row, debtor_id));
                touched.insert(debtor_id);
            }
        }
        self.terms.who = debtors.who;
        self.write(&fresh).await?;
        let touched: Vec<DebtorId> = touched.into_iter().collect();
        debtor::set_next_contact_many(tx, creditor_id, &touched, Some(self.now)).await?;
        let known: Vec<DebtorId> = touched.into_iter().filter(|id| debtors.known.contains(id)).collect();
        self.with_credit.extend(account::list_with_credit(tx, creditor_id, &known).await?);
        Ok(())
    }

    async fn find_existing(&self, rows: &[ImportRow]) -> Result<HashMap<String, InvoiceRow>, Failure> {
        let numbers: Vec<String> = rows.iter().map(|row| row.number.clone()).collect();
        let found = invoice::find_by_numbers(self.tx, self.creditor_id, &numbers).await?;
        Ok(found.into_iter().map(|row| (row.invoice.number.clone(), row)).collect())
    }

    fn is_named(&self, known: &InvoiceRow) -> bool {
        known.import_id == Some(self.import_id) || self.named.contains(&known.invoice.id)
    }

    fn fault(&mut self, row: &ImportRow, code: &'static str) {
        let (field, shown) = match code {
            code::ANOTHER_DEBTOR => (self.debtor_field(), row.debtor.reference.clone()),
            code::ANOTHER_CURRENCY => (Field::Currency, row.amount.currency().to_string()),
            code::ANOTHER_ISSUE_DATE => (Field::IssuedOn, row.issue_date().to_string()),
            code::DUE_BEFORE_ISSUE => (Field::DueOn, row.due_on.to_string()),
            code::INVOICE_CLOSED | code::REDUCED_BELOW_PAID | code::AMOUNT_OVERFLOW => {
                (Field::Amount, amendment::plain(row.amount))
            }
            code::SETTLED_AFTER_CLOSING => {
                (Field::SettledOn, row.settled_on.map(|on| on.to_string()).unwrap_or_default())
            }
            _ => (Field::InvoiceNumber, row.number.clone()),
        };
        self.fault_at(row.line, field, code, &shown);
    }

    fn fault_at(&mut self, line: u64, field: Field, code: &'static str, shown: &str) {
        self.tally.fault(RowFault::new(line, self.reader.column(field), code, shown));
    }

    fn debtor_field(&self) -> Field {
        let keyed = self.reader.mapping.column(Field::DebtorReference).is_some();
        if keyed { Field::DebtorReference } else { Field::DebtorName }
    }

    /// Whether anything was changed.
    async fn amend(&mut self, row: &ImportRow, known: &InvoiceRow, debtor_id: DebtorId) -> Result<bool, Failure> {
        let changes = match saldo_domain::import::amend::amend(&known.invoice, known.debtor_id, row, debtor_id) {
            Ok(changes) => changes,
            Err(code) => {
                self.fault(row, code);
                return Ok(false);
            }
        };
        let mut amender = Amender::new(self, known);
        for change in changes {
            amender.apply(change).await?;
        }
        let (changed, settled) = amender.done();
        self.tally.counts.settled += u64::from(settled);
        self.tally.row(row, if changed { RowOutcome::Amended } else { RowOutcome::Unchanged })?;
        Ok(changed)
    }

    /// Writes new invoices with their entries and payments.
    async fn write(&mut self, fresh: &[(&ImportRow, DebtorId)]) -> Result<(), Failure> {
        let accounts = self.accounts(fresh).await?;
        let (mut invoices, mut entries, mut payments) = (Vec::new(), Vec::new(), Vec::new());
        for ((row, debtor_id), account_id) in fresh.iter().zip(accounts) {
            let mut invoice = self.invoice(row, account_id)?;
            if row.settled_on.is_none() {
                self.terms.freeze(&mut invoice, *debtor_id)?;
            }
            let issue = JournalEntry::issue(account_id, invoice.id, row.amount, invoice.issued_on)?;
            entries.push(Entry {
                id: EntryId(self.ambient.uuid_v7()),
                entry: issue,
                debtor_id: *debtor_id,
                movement_key: None,
            });
            if let Some(on) = row.settled_on {
                let (entry, payment) = self.settlement(&invoice, row.amount, *debtor_id, on)?;
                entries.push(entry);
                payments.push(payment);
            }
            let settled = row.settled_on.is_some();
            self.tally.row(row, if settled { RowOutcome::NewSettled } else { RowOutcome::New })?;
            let line = u32::try_from(row.line).unwrap_or(u32::MAX);
            invoices.push(NewInvoice { invoice, debtor_id: *debtor_id, import: Some((self.import_id, line)) });
        }
        invoice::insert_many(self.tx, self.creditor_id, &invoices).await?;
        self.write_entries(&entries).await?;
        payment::insert_many(self.tx, self.creditor_id, &payments).await?;
        Ok(())
    }

    async fn accounts(&mut self, fresh: &[(&ImportRow, DebtorId)]) -> Result<Vec<AccountId>, Failure> {
        let mut place: HashMap<(DebtorId, Currency), usize> = HashMap::new();
        let mut wanted = Vec::new();
        for (row, debtor_id) in fresh {
            let key = (*debtor_id, row.amount.currency());
            place.entry(key).or_insert_with(|| {
                wanted.push((key.0, key.1, AccountId(self.ambient.uuid_v7())));
                if !self.currencies.contains(&key.1) {
                    self.currencies.push(key.1);
                }
                wanted.len() - 1
            });
        }
        let ids = account::ensure_many(self.tx, self.creditor_id, &wanted).await?;
        let id_of = |(row, debtor_id): &(&ImportRow, DebtorId)| ids[place[&(*debtor_id, row.amount.currency())]];
        Ok(fresh.iter().map(id_of).collect())
    }

    fn invoice(&mut self, row: &ImportRow, account_id: AccountId) -> Result<Invoice, Failure> {
        let id = InvoiceId(self.ambient.uuid_v7());
        let mut invoice =
            Invoice::try_new(id, account_id, row.number.clone(), row.issue_date(), row.due_on, row.amount)?;
        invoice.description.clone_from(&row.description);
        invoice.disputed = row.disputed.unwrap_or(false);
        if let Some(paid_on) = row.settled_on {
            invoice.status = InvoiceStatus::Paid { paid_on };
        }
        Ok(invoice)
    }

    /// What was paid elsewhere: it came into the creditor's bank on that day.
    fn settlement(
        &mut self,
        invoice: &Invoice,
        amount: Money,
        debtor_id: DebtorId,
        on: Date,
    ) -> Result<(Entry, PaymentRow), Failure> {
        let account_id = invoice.account_id;
        let lines = vec![
            account_line(LedgerAccount::Bank, Side::Debit, amount, account_id),
            item_line(LedgerAccount::Receivable, Side::Credit, amount, account_id, invoice.id),
        ];
        let entry = JournalEntry::try_new(EntryKind::Payment, on, lines)?;
        let movement_key = Some(movement_key(&invoice.number));
        let payment = Payment {
            id: PaymentId(self.ambient.uuid_v7()),
            account_id,
            amount,
            effective_on: on,
            allocations: vec![Allocation::new(invoice.id, amount)],
            unapplied: Money::zero(amount.currency()),
            refunded: Money::zero(amount.currency()),
        };
        let payment = PaymentRow {
            payment,
            debtor_id,
            attempt_id: None,
            provider: "import".to_owned(),
            provider_reference: invoice.number.clone(),
            recorded_at: self.now,
        };
        Ok((Entry { id: EntryId(self.ambient.uuid_v7()), entry, debtor_id, movement_key }, payment))
    }

    async fn write_entries(&self, entries: &[Entry]) -> Result<(), Failure> {
        let rows: Vec<NewEntry<'_>> = entries
            .iter()
            .map(|entry| NewEntry {
                id: entry.id,
                entry: &entry.entry,
                debtor_id: Some(entry.debtor_id),
                movement_key: entry.movement_key.clone(),
                recorded_at: self.now,
            })
            .collect();
        Ok(journal::insert_entries(self.tx, self.creditor_id, &rows).await?)
    }

    /// Writes one entry of an invoice that was there.
    pub(super) async fn write_entry(&mut self, debtor_id: DebtorId, entry: JournalEntry) -> Result<(), Failure> {
        let id = EntryId(self.ambient.uuid_v7());
        self.write_entries(&[Entry { id, entry, debtor_id, movement_key: None }]).await
    }

    /// Books what is open of an invoice that was there as paid elsewhere; false where that was booked before.
    pub(super) async fn settle(
        &mut self,
        known: &Invoice,
        debtor_id: DebtorId,
        open: Money,
        on: Date,
    ) -> Result<bool, Failure> {
        if journal::has_movement(self.tx, self.creditor_id, &movement_key(&known.number)).await? {
            return Ok(false);
        }
        let (entry, payment) = self.settlement(known, open, debtor_id, on)?;
        self.write_entries(&[entry]).await?;
        payment::insert(self.tx, self.creditor_id, &payment).await?;
        Ok(true)
    }
}

fn movement_key(number: &str) -> String {
    format!("import:{number}:settled")
}
