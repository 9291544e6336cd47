//! The only place that reads the clock or draws randomness. Everything else is handed an [`Ambient`].

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
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
}

impl Ambient {
    /// From a clock and a source of randomness.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy, behind: Arc::default() }
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

    /// A new id that sorts by time (version 7 of RFC 9562).
    pub fn uuid_v7(&self) -> Uuid {
        let mut random = [0; 10];
        self.entropy.fill(&mut random);
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
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

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the one place that draws randomness")]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system gives randomness");
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
