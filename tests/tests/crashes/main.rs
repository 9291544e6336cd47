//! The real binary dies: killed at any moment and at named places, with its database, with the power, in the middle of an
//! upgrade. What it has accepted is there afterwards, once. P8 and P14.

mod book;
mod client;
mod cut_short;
mod drill;
mod installation;
mod kills;
mod load;
mod postmaster;
mod power;
mod upgrades;

use saldo_tests::promises::planted_bugs_are_caught;

#[test]
fn each_planted_bug_is_caught() {
    planted_bugs_are_caught("crashes");
}
