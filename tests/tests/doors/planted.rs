//! Each promise that is tested here fails with its bug.

use saldo_tests::promises::planted_bugs_are_caught;

#[test]
fn each_planted_bug_is_caught() {
    planted_bugs_are_caught("doors");
}
