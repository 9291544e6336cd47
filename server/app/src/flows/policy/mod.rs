//! Policies: drafts are written and edited, published from a moment, withdrawn, and kept with all their versions.
//!
//! A new kind plugs in as a variant of [`PolicyBody`]; drafts, publication, history, audit and API are the same for all.

mod body;
mod draft;
mod ladder;
mod preview;
mod publish;
mod read;
mod replay;
mod templates;

pub use body::PolicyBody;
pub use draft::{Draft, create, edit, revise};
pub(crate) use ladder::ensure_ladder;
pub use preview::{PlanPreview, Preview, PreviewFacts, PreviewStep, preview_terms};
pub use publish::{PublishFrom, publish, withdraw};
pub use read::{PolicyVersion, discounts_in_force, history, list, load, versions_of_kind};
pub use replay::{HISTORY_MAX, ReplayAnswer, replay_policy};
pub use templates::template_keys;
