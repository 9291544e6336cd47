use crate::harness::on_both;
use crate::world::{World, at, id, noon};
use saldo_domain::outcome::Outcome;
use saldo_store::access_link::{self, AccessLinkRow};
use saldo_store::amendment::{self, AmendmentRow};
use saldo_store::api_key::{self, ApiKeyRow};
use saldo_store::idempotency::{self, IdempotencyRow};
use saldo_store::import::{self, ImportRow};
use saldo_store::inbound_event::{self, InboundEventRow, InboundEventState};
use saldo_store::mail::{self, DemoMail};
use saldo_store::session::{self, ConsolePart, SessionKind, SessionRow};
use saldo_store::{PageRequest, StoreFault};
use serde_json::json;

pub fn a_link(world: &World, byte: u8) -> AccessLinkRow {
    AccessLinkRow {
        id: id(),
        debtor_id: world.d(),
        jti_hash: [byte; 32],
        code_hash: Some([byte + 100; 32]),
        key_id: "k1".to_owned(),
        scope: "statement".to_owned(),
        issued_at: noon("2026-02-01"),
        not_before: noon("2026-02-01"),
        expires_at: noon("2026-05-01"),
        revoked_at: None,
        last_opened_at: None,
    }
}

pub fn a_key(world: &World, byte: u8) -> ApiKeyRow {
    ApiKeyRow {
        id: id(),
        creditor_id: world.c(),
        label: "ERP".to_owned(),
        hash: [byte; 32],
        scopes: vec!["invoices:write".to_owned()],
        created_at: noon("2026-02-01"),
        revoked_at: None,
        last_used_at: None,
    }
}

