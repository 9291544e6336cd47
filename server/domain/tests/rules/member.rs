//! Roles, waits and passwords.

use crate::table::rows;
use jiff::SignedDuration;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{ApiKeyId, DebtorId, MemberId};
use saldo_domain::member::{Member, MemberState, Permission, Role, checked_password, keep_an_owner, wait_after};
use serde_json::json;
use uuid::Uuid;

const ROLES: &str = "
    role    | read | contact | plans | money | terms | import | members | extra_discount_bps
    viewer  | yes  | no      | no    | no    | no    | no     | no      | 0
    agent   | yes  | yes     | yes   | no    | no    | no     | no      | 300
    finance | yes  | yes     | yes   | yes   | yes   | yes    | no      | 1500
    owner   | yes  | yes     | yes   | yes   | yes   | yes    | yes     | 10000
";

#[test]
fn each_role_may_what_the_table_says() {
    let table = rows(ROLES);
    assert_eq!(table.len(), Role::ALL.len());
    for row in table {
        let role = Role::named(row.get("role")).unwrap();
        for permission in Permission::ALL {
            let column = serde_json::to_value(permission).unwrap();
            row.expect(column.as_str().unwrap(), if role.may(permission) { "yes" } else { "no" });
        }
        row.expect("extra_discount_bps", role.extra_discount_max_bps());
        assert_eq!(serde_json::to_value(role).unwrap(), json!(role.name()));
    }
    assert_eq!(Role::named("admin"), None);
}

const WAITS: &str = "
    wrong_in_a_row | minutes
    0              | none
    1              | none
    4              | none
    5              | 1
    6              | 2
    7              | 4
    8              | 8
    9              | 16
    10             | 32
    11             | 60
    12             | 60
    4294967295     | 60
";

#[test]
fn each_wrong_answer_from_the_fifth_on_doubles_the_wait_up_to_an_hour() {
    for row in rows(WAITS) {
        let wait = wait_after(row.number("wrong_in_a_row"));
        row.expect("minutes", wait.map_or("none".to_owned(), |wait| wait.as_mins().to_string()));
        assert!(wait.is_none_or(|wait| wait > SignedDuration::ZERO));
    }
}

const PASSWORDS: &str = "
    password                    | outcome
    tres gatos en la azotea     | passes
    kW8-tr9_vQ2.ab              | passes
    ñandú, ñoño y ñu            | passes
    correcthorsebatterystaple   | passes
    short                       | password_short
    once letras                 | password_short
    password1234                | password_common
    Password2026!               | password_common
    qwertyqwerty                | password_common
    contraseña123               | password_common
    saldosaldo26                | password_common
    aaaaaaaaaaaa                | password_common
    ababababababab              | password_common
    abcdefghijkl                | password_common
    123456789012                | password_common
    maria.lopez1                | password_common
    Maria.Lopez2026             | password_common
";

#[test]
fn short_and_common_passwords_are_refused() {
    for row in rows(PASSWORDS) {
        let outcome = checked_password(row.get("password"), "maria.lopez@example.com");
        row.expect("outcome", outcome.map_or_else(|refusal| refusal.code(), |()| "passes"));
    }
    let longest = "tres gatos ".repeat(24);
    assert!(checked_password(&longest, "a@example.com").is_err(), "no more than 256 bytes");
}

fn member(number: u128, role: Role, state: MemberState) -> Member {
    let id = MemberId(Uuid::from_u128(number));
    Member { id, email: format!("m{number}@example.com"), name: format!("M{number}"), role, state }
}

const OWNERS: &str = "
    others                             | changed          | outcome
    none                               | owner active     | passes
    none                               | finance active   | last_owner
    none                               | owner disabled   | last_owner
    owner active                       | finance active   | passes
    owner active                       | owner disabled   | passes
    owner invited                      | finance active   | passes
    owner disabled                     | finance active   | last_owner
    finance active, owner disabled     | owner disabled   | last_owner
    finance active                     | viewer active    | last_owner
";

#[test]
fn somebody_stays_an_owner_who_can_act() {
    let read = |number: u128, words: &str| {
        let (role, state) = words.trim().split_once(' ').unwrap();
        member(number, Role::named(role).unwrap(), serde_json::from_value(json!(state)).unwrap())
    };
    for row in rows(OWNERS) {
        let mut members = vec![member(1, Role::Owner, MemberState::Active)];
        if row.get("others") != "none" {
            let others = row.get("others").split(',').enumerate();
            members.extend(others.map(|(place, words)| read(place as u128 + 2, words)));
        }
        let outcome = keep_an_owner(&members, &read(1, row.get("changed")));
        row.expect("outcome", outcome.map_or_else(|refusal| refusal.code(), |()| "passes"));
    }
}

#[test]
fn an_actor_is_written_with_its_kind() {
    let id = Uuid::from_u128(7);
    for (actor, written) in [
        (Actor::Member { id: MemberId(id) }, json!({"kind": "member", "id": id})),
        (Actor::ApiKey { id: ApiKeyId(id) }, json!({"kind": "api_key", "id": id})),
        (Actor::Debtor { id: DebtorId(id) }, json!({"kind": "debtor", "id": id})),
        (Actor::Operator, json!({"kind": "operator"})),
        (Actor::System, json!({"kind": "system"})),
    ] {
        assert_eq!(serde_json::to_value(actor).unwrap(), written);
        assert_eq!(Actor::from_parts(actor.kind(), actor.id()), Some(actor));
    }
    assert_eq!(Actor::from_parts("member", None), None);
    assert_eq!(Actor::from_parts("system", Some(id)), None);
}
