//! Whether what widgets show of debtors has changed, asked of many debtors at once.

use crate::bulk::{KEYS_MAX, among_at, ids_value};
use crate::{StoreFault, Tx};
use saldo_domain::ids::{CreditorId, DebtorId};
use std::collections::HashMap;
use uuid::Uuid;

/// Who is watched, and what its rows came to when they were last looked at.
pub type Marks = HashMap<(CreditorId, DebtorId), String>;

/// A text for each debtor that changes with its balance, its plans, its disputes and its banners; one query for
/// all of them, whoever their creditors are. Who has no account is left out.
///
/// # Errors
/// The database's.
pub async fn marks(tx: &Tx, watched: &[(CreditorId, DebtorId)]) -> Result<Marks, StoreFault> {
    let mut found = Marks::new();
    for chunk in watched.chunks(KEYS_MAX) {
        let creditors = ids_value(tx, chunk.iter().map(|(creditor, _)| creditor.0));
        let debtors = ids_value(tx, chunk.iter().map(|(_, debtor)| debtor.0));
        for row in tx.query(&sql(tx), vec![creditors, debtors]).await? {
            let creditor: Uuid = row.try_get_by_index(0)?;
            let debtor: Uuid = row.try_get_by_index(1)?;
            let mark: String = row.try_get_by_index(2)?;
            let text = found.entry((CreditorId(creditor), DebtorId(debtor))).or_default();
            text.push_str(&mark);
            text.push(' ');
        }
    }
    found.retain(|who, _| watched.contains(who));
    Ok(found)
}

fn sql(tx: &Tx) -> String {
    let whose = format!("{} AND {}", among_at(tx, "creditor_id", 1), among_at(tx, "debtor_id", 2));
    let part = |place: u8, mark: &str, table: &str| {
        format!(
            "SELECT creditor_id, debtor_id, {mark} AS mark, {place} AS place FROM {table} WHERE {whose} \
             GROUP BY creditor_id, debtor_id"
        )
    };
    [
        part(1, "'a' || CAST(SUM(balance_version) AS TEXT)", "accounts"),
        part(2, "'p' || CAST(COUNT(*) AS TEXT) || MIN(state) || MAX(state)", "payment_plans"),
        part(3, "'d' || CAST(COUNT(*) AS TEXT) || MIN(state_name) || MAX(state_name)", "disputes"),
        part(
            4,
            "'b' || CAST(COUNT(*) AS TEXT) || '-' || CAST(COUNT(dismissed_at) AS TEXT) || \
             COALESCE(CAST(MAX(snoozed_until) AS TEXT), '')",
            "banners",
        ),
    ]
    .join(" UNION ALL ")
        + " ORDER BY place"
}
