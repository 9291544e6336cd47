//! Reminders: what goes out next, who is to be called, what left, why, and what followed.

mod call;
mod calls;
mod decisions;
mod effect;
mod frame;
mod letters;
mod message;
mod messages;
mod rehearsal;
mod rehearsal_figures;
mod rehearsed_text;
mod upcoming;
mod words;

pub use call::{CallTyped, CallView};
pub use calls::CallsView;
pub use decisions::{DecisionsForm, DecisionsView, decision_sentence, outcome_words};
pub use effect::EffectView;
pub use frame::{Part, Sheet, rehearse};
pub use letters::LettersView;
pub use message::MessageView;
pub use messages::{MessagesView, message_purpose, message_state};
pub use rehearsal::{RehearsalView, change_words};
pub use rehearsed_text::RehearsedTextView;
pub use upcoming::UpcomingView;
pub use words::{channel_words, hold_sentence, hold_words, rule_words, step_words, stop_words, weekday_words};
