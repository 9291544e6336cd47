//! What stood in a database as its tables came: rows of the first day, which each later step meets.

use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_store::{Store, StoreOptions, TableDigest, journal, snapshot};
use sea_orm::{ConnectionTrait, Database as Connections, DbBackend};
use uuid::Uuid;

/// `#n#` is an id, `@n@` are bytes, `{yes}` and `{no}` are what the database calls so.
const FIRST: [(&str, &str); 7] = [
    ("m0001_creditors", "
INSERT INTO creditors (id, name, country, zone, language, currency, reply_to, colour, logo, widget_origins, created_at)
VALUES (#1#, 'Casa Uno', 'MX', 'America/Mexico_City', 'es', 'MXN', 'c@example.com', '#1f5f4a', NULL, '[]', '2026-03-01T10:00:00+00:00');
INSERT INTO api_keys (creditor_id, id, label, hash, scopes, created_at)
VALUES (#1#, #2#, 'first', @2@, '[\"read\"]', '2026-03-01T10:00:00+00:00');
INSERT INTO debtors (creditor_id, id, reference, name, email, email_key, language, country, zone, email_opt_out_at, search_text, created_at)
VALUES (#1#, #3#, 'ANA', 'Ana Torres', 'ana@example.com', 'ana@example.com', 'es', 'MX', NULL, NULL, 'ana torres', '2026-03-01T10:00:00+00:00'),
       (#1#, #4#, 'EVA', 'Eva Ruiz', 'eva@example.com', 'eva@example.com', NULL, NULL, NULL, '2026-03-02T10:00:00+00:00', 'eva ruiz', '2026-03-01T10:00:00+00:00')"),
    ("m0002_ledger", "
INSERT INTO accounts (creditor_id, id, debtor_id, currency, balance_version, unapplied_minor) VALUES (#1#, #5#, #3#, 'MXN', 3, 0);
INSERT INTO imports (creditor_id, id, file_name, file_hash, mapping, state, row_count, counts, totals, created_at)
VALUES (#1#, #6#, 'a.csv', @6@, '{}', 'booked', 2, '{}', '[]', '2026-03-01T10:00:00+00:00');
INSERT INTO invoices (creditor_id, id, account_id, debtor_id, number, issued_on, due_on, amount_minor, currency, status, outstanding_minor, closed_on, disputed, import_id, import_line)
VALUES (#1#, #7#, #5#, #3#, 'F-1', '2026-02-01', '2026-03-01', 10000, 'MXN', 'open', 6000, NULL, {no}, #6#, 2),
       (#1#, #8#, #5#, #3#, 'F-2', '2026-02-01', '2026-03-01', 5000, 'MXN', 'paid', 0, '2026-03-02', {no}, #6#, 3);
INSERT INTO amendments (creditor_id, id, invoice_id, kind, before, after, import_id, recorded_at)
VALUES (#1#, #9#, #7#, 'due_date', '{}', '{}', #6#, '2026-03-01T10:00:00+00:00');
INSERT INTO journal_entries (creditor_id, id, kind, effective_on, currency, debtor_id, account_id, effect_minor, movement_key, recorded_at)
VALUES (#1#, #10#, 'issue', '2026-02-01', 'MXN', #3#, #5#, 10000, NULL, '2026-03-01T10:00:00+00:00'),
       (#1#, #11#, 'issue', '2026-02-01', 'MXN', #3#, #5#, 5000, NULL, '2026-03-01T10:00:00+00:00'),
       (#1#, #12#, 'payment', '2026-03-02', 'MXN', #3#, #5#, -9000, 'sandbox:pay_1:capture', '2026-03-02T10:00:00+00:00');
INSERT INTO journal_lines (creditor_id, entry_id, line_number, ledger_account, side, amount_minor, currency, account_id, invoice_id)
VALUES (#1#, #10#, 1, 'receivable', 'debit', 10000, 'MXN', #5#, #7#), (#1#, #10#, 2, 'invoiced', 'credit', 10000, 'MXN', NULL, NULL),
       (#1#, #11#, 1, 'receivable', 'debit', 5000, 'MXN', #5#, #8#), (#1#, #11#, 2, 'invoiced', 'credit', 5000, 'MXN', NULL, NULL),
       (#1#, #12#, 1, 'provider_clearing', 'debit', 9000, 'MXN', NULL, NULL), (#1#, #12#, 2, 'receivable', 'credit', 4000, 'MXN', #5#, #7#),
       (#1#, #12#, 3, 'receivable', 'credit', 5000, 'MXN', #5#, #8#)"),
    ("m0003_payments", "
INSERT INTO attempts (creditor_id, id, debtor_id, account_id, provider, amount_minor, currency, allocation_order, balance_version, created_at, expires_at, state_name, state, is_open)
VALUES (#1#, #13#, #3#, #5#, 'sandbox', 9000, 'MXN', '{\"order\": \"oldest_due_first\"}', 2, '2026-03-02T09:00:00+00:00', '2026-03-02T10:00:00+00:00',
        'canceled', '{\"state\": \"canceled\", \"canceled_at\": \"2026-03-02T09:30:00Z\"}', {no});
INSERT INTO payments (creditor_id, id, account_id, debtor_id, attempt_id, provider, provider_reference, amount_minor, currency, effective_on, unapplied_minor, refunded_minor, recorded_at)
VALUES (#1#, #14#, #5#, #3#, #13#, 'sandbox', 'pay_1', 9000, 'MXN', '2026-03-02', 0, 0, '2026-03-02T10:00:00+00:00');
INSERT INTO allocations (creditor_id, payment_id, line_number, invoice_id, amount_minor) VALUES (#1#, #14#, 1, #7#, 4000), (#1#, #14#, 2, #8#, 5000);
INSERT INTO inbound_events (creditor_id, id, provider, event_reference, received_at, body, state, worked_at)
VALUES (#1#, #15#, 'sandbox', 'evt_1', '2026-03-02T10:00:00+00:00', @15@, 'worked', '2026-03-02T10:00:01+00:00')"),
    ("m0004_reminders", "
INSERT INTO dunning_policies (creditor_id, id, step_offsets, send_from, send_until, sundays, created_at)
VALUES (#1#, #16#, '[-3, 3]', '09:00', '18:00', {no}, '2026-03-01T10:00:00+00:00');
INSERT INTO reminders (creditor_id, id, debtor_id, step_key, step_offset, step_due_on, channel, state, items, planned_at, handed_off_at, finished_at, policy_id, reason)
VALUES (#1#, #17#, #3#, 'k1', 3, '2026-03-01', 'email', 'sent', '[]', '2026-03-04T15:00:00+00:00', '2026-03-04T15:00:01+00:00', '2026-03-04T15:00:02+00:00', #16#, 'due');
INSERT INTO access_links (creditor_id, id, debtor_id, jti_hash, key_id, scope, issued_at, not_before, expires_at)
VALUES (#1#, #18#, #3#, @18@, 'k1', 'full', '2026-03-01T10:00:00+00:00', '2026-03-01T10:00:00+00:00', '2099-03-01T10:00:00+00:00');
INSERT INTO sessions (creditor_id, token_hash, kind, debtor_id, link_id, created_at, expires_at)
VALUES (#1#, @19@, 'debtor', #3#, #18#, '2026-03-01T10:00:00+00:00', '2099-03-01T22:00:00+00:00'),
       (#1#, @20@, 'console', NULL, NULL, '2026-03-01T10:00:00+00:00', '2099-03-01T22:00:00+00:00');
INSERT INTO console_sign_ins (creditor_id, token_hash, expires_at) VALUES (#1#, @21@, '2099-03-01T22:00:00+00:00')"),
    ("m0005_work", "
INSERT INTO jobs (creditor_id, id, kind, payload, dedupe_key, state, run_at, claimable_at, fence, attempt_count, attempts_max, finished_at)
VALUES (#1#, #22#, 'send_receipt', '{}', 'send_receipt:1', 'done', '2026-03-02T10:00:00+00:00', NULL, 1, 1, 14, '2026-03-02T10:00:01+00:00');
INSERT INTO idempotency_keys (creditor_id, idempotency_key, request_hash, status, body, created_at)
VALUES (#1#, 'k', @22@, 201, @22@, '2026-03-02T10:00:00+00:00');
INSERT INTO demo_mail (creditor_id, id, recipient, subject, text, html, headers, sent_at)
VALUES (#1#, #23#, 'ana@example.com', 'Hola', 'Hola', '<p>Hola</p>', '[]', '2026-03-02T10:00:00+00:00')"),
    ("m0008_members", "
INSERT INTO members (creditor_id, id, email, email_key, name, role, state, failed_count, created_at)
VALUES (#1#, #24#, 'o@example.com', 'o@example.com', 'O', 'owner', 'invited', 0, '2026-03-01T10:00:00+00:00');
INSERT INTO audit_log (creditor_id, id, recorded_at, actor_kind, actor_id, action, subject_kind, subject_id)
VALUES (#1#, #25#, '2026-03-02T10:00:00+00:00', 'member', #24#, 'looked', 'invoice', #7#)"),
    ("m0012_claims", "
INSERT INTO promises (creditor_id, id, debtor_id, account_id, amount_minor, owed_minor, currency, promised_on, made_at, made_by)
VALUES (#1#, #26#, #3#, #5#, NULL, 6000, 'MXN', '2026-03-20', '2026-03-10T10:00:00+00:00', '{\"kind\": \"operator\"}')"),
];

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// Fills the tables that a step has made.
pub async fn fill(url: &str, step: &str) {
    let Some((_, sql)) = FIRST.iter().find(|(name, _)| *name == step) else { return };
    let connection = Connections::connect(url).await.expect("the database answers");
    let postgres = connection.get_database_backend() == DbBackend::Postgres;
    let mut sql = if postgres {
        sql.replace("{yes}", "TRUE").replace("{no}", "FALSE")
    } else {
        sql.replace("{yes}", "1").replace("{no}", "0")
    };
    for number in (1..=26_u8).rev() {
        let id = id(number.into());
        let (as_id, as_bytes) = match postgres {
            true => (format!("'{id}'"), format!("'\\x{}'", id.simple())),
            false => (format!("X'{}'", id.simple()), format!("X'{}'", id.simple())),
        };
        sql = sql.replace(&format!("#{number}#"), &as_id).replace(&format!("@{number}@"), &as_bytes);
    }
    connection.execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{step}: {error}"));
    connection.close().await.expect("it closes");
}

/// What was there is there, and today's product reads it.
pub async fn assert_kept(url: &str, before: &[TableDigest]) {
    let store = Store::connect(url, StoreOptions::default()).await.expect("the database answers");
    let after = store.moment().await.expect("a moment").digest().await.expect("every row is read");
    let count = |digests: &[TableDigest], name: &str| {
        digests.iter().find(|found| found.table == name).map_or(0, |found| found.row_count)
    };
    for name in STAYING {
        assert_eq!(count(before, name), count(&after, name), "rows of {name}");
    }
    let tx = store.read().await.expect("a transaction");
    assert!(journal::parity(&tx).await.expect("it is added up").agrees(), "the ledger does not balance");
    if count(before, "journal_lines") > 0 {
        let ana = snapshot::load(&tx, CreditorId(id(1)), DebtorId(id(3))).await.expect("Ana is read");
        let owed: i64 = ana.accounts[0].items.iter().map(|item| item.outstanding.minor()).sum();
        assert_eq!(owed, 6_000, "what Ana owes");
        assert_eq!(ana.debtor.email.as_deref(), Some("ana@example.com"));
    }
    drop(tx);
    store.close().await.expect("it closes");
}

/// Tables whose rows no step takes away.
const STAYING: [&str; 16] = [
    "creditors",
    "api_keys",
    "debtors",
    "accounts",
    "imports",
    "invoices",
    "amendments",
    "journal_entries",
    "journal_lines",
    "attempts",
    "payments",
    "allocations",
    "inbound_events",
    "reminders",
    "access_links",
    "jobs",
];
