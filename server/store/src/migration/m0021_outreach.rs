use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0021_outreach"
    }
}

/// The short form of access links, what a message costs on each channel, what a person sent again, and the paper.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await?;
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, STATISTICS).await,
            Dialect::Postgres => Ok(()),
        }
    }
}

const TABLES: &str = "
ALTER TABLE access_links ADD COLUMN code_hash {bytes};
CREATE INDEX access_links_by_code ON access_links (code_hash) WHERE code_hash IS NOT NULL;

ALTER TABLE reminders ADD COLUMN by_hand {json};
ALTER TABLE messages ADD COLUMN by_hand {json};

ALTER TABLE creditors ADD COLUMN paper TEXT CHECK (paper IN ('a4', 'letter'));

CREATE TABLE channel_prices (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp', 'letter', 'call', 'banner')),
    price_minor {amount} NOT NULL CHECK (price_minor >= 0),
    currency {currency} NOT NULL,
    PRIMARY KEY (creditor_id, channel)
) {clustered};
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('access_links', 'access_links_by_code', '1000000 1'),
    ('channel_prices', 'channel_prices', '1000 6 1');
ANALYZE sqlite_schema;
";
