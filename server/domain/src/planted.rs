//! Bugs on purpose: one for each promise, compiled in for tests only, to show that the promise's test can fail.
//!
//! A process has at most one, named by `SALDO_PLANTED` (for example `SALDO_PLANTED=P4`), read once. Without the feature
//! `planted` the question is a constant and the bug's code is not compiled.

/// The bug that stands against one of the design's fourteen promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// P1: a refund's entry loses one of its legs.
    LegDroppedOnRefund,
    /// P2: a provider's movement is told apart by the event's id, not by its own.
    DedupeByEventId,
    /// P3: an event is acknowledged before it is committed.
    AcknowledgeBeforeCommit,
    /// P4: the debtor's row is not locked while an attempt is made.
    RowLockRemoved,
    /// P5: the decision to send is taken outside of the transaction that hands over.
    CheckOutsideHandOver,
    /// P6: a worker whose lease was taken over goes on as if it held it.
    LeaseWithoutFencing,
    /// P7: a zone's offset is fixed when the message is scheduled.
    OffsetFixedWhenScheduled,
    /// P8: SQLite does not wait for the disk at a commit.
    SynchronousNormal,
    /// P9: one query forgets the creditor.
    CreditorFilterDropped,
    /// P10: opening a link uses it up.
    ConsumeOnGet,
    /// P11: a subscriber's host is checked when it is registered, and never again.
    HostCheckedOnlyAtCreation,
    /// P12: each instalment is rounded by itself.
    RoundingPerInstalment,
    /// P13: a note goes out as it was typed.
    UnescapedNote,
    /// P14: a migration's steps are committed one by one.
    MigrationInPieces,
}

impl Bug {
    /// All of them, in the order of the promises.
    pub const ALL: [Self; 14] = [
        Self::LegDroppedOnRefund,
        Self::DedupeByEventId,
        Self::AcknowledgeBeforeCommit,
        Self::RowLockRemoved,
        Self::CheckOutsideHandOver,
        Self::LeaseWithoutFencing,
        Self::OffsetFixedWhenScheduled,
        Self::SynchronousNormal,
        Self::CreditorFilterDropped,
        Self::ConsumeOnGet,
        Self::HostCheckedOnlyAtCreation,
        Self::RoundingPerInstalment,
        Self::UnescapedNote,
        Self::MigrationInPieces,
    ];

    /// The promise that it breaks: `P1` to `P14`, as the design counts them.
    #[must_use]
    pub fn promise(self) -> &'static str {
        const NAMES: [&str; 14] =
            ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P13", "P14"];
        NAMES[self as usize]
    }
}

/// Whether this process has that bug.
#[cfg(feature = "planted")]
#[must_use]
pub fn is(bug: Bug) -> bool {
    static CHOSEN: std::sync::OnceLock<Option<Bug>> = std::sync::OnceLock::new();
    let chosen = CHOSEN.get_or_init(|| {
        let name = std::env::var("SALDO_PLANTED").ok()?;
        let bug = Bug::ALL.into_iter().find(|bug| bug.promise() == name);
        Some(bug.unwrap_or_else(|| panic!("SALDO_PLANTED={name}: P1 to P14")))
    });
    *chosen == Some(bug)
}

/// Whether this process has that bug: never, without the feature `planted`.
#[cfg(not(feature = "planted"))]
#[must_use]
pub const fn is(_: Bug) -> bool {
    false
}
