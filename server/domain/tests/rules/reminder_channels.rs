//! By which channel a reminder leaves, over random lives: consent, withdrawal, returned messages, wishes, several countries.

use crate::things::{account_id, date, item, money, snapshot, tries, utc, zone};
use jiff::SignedDuration;
use jiff::civil::{Weekday, time};
use proptest::prelude::*;
use saldo_domain::calendar::{Date, Timestamp, Zone, plus_days};
use saldo_domain::consent::{ChannelConsent, ConsentSource, ConsentState};
use saldo_domain::contact::{ContactPreference, OwnRules};
use saldo_domain::reminder::{Channel, Contact, ContactOutcome, Decision, DunningPolicy, decide};
use saldo_domain::snapshot::DebtorSnapshot;

/// What a law says, written down once more, apart from the files that the product reads.
struct Law {
    country: &'static str,
    currency: &'static str,
    zone: &'static str,
    weekdays: (i8, i8),
    saturday: Option<(i8, i8)>,
    consent: &'static [Channel],
    one_channel: bool,
    per_week: usize,
}

const TALK: &[Channel] = &[Channel::Sms, Channel::Whatsapp, Channel::Call];
const DIRECT: &[Channel] = &[Channel::Email, Channel::Sms, Channel::Whatsapp, Channel::Call];

const LAWS: [Law; 4] = [
    Law {
        country: "CO",
        currency: "COP",
        zone: "America/Bogota",
        weekdays: (7, 19),
        saturday: Some((8, 15)),
        consent: DIRECT,
        one_channel: true,
        per_week: 7,
    },
    Law {
        country: "BR",
        currency: "BRL",
        zone: "America/Sao_Paulo",
        weekdays: (9, 19),
        saturday: None,
        consent: TALK,
        one_channel: false,
        per_week: 3,
    },
    Law {
        country: "US",
        currency: "USD",
        zone: "America/Denver",
        weekdays: (8, 21),
        saturday: Some((8, 21)),
        consent: TALK,
        one_channel: false,
        per_week: 3,
    },
    Law {
        country: "MX",
        currency: "MXN",
        zone: "America/Tijuana",
        weekdays: (7, 22),
        saturday: Some((7, 22)),
        consent: TALK,
        one_channel: false,
        per_week: 3,
    },
];

const HAD: [Channel; 5] = [Channel::Email, Channel::Sms, Channel::Whatsapp, Channel::Letter, Channel::Call];

#[derive(Debug, Clone)]
enum Event {
    Hours(u16),
    Issue(i32),
    Consent(Channel, ConsentState),
    Wish(Option<Channel>, Option<i8>),
    Address(Channel),
    ComesBack,
}

fn event() -> impl Strategy<Value = Event> {
    let states = [
        ConsentState::Given,
        ConsentState::Given,
        ConsentState::Withdrawn,
        ConsentState::Bounced,
        ConsentState::Complained,
    ];
    let channel = || prop::sample::select(&HAD[..]);
    prop_oneof![
        14 => (1_u16..50).prop_map(Event::Hours),
        2 => (-20_i32..20).prop_map(Event::Issue),
        4 => (channel(), prop::sample::select(states.to_vec())).prop_map(|(on, state)| Event::Consent(on, state)),
        1 => (prop::option::of(channel()), prop::option::of(8_i8..18)).prop_map(|(on, from)| Event::Wish(on, from)),
        1 => channel().prop_map(Event::Address),
        2 => Just(Event::ComesBack),
    ]
}

fn life(law: &Law, channels: Vec<Channel>) -> DebtorSnapshot {
    let amount = money(&format!("100{} {}", if law.currency == "COP" { "000.00" } else { ".00" }, law.currency));
    let mut it = snapshot(vec![item("F-first", date("2026-03-12"), amount)]);
    it.creditor.country = law.country.to_owned();
    it.debtor.country = Some(law.country.to_owned());
    it.debtor.zone = Some(zone(law.zone));
    it.debtor.phone = Some("+525512345678".to_owned());
    it.debtor.postal_address = Some("Calle 1\n06000 Ciudad".to_owned());
    let mut policy = DunningPolicy::standard(amount.currency());
    policy.own_rules = OwnRules::default();
    policy.steps.iter_mut().for_each(|step| step.channels.clone_from(&channels));
    it.dunning.truncate(1);
    it.dunning[0].policy = policy;
    it
}

fn apply(it: &mut DebtorSnapshot, now: &mut Timestamp, event: &Event, count: usize) {
    match event {
        Event::Hours(hours) => *now += SignedDuration::from_hours(i64::from(*hours)),
        Event::Issue(days) => {
            let amount = it.accounts[0].items[0].outstanding;
            let due_on = plus_days(zone("UTC").date_at(*now), *days).unwrap();
            it.accounts[0].items.push(item(&format!("F-{count}"), due_on, amount));
        }
        Event::Consent(channel, state) => {
            it.consents.retain(|known| known.channel != *channel);
            it.consents.push(ChannelConsent {
                channel: *channel,
                state: *state,
                at: *now,
                source: ConsentSource::Debtor,
                proof: String::new(),
                address: None,
            });
        }
        Event::Wish(channel, from) => {
            let from = from.map(|hour| time(hour, 0, 0, 0));
            it.preference = Some(ContactPreference { channel: *channel, from, until: None });
        }
        Event::Address(Channel::Email) => drop(it.debtor.email.take()),
        Event::Address(Channel::Letter) => drop(it.debtor.postal_address.take()),
        Event::Address(_) => it.debtor.phone = Some("55 1234 5678".to_owned()),
        Event::ComesBack => {
            if let Some(last) = it.contacts.last_mut().filter(|last| last.outcome == ContactOutcome::Left) {
                last.outcome = ContactOutcome::CameBack;
            }
        }
    }
}

