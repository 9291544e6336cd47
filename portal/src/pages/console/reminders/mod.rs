//! Reminders: what goes out next, who is to be called, what left, why, and what followed.

mod frame;
mod letters;
mod rehearsal;
mod rehearsal_figures;
mod upcoming;
mod words;

pub use frame::{Part, Sheet, rehearse};
pub use letters::LettersView;
pub use rehearsal::{RehearsalView, change_words};
pub use upcoming::UpcomingView;
pub use words::{channel_words, hold_sentence, hold_words, rule_words, step_words, stop_words, weekday_words};
