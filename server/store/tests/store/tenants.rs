//! With another creditor's id, nothing is found and nothing is changed.

use crate::codes::a_code;
use crate::harness::on_both;
use crate::small_tables::{a_key, a_link, an_event};
use crate::snapshot::an_attempt;
use crate::world::{World, id, mxn, noon, on};
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::attempt::AttemptState;
use saldo_domain::ids::{AttemptId, CreditorId, InvoiceId, PaymentId, RefundId, ReminderId};
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::ledger::LedgerAccount;
use saldo_domain::locale::Language;
use saldo_domain::payment::{GivenBack, ItemChange, give_back, receive};
use saldo_domain::reminder::{Channel, DunningStep, RungRef};
use saldo_store::idempotency::IdempotencyRow;
use saldo_store::import::ImportRow;
use saldo_store::inbound_event::InboundEventState;
use saldo_store::invoice::InvoiceFilter;
use saldo_store::job::NewJob;
use saldo_store::refund::{RefundRow, RefundState};
use saldo_store::reminder::{ReminderRow, ReminderState};
use saldo_store::{
    PageRequest, StoreFault, Tx, access_link, account, amendment, api_key, attempt, code, debtor, idempotency, import,
    inbound_event, invoice, job, journal, payment, refund, reminder, session, snapshot, totals,
};

/// One row of each table of a creditor.
pub struct Rows {
    pub world: World,
    pub invoice_id: InvoiceId,
    payment_id: PaymentId,
    attempt_id: AttemptId,
    refund_id: RefundId,
    reminder_id: ReminderId,
    link: access_link::AccessLinkRow,
    key: api_key::ApiKeyRow,
    event: inbound_event::InboundEventRow,
    import_row: ImportRow,
    job: job::ClaimedJob,
    code: code::CodeRow,
}

pub async fn write_rows(db: &crate::harness::Db) -> Rows {
    let tx = db.store.write().await.unwrap();
    let world = World::in_tx(&tx, "Owner").await;
    let c = world.c();
    let invoice_id = world.issue(&tx, "F-1", 300).await;
    let snapshot = snapshot::load(&tx, c, world.d()).await.unwrap();
    let (order, into) = (AllocationOrder::OldestDueFirst, LedgerAccount::ProviderClearing);
    let booking = receive(&snapshot.accounts[0], mxn(500), &order, &[], into, on("2026-02-15")).unwrap();
    let payment_id = world.pay(&tx, &booking, mxn(500), "pay_1").await;
    let started = an_attempt(&world, AttemptState::Created);
    attempt::insert(&tx, &started).await.unwrap();
    let refund_row = RefundRow {
        id: id(),
        payment_id,
        amount: mxn(5),
        state: RefundState::Requested,
        provider_reference: Some("re_1".to_owned()),
        reason: "asked".to_owned(),
        failure: None,
        created_at: noon("2026-02-16"),
        settled_at: None,
    };
    refund::insert(&tx, c, &refund_row).await.unwrap();
    let reminder_row = ReminderRow {
        id: id(),
        debtor_id: world.d(),
        step: DunningStep { offset: 3, due_on: on("2026-03-01") },
        channel: Channel::Email,
        state: ReminderState::Planned,
        items: vec![invoice_id],
        planned_at: noon("2026-03-04"),
        handed_off_at: None,
        finished_at: None,
        message_reference: None,
        rung: RungRef { policy_id: id(), place: 0 },
        reason: String::new(),
        by_hand: None,
        error: None,
    };
    reminder::insert_planned(&tx, c, &reminder_row).await.unwrap();
    let (link, key, event) = (a_link(&world, 1), a_key(&world, 1), an_event(&world, "evt_1"));
    access_link::insert(&tx, c, &link).await.unwrap();
    api_key::insert(&tx, &key).await.unwrap();
    inbound_event::insert(&tx, &event).await.unwrap();
    let import_row = ImportRow {
        id: id(),
        file_name: "f.csv".to_owned(),
        file_hash: [1; 32],
        mapping: serde_json::json!({}),
        state: "booked".to_owned(),
        row_count: 1,
        counts: serde_json::json!({}),
        totals: serde_json::json!({}),
        created_at: noon("2026-02-01"),
    };
    import::insert(&tx, c, &import_row).await.unwrap();
    import::remember_mapping(&tx, c, "header", &serde_json::json!({}), noon("2026-02-01")).await.unwrap();
    let answer = IdempotencyRow { request_hash: [1; 32], status: 200, body: vec![], created_at: noon("2026-02-01") };
    idempotency::insert(&tx, c, "key", &answer).await.unwrap();
    let change = amendment::AmendmentRow {
        id: id(),
        invoice_id,
        kind: "due_on".to_owned(),
        before: serde_json::json!(1),
        after: serde_json::json!(2),
        import_id: None,
        recorded_at: noon("2026-02-01"),
    };
    amendment::insert(&tx, c, &change).await.unwrap();
    let new_job = NewJob {
        id: id(),
        creditor_id: c,
        kind: "receipt".to_owned(),
        payload: serde_json::json!({}),
        run_at: noon("2026-02-01"),
        dedupe_key: None,
        attempts_max: 3,
    };
    job::insert(&tx, &new_job).await.unwrap();
    let code = a_code(&world);
    code::insert(&tx, c, &code).await.unwrap();
    tx.commit().await.unwrap();
    let lease = std::time::Duration::from_secs(60);
    let job = job::claim(&db.store, noon("2026-02-01"), lease, 1, &[]).await.unwrap().remove(0);
    let (attempt_id, refund_id, reminder_id) = (started.id, refund_row.id, reminder_row.id);
    Rows { world, invoice_id, payment_id, attempt_id, refund_id, reminder_id, link, key, event, import_row, job, code }
}

