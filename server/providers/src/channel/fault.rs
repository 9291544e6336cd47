use std::time::Duration;

/// Why a message was not handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChannelFault {
    /// The message went out and no answer came: it may have left. It is never sent again by itself.
    #[error("delivery is unknown: {detail}")]
    Unknown {
        /// What was seen.
        detail: String,
    },
    /// It surely has not left; another try makes sense.
    #[error("not handed over: {detail}")]
    Retry {
        /// What was seen.
        detail: String,
    },
    /// It surely has not left: the other side has too much to do. Another try makes sense after a while.
    #[error("not handed over, asked to wait {after:?}: {detail}")]
    Busy {
        /// What was seen.
        detail: String,
        /// For how long the other side wants to be left alone.
        after: Duration,
    },
    /// It surely has not left and never will: the message is refused.
    #[error("refused: {detail}")]
    Permanent {
        /// What was seen.
        detail: String,
    },
    /// It surely has not left and never will: this address takes no messages.
    #[error("the address takes no messages: {detail}")]
    Unreachable {
        /// What was seen.
        detail: String,
        /// Whether its holder asked the other side for silence.
        stopped: bool,
    },
}

impl ChannelFault {
    /// Whether the message may have left.
    pub fn may_have_left(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }

    /// Whether it surely has not left and another try makes sense.
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Retry { .. } | Self::Busy { .. })
    }

    /// For how long the other side wants to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy { after, .. } => Some(*after),
            _ => None,
        }
    }

    pub(super) fn permanent(detail: impl Into<String>) -> Self {
        Self::Permanent { detail: detail.into() }
    }

    pub(super) fn retry(detail: impl Into<String>) -> Self {
        Self::Retry { detail: detail.into() }
    }

    pub(super) fn unknown(detail: impl Into<String>) -> Self {
        Self::Unknown { detail: detail.into() }
    }

    /// A message that was given to the wrong channel.
    pub(super) fn not_mine() -> Self {
        Self::permanent("a message of another channel")
    }
}