pub fn an_event(world: &World, reference: &str) -> InboundEventRow {
    InboundEventRow {
        id: id(),
        creditor_id: world.c(),
        provider: "sandbox".to_owned(),
        event_reference: reference.to_owned(),
        received_at: at("2026-02-20T10:00:00.123456Z"),
        body: b"{\"id\":\"evt\"}\x00\xff".to_vec(),
        state: InboundEventState::Received,
        note: None,
        worked_at: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_found_by_its_hash_and_ends_once() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let (one, two) = (a_link(&world, 1), a_link(&world, 2));
        access_link::insert(&tx, world.c(), &one).await.unwrap();
        access_link::insert(&tx, world.c(), &two).await.unwrap();
        let again = access_link::insert(&tx, world.c(), &a_link(&world, 1)).await;
        assert!(matches!(again, Err(StoreFault::Conflict("access_link"))), "{again:?}");
        assert_eq!(access_link::find_by_jti_hash(&tx, world.c(), &[1; 32]).await.unwrap(), Some(one.clone()));
        assert_eq!(access_link::find_by_jti_hash(&tx, world.c(), &[9; 32]).await.unwrap(), None);
        let by_code = async |byte| access_link::find_by_code_hash(&tx, &[byte; 32]).await.unwrap();
        assert_eq!(by_code(101).await, Some((world.c(), one.clone())));
        assert_eq!(by_code(1).await, None, "a code is no jti");
        access_link::mark_opened(&tx, world.c(), one.id, noon("2026-02-02")).await.unwrap();
        access_link::mark_revoked(&tx, world.c(), one.id, noon("2026-02-03")).await.unwrap();
        access_link::mark_revoked(&tx, world.c(), one.id, noon("2026-02-04")).await.unwrap();
        let expected = AccessLinkRow {
            last_opened_at: Some(noon("2026-02-02")),
            revoked_at: Some(noon("2026-02-03")),
            ..one.clone()
        };
        assert_eq!(access_link::load(&tx, world.c(), one.id).await.unwrap(), expected);
        let list = access_link::list(&tx, world.c(), world.d(), PageRequest::first(5)).await.unwrap();
        assert_eq!(list.items, [two, expected]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lives_until_its_end() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let debtors = SessionRow {
            token_hash: [1; 32],
            creditor_id: world.c(),
            kind: SessionKind::Debtor,
            debtor_id: Some(world.d()),
            link_id: Some(id()),
            created_at: noon("2026-02-01"),
            expires_at: noon("2026-02-02"),
            console: None,
            fresh_until: None,
            widget: None,
        };
        let console = SessionRow {
            token_hash: [2; 32],
            kind: SessionKind::Console,
            debtor_id: None,
            link_id: None,
            expires_at: noon("2026-02-09"),
            console: Some(ConsolePart {
                member_id: id(),
                begun_at: noon("2026-02-01"),
                seen_at: noon("2026-02-01"),
                ends_at: noon("2026-02-09"),
                replaced_at: None,
                agent: "a browser".to_owned(),
            }),
            ..debtors.clone()
        };
        for row in [&debtors, &console] {
            session::insert(&tx, row).await.unwrap();
        }
        let early = at("2026-02-02T11:59:59Z");
        assert_eq!(session::find(&tx, &[1; 32], early).await.unwrap(), Some(debtors.clone()));
        assert_eq!(session::find(&tx, &[1; 32], noon("2026-02-02")).await.unwrap(), None);
        assert_eq!(session::delete_expired(&tx, noon("2026-02-02")).await.unwrap(), 1);
        assert_eq!(session::find(&tx, &[1; 32], early).await.unwrap(), None);
        session::mark_fresh(&tx, world.c(), &[2; 32], early).await.unwrap();
        assert_eq!(session::find(&tx, &[2; 32], early).await.unwrap().unwrap().fresh_until, Some(early));
        session::delete(&tx, &[2; 32]).await.unwrap();
        assert_eq!(session::find(&tx, &[2; 32], early).await.unwrap(), None);
        session::insert(&tx, &debtors).await.unwrap();
        assert_eq!(session::delete_for_link(&tx, world.c(), debtors.link_id.unwrap()).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_found_by_its_hash_alone() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let key = a_key(&world, 5);
        api_key::insert(&tx, &key).await.unwrap();
        assert!(matches!(api_key::insert(&tx, &a_key(&world, 5)).await, Err(StoreFault::Conflict("api_key"))));
        assert_eq!(api_key::find_by_hash(&tx, &[5; 32]).await.unwrap(), Some(key.clone()));
        assert_eq!(api_key::find_by_hash(&tx, &[6; 32]).await.unwrap(), None);
        api_key::mark_used(&tx, world.c(), key.id, noon("2026-02-02")).await.unwrap();
        api_key::mark_revoked(&tx, world.c(), key.id, noon("2026-02-03")).await.unwrap();
        api_key::mark_revoked(&tx, world.c(), key.id, noon("2026-02-04")).await.unwrap();
        let expected =
            ApiKeyRow { last_used_at: Some(noon("2026-02-02")), revoked_at: Some(noon("2026-02-03")), ..key };
        assert_eq!(api_key::list(&tx, world.c()).await.unwrap(), [expected]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_kept_once_byte_for_byte() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let event = an_event(&world, "evt_1");
        assert_eq!(inbound_event::insert(&tx, &event).await.unwrap(), Outcome::Executed(()));
        let again = inbound_event::insert(&tx, &an_event(&world, "evt_1")).await.unwrap();
        assert_eq!(again, Outcome::AlreadyApplied);
        assert_eq!(inbound_event::load(&tx, world.c(), event.id).await.unwrap(), event);
        let (state, note) = (InboundEventState::Unmatched, Some("no such attempt"));
        inbound_event::mark(&tx, world.c(), event.id, state, note, noon("2026-02-21")).await.unwrap();
        let listed = inbound_event::list(&tx, world.c(), Some(state), PageRequest::first(5)).await.unwrap().items;
        let expected =
            InboundEventRow { state, note: note.map(str::to_owned), worked_at: Some(noon("2026-02-21")), ..event };
        assert_eq!(listed, [expected]);
        let received = Some(InboundEventState::Received);
        let none = inbound_event::list(&tx, world.c(), received, PageRequest::first(5)).await.unwrap();
        assert!(none.items.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_kept_once_for_each_key() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let answer =
            IdempotencyRow { request_hash: [3; 32], status: 201, body: b"{}".to_vec(), created_at: noon("2026-02-01") };
        idempotency::insert(&tx, world.c(), "k", &answer).await.unwrap();
        let again = idempotency::insert(&tx, world.c(), "k", &answer).await;
        assert!(matches!(again, Err(StoreFault::Conflict("idempotency_key"))), "{again:?}");
        assert_eq!(idempotency::find(&tx, world.c(), "k").await.unwrap(), Some(answer));
        assert_eq!(idempotency::find(&tx, world.c(), "other").await.unwrap(), None);
        assert_eq!(idempotency::delete_before(&tx, noon("2026-02-01")).await.unwrap(), 0);
        assert_eq!(idempotency::delete_before(&tx, noon("2026-02-02")).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_kept_and_the_last_mapping_of_a_header_is_remembered() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let mut row = ImportRow {
            id: id(),
            file_name: "facturas.csv".to_owned(),
            file_hash: [4; 32],
            mapping: json!({"number": 0}),
            state: "previewed".to_owned(),
            row_count: 0,
            counts: json!({}),
            totals: json!({}),
            created_at: noon("2026-02-01"),
        };
        import::insert(&tx, world.c(), &row).await.unwrap();
        row.state = "booked".to_owned();
        row.row_count = 1_831;
        row.counts = json!({"new": 1831});
        row.totals = json!([{"minor": 5, "currency": "MXN"}]);
        import::update(&tx, world.c(), &row).await.unwrap();
        assert_eq!(import::load(&tx, world.c(), row.id).await.unwrap(), row);
        assert_eq!(import::list(&tx, world.c(), PageRequest::first(5)).await.unwrap().items, [row]);
        assert_eq!(import::find_mapping(&tx, world.c(), "a,b").await.unwrap(), None);
        for mapping in [json!({"number": 1}), json!({"number": 2})] {
            import::remember_mapping(&tx, world.c(), "a,b", &mapping, noon("2026-02-01")).await.unwrap();
            assert_eq!(import::find_mapping(&tx, world.c(), "a,b").await.unwrap(), Some(mapping));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn amendments_and_demo_mail_come_back_in_order() {
    on_both(async |db| {
        let world = World::new(db).await;
        let tx = db.store.write().await.unwrap();
        let invoice_id = world.issue(&tx, "F-1", 100).await;
        let change = |kind: &str| AmendmentRow {
            id: id(),
            invoice_id,
            kind: kind.to_owned(),
            before: json!("2026-03-01"),
            after: json!("2026-03-09"),
            import_id: Some(id()),
            recorded_at: noon("2026-02-01"),
        };
        let changes = [change("due_on"), change("description")];
        for row in &changes {
            amendment::insert(&tx, world.c(), row).await.unwrap();
        }
        assert_eq!(amendment::list_for_invoice(&tx, world.c(), invoice_id).await.unwrap(), changes);

        let sent = |subject: &str| DemoMail {
            id: id(),
            creditor_id: world.c(),
            recipient: "a@example.com".to_owned(),
            subject: subject.to_owned(),
            text: "hola".to_owned(),
            html: "<p>hola</p>".to_owned(),
            headers: vec![("List-Unsubscribe".to_owned(), "<https://x>".to_owned())],
            sent_at: noon("2026-02-01"),
        };
        let (one, two) = (sent("one"), sent("two"));
        mail::insert(&tx, &one).await.unwrap();
        mail::insert(&tx, &two).await.unwrap();
        assert_eq!(mail::list(&tx, 1).await.unwrap(), std::slice::from_ref(&two));
        assert_eq!(mail::list(&tx, 10).await.unwrap(), [two, one.clone()]);
        assert_eq!(mail::load(&tx, one.id).await.unwrap(), one);
        assert!(matches!(mail::load(&tx, id()).await, Err(StoreFault::NotFound("mail"))));
    })
    .await;
}
