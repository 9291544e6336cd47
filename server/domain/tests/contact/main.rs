//! The law's contact rules as tables that a controller can read, beside properties over every zone and clock change.
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod caps;
mod clock_changes;
mod consent;
mod files;
mod holidays;
mod hours;
#[path = "../rules/table.rs"]
mod table;
mod things;
