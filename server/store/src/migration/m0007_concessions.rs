use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0007_concessions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, COLUMNS).await
    }
}

const COLUMNS: &str = r#"
ALTER TABLE debtors ADD COLUMN tags {json} NOT NULL DEFAULT '[]';

ALTER TABLE invoices ADD COLUMN kind TEXT NOT NULL DEFAULT 'invoice'
    CHECK (kind IN ('invoice', 'late_fee', 'interest', 'plan_charge'));
ALTER TABLE invoices ADD COLUMN parent_id {id};
ALTER TABLE invoices ADD COLUMN tax_minor {amount};
ALTER TABLE invoices ADD COLUMN discounts {json} NOT NULL DEFAULT '[]';

ALTER TABLE allocations ADD COLUMN concession_kind TEXT;
ALTER TABLE allocations ADD COLUMN concession_minor {amount} NOT NULL DEFAULT 0 CHECK (concession_minor >= 0);

ALTER TABLE attempts ADD COLUMN concessions {json} NOT NULL DEFAULT '[]';
ALTER TABLE attempts ADD COLUMN origin {json} NOT NULL DEFAULT '{"origin": "debtor"}';
"#;
