//! What a run counts.

/// Of one world, or of many.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    /// What anybody did: each act of a person, the provider, the clock and a node, and each job.
    pub operations: u64,
    /// The jobs among them.
    pub jobs: u64,
    pub crashes: u64,
    pub stalls: u64,
    pub movements: u64,
    pub messages: u64,
    pub changes: u64,
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.operations += other.operations;
        self.jobs += other.jobs;
        self.crashes += other.crashes;
        self.stalls += other.stalls;
        self.movements += other.movements;
        self.messages += other.messages;
        self.changes += other.changes;
    }
}
