use crate::{Dialect, debtor_words};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0013_lists"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        // Prefixes and cursors need texts in the order of their bytes; SQLite has no other one.
        let (key, bytewise) = match super::dialect(manager) {
            Dialect::Sqlite => ("TEXT", ""),
            Dialect::Postgres => ("TEXT COLLATE \"C\"", " COLLATE \"C\""),
        };
        super::run(manager, &TABLES.replace("{key}", key).replace("{bytewise}", bytewise)).await?;
        debtor_words::write_all(manager.get_connection()).await?;
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, STATISTICS).await,
            Dialect::Postgres => Ok(()),
        }
    }
}

/// One index for each order in which a list is read, with its filter before it.
const TABLES: &str = "
CREATE TABLE debtor_words (
    creditor_id {id} NOT NULL,
    word {key} NOT NULL,
    debtor_id {id} NOT NULL,
    PRIMARY KEY (creditor_id, word, debtor_id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX debtor_words_by_debtor ON debtor_words (creditor_id, debtor_id, word);
CREATE INDEX debtors_by_name ON debtors (creditor_id, search_text, id);

CREATE INDEX invoices_by_due ON invoices (creditor_id, due_on, id);
CREATE INDEX invoices_by_issue ON invoices (creditor_id, issued_on, id);
CREATE INDEX invoices_by_amount ON invoices (creditor_id, amount_minor, id);
CREATE INDEX invoices_by_number ON invoices (creditor_id, (lower(number){bytewise}), id);
CREATE INDEX invoices_by_status_due ON invoices (creditor_id, status, due_on, id);
CREATE INDEX invoices_by_status_amount ON invoices (creditor_id, status, amount_minor, id);
CREATE INDEX invoices_disputed ON invoices (creditor_id, due_on, id) WHERE disputed;
CREATE INDEX invoices_open ON invoices (creditor_id, currency, due_on, outstanding_minor, debtor_id) WHERE status = 'open';
CREATE INDEX invoices_open_by_debtor ON invoices (creditor_id, debtor_id, due_on, currency, outstanding_minor) WHERE status = 'open';

CREATE INDEX payments_by_day ON payments (creditor_id, effective_on, id);
CREATE INDEX payments_by_amount ON payments (creditor_id, amount_minor, id);
CREATE INDEX payments_by_reference ON payments (creditor_id, (lower(provider_reference){bytewise}), id);
CREATE INDEX payments_unapplied ON payments (creditor_id, effective_on, id) WHERE unapplied_minor > 0;
CREATE INDEX payments_refunded ON payments (creditor_id, effective_on, id) WHERE refunded_minor > 0;

CREATE INDEX payment_plans_by_total ON payment_plans (creditor_id, total_minor, id);

CREATE INDEX accounts_with_credit ON accounts (creditor_id, currency, unapplied_minor) WHERE unapplied_minor > 0;
CREATE INDEX journal_lines_of_discounts ON journal_lines (creditor_id, entry_id, currency, side, amount_minor) WHERE ledger_account = 'discount_allowed';
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('debtor_words', 'debtor_words', '5000000 1000000 50 1'),
    ('debtor_words', 'debtor_words_by_debtor', '5000000 1000000 5 1'),
    ('debtors', 'debtors_by_name', '1000000 200000 2 1'),
    ('invoices', 'invoices_by_due', '1000000 200000 200 1'),
    ('invoices', 'invoices_by_issue', '1000000 200000 200 1'),
    ('invoices', 'invoices_by_amount', '1000000 200000 20 1'),
    ('invoices', 'invoices_by_number', '1000000 200000 1 1'),
    ('invoices', 'invoices_by_status_due', '1000000 200000 50000 100 1'),
    ('invoices', 'invoices_by_status_amount', '1000000 200000 50000 20 1'),
    ('invoices', 'invoices_disputed', '10000 2000 10 1'),
    ('invoices', 'invoices_open', '200000 40000 30000 200 2 1'),
    ('invoices', 'invoices_open_by_debtor', '200000 40000 10 2 2 1'),
    ('payments', 'payments_by_day', '1000000 200000 200 1'),
    ('payments', 'payments_by_amount', '1000000 200000 20 1'),
    ('payments', 'payments_by_reference', '1000000 200000 1 1'),
    ('payments', 'payments_unapplied', '1000 200 2 1'),
    ('payments', 'payments_refunded', '10000 2000 10 1'),
    ('payment_plans', 'payment_plans_by_total', '1000000 200000 20 1'),
    ('accounts', 'accounts_with_credit', '10000 2000 1500 2'),
    ('journal_lines', 'journal_lines_of_discounts', '100000 20000 2 2 2 1');
ANALYZE sqlite_schema;
";