fn is_absent<T: std::fmt::Debug>(result: Result<T, StoreFault>) -> bool {
    matches!(result, Err(StoreFault::NotFound(_)))
}

/// Names every read that finds something with the given creditor's id.
async fn finds(tx: &Tx, c: CreditorId, rows: &Rows) -> Vec<&'static str> {
    let page = PageRequest::first(10);
    let d = rows.world.d();
    let numbers = ["F-1".to_owned()];
    let found = [
        ("debtor::load", debtor::load(tx, c, d).await.is_ok()),
        ("debtor::find_by_reference", debtor::find_by_reference(tx, c, "c-001").await.unwrap().is_some()),
        ("debtor::find_by_email", !debtor::find_by_email(tx, c, "c-001@example.com").await.unwrap().is_empty()),
        ("debtor::list_owing", !debtor::list_owing(tx, c, &[d], on("2026-03-01")).await.unwrap().is_empty()),
        ("debtor::list_names", !debtor::list_names(tx, c, &[d]).await.unwrap().is_empty()),
        ("payment::find_many", !payment::find_many(tx, c, &[rows.payment_id]).await.unwrap().is_empty()),
        ("debtor::lock", debtor::lock(tx, c, d).await.is_ok()),
        ("account::load", account::load(tx, c, rows.world.account_id).await.is_ok()),
        ("snapshot::load", snapshot::load(tx, c, d).await.is_ok()),
        ("snapshot::load_with_movements", snapshot::load_with_movements(tx, c, d).await.is_ok()),
        ("invoice::load", invoice::load(tx, c, rows.invoice_id).await.is_ok()),
        ("invoice::find_by_numbers", !invoice::find_by_numbers(tx, c, &numbers).await.unwrap().is_empty()),
        ("invoice::find_many", !invoice::find_many(tx, c, &[rows.invoice_id]).await.unwrap().is_empty()),
        ("invoice::list", !invoice::list(tx, c, InvoiceFilter::default(), page).await.unwrap().items.is_empty()),
        ("amendment::list", !amendment::list_for_invoice(tx, c, rows.invoice_id).await.unwrap().is_empty()),
        ("journal::list", !journal::list(tx, c, page).await.unwrap().items.is_empty()),
        ("journal::list_for_debtor", !journal::list_for_debtor(tx, c, d, page).await.unwrap().items.is_empty()),
        ("payment::load", payment::load(tx, c, rows.payment_id).await.is_ok()),
        ("payment::find", payment::find_by_reference(tx, c, "sandbox", "pay_1").await.unwrap().is_some()),
        ("payment::list", !payment::list(tx, c, Some(d), page).await.unwrap().items.is_empty()),
        ("attempt::find", attempt::find(tx, c, rows.attempt_id).await.unwrap().is_some()),
        ("attempt::list", !attempt::list(tx, c, Some(d), page).await.unwrap().items.is_empty()),
        ("refund::load", refund::load(tx, c, rows.refund_id).await.is_ok()),
        ("refund::find", refund::find_by_reference(tx, c, rows.payment_id, "re_1").await.unwrap().is_some()),
        ("refund::list", !refund::list(tx, c, Some(rows.payment_id), page).await.unwrap().items.is_empty()),
        ("reminder::load", reminder::load(tx, c, rows.reminder_id).await.is_ok()),
        ("reminder::list", !reminder::list(tx, c, Some(d), page).await.unwrap().items.is_empty()),
        ("access_link::load", access_link::load(tx, c, rows.link.id).await.is_ok()),
        ("access_link::find", access_link::find_by_jti_hash(tx, c, &rows.link.jti_hash).await.unwrap().is_some()),
        ("access_link::list", !access_link::list(tx, c, d, page).await.unwrap().items.is_empty()),
        ("api_key::list", !api_key::list(tx, c).await.unwrap().is_empty()),
        ("inbound_event::load", inbound_event::load(tx, c, rows.event.id).await.is_ok()),
        ("inbound_event::list", !inbound_event::list(tx, c, None, page).await.unwrap().items.is_empty()),
        ("import::load", import::load(tx, c, rows.import_row.id).await.is_ok()),
        ("import::list", !import::list(tx, c, page).await.unwrap().items.is_empty()),
        ("import::find_mapping", import::find_mapping(tx, c, "header").await.unwrap().is_some()),
        ("totals::load", !totals::load(tx, c, on("2026-03-01")).await.unwrap().is_empty()),
        ("idempotency::find", idempotency::find(tx, c, "key").await.unwrap().is_some()),
        ("code::find_latest", code::find_latest(tx, c, d, &[5; 32]).await.unwrap().is_some()),
        ("code::count_since", code::count_since(tx, c, d, noon("2026-01-01")).await.unwrap() > 0),
    ];
    found.into_iter().filter_map(|(name, found)| found.then_some(name)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_creditor_finds_nothing() {
    on_both(async |db| {
        let rows = write_rows(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = crate::world::a_creditor("Stranger");
        saldo_store::creditor::insert(&tx, &stranger, noon("2026-01-01")).await.unwrap();
        assert_eq!(finds(&tx, rows.world.c(), &rows).await.len(), 40, "its owner finds everything");
        assert_eq!(finds(&tx, stranger.id, &rows).await, Vec::<&str>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_creditor_changes_nothing() {
    on_both(async |db| {
        let rows = write_rows(db).await;
        let now = noon("2026-03-05");
        let tx = db.store.write().await.unwrap();
        let other = World::in_tx(&tx, "Stranger").await;
        let (c, d) = (other.c(), rows.world.d());
        let status = InvoiceStatus::Void { voided_on: on("2026-03-01") };
        let change = ItemChange { invoice_id: rows.invoice_id, status };
        let paid = payment::load(&tx, rows.world.c(), rows.payment_id).await.unwrap().payment;
        let booking = give_back(GivenBack::Refund, &paid, mxn(10), |_| mxn(0), on("2026-03-01")).unwrap();
        let state = InboundEventState::Worked;
        let mut foreign_attempt = attempt::load(&tx, rows.world.c(), rows.attempt_id).await.unwrap();
        foreign_attempt.creditor_id = c;
        let absent = [
            ("invoice::set_status", is_absent(invoice::set_status(&tx, c, &change).await)),
            ("invoice::set_due_on", is_absent(invoice::set_due_on(&tx, c, rows.invoice_id, on("2026-04-01")).await)),
            ("invoice::set_amount", is_absent(invoice::set_amount(&tx, c, rows.invoice_id, mxn(1)).await)),
            ("invoice::set_disputed", is_absent(invoice::set_disputed(&tx, c, rows.invoice_id, true).await)),
            ("debtor::set_next_contact", is_absent(debtor::set_next_contact(&tx, c, d, None).await)),
            (
                "payment::apply_given_back",
                is_absent(payment::apply_given_back(&tx, c, rows.payment_id, &booking).await),
            ),
            ("attempt::update", is_absent(attempt::update(&tx, &foreign_attempt).await)),
            ("access_link::mark_revoked", is_absent(access_link::mark_revoked(&tx, c, rows.link.id, now).await)),
            ("access_link::mark_opened", is_absent(access_link::mark_opened(&tx, c, rows.link.id, now).await)),
            ("api_key::mark_revoked", is_absent(api_key::mark_revoked(&tx, c, rows.key.id, now).await)),
            ("api_key::mark_used", is_absent(api_key::mark_used(&tx, c, rows.key.id, now).await)),
            ("inbound_event", is_absent(inbound_event::mark(&tx, c, rows.event.id, state, None, now).await)),
            ("code::update", is_absent(code::update(&tx, c, rows.code.id, &rows.code.code).await)),
            ("debtor::set_language", is_absent(debtor::set_language(&tx, c, d, Language::Pt).await)),
            ("session::mark_fresh", is_absent(session::mark_fresh(&tx, c, &[5; 32], now).await)),
            ("import::update", is_absent(import::update(&tx, c, &rows.import_row).await)),
        ];
        let changed: Vec<&str> = absent.into_iter().filter_map(|(name, absent)| (!absent).then_some(name)).collect();
        assert_eq!(changed, Vec::<&str>::new());

        let items = [rows.invoice_id];
        let job = &rows.job;
        let done = [
            ("reminder", reminder::mark_handing_off(&tx, c, rows.reminder_id, &items, now).await.unwrap()),
            ("suppressed", reminder::mark_suppressed(&tx, c, rows.reminder_id, now, "x").await.unwrap()),
            ("refund", refund::mark_succeeded(&tx, c, rows.refund_id, "re", now).await.unwrap()),
            ("refund failed", refund::mark_failed(&tx, c, rows.refund_id, (None, "re"), now).await.unwrap()),
            ("job done", job::mark_done(&tx, c, job.id, job.fence, now).await.unwrap()),
            ("job retry", job::mark_retry(&tx, c, job.id, job.fence, now, "x").await.unwrap()),
            ("job dead", job::mark_dead(&tx, c, job.id, job.fence, "x", now).await.unwrap()),
        ];
        let done: Vec<&str> = done.into_iter().filter_map(|(name, done)| done.then_some(name)).collect();
        assert_eq!(done, Vec::<&str>::new());
        let entry =
            saldo_domain::ledger::JournalEntry::issue(rows.world.account_id, rows.invoice_id, mxn(1), on("2026-03-01"));
        assert!(is_absent(other.book(&tx, &entry.unwrap(), None).await), "an entry on another creditor's account");
    })
    .await;
}
