use crate::codec::money;
use crate::{Across, StoreFault, Tx, creditor};
use saldo_domain::ids::{AccountId, CreditorId, InvoiceId};
use saldo_domain::money::Money;
use sea_orm::{QueryResult, TryGetable};

/// What was found when the journal was added up anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParityReport {
    /// What does not agree, at most a hundred of each kind and creditor.
    pub differences: Vec<Difference>,
}

impl ParityReport {
    /// Whether everything agrees.
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }
}

/// A figure that does not agree with the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Debits less credits of a creditor in a currency are not zero.
    Unbalanced {
        /// Whose journal.
        creditor_id: CreditorId,
        /// Debits less credits.
        sum: Money,
    },
    /// What is open of an invoice is not what its receivable lines say.
    Invoice {
        /// Whose.
        creditor_id: CreditorId,
        /// Which.
        invoice_id: InvoiceId,
        /// What the invoice says.
        kept: Money,
        /// What the lines say.
        booked: Money,
    },
    /// An account's credit is not what its lines of unapplied cash say.
    Credit {
        /// Whose.
        creditor_id: CreditorId,
        /// Which.
        account_id: AccountId,
        /// What the account says.
        kept: Money,
        /// What the lines say.
        booked: Money,
    },
    /// The effects of an account's entries do not add up to what its lines say.
    Effect {
        /// Whose.
        creditor_id: CreditorId,
        /// Which.
        account_id: AccountId,
        /// What the entries say.
        kept: Money,
        /// What the lines say.
        booked: Money,
    },
}

const UNBALANCED: &str = "
SELECT creditor_id, creditor_id AS subject, currency, CAST(0 AS BIGINT) AS kept,
       CAST(SUM(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) AS BIGINT) AS booked
FROM journal_lines WHERE creditor_id = $1 GROUP BY creditor_id, currency
HAVING SUM(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) <> 0
LIMIT 100";

/// From both sides: an invoice that the journal does not know, and lines of an invoice that is not there.
const INVOICES: &str = "
SELECT creditor_id, subject, currency, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(booked) AS BIGINT) AS booked FROM (
    SELECT creditor_id, id AS subject, currency, outstanding_minor AS kept, 0 AS booked FROM invoices
    WHERE creditor_id = $1
    UNION ALL
    SELECT creditor_id, invoice_id, currency, 0, CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END
    FROM journal_lines WHERE creditor_id = $1 AND ledger_account = 'receivable'
) AS sides WHERE subject IS NOT NULL
GROUP BY creditor_id, subject, currency HAVING SUM(kept) <> SUM(booked) LIMIT 100";

const CREDITS: &str = "
SELECT creditor_id, subject, currency, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(booked) AS BIGINT) AS booked FROM (
    SELECT creditor_id, id AS subject, currency, unapplied_minor AS kept, 0 AS booked FROM accounts
    WHERE creditor_id = $1
    UNION ALL
    SELECT creditor_id, account_id, currency, 0, CASE side WHEN 'credit' THEN amount_minor ELSE -amount_minor END
    FROM journal_lines WHERE creditor_id = $1 AND ledger_account = 'unapplied_cash'
) AS sides WHERE subject IS NOT NULL
GROUP BY creditor_id, subject, currency HAVING SUM(kept) <> SUM(booked) LIMIT 100";

const EFFECTS: &str = "
SELECT creditor_id, subject, currency, CAST(SUM(kept) AS BIGINT) AS kept, CAST(SUM(booked) AS BIGINT) AS booked FROM (
    SELECT creditor_id, account_id AS subject, currency, effect_minor AS kept, 0 AS booked FROM journal_entries
    WHERE creditor_id = $1
    UNION ALL
    SELECT creditor_id, account_id, currency, 0, CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END
    FROM journal_lines WHERE creditor_id = $1 AND ledger_account IN ('receivable', 'unapplied_cash')
) AS sides WHERE subject IS NOT NULL
GROUP BY creditor_id, subject, currency HAVING SUM(kept) <> SUM(booked) LIMIT 100";

struct Row {
    subject: uuid::Uuid,
    kept: Money,
    booked: Money,
}

/// Adds up every creditor's journal and compares it with what invoices, accounts and entries say. Reads every line. Wants a
/// transaction that looks across creditors ([`Across::Operator`]), and goes from one creditor to the next.
///
/// # Errors
/// The database's.
pub async fn parity(tx: &Tx) -> Result<ParityReport, StoreFault> {
    let mut differences = Vec::new();
    let creditors = creditor::list(tx).await?;
    for known in &creditors {
        tx.enter(known.id).await?;
        compare(tx, known.id, &mut differences).await?;
    }
    tx.leave(Across::Operator).await?;
    Ok(ParityReport { differences })
}

async fn compare(tx: &Tx, creditor_id: CreditorId, differences: &mut Vec<Difference>) -> Result<(), StoreFault> {
    for row in rows(tx, creditor_id, UNBALANCED).await? {
        differences.push(Difference::Unbalanced { creditor_id, sum: row.booked });
    }
    for Row { subject, kept, booked } in rows(tx, creditor_id, INVOICES).await? {
        differences.push(Difference::Invoice { creditor_id, invoice_id: InvoiceId(subject), kept, booked });
    }
    for Row { subject, kept, booked } in rows(tx, creditor_id, CREDITS).await? {
        differences.push(Difference::Credit { creditor_id, account_id: AccountId(subject), kept, booked });
    }
    for Row { subject, kept, booked } in rows(tx, creditor_id, EFFECTS).await? {
        differences.push(Difference::Effect { creditor_id, account_id: AccountId(subject), kept, booked });
    }
    Ok(())
}

async fn rows(tx: &Tx, creditor_id: CreditorId, sql: &str) -> Result<Vec<Row>, StoreFault> {
    tx.query(sql, vec![creditor_id.0.into()]).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Row, StoreFault> {
    let currency: String = column(row, "currency")?;
    Ok(Row {
        subject: column(row, "subject")?,
        kept: money(column(row, "kept")?, &currency)?,
        booked: money(column(row, "booked")?, &currency)?,
    })
}

fn column<T: TryGetable>(row: &QueryResult, name: &str) -> Result<T, StoreFault> {
    Ok(row.try_get("", name)?)
}
