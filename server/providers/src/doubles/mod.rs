//! Stand-ins for the outside world, for tests only: they listen on 127.0.0.1, keep state, and misbehave on command.

mod broken;
pub mod messages;
pub mod smtp;
pub mod stripe;

use saldo_domain::calendar::Timestamp;
use std::sync::Arc;

/// What time it is for a double.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
