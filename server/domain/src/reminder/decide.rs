use super::ladder::{Rung, ladder_for, rungs};
use super::policy::ActiveDunning;
use super::silence::{day_begins, in_an_hour, silence};
use super::usable::Usable;
use super::{Channel, Contact, DunningStep, Hold, StopReason};
use crate::Refusal;
use crate::calendar::{Date, Timestamp, Zone};
use crate::chase::{Chase, Claim, chase};
use crate::contact::{self, ContactRules, Opening, OwnRules};
use crate::currency::Currency;
use crate::ids::{InvoiceId, PolicyId};
use crate::money::Money;
use crate::snapshot::DebtorSnapshot;
use jiff::SignedDuration;

/// What to do about one debtor now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// One message with these items.
    Send {
        /// The step.
        step: DunningStep,
        /// The rung that says it.
        rung: RungRef,
        /// How.
        channel: Channel,
        /// Everything that may be chased and is due or on its ladder, oldest due first; for an announcement the items of
        /// the plan.
        items: Vec<InvoiceId>,
    },
    /// Ask again at that moment.
    Wait {
        /// When.
        until: Timestamp,
        /// Why.
        why: Hold,
    },
    /// Nothing to ask again until the ledger, the debtor or the policy changes.
    Stop {
        /// Why.
        why: StopReason,
    },
}

/// A rung of a version of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RungRef {
    /// The version.
    pub policy_id: PolicyId,
    /// The place among its steps.
    pub place: usize,
}

/// Decides over one debtor at a moment, with the channels that the installation can use. What may be chased at all is
/// [`chase`]'s, when and how often the contact rules of the debtor's country say; a rung outside of the calendar is never
/// reached.
///
/// Where a new version of the policy meets a debtor in mid-ladder: a rung that was reached before the version began is not
/// made up for if any message has named the claim, and the first rung reached after it is the next one.
///
/// # Errors
/// `date_out_of_range` for moments at the end of the calendar.
pub fn decide(snapshot: &DebtorSnapshot, channels: &[Channel], now: Timestamp) -> Result<Decision, Refusal> {
    if !snapshot.owes() {
        return Ok(Decision::Stop { why: StopReason::Paid });
    }
    if !snapshot.open_attempts.is_empty() {
        return Ok(Decision::Wait { until: in_an_hour(now)?, why: Hold::PendingPayment });
    }
    let zone = snapshot.debtor.zone(&snapshot.creditor);
    let today = zone.date_at(now);
    let chase = chase(snapshot, now)?;
    let climb = Climb::new(snapshot, channels, &chase, (zone, today), now);
    if let Some((until_on, why)) = silence(snapshot, zone, today)? {
        return climb.wait_for(until_on, why);
    }
    match chase.held {
        None if chase.claims.is_empty() => Ok(Decision::Stop { why: StopReason::Disputed }),
        _ => climb.decide(),
    }
}

/// One debtor's way up its ladders.
struct Climb<'a> {
    snapshot: &'a DebtorSnapshot,
    chase: &'a Chase,
    zone: &'a Zone,
    today: Date,
    now: Timestamp,
    rules: &'static ContactRules,
    usable: Usable,
    ladders: Vec<(Currency, &'a ActiveDunning)>,
}

/// A rung that is to be said now.
struct Chosen<'a> {
    ladder: &'a ActiveDunning,
    rung: Rung<'a>,
    announced: bool,
}

/// What one look over the rungs found beside the one to be said.
#[derive(Default)]
struct Seen {
    /// The first day on which another rung is reached.
    next: Option<Date>,
    /// Rungs that no channel can say.
    mute: bool,
    /// Rungs for which too little is asked.
    below: bool,
}

