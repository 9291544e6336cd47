use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0001_creditors"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await
    }
}

const TABLES: &str = "
CREATE TABLE creditors (
    id {id} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    zone TEXT NOT NULL,
    language TEXT NOT NULL,
    currency {currency} NOT NULL,
    reply_to TEXT,
    colour TEXT NOT NULL,
    logo TEXT,
    widget_origins {json} NOT NULL,
    created_at {instant} NOT NULL
) {clustered};
CREATE INDEX creditors_by_name ON creditors (name);

CREATE TABLE api_keys (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    label TEXT NOT NULL,
    hash {bytes} NOT NULL,
    scopes {json} NOT NULL,
    created_at {instant} NOT NULL,
    revoked_at {instant},
    last_used_at {instant},
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, hash)
) {clustered};
CREATE INDEX api_keys_by_hash ON api_keys (hash);

CREATE TABLE debtors (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    email_key TEXT,
    phone TEXT,
    language TEXT,
    country TEXT,
    zone TEXT,
    email_opt_out_at {instant},
    next_contact_at {instant},
    search_text TEXT NOT NULL,
    created_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, reference)
) {clustered};
CREATE INDEX debtors_by_email ON debtors (creditor_id, email_key);
CREATE INDEX debtors_by_next_contact ON debtors (next_contact_at, creditor_id, id) WHERE next_contact_at IS NOT NULL;
";
