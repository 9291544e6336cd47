//! The worklist of calls: who is to be called, by whom, whether it may be done now, and what came of it.
//!
//! Whether a task still stands is never written down as time passes: it is asked of the books whenever somebody looks, and
//! again under the debtor's lock when a call begins.

mod call;
mod list;

pub use call::{Report, assign, begin, clear, report};
pub use list::{AgentDay, Task, TaskDetail, Tasks, agents, list, open};
pub use saldo_store::call::{AgentCount, CallEnd, CallRow};
pub use saldo_store::call_task::{CallTaskOwner, CallTaskRow};
