use super::Hold;
use crate::Refusal;
use crate::calendar::{Date, Timestamp, Zone, plus_days};
use crate::snapshot::DebtorSnapshot;
use jiff::SignedDuration;

/// How long to wait before asking again where nobody knows when it ends: a payment under way, books that are too old.
const RECHECK: SignedDuration = SignedDuration::from_hours(1);

/// Until which day nothing at all is sent, and why.
pub(super) fn silence(snapshot: &DebtorSnapshot, zone: &Zone, today: Date) -> Result<Option<(Date, Hold)>, Refusal> {
    let mut last: Option<(Date, Hold)> = None;
    let holds = snapshot.holds.iter().filter(|hold| hold.is_live(today)).map(|hold| Ok((hold.until_on, Hold::Manual)));
    let transfers = snapshot.transfers.iter().filter(|transfer| transfer.is_live(zone, today));
    let transfers = transfers.map(|transfer| Ok((transfer.silent_until(zone)?, Hold::DeclaredTransfer)));
    for found in holds.chain(transfers) {
        let (on, why) = found?;
        if last.is_none_or(|(known, _)| on > known) {
            last = Some((on, why));
        }
    }
    last.map(|(on, why)| Ok((plus_days(on, 1)?, why))).transpose()
}

/// The first moment of a local date; where that is over already, an hour from now.
pub(super) fn day_begins(zone: &Zone, on: Date, now: Timestamp) -> Result<Timestamp, Refusal> {
    let begins_at = zone.moment(on, jiff::civil::Time::midnight())?;
    if begins_at > now { Ok(begins_at) } else { in_an_hour(now) }
}

pub(super) fn in_an_hour(now: Timestamp) -> Result<Timestamp, Refusal> {
    now.checked_add(RECHECK).map_err(|_| Refusal::DateOutOfRange)
}
