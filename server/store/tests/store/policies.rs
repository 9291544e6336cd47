//! Versions of policies: drafts that two people edit, publications, and what is in force when.

use crate::harness::on_both;
use crate::world::{World, a_creditor, id, mxn, noon, on};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{InvoiceId, PolicyFamilyId, PolicyId};
use saldo_domain::late_charge::{ChargeLine, ChargeReason};
use saldo_domain::policy::{PolicyKind, PolicyState};
use saldo_store::late_charge::{self, LateChargeRow};
use saldo_store::policy::{self, PolicyRow};
use saldo_store::{PageRequest, StoreFault};
use serde_json::json;

pub fn a_draft(family_id: PolicyFamilyId, kind: PolicyKind) -> PolicyRow {
    PolicyRow {
        id: id(),
        family_id,
        kind,
        name: "2/10 net 30".to_owned(),
        revision: 1,
        state: PolicyState::Draft,
        body: json!({"segment": {"currency": "MXN"}, "rule": {"rule": "sliding", "annual_rate_bps": 1800}}),
        created_at: noon("2026-02-01"),
        changed_at: noon("2026-02-01"),
        changed_by: Actor::Operator,
    }
}

pub fn a_charge(item_id: InvoiceId, of_id: InvoiceId) -> LateChargeRow {
    let line = ChargeLine {
        from: on("2026-03-02"),
        to: on("2026-03-31"),
        days: 30,
        base: mxn(100_000),
        rate: Some(1_800),
        amount: mxn(1_479),
        why: ChargeReason::Interest,
        uncapped: None,
    };
    LateChargeRow { item_id, of_id, policy_id: id(), line }
}

