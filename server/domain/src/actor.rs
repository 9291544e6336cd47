//! Who did something.

use crate::ids::{ApiKeyId, DebtorId, MemberId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who did something: what the audit log and agreements name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// One of the creditor's people, in the console.
    Member {
        /// Who.
        id: MemberId,
    },
    /// A program with an API key.
    ApiKey {
        /// The key.
        id: ApiKeyId,
    },
    /// The debtor, on the portal.
    Debtor {
        /// Who.
        id: DebtorId,
    },
    /// Whoever runs the server, by the command line.
    Operator,
    /// Saldo itself: a job or a rule.
    System,
}

impl Actor {
    /// The stable word for its kind, as it is serialized.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Member { .. } => "member",
            Self::ApiKey { .. } => "api_key",
            Self::Debtor { .. } => "debtor",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }

    /// The id behind it, where it has one.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Member { id } => Some(id.0),
            Self::ApiKey { id } => Some(id.0),
            Self::Debtor { id } => Some(id.0),
            Self::Operator | Self::System => None,
        }
    }

    /// From its two parts, where they fit together.
    pub fn from_parts(kind: &str, id: Option<Uuid>) -> Option<Self> {
        match (kind, id) {
            ("member", Some(id)) => Some(Self::Member { id: MemberId(id) }),
            ("api_key", Some(id)) => Some(Self::ApiKey { id: ApiKeyId(id) }),
            ("debtor", Some(id)) => Some(Self::Debtor { id: DebtorId(id) }),
            ("operator", None) => Some(Self::Operator),
            ("system", None) => Some(Self::System),
            _ => None,
        }
    }
}
