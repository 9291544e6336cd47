use super::AmountRefused;

/// Why a provider did not do what was asked. The text is for logs: it holds no secret and no card data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// The request went out and no clear answer came: it may have been carried out. Asking again under the same id is
    /// safe; believing either outcome is not.
    #[error("the provider's answer is unknown: {detail}")]
    Unknown {
        /// What was seen.
        detail: String,
    },
    /// Surely not carried out, and worth asking again later under the same id.
    #[error("the provider is not available: {detail}")]
    Retry {
        /// What was seen.
        detail: String,
    },
    /// The provider said no: final, nothing happened.
    #[error("the provider refused ({code}): {detail}")]
    Refused {
        /// The provider's code, or ours in snake case.
        code: String,
        /// The provider's words.
        detail: String,
    },
}

impl ProviderFault {
    /// Whether it may have been carried out.
    pub fn outcome_is_unknown(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }

    /// Whether asking again under the same id makes sense.
    pub fn may_retry(&self) -> bool {
        !matches!(self, Self::Refused { .. })
    }

    /// A stable word for metrics: the provider's own code where it refused.
    pub fn code(&self) -> &str {
        match self {
            Self::Unknown { .. } => "provider_unknown",
            Self::Retry { .. } => "provider_unavailable",
            Self::Refused { code, .. } => code,
        }
    }

    pub(crate) fn refused(code: &str, detail: impl Into<String>) -> Self {
        Self::Refused { code: code.to_owned(), detail: detail.into() }
    }
}

impl From<AmountRefused> for ProviderFault {
    fn from(refused: AmountRefused) -> Self {
        Self::refused(refused.code(), refused.to_string())
    }
}

/// Why an event is not believed. Answer all of them alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventRefused {
    /// No signature header.
    #[error("no signature")]
    SignatureMissing,
    /// The header is not of the form `t=…,v1=…`.
    #[error("the signature's form is wrong")]
    SignatureMalformed,
    /// No secret of ours made it.
    #[error("the signature is wrong")]
    SignatureWrong,
    /// Genuine but signed too long ago: a replay.
    #[error("signed too long ago")]
    TooOld,
    /// Signed in the future beyond what clocks differ.
    #[error("signed in the future")]
    FromFuture,
    /// Genuine, but not an event.
    #[error("the body is not an event")]
    BodyUnreadable,
}

impl EventRefused {
    /// The stable code, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignatureMissing => "signature_missing",
            Self::SignatureMalformed => "signature_malformed",
            Self::SignatureWrong => "signature_wrong",
            Self::TooOld => "signature_too_old",
            Self::FromFuture => "signature_from_future",
            Self::BodyUnreadable => "event_unreadable",
        }
    }
}
