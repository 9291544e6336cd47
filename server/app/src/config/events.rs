use serde::Deserialize;

/// How the creditors' own programs are told of events.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// Whether they may be on this machine itself: for development and tests.
    pub loopback: bool,
    /// Seconds that a subscriber has for its answer.
    pub timeout_seconds: u32,
    /// How many subscribers one node tells at once.
    pub concurrency: usize,
}
