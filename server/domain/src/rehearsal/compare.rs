use super::RehearsedMessage;
use crate::calendar::Timestamp;
use serde::{Deserialize, Serialize};

/// What a draft does to one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// It would leave as it does now.
    Same {
        /// The message.
        message: RehearsedMessage,
    },
    /// It would be new.
    Added {
        /// The message.
        message: RehearsedMessage,
    },
    /// It would not leave any more.
    Removed {
        /// The message.
        message: RehearsedMessage,
    },
    /// It would leave on another day, by another channel or with another text.
    Moved {
        /// As the published policies would send it.
        before: RehearsedMessage,
        /// As the draft would.
        message: RehearsedMessage,
    },
}

impl Change {
    /// The message: the draft's, where it would send one.
    pub fn message(&self) -> &RehearsedMessage {
        match self {
            Self::Same { message }
            | Self::Added { message }
            | Self::Removed { message }
            | Self::Moved { message, .. } => message,
        }
    }

    /// A stable word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Same { .. } => "same",
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
            Self::Moved { .. } => "moved",
        }
    }

    fn at(&self) -> Timestamp {
        self.message().at
    }
}

/// What a draft changes for one debtor, in the order of time: first messages of the same step are compared, then those that
/// are left of the same due date, in their order, are taken for one that moved.
pub fn changes(published: &[RehearsedMessage], draft: &[RehearsedMessage]) -> Vec<Change> {
    let mut before: Vec<&RehearsedMessage> = published.iter().collect();
    let mut after: Vec<&RehearsedMessage> = draft.iter().collect();
    let mut found = pair(&mut before, &mut after, |old, new| old.step == new.step);
    found.extend(pair(&mut before, &mut after, |old, new| old.step.due_on == new.step.due_on));
    found.extend(before.into_iter().map(|message| Change::Removed { message: message.clone() }));
    found.extend(after.into_iter().map(|message| Change::Added { message: message.clone() }));
    found.sort_by_key(Change::at);
    found
}

/// Takes the pairs that meet out of both.
fn pair(
    before: &mut Vec<&RehearsedMessage>,
    after: &mut Vec<&RehearsedMessage>,
    meet: impl Fn(&RehearsedMessage, &RehearsedMessage) -> bool,
) -> Vec<Change> {
    let mut found = Vec::new();
    before.retain(|old| match after.iter().position(|new| meet(old, new)) {
        Some(place) => {
            found.push(compared(old, after.remove(place)));
            false
        }
        None => true,
    });
    found
}

fn compared(before: &RehearsedMessage, message: &RehearsedMessage) -> Change {
    let alike = before.on == message.on
        && before.channel == message.channel
        && before.template == message.template
        && before.step == message.step;
    match alike {
        true => Change::Same { message: message.clone() },
        false => Change::Moved { before: before.clone(), message: message.clone() },
    }
}
