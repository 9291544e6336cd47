//! Lets a test end this process at a named fail point, as a power cut would: no unwinding, no goodbye.

use std::sync::atomic::{AtomicU32, Ordering};

/// Reads `SALDO_CRASH_AT`: a fail point's name, or `name@n` for the n-th time that it is reached.
///
/// # Panics
/// When the count is not a number.
pub fn arrange() {
    let Ok(wanted) = std::env::var("SALDO_CRASH_AT") else { return };
    let (name, times) = match wanted.split_once('@') {
        Some((name, times)) => (name, times.parse().expect("SALDO_CRASH_AT=name@times")),
        None => (wanted.as_str(), 1),
    };
    let left = AtomicU32::new(times);
    let armed = fail::cfg_callback(name, move || {
        if left.fetch_sub(1, Ordering::Relaxed) == 1 {
            std::process::abort();
        }
    });
    armed.expect("fail points are compiled in");
}
