//! What few debtors have. One query over a group says who has anything of it, so that most groups read no more than that.

use crate::bulk::{among_at, ids_value};
use crate::{StoreFault, Tx};
use saldo_domain::ids::{CreditorId, DebtorId};
use uuid::Uuid;

/// A kind of rows that is read only for those who have some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rare {
    OpenAttempt,
    Plan,
    Promise,
    Hold,
    Transfer,
    SettlementOffer,
    Consent,
    Preference,
    Call,
}

impl Rare {
    const ALL: [Self; 9] = [
        Self::OpenAttempt,
        Self::Plan,
        Self::Promise,
        Self::Hold,
        Self::Transfer,
        Self::SettlementOffer,
        Self::Consent,
        Self::Preference,
        Self::Call,
    ];

    /// The table, and the condition of its loader beside creditor and debtor.
    fn rows(self) -> (&'static str, &'static str) {
        match self {
            Self::OpenAttempt => ("attempts", " AND is_open"),
            Self::Plan => ("payment_plans", ""),
            Self::Promise => ("promises", " AND withdrawn IS NULL"),
            Self::Hold => ("holds", " AND ended IS NULL"),
            Self::Transfer => ("transfers", " AND state_name = 'waiting'"),
            Self::SettlementOffer => ("settlement_offers", " AND state_name = 'open'"),
            Self::Consent => ("channel_consents", ""),
            Self::Preference => ("contact_preferences", ""),
            Self::Call => ("calls", ""),
        }
    }

    fn bit(self) -> i32 {
        1 << (self as u32)
    }
}

/// Which of some debtors have what.
#[derive(Debug, Default)]
pub(crate) struct Owners(Vec<(DebtorId, i32)>);

impl Owners {
    /// Those of a group who have any rare rows at all.
    pub(crate) async fn find(tx: &Tx, creditor_id: CreditorId, debtor_ids: &[DebtorId]) -> Result<Self, StoreFault> {
        // Each part is looked up for one debtor: an EXISTS might be answered by reading its table whole.
        let parts: Vec<String> = Rare::ALL
            .iter()
            .map(|rare| {
                let ((table, condition), bit) = (rare.rows(), rare.bit());
                format!(
                    "CASE WHEN (SELECT 1 FROM {table} WHERE {table}.creditor_id = $1 \
                     AND {table}.debtor_id = debtors.id{condition} LIMIT 1) IS NULL THEN 0 ELSE {bit} END"
                )
            })
            .collect();
        let sql = format!(
            "WITH looked (id, kinds) AS MATERIALIZED (SELECT id, {} FROM debtors WHERE creditor_id = $1 AND {}) \
             SELECT id, kinds FROM looked WHERE kinds > 0",
            parts.join(" + "),
            among_at(tx, "id", 2)
        );
        let values = vec![creditor_id.0.into(), ids_value(tx, debtor_ids.iter().map(|id| id.0))];
        let rows = tx.query(&sql, values).await?;
        let read = |row: &sea_orm::QueryResult| {
            Ok((DebtorId(row.try_get::<Uuid>("", "id")?), row.try_get::<i32>("", "kinds")?))
        };
        rows.iter().map(read).collect::<Result<Vec<_>, StoreFault>>().map(Self)
    }

    /// Who has rows of a kind.
    pub(crate) fn of(&self, rare: Rare) -> Vec<DebtorId> {
        self.0.iter().filter(|(_, kinds)| kinds & rare.bit() != 0).map(|(id, _)| *id).collect()
    }
}

/// What a loader finds for those who have something; without any, it is not asked.
macro_rules! of_owners {
    ($owners:expr, $rare:expr, $load:path, $tx:expr, $creditor:expr) => {{
        match $owners.of($rare) {
            owners if owners.is_empty() => Default::default(),
            owners => $load($tx, $creditor, &owners).await?,
        }
    }};
}

pub(crate) use of_owners;
