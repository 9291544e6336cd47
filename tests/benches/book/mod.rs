//! A creditor whose debtors are all due, around an app.

pub mod lettre_alone;

use saldo_app::access_token::{SigningKey, TokenKeys};
use saldo_app::ambient::{Ambient, SteppedClock, SystemEntropy};
use saldo_app::config::Config;
use saldo_app::flows::create_creditor::{self, CreateCreditor};
use saldo_app::flows::receive_message_event;
use saldo_app::{App, Parts};
use saldo_domain::calendar::{Timestamp, plus_days};
use saldo_domain::creditor::Creditor;
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{AccountId, EntryId, InvoiceId};
use saldo_domain::invoice::Invoice;
use saldo_domain::ledger::JournalEntry;
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_providers::Secret;
use saldo_providers::channel::{
    Knock, Mail, MailAddress, SmtpChannel, SmtpConfig, SmtpTls, StandardMail, sign_standard,
};
use saldo_providers::payment::sandbox::{Sandbox, SandboxConfig};
use saldo_store::invoice::NewInvoice;
use saldo_store::journal::NewEntry;
use saldo_store::{Store, StoreOptions, account, debtor, invoice, journal};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement};
use std::path::Path;
use std::sync::Arc;

/// What the mail server signs its reports with.
const SECRET: &str = "the mail server's";
/// Tuesday, 3 March 2026, 18:00 UTC: noon in Mexico City.
const NOW: Timestamp = Timestamp::constant(1_772_560_800, 0);

pub struct Book {
    pub app: App,
    pub channel: Arc<SmtpChannel>,
    pub creditor: Creditor,
    url: String,
}

impl Book {
    pub async fn new(folder: &Path, port: u16) -> Self {
        let url = std::env::var("SALDO_BENCH_DATABASE_URL")
            .unwrap_or_else(|_| format!("sqlite://{}", folder.join("saldo.db").display()));
        let store = Store::connect(&url, StoreOptions::default()).await.expect("the database opens");
        store.migrate().await.expect("migrations");
        let clock = Arc::new(SteppedClock::new(NOW - jiff::SignedDuration::from_hours(24 * 60)));
        let ambient = Ambient::new(clock.clone(), Arc::new(SystemEntropy));
        let mut config = Config::load(None, std::iter::empty()).expect("the defaults");
        config.server.data_dir = folder.to_owned();
        let keys = TokenKeys::try_new(vec![SigningKey::new("b1".to_owned(), [7; 32])]).expect("one key");
        let public_url = "http://127.0.0.1:9".to_owned();
        let wish = SandboxConfig::new(Secret::new(keys.derive("sandbox")), public_url.clone());
        let sandbox = Sandbox::open(wish).expect("a sandbox in memory");
        let mut smtp = SmtpConfig::new("127.0.0.1", port, SmtpTls::Plaintext);
        smtp.connections_max = 8;
        let channel = Arc::new(SmtpChannel::try_new(smtp).expect("a channel"));
        let parts = Parts {
            ambient,
            store,
            config,
            public_url,
            keys,
            provider: Arc::new(sandbox.clone()),
            sandbox: Some(sandbox),
            channels: saldo_app::channels::SetUp {
                channels: vec![channel.clone()],
                sources: vec![Arc::new(StandardMail::new(vec![Secret::new(SECRET.to_owned())]))],
            },
        };
        let app = App::new(parts);
        let wish = CreateCreditor {
            name: "Aceros del Norte".to_owned(),
            country: "MX".to_owned(),
            zone: "America/Mexico_City".to_owned(),
            language: "es".to_owned(),
            currency: "MXN".to_owned(),
            reply_to: None,
            colour: "#114477".to_owned(),
        };
        let creditor = create_creditor::create(&app, wish).await.expect("a creditor");
        clock.set(NOW);
        Self { app, channel, creditor, url }
    }

