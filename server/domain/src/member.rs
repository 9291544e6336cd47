//! The creditor's people: what each role may do, and when a sign-in waits.

mod password;

pub use password::checked_password;

use crate::Refusal;
use crate::ids::MemberId;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// What a member is to the creditor's books; each role may all that the one before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Looks.
    Viewer,
    /// Talks to debtors.
    Agent,
    /// Sets terms and moves money.
    Finance,
    /// Decides who else comes in.
    Owner,
}

/// What a door of the console asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See everything of the creditor.
    Read,
    /// Links, promises, holds, disputes.
    Contact,
    /// Propose a payment plan; approving one needs [`Permission::Money`].
    Plans,
    /// Refunds, credit notes, write-offs, bank payments, settlements, approvals.
    Money,
    /// Policies, templates, and how the machinery runs.
    Terms,
    /// Import files.
    Import,
    /// Invite, change and disable members.
    Members,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Agent, Self::Finance, Self::Owner];

    /// Whether the role may do it.
    pub fn may(self, permission: Permission) -> bool {
        let least = match permission {
            Permission::Read => Self::Viewer,
            Permission::Contact | Permission::Plans => Self::Agent,
            Permission::Money | Permission::Terms | Permission::Import => Self::Finance,
            Permission::Members => Self::Owner,
        };
        self >= least
    }

    /// The largest extra discount that the role may grant, in basis points of what is open.
    pub fn extra_discount_max_bps(self) -> u32 {
        match self {
            Self::Viewer => 0,
            Self::Agent => 300,
            Self::Finance => 1_500,
            Self::Owner => 10_000,
        }
    }

    /// The stable word, as it is serialized.
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Agent => "agent",
            Self::Finance => "finance",
            Self::Owner => "owner",
        }
    }

    /// The role with a word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 7] =
        [Self::Read, Self::Contact, Self::Plans, Self::Money, Self::Terms, Self::Import, Self::Members];
}

/// Whether a member can come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// Has a link, no password yet.
    Invited,
    /// Signs in.
    Active,
    /// Has no way in.
    Disabled,
}

/// One of the creditor's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// Where it signs in with, and where its invitation goes.
    pub email: String,
    /// What colleagues call it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Whether it can come in.
    pub state: MemberState,
}

impl Member {
    /// Whether it counts as an owner who can act.
    pub fn is_acting_owner(&self) -> bool {
        self.role == Role::Owner && self.state != MemberState::Disabled
    }
}

/// Passes a change of one member that leaves at least one owner who is not disabled.
///
/// # Errors
/// `last_owner`.
pub fn keep_an_owner(members: &[Member], changed: &Member) -> Result<(), Refusal> {
    let others = members.iter().filter(|member| member.id != changed.id);
    if others.chain([changed]).any(Member::is_acting_owner) { Ok(()) } else { Err(Refusal::LastOwner) }
}

/// Wrong answers in a row before the first wait.
pub const FREE_TRIES: u32 = 4;

/// The longest wait, in minutes: longer ones would let anybody keep an owner out.
const WAIT_MINUTES_MAX: i64 = 60;

/// How long a member waits after so many wrong answers in a row: from the fifth on a minute, each time twice as long.
pub fn wait_after(failed_count: u32) -> Option<SignedDuration> {
    let beyond = failed_count.checked_sub(FREE_TRIES + 1)?;
    let minutes = 1_i64.checked_shl(beyond.min(30)).unwrap_or(WAIT_MINUTES_MAX);
    Some(SignedDuration::from_mins(minutes.min(WAIT_MINUTES_MAX)))
}
