//! Members, their tokens and sessions, and the audit log.

use crate::harness::on_both;
use crate::world::{World, at, id, noon};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, MemberId};
use saldo_domain::member::{Member, MemberState, Role};
use saldo_store::audit::{self, AuditFilter, AuditRow};
use saldo_store::member_token::{self, MemberToken, TokenPurpose};
use saldo_store::session::{self, ConsolePart, SessionKind, SessionRow};
use saldo_store::{PageRequest, StoreFault, Tx, creditor, member};
use sea_orm::ConnectionTrait;
use serde_json::json;

fn a_member(email: &str, role: Role) -> Member {
    Member { id: id(), email: email.to_owned(), name: "Ada".to_owned(), role, state: MemberState::Invited }
}

async fn written(tx: &Tx, creditor_id: CreditorId, email: &str, role: Role) -> Member {
    let member = a_member(email, role);
    member::insert(tx, creditor_id, &member, noon("2026-02-01")).await.unwrap();
    member
}

async fn another_creditor(tx: &Tx) -> CreditorId {
    let other = crate::world::a_creditor("Another");
    creditor::insert(tx, &other, noon("2026-01-01")).await.unwrap();
    other.id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_is_found_by_its_address_in_any_case() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let other = another_creditor(&tx).await;
        let ada = written(&tx, world.c(), "Ada@example.com", Role::Owner).await;
        let twin = written(&tx, other, "ada@example.com", Role::Viewer).await;
        let taken =
            member::insert(&tx, world.c(), &a_member("ADA@EXAMPLE.COM", Role::Viewer), noon("2026-02-01")).await;
        assert!(matches!(taken, Err(StoreFault::Conflict("member"))));
        let found = member::list_by_email(&tx, "aDa@example.com").await.unwrap();
        assert_eq!(found.iter().map(|row| row.member.id).collect::<Vec<_>>(), [ada.id, twin.id]);
        let ours = member::find_by_email(&tx, world.c(), "ada@EXAMPLE.com").await.unwrap().unwrap();
        assert_eq!((ours.member, ours.creditor_id, ours.failed_count), (ada.clone(), world.c(), 0));
        assert_eq!(member::find_first_owner(&tx, world.c()).await.unwrap().unwrap().member, ada);
        assert_eq!(member::find_first_owner(&tx, other).await.unwrap(), None);
        assert_eq!(member::list(&tx, other).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_come_wait_and_go() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (c, ada) = (world.c(), written(&tx, world.c(), "ada@example.com", Role::Owner).await.id);
        member::change_password(&tx, c, ada, "$argon2id$x").await.unwrap();
        assert!(member::confirm_totp(&tx, c, ada, 5).await.is_err(), "nothing waits for its first code");
        member::propose_totp(&tx, c, ada, &[9; 40]).await.unwrap();
        member::confirm_totp(&tx, c, ada, 5).await.unwrap();
        for (step, claimed) in [(4, false), (5, false), (6, true), (6, false), (7, true)] {
            assert_eq!(member::claim_totp_step(&tx, c, ada, step).await.unwrap(), claimed, "{step}");
        }
        member::replace_recovery_codes(&tx, c, ada, &[[1; 32], [2; 32]]).await.unwrap();
        let now = noon("2026-02-02");
        for (hash, taken) in [([1; 32], true), ([1; 32], false), ([3; 32], false)] {
            assert_eq!(member::take_recovery_code(&tx, c, ada, &hash, now).await.unwrap(), taken);
        }
        assert_eq!(member::count_recovery_codes(&tx, c, ada).await.unwrap(), 1);
        member::mark_failed(&tx, c, ada, Some(now)).await.unwrap();
        let row = member::load(&tx, c, ada).await.unwrap();
        assert_eq!((row.failed_count, row.locked_until, row.credentials.totp_step), (1, Some(now), Some(7)));
        assert_eq!(row.credentials.totp.as_deref(), Some([9; 40].as_slice()));
        member::change_standing(&tx, c, ada, Role::Agent, MemberState::Active).await.unwrap();
        member::mark_signed_in(&tx, c, ada, now).await.unwrap();
        let row = member::load(&tx, c, ada).await.unwrap();
        assert_eq!((row.failed_count, row.locked_until, row.signed_in_at), (0, None, Some(now)));
        assert_eq!((row.member.role, row.member.state), (Role::Agent, MemberState::Active));
        member::forget_credentials(&tx, c, ada).await.unwrap();
        let row = member::load(&tx, c, ada).await.unwrap();
        assert_eq!(row.credentials, member::Credentials::default());
        assert_eq!(row.member.state, MemberState::Invited);
        assert_eq!(member::count_recovery_codes(&tx, c, ada).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_works_once_for_its_purpose_until_its_end() {
    on_both(async |db| {
        let world = World::new(db).await;
        let (c, now) = (world.c(), noon("2026-02-01"));
        let tx = db.store.write().await.unwrap();
        let ada = written(&tx, c, "ada@example.com", Role::Owner).await.id;
        let token = MemberToken { creditor_id: c, member_id: ada, purpose: TokenPurpose::SignIn };
        member_token::insert(&tx, &token, &[7; 32], noon("2026-02-02")).await.unwrap();
        member_token::insert(&tx, &token, &[8; 32], now).await.unwrap();
        let (purpose, other) = (TokenPurpose::SignIn, TokenPurpose::SetUp);
        assert_eq!(member_token::find(&tx, &[7; 32], purpose, now).await.unwrap(), Some(token));
        assert_eq!(member_token::take(&tx, &[7; 32], other, now).await.unwrap(), None, "for another thing");
        assert_eq!(member_token::take(&tx, &[8; 32], purpose, now).await.unwrap(), None, "its time has passed");
        assert_eq!(member_token::delete_expired(&tx, now).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let store = db.store.clone();
            tasks.spawn(async move {
                let tx = store.write().await.unwrap();
                let taken = member_token::take(&tx, &[7; 32], TokenPurpose::SignIn, now).await.unwrap();
                tx.commit().await.unwrap();
                taken
            });
        }
        let taken: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
        assert_eq!(taken, [token]);
    })
    .await;
}

fn a_session(creditor_id: CreditorId, member_id: MemberId, hash: u8) -> SessionRow {
    SessionRow {
        token_hash: [hash; 32],
        creditor_id,
        kind: SessionKind::Console,
        debtor_id: None,
        link_id: None,
        created_at: noon("2026-02-01"),
        expires_at: noon("2026-02-02"),
        console: Some(ConsolePart {
            member_id,
            begun_at: noon("2026-02-01"),
            seen_at: noon("2026-02-01"),
            ends_at: noon("2026-02-09"),
            replaced_at: None,
            agent: "a browser".to_owned(),
        }),
        fresh_until: None,
        widget: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_a_member_are_seen_replaced_and_ended() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (c, now) = (world.c(), at("2026-02-01T13:00:00Z"));
        let ada = written(&tx, c, "ada@example.com", Role::Owner).await.id;
        let bob = written(&tx, c, "bob@example.com", Role::Owner).await.id;
        for (member, hash) in [(ada, 1), (ada, 2), (bob, 3)] {
            session::insert(&tx, &a_session(c, member, hash)).await.unwrap();
        }
        session::mark_seen(&tx, &[1; 32], now, noon("2026-02-03")).await.unwrap();
        let listed = session::list_for_member(&tx, c, ada, now).await.unwrap();
        assert_eq!(listed.iter().map(|row| row.token_hash[0]).collect::<Vec<_>>(), [1, 2], "the latest first");
        assert_eq!(listed[0].expires_at, noon("2026-02-03"));
        assert!(session::claim_replacement(&tx, &[2; 32], now, at("2026-02-01T13:01:00Z")).await.unwrap());
        assert!(!session::claim_replacement(&tx, &[2; 32], now, noon("2026-02-04")).await.unwrap(), "once");
        session::mark_seen(&tx, &[2; 32], now, noon("2026-02-04")).await.unwrap();
        assert_eq!(session::list_for_member(&tx, c, ada, now).await.unwrap().len(), 1);
        assert!(session::find(&tx, &[2; 32], now).await.unwrap().is_some());
        assert!(session::find(&tx, &[2; 32], at("2026-02-01T13:01:00Z")).await.unwrap().is_none());
        assert_eq!(session::delete_for_member(&tx, c, ada, Some(&[1; 32])).await.unwrap(), 1);
        assert_eq!(session::delete_for_member(&tx, c, ada, None).await.unwrap(), 1);
        assert!(session::find(&tx, &[3; 32], now).await.unwrap().is_some(), "another member's stays");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_member_is_reached_with_another_creditors_id() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (c, other) = (world.c(), another_creditor(&tx).await);
        let ada = written(&tx, c, "ada@example.com", Role::Owner).await.id;
        member::propose_totp(&tx, c, ada, &[9; 40]).await.unwrap();
        member::replace_recovery_codes(&tx, c, ada, &[[1; 32]]).await.unwrap();
        session::insert(&tx, &a_session(c, ada, 1)).await.unwrap();
        let before = member::load(&tx, c, ada).await.unwrap();
        let now = noon("2026-02-01");
        let gone = |outcome: Result<(), StoreFault>| assert!(matches!(outcome, Err(StoreFault::NotFound("member"))));
        gone(member::load(&tx, other, ada).await.map(|_| ()));
        gone(member::change_standing(&tx, other, ada, Role::Viewer, MemberState::Disabled).await);
        gone(member::change_password(&tx, other, ada, "x").await);
        gone(member::propose_totp(&tx, other, ada, &[1]).await);
        gone(member::confirm_totp(&tx, other, ada, 1).await);
        gone(member::forget_credentials(&tx, other, ada).await);
        gone(member::mark_failed(&tx, other, ada, None).await);
        gone(member::mark_signed_in(&tx, other, ada, now).await);
        assert!(!member::claim_totp_step(&tx, other, ada, 9).await.unwrap());
        assert!(!member::take_recovery_code(&tx, other, ada, &[1; 32], now).await.unwrap());
        assert_eq!(member::count_recovery_codes(&tx, other, ada).await.unwrap(), 0);
        assert_eq!(member::find_by_email(&tx, other, "ada@example.com").await.unwrap(), None);
        assert_eq!(member::list(&tx, other).await.unwrap(), []);
        member_token::delete_for_member(&tx, other, ada).await.unwrap();
        assert_eq!(session::delete_for_member(&tx, other, ada, None).await.unwrap(), 0);
        assert_eq!(session::list_for_member(&tx, other, ada, now).await.unwrap(), []);
        assert_eq!(member::load(&tx, c, ada).await.unwrap(), before);
    })
    .await;
}

fn a_line(actor: Actor, action: &str, subject_id: uuid::Uuid) -> AuditRow {
    AuditRow {
        id: id(),
        recorded_at: noon("2026-02-01"),
        actor,
        action: action.to_owned(),
        subject_kind: "member".to_owned(),
        subject_id,
        before: None,
        after: Some(json!({"role": "agent"})),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_is_filtered_and_read_from_its_end() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (c, other) = (world.c(), another_creditor(&tx).await);
        let (ada, one, two) = (Actor::Member { id: id() }, id(), id());
        let lines = [a_line(ada, "a", one), a_line(Actor::System, "b", one), a_line(ada, "b", two)];
        for line in &lines {
            audit::insert(&tx, c, line).await.unwrap();
        }
        let [first, second, third] = lines;
        let all = AuditFilter::default();
        let page = audit::list(&tx, c, &all, PageRequest::first(2)).await.unwrap();
        assert_eq!(page.items, [third.clone(), second.clone()]);
        let rest = audit::list(&tx, c, &all, PageRequest::new(page.next, 2)).await.unwrap();
        assert_eq!((rest.items, rest.next), (vec![first.clone()], None));
        for (filter, found) in [
            (AuditFilter { actor: Some(ada), ..all.clone() }, vec![third.clone(), first.clone()]),
            (AuditFilter { actor: Some(Actor::System), ..all.clone() }, vec![second.clone()]),
            (AuditFilter { action: Some("b".to_owned()), ..all.clone() }, vec![third.clone(), second.clone()]),
            (AuditFilter { subject_id: Some(one), ..all.clone() }, vec![second, first]),
            (AuditFilter { subject_kind: Some("invoice".to_owned()), ..all.clone() }, vec![]),
            (AuditFilter { subject_id: Some(two), action: Some("a".to_owned()), ..all.clone() }, vec![]),
        ] {
            let listed = audit::list(&tx, c, &filter, PageRequest::first(9)).await.unwrap();
            assert_eq!(listed.items, found, "{filter:?}");
        }
        assert_eq!(audit::list(&tx, other, &all, PageRequest::first(9)).await.unwrap().items, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_refuses_to_change_the_audit_log() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        audit::insert(&tx, world.c(), &a_line(Actor::Operator, "a", id())).await.unwrap();
        tx.commit().await.unwrap();
        let raw = db.raw().await;
        for statement in ["UPDATE audit_log SET action = 'b'", "DELETE FROM audit_log"] {
            assert!(raw.execute_unprepared(statement).await.is_err(), "{statement}");
        }
        raw.close().await.unwrap();
    })
    .await;
}
