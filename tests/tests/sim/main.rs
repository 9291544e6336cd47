//! Years of payments, reminders, faults and crashes in seconds: the real flows and jobs on a real database, with simulated
//! time and chance from a seed. An auditor with books of its own looks after every step.
//!
//! `SALDO_SIM_SEEDS` and `SALDO_SIM_OPERATIONS` make it longer; `SALDO_SIM_SEED=n` replays one seed with its trace and
//! keeps the database of one that fails.

mod auditor;
mod autopay;
mod bank;
mod chance;
mod contact;
mod debtors;
mod directed;
mod events;
mod feed;
mod fencing;
mod finance;
mod ground;
mod imports;
mod mended;
mod node;
mod nodes;
mod points;
mod post;
mod progress;
mod promises;
mod provider;
mod schedules;
mod seat;
mod seeds;
mod tally;
mod terms;
mod till;
mod vault;
mod world;

/// The one that `saldo` has.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;
