use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use saldo_providers::channel::ChannelFault;
use std::num::NonZeroU32;
use std::time::Duration;

/// Between two looks at whether more may leave.
const STEP: Duration = Duration::from_millis(20);
/// How long a message waits for its turn, which is well within the lease of its job.
const WAIT_MAX: Duration = Duration::from_secs(20);
/// How many messages leave as one group where nothing limits them.
const FREE_BURST: usize = 1_000;

/// How many messages may leave in a second.
pub(super) struct Pace {
    limiter: Option<(DefaultDirectRateLimiter, NonZeroU32)>,
}

impl Pace {
    pub(super) fn new(per_second: u32) -> Self {
        let limiter = NonZeroU32::new(per_second).map(|rate| (RateLimiter::direct(Quota::per_second(rate)), rate));
        Self { limiter }
    }

    /// How many messages may leave at once at the most.
    pub(super) fn burst(&self) -> usize {
        let rate = self.limiter.as_ref().and_then(|(_, rate)| usize::try_from(rate.get()).ok());
        rate.unwrap_or(FREE_BURST)
    }

    /// Waits until `count` messages may leave, [`Pace::burst`] at the most.
    ///
    /// # Errors
    /// `Busy` when their turn does not come soon.
    pub(super) async fn wait(&self, count: usize) -> Result<(), ChannelFault> {
        let Some((limiter, rate)) = &self.limiter else { return Ok(()) };
        let count = u32::try_from(count).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN).min(*rate);
        let mut waited = Duration::ZERO;
        while !matches!(limiter.check_n(count), Ok(Ok(()))) {
            if waited >= WAIT_MAX {
                let detail = "more messages wait than may leave in a second".to_owned();
                return Err(ChannelFault::Busy { detail, after: WAIT_MAX });
            }
            tokio::time::sleep(STEP).await;
            waited += STEP;
        }
        Ok(())
    }
}
