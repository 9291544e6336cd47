//! What reads other people's bytes: each corpus, and changes of it that no coverage guides. `tests/fuzz/run` goes further.

use std::time::{Duration, Instant};

use saldo_domain::planted::Bug;
use saldo_tests::figures::record;
use saldo_tests::fuzz::{Mutator, TARGETS, Target};

/// The most changes of one corpus, and the most time for them.
const CHANGES: u64 = 20_000;
const TIME: Duration = Duration::from_secs(4);

fn feed(target: &Target, bytes: &[u8]) {
    let fed = std::panic::catch_unwind(|| (target.run)(bytes));
    assert!(fed.is_ok(), "{}: put this into its corpus: {:?}", target.name, String::from_utf8_lossy(bytes));
}

#[test]
fn no_bytes_break_what_reads_them() {
    let (mut seeds, mut changed) = (0, 0);
    for target in &TARGETS {
        let corpus = target.corpus();
        assert!(corpus.len() >= 8, "{} has {} seeds", target.name, corpus.len());
        corpus.iter().for_each(|bytes| feed(target, bytes));
        let begun = Instant::now();
        let mut mutator = Mutator::new(20_261_122);
        let changes = (0..CHANGES).take_while(|_| begun.elapsed() < TIME);
        changed += changes.map(|_| feed(target, &mutator.change(&corpus))).count();
        seeds += corpus.len();
    }
    let counted = format!("{} readers, {seeds} seeds and {changed} blind changes of them", TARGETS.len());
    record(Bug::UnescapedNote, "bytes from outside", &counted);
}

#[test]
fn the_same_seed_makes_the_same_changes() {
    let corpus = vec![b"one".to_vec(), b"two words".to_vec()];
    let changes = |seed| {
        let mut mutator = Mutator::new(seed);
        (0..50).map(|_| mutator.change(&corpus)).collect::<Vec<_>>()
    };
    assert_eq!(changes(1), changes(1));
    assert_ne!(changes(1), changes(2));
}
