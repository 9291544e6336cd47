//! The only place that reads the clock or draws randomness. Everything else is handed an [`Ambient`].

use jiff::{SignedDuration, Timestamp};
use std::cell::RefCell;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// What time it is.
pub trait Clock: Send + Sync {
    /// Now, in microseconds.
    fn now(&self) -> Timestamp;
}

/// Bytes that nobody can guess.
pub trait Entropy: Send + Sync {
    /// Fills a buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The machine's clock and randomness, or those that a test steps by hand.
#[derive(Clone)]
pub struct Ambient {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    /// Microseconds that the clock is behind. Clones share it.
    behind: Arc<AtomicI64>,
    order: Arc<Mutex<Order>>,
}

/// How many ids of one millisecond stand in order: 26 bits of each count.
const COUNTED_BITS: u32 = 26;

/// The millisecond of the latest id, and what was counted in it.
#[derive(Default)]
struct Order {
    millis: u64,
    counted: u32,
}

impl Order {
    /// The first id of a millisecond begins anywhere in the lower half, so that nobody knows it; each one after it counts on
    /// (RFC 9562, 6.2, method 1). Rows that are made together then lie together in every index.
    fn place(&mut self, millis: u64, random: u32) -> u32 {
        let last = (1 << COUNTED_BITS) - 1;
        self.counted =
            if millis == self.millis && self.counted < last { self.counted + 1 } else { random & (last >> 1) };
        self.millis = millis;
        self.counted
    }
}

impl Ambient {
    /// From a clock and a source of randomness.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy, behind: Arc::default(), order: Arc::default() }
    }

    /// The machine's own.
    pub fn system() -> Self {
        Self::new(Arc::new(SystemClock), Arc::new(SystemEntropy))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        let now = self.clock.now();
        now.checked_add(self.correction()).unwrap_or(now)
    }

    /// What the clock itself shows.
    pub fn uncorrected(&self) -> Timestamp {
        self.clock.now()
    }

    /// What is added to the clock.
    pub fn correction(&self) -> SignedDuration {
        SignedDuration::from_micros(self.behind.load(Ordering::SeqCst))
    }

    /// From now on this is added to the clock.
    pub fn correct(&self, behind: SignedDuration) {
        self.behind.store(i64::try_from(behind.as_micros()).unwrap_or(0), Ordering::SeqCst);
    }

    /// A new id that sorts by time, and within a millisecond behind the one before (version 7 of RFC 9562).
    pub fn uuid_v7(&self) -> Uuid {
        let mut random = [0; 10];
        self.entropy.fill(&mut random);
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        let drawn = u32::from_be_bytes([random[0], random[1], random[2], random[3]]);
        let counted = self.order.lock().unwrap_or_else(PoisonError::into_inner).place(millis, drawn);
        // Four bits stand beside the version, eight follow, six stand beside the variant, eight follow.
        let [high, second, third, low] = counted.to_be_bytes();
        random[0] = (high << 2) | (second >> 6);
        random[1] = (second << 2) | (third >> 6);
        random[2] = third & 0x3f;
        random[3] = low;
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// 256 random bits.
    pub fn secret(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        self.entropy.fill(&mut secret);
        secret
    }
}

impl saldo_store::Stamps for Ambient {
    fn now(&self) -> Timestamp {
        Self::now(self)
    }

    fn id(&self) -> Uuid {
        self.uuid_v7()
    }
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

/// The machine's clock, some time ahead: for rehearsals of whole processes.
pub struct ShiftedClock(SignedDuration);

impl ShiftedClock {
    /// So far ahead; behind for a negative time.
    pub fn new(ahead: SignedDuration) -> Self {
        Self(ahead)
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        let now = SystemClock.now();
        now.checked_add(self.0).unwrap_or(now)
    }
}

/// The machine's randomness.
pub struct SystemEntropy;

/// Bytes that the operating system gave and nobody has yet: asked for one by one, they cost more than what they are for.
struct Drawn {
    bytes: [u8; DRAWN_BYTES],
    left: usize,
}

const DRAWN_BYTES: usize = 1_024;

impl Drawn {
    /// Hands out bytes that were never handed out, and forgets them.
    fn take(&mut self, buffer: &mut [u8]) {
        if self.left < buffer.len() {
            draw(&mut self.bytes);
            self.left = DRAWN_BYTES;
        }
        let from = self.left - buffer.len();
        buffer.copy_from_slice(&self.bytes[from..self.left]);
        self.bytes[from..self.left].fill(0);
        self.left = from;
    }
}

thread_local! {
    static DRAWN: RefCell<Drawn> = const { RefCell::new(Drawn { bytes: [0; DRAWN_BYTES], left: 0 }) };
}

#[expect(clippy::disallowed_methods, reason = "the one place that draws randomness")]
fn draw(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("the operating system gives randomness");
}

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        if buffer.len() > DRAWN_BYTES {
            return draw(buffer);
        }
        DRAWN.with_borrow_mut(|drawn| drawn.take(buffer));
    }
}

/// A clock that stands until it is moved: for tests and rehearsals.
pub struct SteppedClock(AtomicI64);

impl SteppedClock {
    /// Standing at a moment.
    pub fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.as_microsecond()))
    }

    /// Moves it to a moment.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_microsecond(), Ordering::SeqCst);
    }

    /// Moves it on.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ambient, COUNTED_BITS, DRAWN_BYTES, Entropy, Order, SteppedClock, SystemEntropy};
    use jiff::{SignedDuration, Timestamp};
    use std::sync::Arc;

    #[test]
    fn ids_stand_in_the_order_in_which_they_were_made() {
        let clock = Arc::new(SteppedClock::new(Timestamp::constant(1_772_560_800, 0)));
        let ambient = Ambient::new(clock.clone(), Arc::new(SystemEntropy));
        let mut last = ambient.uuid_v7();
        for place in 0..20_000 {
            if place % 5_000 == 0 {
                clock.advance(SignedDuration::from_millis(1));
            }
            let next = ambient.clone().uuid_v7();
            assert!(last < next, "{last} {next}");
            assert_eq!((next.get_version_num(), next.get_variant()), (7, uuid::Variant::RFC4122));
            last = next;
        }
    }

    #[test]
    fn no_randomness_is_handed_out_twice() {
        let mut seen = std::collections::HashSet::new();
        for size in [16, 32, DRAWN_BYTES, 48, 10, DRAWN_BYTES + 1].into_iter().cycle().take(600) {
            let mut bytes = vec![0; size];
            SystemEntropy.fill(&mut bytes);
            assert!(bytes.iter().any(|byte| *byte != 0));
            assert!(seen.insert(bytes));
        }
    }

    #[test]
    fn more_ids_than_can_be_counted_in_a_millisecond_begin_anew() {
        let last = (1 << COUNTED_BITS) - 1;
        let mut order = Order { millis: 5, counted: last - 1 };
        let table = [(5, u32::MAX, last), (5, 7, 7), (5, 9, 8), (4, u32::MAX, last >> 1), (6, 0, 0)];
        for (millis, random, counted) in table {
            assert_eq!(order.place(millis, random), counted, "{millis} {random}");
        }
    }
}
