//! How much one caller may ask in a minute.

use crate::config::Limits;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;

/// One bucket for each caller at each kind of door.
pub struct Limiters {
    api: DefaultKeyedRateLimiter<String>,
    doors: DefaultKeyedRateLimiter<String>,
}

impl Limiters {
    /// From the configured rates.
    pub fn new(limits: &Limits) -> Self {
        let per_minute = |count| Quota::per_minute(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN));
        Self {
            api: RateLimiter::keyed(per_minute(limits.api_per_minute)),
            doors: RateLimiter::keyed(per_minute(limits.doors_per_minute)),
        }
    }

    /// Whether this API key may ask once more.
    pub fn api(&self, key: &str) -> bool {
        self.api.check_key(&key.to_owned()).is_ok()
    }

    /// Whether this address may knock once more at a door that guards a link, a session or a sign-in.
    pub fn door(&self, address: &str) -> bool {
        self.doors.check_key(&address.to_owned()).is_ok()
    }

    /// Forgets callers that have been quiet.
    pub fn forget_quiet(&self) {
        self.api.retain_recent();
        self.doors.retain_recent();
    }
}
