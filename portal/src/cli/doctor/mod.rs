//! What an installation needs, checked one by one; what is wrong is said in one sentence each.

mod database;
mod machine;
mod outside;

use super::backup::refuse_half_a_restore;
use super::{Outcome, keys};
use saldo_app::ambient::Ambient;
use saldo_app::config::Config;

/// What one check says: how it is, or what to do.
type Said = Result<String, Box<dyn std::error::Error>>;

/// Checks everything that an installation needs.
///
/// # Errors
/// How many checks need a hand.
pub async fn doctor(config: Config) -> Outcome {
    let ambient = Ambient::system();
    let mut checks = Checks::default();
    checks.tell("configuration", Ok(format!("{:?}, {}", config.server.mode, config.server.bind)));
    // What looks further makes what is missing: keys and a database of its own.
    if let Err(half) = refuse_half_a_restore(&config) {
        checks.tell("restore", Err(half));
        return checks.end();
    }
    checks.tell("link keys", keys::load(&config, &ambient).map(|keys| format!("signing with {}", keys.current().id())));
    machine::check(&config, &mut checks).await;
    database::check(&config, &ambient, &mut checks).await;
    outside::check(&config, &ambient, &mut checks).await;
    checks.end()
}

#[derive(Default)]
struct Checks {
    failed: u32,
}

impl Checks {
    fn end(&self) -> Outcome {
        if self.failed == 0 { Ok(()) } else { Err(format!("{} of the checks above need a hand", self.failed).into()) }
    }

    fn tell(&mut self, what: &str, outcome: Said) {
        match outcome {
            Ok(text) => println!("ok    {what}: {text}"),
            Err(error) => {
                self.failed += 1;
                println!("mend  {what}: {error}");
            }
        }
    }
}

/// A length of time as people say it, in its largest unit.
fn long(time: jiff::SignedDuration) -> String {
    let seconds = time.abs().as_secs();
    match seconds {
        0..120 => format!("{seconds} seconds"),
        120..7_200 => format!("{} minutes", seconds / 60),
        7_200..172_800 => format!("{} hours", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Whether this machine's clock agrees with another one.
fn clocks(theirs: jiff::Timestamp, whose: &str, ours: jiff::Timestamp) -> Said {
    let ahead = ours.duration_since(theirs);
    if ahead.abs() <= jiff::SignedDuration::from_secs(60) {
        return Ok(format!("agrees with {whose}"));
    }
    let side = if ahead.is_positive() { "ahead of" } else { "behind" };
    Err(format!("this machine's clock is {} {side} {whose}: let it be set by NTP", long(ahead)).into())
}

#[cfg(test)]
mod tests {
    use super::{clocks, long};
    use jiff::{SignedDuration, Timestamp};

    #[test]
    fn times_are_said_in_their_largest_unit() {
        for (seconds, said) in [(0, "0 seconds"), (119, "119 seconds"), (-240, "4 minutes"), (7_200, "2 hours")] {
            assert_eq!(long(SignedDuration::from_secs(seconds)), said);
        }
        assert_eq!(long(SignedDuration::from_hours(24 * 9)), "9 days");
    }

    #[test]
    fn a_clock_that_is_four_minutes_wrong_is_named_with_its_side() {
        let now = Timestamp::constant(1_780_000_000, 0);
        let minutes = SignedDuration::from_mins;
        assert!(clocks(now + minutes(1), "Stripe", now).is_ok());
        let said = |by| clocks(now + by, "Stripe", now).expect_err("it is wrong").to_string();
        assert!(said(minutes(4)).contains("4 minutes behind Stripe"));
        assert!(said(minutes(-4)).contains("4 minutes ahead of Stripe"));
    }
}