    /// Debtors with an invoice each, twelve days past due; every other one reads English.
    pub async fn fill(&self, count: u64) {
        for first in (0..count).step_by(1_000) {
            self.fill_some(first..(first + 1_000).min(count)).await;
        }
    }

    async fn fill_some(&self, places: std::ops::Range<u64>) {
        let (ambient, creditor) = (self.app.ambient(), self.creditor.id);
        let today = self.creditor.zone.date_at(NOW);
        let (issued_on, due_on) = (plus_days(today, -40).expect("a date"), plus_days(today, -12).expect("a date"));
        let debtors: Vec<Debtor> = places.clone().map(|place| a_debtor(ambient, place)).collect();
        let tx = self.app.store().write_of(creditor).await.expect("a transaction");
        let ids = debtor::upsert_many(&tx, creditor, &debtors, NOW).await.expect("debtors");
        let wanted: Vec<_> = ids.iter().map(|id| (*id, Currency::MXN, AccountId(ambient.uuid_v7()))).collect();
        let accounts = account::ensure_many(&tx, creditor, &wanted).await.expect("accounts");
        let (mut invoices, mut entries) = (Vec::new(), Vec::new());
        for ((place, id), account) in places.zip(&ids).zip(&accounts) {
            let (number, invoice_id) = (format!("F-{place}"), InvoiceId(ambient.uuid_v7()));
            let amount = Money::new(1_000_000, Currency::MXN);
            let invoice =
                Invoice::try_new(invoice_id, *account, number, issued_on, due_on, amount).expect("an invoice");
            entries.push(JournalEntry::issue(*account, invoice_id, amount, issued_on).expect("an entry"));
            invoices.push(NewInvoice { invoice, debtor_id: *id, import: None });
        }
        invoice::insert_many(&tx, creditor, &invoices).await.expect("invoices");
        let rows = entries.iter().zip(&ids).map(|(entry, id)| NewEntry {
            id: EntryId(ambient.uuid_v7()),
            entry,
            debtor_id: Some(*id),
            movement_key: None,
            recorded_at: NOW,
        });
        journal::insert_entries(&tx, creditor, &rows.collect::<Vec<_>>()).await.expect("entries");
        debtor::set_next_contact_many(&tx, creditor, &ids, Some(NOW)).await.expect("they are due");
        tx.commit().await.expect("commit");
    }

    /// The database itself, with the creditor's rows for a role that stands behind the wall.
    async fn database(&self) -> DatabaseConnection {
        let (mut options, creditor) = (ConnectOptions::new(&self.url), self.creditor.id);
        options.map_sqlx_postgres_opts(move |postgres| postgres.options([("app.creditor", creditor)]));
        Database::connect(options).await.expect("the database opens")
    }

    /// Debtors whose time has not come, written by the database alone.
    pub async fn fill_with_idle(&self, count: u64) {
        let database = self.database().await;
        let (random, creditor) = if self.url.starts_with("sqlite") {
            ("randomblob(16)", format!("x'{}'", self.creditor.id.0.simple()))
        } else {
            ("gen_random_uuid()", format!("CAST('{}' AS uuid)", self.creditor.id.0))
        };
        let sql = format!(
            "INSERT INTO debtors (creditor_id, id, reference, name, email, email_key, tags, next_contact_at, search_text, \
             created_at) WITH RECURSIVE counted (place) AS (SELECT 1 UNION ALL SELECT place + 1 FROM counted \
             WHERE place < {count}) SELECT {creditor}, {random}, 'I' || place, 'Deudora', 'i@example.com', \
             'i@example.com', '[]', '2026-03-08T18:00:00+00:00', 'deudora', '2026-03-01T18:00:00+00:00' FROM counted"
        );
        database.execute_unprepared(&sql).await.expect("it is written");
    }

