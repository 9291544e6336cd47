use super::caps::Caps;
use super::hours::{HORIZON, Hours};
use super::{ContactPreference, ContactRules, OwnRules};
use crate::Refusal;
use crate::calendar::{Timestamp, Zone};
use crate::planted::{self, Bug};
use crate::reminder::{Channel, Contact, Hold};

/// Whether a person may be reached at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Now.
    Open,
    /// Not now.
    Closed {
        /// The first moment at which it may, if nothing else happens meanwhile; later than now.
        until: Timestamp,
        /// What keeps it closed longest.
        why: Hold,
    },
}

/// Whether a message may leave by a channel now: hours, holidays, caps and gap, and it is open only where it is open in every
/// one of the zones. `contacts` stand oldest first and none is later than `now`. A wish that would leave no hour at all is
/// passed over: silence for good is an opt-out, not an hour. Where the rules themselves leave none, the answer is to ask
/// again in sixty days.
///
/// # Errors
/// `zone_unknown` without a zone, `date_out_of_range` at the end of the calendar.
pub fn opening(
    rules: &ContactRules,
    own: &OwnRules,
    wish: Option<&ContactPreference>,
    zones: &[Zone],
    channel: Channel,
    contacts: &[Contact],
    now: Timestamp,
) -> Result<Opening, Refusal> {
    if zones.is_empty() {
        return Err(Refusal::ZoneUnknown(String::new()));
    }
    let fixed: Vec<Zone>;
    let zones = match planted::is(Bug::OffsetFixedWhenScheduled) {
        true => {
            fixed = zones.iter().map(|zone| zone.fixed_at(now)).collect();
            &fixed
        }
        false => zones,
    };
    let wish = wish.filter(|wish| wish.from.is_some() || wish.until.is_some());
    let hours = Hours { rules, own, wish, zones };
    let caps = Caps::new(rules, own, zones, contacts, channel);
    let (quiet, cap) = (hours.closed(now), caps.closed(now)?);
    if quiet.is_none() && cap.is_none() {
        return Ok(Opening::Open);
    }
    if let Some(found) = closed(&hours, &caps, quiet, cap, now)? {
        return Ok(found);
    }
    if wish.is_some() {
        return opening(rules, own, None, zones, channel, contacts, now);
    }
    let until = now.checked_add(HORIZON).map_err(|_| Refusal::DateOutOfRange)?;
    Ok(Opening::Closed { until, why: Hold::OutsideHours })
}

/// One channel a week ([`ContactRules::one_channel_a_week`]): the channel by which the person was reached this week, and
/// until when no other one may be used. A message that bounced reached nobody.
pub fn week_channel(
    rules: &ContactRules,
    zone: &Zone,
    contacts: &[Contact],
    now: Timestamp,
) -> Option<(Channel, Timestamp)> {
    super::caps::week_channel(rules, zone, contacts, now)
}

/// The first moment that is open and within no cap, and what holds it longest; none where no hour is left.
fn closed(
    hours: &Hours<'_>,
    caps: &Caps<'_>,
    quiet: Option<Hold>,
    cap: Option<(Timestamp, Hold)>,
    now: Timestamp,
) -> Result<Option<Opening>, Refusal> {
    let Some(mut until) = hours.next_open(now)? else { return Ok(None) };
    let mut why = quiet.unwrap_or(Hold::OutsideHours);
    if let Some((free_at, cap)) = cap
        && (quiet.is_none() || free_at > until)
    {
        why = cap;
    }
    while let Some((free_at, _)) = caps.closed(until)? {
        match hours.next_open(free_at)? {
            Some(next) => until = next,
            None => return Ok(None),
        }
    }
    Ok(Some(Opening::Closed { until, why }))
}
