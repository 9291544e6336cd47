use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0026_lean"
    }
}

/// An index that nothing reads: each reminder moved in it three times. What SQLite keeps of it goes with it.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, "DROP INDEX reminders_by_state;").await
    }
}
