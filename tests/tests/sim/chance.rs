//! Everything that chance decides in a world follows from its seed.

use std::sync::atomic::{AtomicU64, Ordering};

use saldo_app::ambient::Entropy;

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, the same on every machine.
fn mix(state: u64) -> u64 {
    let mut z = state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of chances.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(mix(seed.wrapping_add(STEP)))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// 0 to `bound - 1`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// Once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// A place in a list of that length; none in an empty one.
    pub fn place(&mut self, length: usize) -> Option<usize> {
        let bound = u64::try_from(length).ok().filter(|length| *length > 0)?;
        usize::try_from(self.below(bound)).ok()
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        self.place(list.len()).map(|place| &list[place])
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(u64::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }
}

/// A node's randomness: another stream of the same seed.
pub struct Drawn(AtomicU64);

impl Drawn {
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(mix(seed ^ 0x5a1d_05a1_d05a_1d00)))
    }
}

impl Entropy for Drawn {
    fn fill(&self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(8) {
            let state = self.0.fetch_add(STEP, Ordering::Relaxed);
            part.copy_from_slice(&mix(state).to_le_bytes()[..part.len()]);
        }
    }
}

/// FNV-1a over everything that happened: two runs of one seed must agree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub u64);

impl Hash {
    pub const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
