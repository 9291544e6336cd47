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
    /// It surely has not left and never will: the address or the message is refused.
    #[error("refused: {detail}")]
    Permanent {
        /// What was seen.
        detail: String,
    },
}

impl ChannelFault {
    /// Whether the message may have left.
    pub fn may_have_left(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }

    /// Whether it surely has not left and another try makes sense.
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Retry { .. })
    }

    pub(super) fn permanent(detail: impl Into<String>) -> Self {
        Self::Permanent { detail: detail.into() }
    }

    pub(super) fn retry(detail: impl Into<String>) -> Self {
        Self::Retry { detail: detail.into() }
    }
}
