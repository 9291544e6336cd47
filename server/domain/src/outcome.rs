//! What a command answers.

/// A command either did its work or found it done; both are successes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// The command changed something; this is what.
    Executed(T),
    /// The same command had been carried out before.
    AlreadyApplied,
}

impl<T> Outcome<T> {
    /// The change, where there was one.
    pub fn executed(self) -> Option<T> {
        match self {
            Self::Executed(value) => Some(value),
            Self::AlreadyApplied => None,
        }
    }
}
