//! Widgets on a creditor's own site: who may ask, what they show, and the way from them to our own pages.
//!
//! A token names debtor, site and scope; it comes in a body, never in an address. Everything that is shown comes from the
//! functions that the portal's pages use.

mod balance;
mod choices;
mod dismiss;
mod door;
pub mod keys;
mod look;
mod open;
pub mod origin;
mod plan;
mod reader;
mod reminder;
mod statement;
pub mod token;
mod view;
mod watch;
mod words;

pub use dismiss::dismiss;
pub use door::{Entry, enter};
pub use look::{preview_token, session_token};
pub use open::{BackTo, OpenWidget, Opened, back_to, open};
pub use view::show;
pub use watch::{Heard, Listening, Watchers, listen};
