//! Importing files through the flow, on both databases: what is booked, what is refused, what a second import does.

mod amendments;
mod booking;
mod faults;
mod harness;
mod mappings;
mod real_file;
