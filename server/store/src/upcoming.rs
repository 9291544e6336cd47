//! Whose time comes next: one creditor's debtors by the moment at which they are looked at.

use crate::codec::{instant, to_instant};
use crate::{PAGE_MAX, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::Value as SqlValue;
use sea_orm::prelude::DateTimeUtc;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// A debtor with the moment at which it is looked at next; also where a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// At whom.
    pub debtor_id: DebtorId,
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.at.as_microsecond(), self.debtor_id.0.simple())
    }
}

/// A cursor that is not one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoLook;

impl FromStr for Look {
    type Err = NoLook;

    fn from_str(text: &str) -> Result<Self, NoLook> {
        let (at, id) = text.split_once('-').ok_or(NoLook)?;
        let at = at.parse().ok().and_then(|micros| Timestamp::from_microsecond(micros).ok()).ok_or(NoLook)?;
        Ok(Self { at, debtor_id: DebtorId(id.parse().map_err(|_| NoLook)?) })
    }
}

/// The debtors who are looked at before a moment, the first ones first, behind the one named.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    before: Timestamp,
    after: Option<Look>,
    limit: u64,
) -> Result<Vec<Look>, StoreFault> {
    let (sql, values) = statement(creditor_id, before, after, limit);
    let rows = tx.query(&sql, values).await?;
    let read = |row: &sea_orm::QueryResult| {
        let at: DateTimeUtc = row.try_get("", "next_contact_at")?;
        Ok(Look { at: instant(at)?, debtor_id: DebtorId(row.try_get("", "id")?) })
    };
    rows.iter().map(read).collect()
}

pub(crate) fn statement(
    creditor_id: CreditorId,
    before: Timestamp,
    after: Option<Look>,
    limit: u64,
) -> (String, Vec<SqlValue>) {
    let after = after.unwrap_or(Look { at: Timestamp::UNIX_EPOCH, debtor_id: DebtorId(Uuid::nil()) });
    let limit = limit.clamp(1, PAGE_MAX + 1);
    let sql = format!(
        "SELECT id, next_contact_at FROM debtors WHERE creditor_id = $1 AND next_contact_at IS NOT NULL \
         AND next_contact_at < $2 AND (next_contact_at, id) > ($3, $4) ORDER BY next_contact_at, id LIMIT {limit}"
    );
    let values =
        vec![creditor_id.0.into(), to_instant(before).into(), to_instant(after.at).into(), after.debtor_id.0.into()];
    (sql, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nothing_else_is() {
        let look = Look { at: Timestamp::UNIX_EPOCH, debtor_id: DebtorId(Uuid::from_u128(7)) };
        assert_eq!(look.to_string().parse(), Ok(look));
        for text in ["", "-", "x-00", "1-", "1", "99999999999999999999-00000000000000000000000000000007", "1-7"] {
            assert_eq!(text.parse::<Look>(), Err(NoLook), "{text}");
        }
    }
}
