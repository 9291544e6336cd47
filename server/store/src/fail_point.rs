//! Named places at which a test lets this process die: around every commit, every call to the outside, every answer.
//!
//! The names follow from the source, so that none can be forgotten: `begin::…` and `commit::…` from the file that says so
//! (`commit::flows::start_checkout::before`), the others from the method that is called. Without the feature `failpoints`
//! nothing of this is compiled.

#[cfg(feature = "failpoints")]
use std::panic::Location;

/// The part of a fail point's name that a source file gives: `server/app/src/flows/adjust/mod.rs` is `flows::adjust`.
#[cfg(feature = "failpoints")]
#[must_use]
pub fn name_of_file(path: &str) -> String {
    let path = path.rsplit_once("/src/").map_or(path, |(_, path)| path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    path.strip_suffix("/mod").unwrap_or(path).replace('/', "::")
}

/// A place in the source that begins or ends a database transaction.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    #[cfg(feature = "failpoints")]
    caller: &'static Location<'static>,
}

impl Place {
    /// Where the function that asks was called.
    #[track_caller]
    pub(crate) fn of_caller() -> Self {
        Self {
            #[cfg(feature = "failpoints")]
            caller: Location::caller(),
        }
    }

    /// `what` at this place is about to happen, or has just happened. Others may run here before it goes on.
    #[cfg(feature = "failpoints")]
    pub(crate) fn pass(self, what: &'static str, when: &'static str) -> impl Future<Output = ()> + Send {
        let name = format!("{what}::{}::{when}", name_of_file(self.caller.file()));
        async move { pass(&name).await }
    }

    #[cfg(not(feature = "failpoints"))]
    pub(crate) fn pass(self, _: &'static str, _: &'static str) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }
}

/// Passes a fail point. Whoever waits for nothing may run before it goes on, as on a machine that stands still here.
#[cfg(feature = "failpoints")]
pub async fn pass(name: &str) {
    fail::fail_point!(name);
    tokio::task::yield_now().await;
}
