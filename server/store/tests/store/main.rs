//! The store from outside, every test on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod claims;
mod codes;
mod consents;
mod decisions;
mod groups;
mod harness;
mod jobs;
mod journal;
mod keys;
mod leases;
mod list_pages;
mod list_plans;
mod lists;
mod members;
mod messages;
mod methods;
mod migrations;
mod outbound;
mod parity;
mod payment_plans;
mod payments;
mod plans;
mod policies;
mod reminders;
mod small_tables;
mod snapshot;
mod tenants;
mod uploads;
mod walls;
mod widgets;
mod world;
mod writers;
