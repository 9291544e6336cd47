use serde::Deserialize;

/// How one node works on jobs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jobs {
    /// How many at once.
    pub concurrency: usize,
    /// Seconds after which another node takes over the jobs of one that died.
    pub lease_seconds: u32,
}
