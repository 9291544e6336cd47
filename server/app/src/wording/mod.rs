//! Words of messages: templates checked, compiled and kept, and what they may name.

mod builtin;
mod cache;
mod check;
mod claims;
mod compiled;
mod facts;
mod layout;
#[cfg(test)]
mod tests;

pub use builtin::{builtin, builtin_template};
pub(crate) use cache::Kept;
pub use cache::{Cache, Wording};
pub use check::check;
pub(crate) use claims::{instalment, of_claims, way_out};
pub use compiled::{Compiled, Said};
pub(crate) use facts::SAMPLE_LINK;
pub use facts::{Facts, Item, sample};
pub use layout::{Paragraph, Part, paragraphs};