impl<'a> Climb<'a> {
    fn new(
        snapshot: &'a DebtorSnapshot,
        channels: &[Channel],
        chase: &'a Chase,
        (zone, today): (&'a Zone, Date),
        now: Timestamp,
    ) -> Self {
        let rules = contact::rules_for(snapshot.debtor.country(&snapshot.creditor));
        let ladders = snapshot.accounts.iter().filter(|account| account.owes());
        let ladders = ladders.filter_map(|account| Some((account.currency, ladder_for(snapshot, account, now)?)));
        let (usable, ladders) = (Usable::of(snapshot, rules, channels), ladders.collect());
        Self { snapshot, chase, zone, today, now, rules, usable, ladders }
    }

    fn decide(&self) -> Result<Decision, Refusal> {
        if self.ladders.is_empty() {
            return Ok(Decision::Stop { why: StopReason::NoPolicy });
        }
        let mut seen = Seen::default();
        let due = self.chase.claims.iter().filter(|claim| !claim.is_charge);
        let due = self.best(due, false, &mut seen);
        let announced = self.best(self.chase.announced.iter(), true, &mut seen);
        match due.or(announced) {
            Some(chosen) => self.say(&chosen, &seen),
            None => self.rest(&seen),
        }
    }

    /// Of the latest rung that each claim has reached and nobody has said, the highest that a channel may still say.
    fn best(&self, claims: impl Iterator<Item = &'a Claim>, announced: bool, seen: &mut Seen) -> Option<Chosen<'a>> {
        let mut best: Option<Chosen<'a>> = None;
        for claim in claims {
            let Some(ladder) = self.ladder(claim.amount.currency()) else { continue };
            let asked = self.asked(claim.amount.currency());
            let mut latest = None;
            for rung in rungs(ladder, claim, announced) {
                if !self.usable.any(&rung.says.channels) {
                    seen.mute = true;
                } else if rung.says.amount_min.is_some_and(|min| asked.minor() < min.minor()) {
                    seen.below = true;
                } else if rung.reached_on <= self.today {
                    latest = Some(rung);
                } else {
                    seen.next = Some(seen.next.map_or(rung.reached_on, |known| known.min(rung.reached_on)));
                    break;
                }
            }
            let Some(rung) = latest.filter(|rung| !self.is_said(ladder, claim, rung)) else { continue };
            if self.untried(&rung).next().is_none() {
                seen.mute = true;
                continue;
            }
            let height = |chosen: &Chosen<'_>| (chosen.rung.step.offset, chosen.rung.step.due_on);
            let chosen = Chosen { ladder, rung, announced };
            if best.as_ref().is_none_or(|known| height(&chosen) > height(known)) {
                best = Some(chosen);
            }
        }
        best
    }

    /// The channels by which a rung may still be said: the debtor can be reached there, and none of them refused it.
    fn untried<'c>(&'c self, rung: &Rung<'c>) -> impl Iterator<Item = Channel> + 'c {
        let step = rung.step;
        let tried = move |channel: Channel| {
            self.snapshot.contacts.iter().any(|contact| contact.step == step && contact.channel == channel)
        };
        let channels = rung.says.channels.iter().copied();
        channels.filter(move |channel| self.usable.has(*channel) && !tried(*channel))
    }

    fn ladder(&self, currency: Currency) -> Option<&'a ActiveDunning> {
        self.ladders.iter().find(|(of, _)| *of == currency).map(|(_, ladder)| *ladder)
    }

    /// What an account asks for in all; more than can be summed is more than any minimum.
    fn asked(&self, currency: Currency) -> Money {
        let claims = self.chase.claims.iter().chain(&self.chase.announced);
        let amounts = claims.map(|claim| claim.amount).filter(|amount| amount.currency() == currency);
        Money::sum(currency, amounts).unwrap_or(Money::new(i64::MAX, currency))
    }

    /// Whether a message that named the claim has left since the rung was reached, or this very step was said, or the rung
    /// was reached under another version that had begun to speak of the claim.
    fn is_said(&self, ladder: &ActiveDunning, claim: &Claim, rung: &Rung<'_>) -> bool {
        let names = |contact: &Contact| contact.invoice_ids.iter().any(|id| claim.invoice_ids.contains(id));
        self.snapshot.contacts.iter().filter(|contact| contact.says()).any(|contact| {
            contact.step == rung.step
                || (names(contact)
                    && (self.zone.date_at(contact.handed_off_at) >= rung.reached_on
                        || (contact.handed_off_at < ladder.from_at
                            && rung.reached_on < self.zone.date_at(ladder.from_at))))
        })
    }

    fn say(&self, chosen: &Chosen<'a>, seen: &Seen) -> Result<Decision, Refusal> {
        let policy = &chosen.ladder.policy;
        if let (Some(hours), Some(fresh_at)) = (policy.stale_after_hours, self.snapshot.data_fresh_at)
            && self.now.duration_since(fresh_at) > SignedDuration::from_hours(i64::from(hours))
        {
            return Ok(Decision::Wait { until: in_an_hour(self.now)?, why: Hold::StaleData });
        }
        let untried: Vec<Channel> = self.untried(&chosen.rung).collect();
        let wish = self.snapshot.preference.as_ref();
        let wished = wish.and_then(|wish| wish.channel).filter(|wished| untried.contains(wished));
        let Some(first) = wished.or_else(|| untried.first().copied()) else { return self.rest(seen) };
        let (contacts, own) = (&self.snapshot.contacts, &policy.own_rules);
        let zones = self.rules.zones_of(&self.snapshot.debtor, &self.snapshot.creditor);
        let channel = match contact::week_channel(self.rules, self.zone, contacts, self.now) {
            Some((used, until)) if first != used && first.reaches_out() => {
                match untried.iter().find(|channel| **channel == used || !channel.reaches_out()) {
                    Some(channel) => *channel,
                    None => return Ok(Decision::Wait { until, why: Hold::OneChannelAWeek }),
                }
            }
            _ => first,
        };
        if channel.reaches_out()
            && let Opening::Closed { until, why } =
                contact::opening(self.rules, own, wish, zones, channel, contacts, self.now)?
        {
            return Ok(Decision::Wait { until, why });
        }
        let items = match chosen.announced {
            true => self.items(self.chase.announced.iter().filter(|claim| claim.due_on == chosen.rung.step.due_on)),
            false => self.items(self.chase.claims.iter().filter(|claim| self.speaks_of(claim))),
        };
        let rung = RungRef { policy_id: chosen.ladder.id, place: chosen.rung.place };
        Ok(Decision::Send { step: chosen.rung.step, rung, channel, items })
    }

    /// Whether a message names a claim: it is on its ladder.
    fn speaks_of(&self, claim: &Claim) -> bool {
        let Some(ladder) = self.ladder(claim.amount.currency()) else { return false };
        rungs(ladder, claim, false).next().is_some_and(|first| first.reached_on <= self.today)
    }

    fn items<'c>(&self, claims: impl Iterator<Item = &'c Claim>) -> Vec<InvoiceId> {
        claims.flat_map(|claim| claim.invoice_ids.iter().copied()).collect()
    }

