//! Each planted bug shows in the simulation, in its own promise's words.

use saldo_tests::promises::planted_bugs_are_caught;

#[test]
fn each_planted_bug_is_caught() {
    planted_bugs_are_caught("sim");
}
