use crate::calendar::Timestamp;
use crate::call::CallOver;
use crate::reminder::{Hold, StopReason};

/// Why a person cannot be reached out to now, or a call cannot be noted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutreachRefusal {
    /// The rules ask for silence.
    #[error("held until {until}: {}", why.as_str())]
    MessageHeld {
        /// Why.
        why: Hold,
        /// The first moment to ask again.
        until: Timestamp,
    },
    /// Nothing is to be said any more.
    #[error("nothing is to be said: {}", why.as_str())]
    MessageStopped {
        /// Why.
        why: StopReason,
    },
    /// It arrived, or is about to leave: only what failed, or of which nobody knows, is sent again.
    #[error("the message is not sent again")]
    MessageNotAgain,
    /// Another step has come meanwhile: that one is to be said.
    #[error("a later step has come")]
    MessageOvertaken,
    /// The task to call is done.
    #[error("the task is done")]
    CallTaskDone,
    /// There is nothing to call for any more.
    #[error("there is nothing to call for: {}", why.as_str())]
    CallOver {
        /// Why.
        why: CallOver,
    },
    /// The call was noted already.
    #[error("the call has ended")]
    CallEnded,
    /// The task still stands, so it cannot be cleared away.
    #[error("the task still stands")]
    CallStands,
}

impl OutreachRefusal {
    /// The stable code, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MessageHeld { .. } => "message_held",
            Self::MessageStopped { .. } => "message_stopped",
            Self::MessageNotAgain => "message_not_again",
            Self::MessageOvertaken => "message_overtaken",
            Self::CallTaskDone => "call_task_done",
            Self::CallOver { .. } => "call_over",
            Self::CallEnded => "call_ended",
            Self::CallStands => "call_stands",
        }
    }
}
