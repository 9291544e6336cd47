//! Importing files through the flow, on both databases: what is booked, what is refused, what a second import does.

#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "a test fails by panicking; tables have wide rows")]

mod amendments;
mod booking;
mod faults;
mod harness;
mod mappings;
mod real_file;
