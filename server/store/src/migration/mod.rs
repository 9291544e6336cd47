//! Forward-only changes of the schema, one set for both databases, each in a database transaction.

mod m0001_creditors;
mod m0002_ledger;
mod m0003_payments;
mod m0004_reminders;
mod m0005_work;
mod m0006_statistics;
mod m0007_concessions;
mod m0008_members;
mod m0009_methods;
mod m0010_policies;
mod m0011_plans;
mod m0012_claims;
mod m0013_lists;
mod m0014_codes;
mod m0015_dunning;
mod m0016_consents;
mod m0017_messages;
mod m0018_decisions;
mod m0019_rehearsals;
mod m0020_call_work;
mod m0021_outreach;
mod m0022_widgets;
mod m0023_outbound;
mod m0024_walls;
mod m0025_uploads;
mod m0026_lean;
mod m0027_queue;
mod whole;

use crate::Dialect;
use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, async_trait};
use whole::Whole;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let steps: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m0001_creditors::Step),
            Box::new(m0002_ledger::Step),
            Box::new(m0003_payments::Step),
            Box::new(m0004_reminders::Step),
            Box::new(m0005_work::Step),
            Box::new(m0006_statistics::Step),
            Box::new(m0007_concessions::Step),
            Box::new(m0008_members::Step),
            Box::new(m0009_methods::Step),
            Box::new(m0010_policies::Step),
            Box::new(m0011_plans::Step),
            Box::new(m0012_claims::Step),
            Box::new(m0013_lists::Step),
            Box::new(m0014_codes::Step),
            Box::new(m0015_dunning::Step),
            Box::new(m0016_consents::Step),
            Box::new(m0017_messages::Step),
            Box::new(m0018_decisions::Step),
            Box::new(m0019_rehearsals::Step),
            Box::new(m0020_call_work::Step),
            Box::new(m0021_outreach::Step),
            Box::new(m0022_widgets::Step),
            Box::new(m0023_outbound::Step),
            Box::new(m0024_walls::Step),
            Box::new(m0025_uploads::Step),
            Box::new(m0026_lean::Step),
            Box::new(m0027_queue::Step),
        ];
        steps.into_iter().map(|step| Box::new(Whole(step)) as Box<dyn MigrationTrait>).collect()
    }
}

fn dialect(manager: &SchemaManager<'_>) -> Dialect {
    match manager.get_database_backend() {
        DbBackend::Postgres => Dialect::Postgres,
        _ => Dialect::Sqlite,
    }
}

/// Runs statements whose column types are named in braces.
async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), sea_orm::DbErr> {
    for statement in whole::statements(&translate(dialect(manager), statements)) {
        fail::fail_point!("migration::statement");
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

fn translate(dialect: Dialect, statements: &str) -> String {
    let words = match dialect {
        // Strict tables keep text out of amounts; without a row id the rows of one creditor lie together.
        Dialect::Sqlite => [
            ("{id}", "BLOB"),
            ("{instant}", "TEXT"),
            ("{date}", "TEXT"),
            ("{bytes}", "BLOB"),
            ("{json}", "TEXT"),
            ("{amount}", "INTEGER"),
            ("{number}", "INTEGER"),
            ("{currency}", "TEXT"),
            ("{bool}", "INTEGER"),
            ("{clustered}", "STRICT, WITHOUT ROWID"),
            ("{heap}", "STRICT"),
        ],
        Dialect::Postgres => [
            ("{id}", "UUID"),
            ("{instant}", "TIMESTAMPTZ"),
            ("{date}", "DATE"),
            ("{bytes}", "BYTEA"),
            ("{json}", "JSONB"),
            ("{amount}", "BIGINT"),
            ("{number}", "INTEGER"),
            ("{currency}", "CHAR(3)"),
            ("{bool}", "BOOLEAN"),
            ("{clustered}", ""),
            ("{heap}", ""),
        ],
    };
    words.iter().fold(statements.to_owned(), |sql, (word, kind)| sql.replace(word, kind))
}
