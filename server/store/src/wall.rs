//! The second wall: PostgreSQL's row-level security. A transaction says whose rows it is about, and the database shows it no
//! others, whatever a query forgets. SQLite has no such wall: there the filter of each query stands alone.
//!
//! Two settings of a transaction are all that the policies read: `app.creditor`, whose rows they are, and `app.across`, why a
//! transaction has to look at several creditors' (see `migration/m0024_walls.rs` for the few tables which that opens).

use crate::{Dialect, Store, StoreFault, Tx};
use saldo_domain::ids::CreditorId;
use sea_orm::{ConnectionTrait, Statement};

/// Why a transaction looks across creditors. It opens only the tables of entrances, queues and clocks: no invoice, payment,
/// journal line or message can be read or written across creditors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// A secret, a code, an address or a provider's reference says who the creditor is.
    Entrance,
    /// The queue of jobs is shared by all.
    Queue,
    /// Time has come for something, whoever's.
    Clock,
    /// Whoever runs the server asks about the whole of it.
    Operator,
}

impl Across {
    fn name(self) -> &'static str {
        match self {
            Self::Entrance => "entrance",
            Self::Queue => "queue",
            Self::Clock => "clock",
            Self::Operator => "operator",
        }
    }
}

/// Whose rows a transaction may see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reach {
    Of(CreditorId),
    Across(Across),
    /// Only what the database's role sees by itself.
    Unsaid,
}

impl Reach {
    /// The settings for the rest of the transaction.
    pub(crate) fn settings(self) -> String {
        match self {
            Self::Of(creditor) => format!("SET LOCAL app.creditor = '{creditor}'; SET LOCAL app.across = ''"),
            Self::Across(why) => format!("SET LOCAL app.across = '{}'", why.name()),
            Self::Unsaid => String::new(),
        }
    }
}

impl Tx {
    /// From here on the transaction sees this creditor's rows alone: one that looked across creditors has found whom it
    /// works for.
    ///
    /// # Errors
    /// The database's.
    pub async fn enter(&self, creditor_id: CreditorId) -> Result<(), StoreFault> {
        self.reach(Reach::Of(creditor_id)).await
    }

    /// Looks across creditors again, for the next of them.
    ///
    /// # Errors
    /// The database's.
    pub async fn leave(&self, why: Across) -> Result<(), StoreFault> {
        self.reach(Reach::Across(why)).await
    }

    async fn reach(&self, reach: Reach) -> Result<(), StoreFault> {
        if self.dialect() == Dialect::Postgres {
            self.connection().execute_unprepared(&reach.settings()).await?;
        }
        Ok(())
    }
}

/// How the second wall stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wall {
    /// SQLite has none.
    Absent,
    /// Every creditor's rows are behind it.
    Stands,
    /// It is there, and the database's role goes past it: a superuser, or one with BYPASSRLS.
    Bypassed {
        /// The role.
        role: String,
    },
    /// Tables with rows of creditors that are not behind it.
    Gaps {
        /// Their names.
        tables: Vec<String>,
    },
}

const ROLE: &str =
    "SELECT current_user::text AS role, rolsuper OR rolbypassrls AS beyond FROM pg_roles WHERE rolname = current_user";

const GAPS: &str = "
SELECT class.relname::text AS name FROM pg_class AS class
WHERE class.relkind IN ('r', 'p') AND class.relnamespace = current_schema()::regnamespace
AND EXISTS (SELECT FROM pg_attribute AS part WHERE part.attrelid = class.oid AND part.attname = 'creditor_id'
            AND NOT part.attisdropped)
AND NOT (class.relrowsecurity AND class.relforcerowsecurity
         AND EXISTS (SELECT FROM pg_policy AS policy WHERE policy.polrelid = class.oid))
ORDER BY class.relname";

impl Store {
    /// How the second wall stands for the role that this process has in the database.
    ///
    /// # Errors
    /// The database's.
    pub async fn wall(&self) -> Result<Wall, StoreFault> {
        if self.dialect() == Dialect::Sqlite {
            return Ok(Wall::Absent);
        }
        let connection = self.connection();
        let backend = connection.get_database_backend();
        let rows = connection.query_all_raw(Statement::from_string(backend, GAPS)).await?;
        let tables = rows.iter().map(|row| row.try_get("", "name")).collect::<Result<Vec<String>, _>>()?;
        if !tables.is_empty() {
            return Ok(Wall::Gaps { tables });
        }
        let role = connection.query_one_raw(Statement::from_string(backend, ROLE)).await?;
        let role = role.ok_or_else(|| StoreFault::corrupt("the database's role is not listed"))?;
        match role.try_get("", "beyond")? {
            true => Ok(Wall::Bypassed { role: role.try_get("", "role")? }),
            false => Ok(Wall::Stands),
        }
    }
}
