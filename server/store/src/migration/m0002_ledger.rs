use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0002_ledger"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await?;
        let protection = match super::dialect(manager) {
            Dialect::Sqlite => PROTECTION_SQLITE,
            Dialect::Postgres => PROTECTION_POSTGRES,
        };
        super::run(manager, protection).await
    }
}

const TABLES: &str = "
CREATE TABLE accounts (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    currency {currency} NOT NULL,
    balance_version {amount} NOT NULL,
    unapplied_minor {amount} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, debtor_id, currency),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};

CREATE TABLE imports (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    file_name TEXT NOT NULL,
    file_hash {bytes} NOT NULL,
    mapping {json} NOT NULL,
    state TEXT NOT NULL,
    row_count {amount} NOT NULL,
    counts {json} NOT NULL,
    totals {json} NOT NULL,
    created_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id)
) {clustered};

CREATE TABLE import_mappings (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    header_fingerprint TEXT NOT NULL,
    mapping {json} NOT NULL,
    used_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, header_fingerprint)
) {clustered};

CREATE TABLE invoices (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    account_id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    number TEXT NOT NULL,
    description TEXT,
    issued_on {date} NOT NULL,
    due_on {date} NOT NULL,
    amount_minor {amount} NOT NULL CHECK (amount_minor >= 0),
    currency {currency} NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'paid', 'void', 'written_off')),
    outstanding_minor {amount} NOT NULL CHECK ((status = 'open' AND outstanding_minor > 0) OR (status <> 'open' AND outstanding_minor = 0)),
    closed_on {date} CHECK ((status = 'open') = (closed_on IS NULL)),
    disputed {bool} NOT NULL,
    import_id {id},
    import_line {amount},
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, number),
    FOREIGN KEY (creditor_id, account_id) REFERENCES accounts (creditor_id, id)
) {clustered};
CREATE INDEX invoices_by_debtor ON invoices (creditor_id, debtor_id, status, id);
CREATE INDEX invoices_by_status ON invoices (creditor_id, status, id);

CREATE TABLE amendments (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    invoice_id {id} NOT NULL,
    kind TEXT NOT NULL,
    before {json} NOT NULL,
    after {json} NOT NULL,
    import_id {id},
    recorded_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, invoice_id) REFERENCES invoices (creditor_id, id)
) {clustered};
CREATE INDEX amendments_by_invoice ON amendments (creditor_id, invoice_id, id);

CREATE TABLE journal_entries (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    kind TEXT NOT NULL,
    effective_on {date} NOT NULL,
    currency {currency} NOT NULL,
    debtor_id {id},
    account_id {id},
    effect_minor {amount} NOT NULL,
    movement_key TEXT,
    recorded_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, movement_key)
) {clustered};
CREATE INDEX journal_entries_by_debtor ON journal_entries (creditor_id, debtor_id, account_id, effective_on, id);

CREATE TABLE journal_lines (
    creditor_id {id} NOT NULL,
    entry_id {id} NOT NULL,
    line_number {number} NOT NULL,
    ledger_account TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('debit', 'credit')),
    amount_minor {amount} NOT NULL CHECK (amount_minor > 0),
    currency {currency} NOT NULL,
    account_id {id},
    invoice_id {id},
    PRIMARY KEY (creditor_id, entry_id, line_number),
    FOREIGN KEY (creditor_id, entry_id) REFERENCES journal_entries (creditor_id, id)
) {clustered};
";

const PROTECTION_SQLITE: &str = "
CREATE TRIGGER journal_entries_stay BEFORE UPDATE ON journal_entries
BEGIN SELECT RAISE(ABORT, 'journal entries never change'); END;
CREATE TRIGGER journal_entries_remain BEFORE DELETE ON journal_entries
BEGIN SELECT RAISE(ABORT, 'journal entries never change'); END;
CREATE TRIGGER journal_lines_stay BEFORE UPDATE ON journal_lines
BEGIN SELECT RAISE(ABORT, 'journal lines never change'); END;
CREATE TRIGGER journal_lines_remain BEFORE DELETE ON journal_lines
BEGIN SELECT RAISE(ABORT, 'journal lines never change'); END;
";

const PROTECTION_POSTGRES: &str = "
CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION '% never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END;
$body$;
CREATE TRIGGER journal_entries_stay BEFORE UPDATE OR DELETE ON journal_entries
FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
CREATE TRIGGER journal_entries_remain BEFORE TRUNCATE ON journal_entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change();
CREATE TRIGGER journal_lines_stay BEFORE UPDATE OR DELETE ON journal_lines
FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
CREATE TRIGGER journal_lines_remain BEFORE TRUNCATE ON journal_lines
FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change();
";