fn published(row: &PolicyRow, from: &str, until: Option<&str>) -> PolicyRow {
    let state = PolicyState::Published {
        from_at: noon(from),
        until_at: until.map(noon),
        published_at: noon("2026-02-02"),
        by: Actor::Member { id: id() },
    };
    PolicyRow { state, revision: row.revision + 1, changed_at: noon("2026-02-02"), ..row.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_edit_one_draft_the_second_is_told() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let draft = a_draft(id(), PolicyKind::Discount);
        policy::insert(&tx, world.c(), &draft).await.unwrap();
        let again = policy::insert(&tx, world.c(), &a_draft(draft.family_id, PolicyKind::Discount)).await;
        assert!(matches!(again, Err(StoreFault::Conflict("policy"))), "one draft at a time: {again:?}");
        let first = PolicyRow { name: "First".to_owned(), revision: 2, ..draft.clone() };
        let second = PolicyRow { name: "Second".to_owned(), revision: 2, ..draft.clone() };
        assert!(policy::update(&tx, world.c(), &first, 1).await.unwrap());
        assert!(!policy::update(&tx, world.c(), &second, 1).await.unwrap());
        assert_eq!(policy::load(&tx, world.c(), draft.id).await.unwrap(), first);
        let next = published(&first, "2026-03-01", None);
        assert!(policy::update(&tx, world.c(), &next, 2).await.unwrap());
        assert_eq!(policy::load(&tx, world.c(), draft.id).await.unwrap(), next);
        policy::insert(&tx, world.c(), &a_draft(draft.family_id, PolicyKind::Discount)).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_force_follows_the_moments() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let family = id();
        let mut ids: Vec<PolicyId> = Vec::new();
        for (from, until) in [("2026-03-01", Some("2026-04-01")), ("2026-04-01", None)] {
            let draft = a_draft(family, PolicyKind::Discount);
            policy::insert(&tx, world.c(), &draft).await.unwrap();
            assert!(policy::update(&tx, world.c(), &published(&draft, from, until), 1).await.unwrap());
            ids.push(draft.id);
        }
        policy::insert(&tx, world.c(), &a_draft(family, PolicyKind::Discount)).await.unwrap();
        policy::insert(&tx, world.c(), &a_draft(id(), PolicyKind::LateFee)).await.unwrap();
        let expected = [("2026-02-28", None), ("2026-03-01", Some(ids[0])), ("2026-03-31", Some(ids[0]))];
        for (day, wanted) in expected.into_iter().chain([("2026-04-01", Some(ids[1])), ("2030-01-01", Some(ids[1]))]) {
            let found = policy::list_in_force(&tx, world.c(), PolicyKind::Discount, noon(day)).await.unwrap();
            assert_eq!(found.iter().map(|row| row.id).next(), wanted, "{day}");
            assert!(found.len() <= 1, "{day}");
        }
        assert_eq!(policy::list_versions(&tx, world.c(), family).await.unwrap().len(), 3);
        let page = policy::list(&tx, world.c(), Some(PolicyKind::Discount), PageRequest::first(2)).await.unwrap();
        assert_eq!((page.items.len(), page.next.is_some()), (2, true));
        assert_eq!(policy::list(&tx, world.c(), None, PageRequest::first(9)).await.unwrap().items.len(), 4);
        assert_eq!(policy::lock_kind(&tx, world.c(), PolicyKind::Discount).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_version_that_never_began_is_never_in_force() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let draft = a_draft(id(), PolicyKind::Discount);
        policy::insert(&tx, world.c(), &draft).await.unwrap();
        let state = PolicyState::Withdrawn {
            from_at: noon("2026-03-01"),
            until_at: noon("2026-02-10"),
            withdrawn_at: noon("2026-02-10"),
            by: Actor::Operator,
        };
        let row = PolicyRow { state, revision: 2, ..draft };
        assert!(policy::update(&tx, world.c(), &row, 1).await.unwrap());
        for day in ["2026-02-20", "2026-03-01", "2026-06-01"] {
            let found = policy::list_in_force(&tx, world.c(), PolicyKind::Discount, noon(day)).await.unwrap();
            assert!(found.is_empty(), "{day}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_creditor_neither_sees_nor_changes_a_policy() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = a_creditor("Stranger");
        saldo_store::creditor::insert(&tx, &stranger, noon("2026-01-01")).await.unwrap();
        let draft = a_draft(id(), PolicyKind::Discount);
        policy::insert(&tx, world.c(), &draft).await.unwrap();
        let row = published(&draft, "2026-03-01", None);
        assert!(!policy::update(&tx, stranger.id, &row, 1).await.unwrap());
        assert!(policy::update(&tx, world.c(), &row, 1).await.unwrap());
        let (kind, at) = (PolicyKind::Discount, noon("2026-03-05"));
        assert!(matches!(policy::load(&tx, stranger.id, draft.id).await, Err(StoreFault::NotFound("policy"))));
        assert!(policy::list(&tx, stranger.id, None, PageRequest::first(9)).await.unwrap().items.is_empty());
        assert!(policy::list_versions(&tx, stranger.id, draft.family_id).await.unwrap().is_empty());
        assert!(policy::list_in_force(&tx, stranger.id, kind, at).await.unwrap().is_empty());
        assert!(policy::lock_kind(&tx, stranger.id, kind).await.unwrap().is_empty());
        assert_eq!(policy::list_in_force(&tx, world.c(), kind, at).await.unwrap(), [row]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_keeps_its_explanation_for_its_own_creditor() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        let (late, item) = (world.issue(&tx, "F-1", 100_000).await, world.issue(&tx, "F-1/interest-1", 1_479).await);
        let row = a_charge(item, late);
        late_charge::insert(&tx, world.c(), &row).await.unwrap();
        let again = late_charge::insert(&tx, world.c(), &row).await;
        assert!(matches!(again, Err(StoreFault::Conflict("late_charge"))), "{again:?}");
        assert_eq!(late_charge::list_of(&tx, world.c(), &[late]).await.unwrap(), std::slice::from_ref(&row));
        assert_eq!(late_charge::find(&tx, world.c(), item).await.unwrap(), Some(row));
        assert_eq!(late_charge::find(&tx, world.c(), late).await.unwrap(), None);
        assert_eq!(late_charge::find(&tx, stranger.c(), item).await.unwrap(), None);
        assert!(late_charge::list_of(&tx, stranger.c(), &[late]).await.unwrap().is_empty());
    })
    .await;
}
