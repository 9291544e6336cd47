use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0006_statistics"
    }
}

/// Without statistics SQLite takes every creditor for a small one, and reads all of its rows where an index of one debtor
/// would do. These figures describe a large creditor; nobody runs ANALYZE later, so that they stay. PostgreSQL counts itself.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, STATISTICS).await,
            Dialect::Postgres => Ok(()),
        }
    }
}

/// For each index: how many rows it has, and how many of them share its first column, its first two columns, and so on.
const STATISTICS: &str = "
ANALYZE;
DELETE FROM sqlite_stat1;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('debtors', 'debtors', '1000000 200000 1'),
    ('debtors', 'sqlite_autoindex_debtors_2', '1000000 200000 1'),
    ('debtors', 'debtors_by_email', '1000000 200000 1'),
    ('debtors', 'debtors_by_next_contact', '1000 2 2 1'),
    ('accounts', 'accounts', '1000000 200000 1'),
    ('accounts', 'sqlite_autoindex_accounts_2', '1000000 200000 20 1'),
    ('invoices', 'invoices', '1000000 200000 1'),
    ('invoices', 'sqlite_autoindex_invoices_2', '1000000 200000 1'),
    ('invoices', 'invoices_by_debtor', '1000000 200000 20 15 1'),
    ('invoices', 'invoices_by_status', '1000000 200000 50000 1'),
    ('amendments', 'amendments', '1000000 200000 1'),
    ('amendments', 'amendments_by_invoice', '1000000 200000 20 1'),
    ('journal_entries', 'journal_entries', '1000000 200000 1'),
    ('journal_entries', 'sqlite_autoindex_journal_entries_2', '1000000 200000 1'),
    ('journal_entries', 'journal_entries_by_debtor', '1000000 200000 20 15 10 1'),
    ('journal_lines', 'journal_lines', '1000000 200000 20 1'),
    ('attempts', 'attempts', '1000000 200000 1'),
    ('attempts', 'attempts_by_id', '1000000 1'),
    ('attempts', 'attempts_by_debtor', '1000000 200000 20 1'),
    ('attempts', 'attempts_open', '1000 2 2 1'),
    ('attempts', 'attempts_open_by_debtor', '1000 200 2'),
    ('payments', 'payments', '1000000 200000 1'),
    ('payments', 'sqlite_autoindex_payments_2', '1000000 200000 100000 1'),
    ('payments', 'payments_by_debtor', '1000000 200000 20 1'),
    ('payments', 'payments_with_credit', '1000 200 2 1'),
    ('allocations', 'allocations', '1000000 200000 20 1'),
    ('allocations', 'allocations_by_invoice', '1000000 200000 20'),
    ('refunds', 'refunds', '1000000 200000 1'),
    ('refunds', 'refunds_by_payment', '1000000 200000 20 1'),
    ('refunds', 'refunds_by_reference', '1000000 200000 1'),
    ('refunds', 'refunds_open', '1000 2 2 1'),
    ('inbound_events', 'sqlite_autoindex_inbound_events_1', '1000000 200000 1'),
    ('inbound_events', 'sqlite_autoindex_inbound_events_2', '1000000 200000 100000 1'),
    ('inbound_events', 'inbound_events_by_state', '1000000 200000 50000 1'),
    ('reminders', 'reminders', '1000000 200000 1'),
    ('reminders', 'sqlite_autoindex_reminders_2', '1000000 200000 20 1'),
    ('reminders', 'reminders_by_debtor', '1000000 200000 20 1'),
    ('reminders', 'reminders_by_state', '1000000 200000 50000 1'),
    ('access_links', 'access_links', '1000000 200000 1'),
    ('access_links', 'sqlite_autoindex_access_links_2', '1000000 200000 1'),
    ('access_links', 'access_links_by_debtor', '1000000 200000 20 1'),
    ('sessions', 'sessions', '1000000 200000 1'),
    ('sessions', 'sessions_by_token', '1000000 1'),
    ('sessions', 'sessions_by_link', '1000 200 2'),
    ('sessions', 'sessions_by_end', '1000000 2'),
    ('jobs', 'jobs', '1000000 200000 1'),
    ('jobs', 'jobs_claimable', '1000 2 2 1'),
    ('jobs', 'jobs_once', '1000 200 1'),
    ('jobs', 'jobs_dead', '1000 200 1'),
    ('jobs', 'jobs_finished', '1000 2');
ANALYZE sqlite_schema;
";
