//! The data files say where they come from, and nothing that cannot be meant.

use crate::things::rules;
use jiff::civil::Time;
use saldo_domain::contact::{ClosedDay, ContactRules, OwnRules, all_rules, rules_for};
use saldo_domain::reminder::Channel;

#[test]
fn each_file_names_its_sources_and_is_no_legal_advice() {
    assert_eq!(all_rules().len(), 8);
    for rules in all_rules() {
        assert!(rules.notice.starts_with("Not legal advice: confirm with counsel."), "{}", rules.id);
        assert!(!rules.sources.is_empty() && rules.version >= 1);
        assert!(rules.sources.iter().all(|source| source.url.starts_with("https://") && source.title.len() > 10));
        assert_eq!(rules.zones.is_empty(), rules.country.is_none(), "{} has candidates for its zone", rules.id);
        assert!(rules.consent_required.iter().all(|channel| rules.allows(*channel)));
        assert!(rules.needs_consent(Channel::Sms) && !rules.needs_consent(Channel::Banner), "{}", rules.id);
    }
}

#[test]
fn rules_are_found_by_the_country_and_the_rest_get_the_cautious_ones() {
    for (country, id) in [("CO", "co"), ("co", "co"), ("Cl", "cl"), ("BR", "br"), ("AR", "default"), ("", "default")] {
        assert_eq!(rules_for(country).id, id);
    }
    let strictest = |of: fn(&ContactRules) -> u32| all_rules().iter().map(of).min().unwrap();
    let cautious = rules("default");
    assert_eq!(cautious.per_day_max, strictest(|it| it.per_day_max));
    assert_eq!(cautious.per_week_max, strictest(|it| it.per_week_max));
    assert_eq!(Some(cautious.gap_hours), all_rules().iter().map(|it| it.gap_hours).max());
    for other in all_rules() {
        for (own, theirs) in cautious.hours.days.iter().zip(other.hours.days) {
            let within = own.is_none_or(|(from, until)| theirs.is_some_and(|it| it.0 <= from && until <= it.1));
            assert!(within, "the cautious hours are within those of {}", other.id);
        }
    }
}

#[test]
fn a_file_that_cannot_be_meant_is_refused() {
    let file = include_str!("../../contact_rules/co.toml");
    assert!(ContactRules::read(file).is_ok());
    let faults = [
        ("per_day_max = 1", "per_day_max = 0"),
        ("per_week_max = 7", "per_week_max = -7"),
        ("week = \"rolling\"", "week = \"lunar\""),
        ("[\"08:00\", \"15:00\"]", "[\"15:00\", \"08:00\"]"),
        ("[\"08:00\", \"15:00\"]", "[\"8am\", \"15:00\"]"),
        ("America/Bogota", "America/Macondo"),
        ("on = \"01-06\"", "on = \"02-30\""),
        ("on = \"01-06\"", "on = \"01-06\"\neaster = 3"),
        ("moved = \"next_monday\"", "moved = \"somewhere\""),
        ("\"whatsapp\", \"letter\"", "\"pigeon\", \"letter\""),
        ("gap_hours = 0", "gap_hours = 0\nloud = true"),
    ];
    for (right, wrong) in faults {
        assert!(file.contains(right), "{right}");
        assert!(ContactRules::read(&file.replacen(right, wrong, 1)).is_err(), "{wrong}");
    }
}

#[test]
fn finance_may_only_tighten() {
    let time = |text: &str| Some(text.parse::<Time>().unwrap());
    let none = OwnRules::default;
    let weekend = vec![ClosedDay::Saturday, ClosedDay::Sunday];
    let week = ClosedDay::ALL[..5].to_vec();
    let cases = [
        ("co", none(), "fits"),
        ("co", OwnRules { from: time("09:00"), until: time("18:00"), closed: weekend.clone(), ..none() }, "fits"),
        ("co", OwnRules { from: time("06:59"), ..none() }, "contact_rules_looser"),
        ("co", OwnRules { until: time("19:01"), ..none() }, "contact_rules_looser"),
        ("co", OwnRules { until: time("19:00"), ..none() }, "fits"),
        ("co", OwnRules { per_day_max: Some(2), ..none() }, "contact_rules_looser"),
        ("co", OwnRules { per_week_max: Some(2), gap_hours: Some(72), ..none() }, "fits"),
        ("cl", OwnRules { gap_hours: Some(47), ..none() }, "contact_rules_looser"),
        ("cl", OwnRules { per_week_max: Some(3), ..none() }, "contact_rules_looser"),
        ("mx", OwnRules { from: time("07:00"), until: time("22:00"), ..none() }, "fits"),
        ("es", OwnRules { closed: week.clone(), ..none() }, "contact_hours_never"),
        ("co", OwnRules { closed: week, from: time("15:00"), ..none() }, "contact_hours_never"),
        ("mx", OwnRules { from: time("12:00"), until: time("12:00"), ..none() }, "contact_hours_never"),
        ("mx", OwnRules { per_week_max: Some(0), ..none() }, "contact_hours_never"),
    ];
    for (id, own, expected) in cases {
        let found = own.checked(rules(id)).map_or_else(|refusal| refusal.code(), |()| "fits");
        assert_eq!(found, expected, "{id} {own:?}");
    }
}