    /// Nothing is to be said today.
    fn rest(&self, seen: &Seen) -> Result<Decision, Refusal> {
        let held = self.chase.held;
        let next = [seen.next, held.map(|(on, _)| on)].into_iter().flatten().min();
        let Some(on) = next else {
            let why = match (seen.mute, seen.below) {
                (true, _) => self.usable.why(),
                (_, true) => StopReason::BelowMinimum,
                _ => StopReason::LadderEnded,
            };
            return Ok(Decision::Stop { why });
        };
        let why = match held {
            Some((_, why)) if self.chase.claims.is_empty() => why,
            _ => Hold::NotYetDue,
        };
        self.wait_for(on, why)
    }

    /// Until messages may leave on that day: no use to look before.
    fn wait_for(&self, on: Date, why: Hold) -> Result<Decision, Refusal> {
        let day = day_begins(self.zone, on, self.now)?;
        let zones = self.rules.zones_of(&self.snapshot.debtor, &self.snapshot.creditor);
        let none = OwnRules::default();
        let own = self.ladders.first().map_or(&none, |(_, ladder)| &ladder.policy.own_rules);
        let wish = self.snapshot.preference.as_ref();
        let until = match contact::opening(self.rules, own, wish, zones, Channel::Email, &self.snapshot.contacts, day)?
        {
            Opening::Open => day,
            Opening::Closed { until, .. } => until,
        };
        Ok(Decision::Wait { until, why })
    }
}
