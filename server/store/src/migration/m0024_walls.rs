use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0024_walls"
    }
}

/// Row-level security on PostgreSQL: every table with rows of creditors shows those of the transaction's creditor.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        match super::dialect(manager) {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => {
                super::run(manager, KEYS).await?;
                super::run(manager, &WALLS.replace("[entrances]", &ENTRANCES.join(", "))).await
            }
        }
    }
}

/// Where a transaction may look across creditors: where a secret or a reference says whose row it is, the queue, and what
/// time comes for. `creditors` itself is one of them.
const ENTRANCES: [&str; 21] = [
    "access_links",
    "api_keys",
    "attempts",
    "autopay_plans",
    "codes",
    "debtors",
    "decisions",
    "demo_mail",
    "idempotency_keys",
    "jobs",
    "late_charge_rounds",
    "member_tokens",
    "members",
    "method_setups",
    "outbound_deliveries",
    "outbound_events",
    "payment_plans",
    "policies",
    "rehearsals",
    "sessions",
    "subscribers",
];

/// Behind row-level security an index on an expression is read only when its functions are known to leak nothing; `lower` is
/// not. What the expression gives is therefore kept as a column.
const KEYS: &str = "
ALTER TABLE invoices ADD COLUMN number_key TEXT COLLATE \"C\" GENERATED ALWAYS AS (lower(number)) STORED;
DROP INDEX invoices_by_number;
CREATE INDEX invoices_by_number ON invoices (creditor_id, number_key, id);
ALTER TABLE payments ADD COLUMN provider_reference_key TEXT COLLATE \"C\"
    GENERATED ALWAYS AS (lower(provider_reference)) STORED;
DROP INDEX payments_by_reference;
CREATE INDEX payments_by_reference ON payments (creditor_id, provider_reference_key, id);
";

/// The plain rule is one equality: with the query's own filter it becomes a question that is asked once a statement, and no
/// row costs anything. The rule of an entrance is a CASE, because an OR would let the planner count the creditor twice.
const WALLS: &str = "
DO $walls$
DECLARE
    entrances CONSTANT TEXT[] := string_to_array('[entrances]', ', ');
    whose CONSTANT TEXT := $rule$current_setting('app.creditor', true)::uuid$rule$;
    across CONSTANT TEXT := $rule$coalesce(current_setting('app.across', true), '') <> ''$rule$;
    walled RECORD;
BEGIN
    FOR walled IN
        SELECT class.relname AS name, part.attname AS owner,
               class.relname = 'creditors' OR class.relname = ANY (entrances) AS opens
        FROM pg_class AS class JOIN pg_attribute AS part ON part.attrelid = class.oid AND NOT part.attisdropped
        WHERE class.relkind IN ('r', 'p') AND class.relnamespace = current_schema()::regnamespace
        AND part.attname = CASE class.relname WHEN 'creditors' THEN 'id' ELSE 'creditor_id' END
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled.name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled.name);
        EXECUTE format('CREATE POLICY wall ON %I USING (' || CASE WHEN walled.opens
            THEN 'CASE WHEN %I = ' || whose || ' THEN true ELSE ' || across || ' END'
            ELSE '%I = ' || whose END || ')', walled.name, walled.owner);
    END LOOP;
END;
$walls$;
";