    /// What planning writes, as the database alone can write it: rows in the order of their keys, which are the debtors' own.
    pub async fn plan_by_statements(&self) {
        let database = self.database().await;
        let statements = [
            "INSERT INTO reminders (creditor_id, id, debtor_id, step_key, step_offset, step_due_on, channel, state, \
             items, planned_at, policy_id, step_place, reason) SELECT debtors.creditor_id, debtors.id, debtors.id, \
             '2026-02-19+99', 99, '2026-02-19', 'email', 'planned', '[]', '2026-03-03T18:00:00+00:00', debtors.id, 0, \
             'due' FROM debtors JOIN invoices ON invoices.creditor_id = debtors.creditor_id \
             AND invoices.debtor_id = debtors.id AND invoices.status = 'open' \
             WHERE debtors.creditor_id = debtors.creditor_id ON CONFLICT DO NOTHING",
            "INSERT INTO decisions (creditor_id, id, debtor_id, decided_at, outcome, why, step_offset, step_due_on, \
             channel, policy_id, rules, rules_version) SELECT creditor_id, id, id, '2026-03-03T18:00:00+00:00', 'send', \
             'due', 99, '2026-02-19', 'email', id, 'mx', 1 FROM debtors WHERE creditor_id = creditor_id",
            "UPDATE debtors SET next_contact_at = '2026-03-03T23:00:00+00:00'",
        ];
        for sql in statements {
            database.execute_unprepared(sql).await.expect("it is written");
        }
    }

    /// The names of the mails that were sent and of which nothing was told yet.
    pub async fn sent_references(&self) -> Vec<String> {
        let database = self.database().await;
        let sql =
            "SELECT provider_reference FROM messages WHERE state = 'sent' AND creditor_id = creditor_id ORDER BY id";
        let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), sql)).await;
        let name = |row: QueryResult| row.try_get("", "provider_reference").expect("a mail has a name");
        rows.expect("it is read").into_iter().map(name).collect()
    }

    /// The mail server's word that mails arrived, at the door for it.
    pub async fn tell_arrived(&self, references: &[String]) {
        let event = |reference: &String| format!(r#"{{"message_id":"{reference}","state":"delivered"}}"#);
        let events: Vec<String> = references.iter().map(event).collect();
        let body = format!(r#"{{"events":[{}]}}"#, events.join(",")).into_bytes();
        let (id, at) = (references[0].clone(), self.app.now());
        let signature = sign_standard(&Secret::new(SECRET.to_owned()), &id, at, &body);
        let header = |name: &str| match name {
            "webhook-id" => Some(id.clone()),
            "webhook-timestamp" => Some(at.as_second().to_string()),
            "webhook-signature" => Some(signature.clone()),
            _ => None,
        };
        let knock = Knock { url: "", query: "", header: &header, body: &body };
        receive_message_event::receive(&self.app, "mail", self.creditor.id, &knock).await.expect("it is genuine");
    }

    /// A mail of the size of a reminder.
    pub fn a_mail(&self) -> Mail {
        Mail {
            message_id: "1@example.com".to_owned(),
            date: NOW,
            from: MailAddress::bare("saldo@example.com"),
            reply_to: None,
            to: MailAddress::bare("ana@example.com"),
            subject: "Aceros del Norte: $10,000.00 está abierto".to_owned(),
            text: "Un texto de una línea.\n".repeat(30),
            html: "<p>Un texto de una línea en HTML, con estilo.</p>\n".repeat(90),
            list_unsubscribe_url: Some("https://example.com/optout/1".to_owned()),
            attachments: Vec::new(),
        }
    }
}

fn a_debtor(ambient: &Ambient, place: u64) -> Debtor {
    Debtor {
        id: ambient.uuid_v7().into(),
        reference: format!("D{place:06}"),
        name: format!("Deudora {place}"),
        email: Some(format!("d{place}@example.com")),
        phone: None,
        language: place.is_multiple_of(2).then_some(Language::En),
        country: None,
        zone: None,
        postal_address: None,
        tags: Vec::new(),
    }
}