fn has_address(it: &DebtorSnapshot, channel: Channel) -> bool {
    match channel {
        Channel::Email => it.debtor.email.is_some(),
        Channel::Letter => it.debtor.postal_address.is_some(),
        _ => it.debtor.phone.as_deref().is_some_and(|phone| phone.starts_with('+')),
    }
}

fn may_be_used(law: &Law, it: &DebtorSnapshot, channel: Channel) -> bool {
    let state = it.consents.iter().find(|known| known.channel == channel).map(|known| known.state);
    let allowed = match state {
        Some(ConsentState::Given) => true,
        Some(_) => false,
        None => !law.consent.contains(&channel),
    };
    allowed && has_address(it, channel)
}

fn days_between(there: &Zone, at: Timestamp, today: Date) -> i32 {
    there.date_at(at).until(today).unwrap().get_days()
}

fn may_be_sent(law: &Law, it: &DebtorSnapshot, channel: Channel, now: Timestamp) -> Result<(), TestCaseError> {
    prop_assert!(may_be_used(law, it, channel), "{channel:?} may not be used");
    let there = zone(law.zone);
    let (today, hour) = (there.date_at(now), there.time_at(now).hour());
    let open = match today.weekday() {
        Weekday::Sunday => None,
        Weekday::Saturday => law.saturday,
        _ => Some(law.weekdays),
    };
    prop_assert!(open.is_some_and(|(from, until)| (from..until).contains(&hour)), "{today} {hour}h");
    let wished = it.preference.as_ref().and_then(|wish| wish.from);
    prop_assert!(wished.is_none_or(|from| hour >= from.hour()), "before the wished hour");
    let counted: Vec<&Contact> = it.contacts.iter().filter(|known| known.outcome != ContactOutcome::Refused).collect();
    prop_assert!(counted.iter().all(|known| there.date_at(known.handed_off_at) != today), "twice a day");
    let week: Vec<_> = counted.iter().filter(|known| days_between(&there, known.handed_off_at, today) < 7).collect();
    prop_assert!(week.len() < law.per_week, "{} in seven days", week.len());
    let other = week.iter().any(|known| known.channel != channel && known.outcome == ContactOutcome::Left);
    prop_assert!(!(law.one_channel && other), "a second channel in one week");
    Ok(())
}

/// Whether a stop for want of a channel, or of an address, is one.
fn stops_with_reason(law: &Law, it: &DebtorSnapshot, ladder: &[Channel], decision: &Decision) -> bool {
    use saldo_domain::reminder::StopReason::{LadderEnded, NoAddress, OptedOut};
    let untried = |channel: &Channel| it.contacts.iter().all(|known| known.channel != *channel);
    match decision {
        Decision::Stop { why: NoAddress | OptedOut } => {
            !ladder.iter().any(|channel| may_be_used(law, it, *channel) && untried(channel))
        }
        Decision::Stop { why } => *why == LadderEnded,
        _ => true,
    }
}

proptest! {
    #![proptest_config(tries(1_500))]

    #[test]
    fn no_message_leaves_by_a_channel_that_may_not_be_used(
        place in 0..LAWS.len(),
        ladder in prop::sample::subsequence(HAD.to_vec(), 1..=HAD.len()).prop_shuffle(),
        start in 0_i64..(2 * 365 * 24),
        events in prop::collection::vec(event(), 1..80),
    ) {
        let law = &LAWS[place];
        let mut it = life(law, ladder.clone());
        prop_assert_eq!(it.accounts[0].id, account_id());
        let mut now = utc("2025-10-01T00:00:00Z") + SignedDuration::from_hours(start) + SignedDuration::from_mins(7);
        for (count, event) in events.iter().enumerate() {
            apply(&mut it, &mut now, event, count);
            let decision = decide(&it, &HAD, now).unwrap();
            prop_assert!(stops_with_reason(law, &it, &ladder, &decision), "{:?}", decision);
            let Decision::Send { step, channel, items, .. } = decision else { continue };
            prop_assert!(ladder.contains(&channel), "a channel that the ladder does not name");
            prop_assert!(!it.contacts.iter().any(|known| known.step == step && known.channel == channel), "tried twice");
            prop_assert!(!it.contacts.iter().any(|known| known.step == step && known.says()), "said twice");
            may_be_sent(law, &it, channel, now)?;
            let outcome = ContactOutcome::Left;
            it.contacts.push(Contact { handed_off_at: now, channel, step, invoice_ids: items, outcome });
        }
    }
}
