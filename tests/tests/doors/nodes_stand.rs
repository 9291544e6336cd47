//! What the nodes work on: a creditor with 20,000 debtors in three places of the world, a mail server, payments.

use std::collections::{HashMap, VecDeque};
use std::process::Command;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use saldo_app::ambient::{Clock, SystemClock};
use saldo_app::flows::adjust::{BankPayment, record_bank_payment};
use saldo_app::flows::create_creditor;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::{Zone, plus_days};
use saldo_domain::creditor::Creditor;
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{AccountId, DebtorId, EntryId, InvoiceId, PaymentId, ReminderId};
use saldo_domain::invoice::Invoice;
use saldo_domain::ledger::JournalEntry;
use saldo_domain::money::Money;
use saldo_providers::doubles::smtp::{SinkConfig, SinkTls, SmtpSink};
use saldo_store::invoice::NewInvoice;
use saldo_store::journal::NewEntry;
use saldo_store::{account, debtor, invoice, journal};
use saldo_tests::postgres::Database;
use saldo_tests::process::{self, Process};
use saldo_tests::product::{Product, Setup};
use sea_orm::{ConnectionTrait, Database as Connections, DatabaseConnection, Statement};
use uuid::Uuid;

use crate::nodes_world::{a_debtor, a_moment, wish};

/// Debtors that are due at once.
const DEBTORS: usize = 20_000;
/// When the day ends where it is about to.
const CLOSES_AFTER: SignedDuration = SignedDuration::from_secs(25);
/// Every so many debtors one pays.
const PAYERS: usize = 120;

/// How many groups of reminders a node works on at once.
pub const CONCURRENCY: usize = 3;

/// In which part of the world a debtor lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is day, for hours.
    Open,
    /// It is night.
    Closed,
    /// The day's last minute runs.
    Closing,
}

/// A reminder as the database has it.
#[derive(Debug)]
pub struct Row {
    pub id: ReminderId,
    pub debtor_id: DebtorId,
    pub step_key: String,
    pub state: String,
    pub handed_off_at: Option<Timestamp>,
}

/// A payment of everything that a debtor owed.
#[derive(Debug, Clone, Copy)]
pub struct Paid {
    /// A moment after its commit.
    pub committed_at: Timestamp,
    /// Whether a message had begun to leave by then.
    pub too_late: bool,
}

/// Everything around the nodes.
pub struct Stand {
    pub sink: SmtpSink,
    pub debtors: Vec<(DebtorId, Kind)>,
    places: HashMap<DebtorId, usize>,
    pub closes_at: Timestamp,
    product: Product,
    creditor: Creditor,
    accounts: Vec<AccountId>,
    payers: VecDeque<usize>,
    database: DatabaseConnection,
    ahead: SignedDuration,
    begun: Instant,
    binary: Vec<(String, String)>,
}

/// The name of a mail in the world, without the host.
pub fn message_id(data: &str) -> String {
    let line = data.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:")).unwrap_or_default();
    line.split(['<', '@']).nth(1).unwrap_or_default().to_owned()
}

fn system_now() -> Timestamp {
    SystemClock.now()
}

impl Stand {
    pub async fn new(database: &Database) -> Option<Self> {
        process::saldo()?;
        let (begins_at, zones) = a_moment(CLOSES_AFTER);
        let setup = Setup::new(Some(&database.url));
        setup.clock().set(begins_at - SignedDuration::from_hours(24 * 60));
        let product = setup.start().await;
        let creditor = create_creditor::create(&product.app, wish()).await.expect("a creditor");
        product.clock.set(begins_at);
        let sink = SmtpSink::start(SinkConfig { tls: SinkTls::None, credentials: None, takes_groups: true })
            .await
            .expect("a port is free");
        let connection = Connections::connect(&database.url).await.expect("the database answers");
        let mut stand = Self {
            sink,
            debtors: Vec::with_capacity(DEBTORS),
            places: HashMap::with_capacity(DEBTORS),
            closes_at: begins_at + CLOSES_AFTER,
            product,
            creditor,
            accounts: Vec::with_capacity(DEBTORS),
            payers: VecDeque::new(),
            database: connection,
            ahead: SignedDuration::ZERO,
            begun: Instant::now(),
            binary: Vec::new(),
        };
        for first in (0..DEBTORS).step_by(1_000) {
            stand.seed(first..first + 1_000, begins_at, &zones).await;
        }
        stand.places = stand.debtors.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
        // From the end of the queue to its head: some pay long before their message, and some long after.
        let open = |at: &usize| stand.debtors[*at].1 == Kind::Open;
        stand.payers = (0..DEBTORS).rev().step_by(PAYERS).filter(open).collect();
        stand.ahead = begins_at.duration_since(system_now());
        stand.begun = Instant::now();
        stand.binary = stand.environment(&database.url);
        Some(stand)
    }

    async fn seed(&mut self, places: std::ops::Range<usize>, now: Timestamp, zones: &[Zone; 3]) {
        let ambient = self.product.app.ambient().clone();
        let kind = |place: usize| match place % 20 {
            3 | 9 | 15 => Kind::Closed,
            6 | 12 | 18 => Kind::Closing,
            _ => Kind::Open,
        };
        let today = self.creditor.zone.date_at(now);
        let (issued_on, due_on) = (plus_days(today, -40).expect("a date"), plus_days(today, -12).expect("a date"));
        let debtors: Vec<Debtor> = places
            .clone()
            .map(|place| a_debtor(ambient.uuid_v7().into(), place, &zones[kind(place) as usize]))
            .collect();
        let creditor = self.creditor.id;
        let tx = self.product.app.store().write().await.expect("a transaction");
        let ids = debtor::upsert_many(&tx, creditor, &debtors, now).await.expect("debtors");
        let wanted: Vec<_> = ids.iter().map(|id| (*id, Currency::MXN, AccountId(ambient.uuid_v7()))).collect();
        let accounts = account::ensure_many(&tx, creditor, &wanted).await.expect("accounts");
        let mut invoices = Vec::with_capacity(ids.len());
        let mut entries = Vec::with_capacity(ids.len());
        for ((place, id), account) in places.clone().zip(&ids).zip(&accounts) {
            let amount = Money::new(1_000_000 + i64::try_from(place).expect("small"), Currency::MXN);
            let (number, invoice_id) = (format!("F-{place}"), InvoiceId(ambient.uuid_v7()));
            let invoice =
                Invoice::try_new(invoice_id, *account, number, issued_on, due_on, amount).expect("an invoice");
            entries.push(JournalEntry::issue(*account, invoice_id, amount, issued_on).expect("an entry"));
            invoices.push(NewInvoice { invoice, debtor_id: *id, import: None });
        }
        invoice::insert_many(&tx, creditor, &invoices).await.expect("invoices");
        let entries: Vec<NewEntry<'_>> = entries
            .iter()
            .zip(&ids)
            .map(|(entry, id)| NewEntry {
                id: EntryId(ambient.uuid_v7()),
                entry,
                debtor_id: Some(*id),
                movement_key: None,
                recorded_at: now,
            })
            .collect();
        journal::insert_entries(&tx, creditor, &entries).await.expect("entries");
        debtor::set_next_contact_many(&tx, creditor, &ids, Some(now)).await.expect("they are due");
        tx.commit().await.expect("commit");
        self.debtors.extend(ids.into_iter().zip(places.map(kind)));
        self.accounts.extend(accounts);
    }

    fn environment(&self, database: &str) -> Vec<(String, String)> {
        let settings = [
            ("SERVER__BIND", "127.0.0.1:0".to_owned()),
            ("SERVER__PUBLIC_URL", "http://127.0.0.1:9".to_owned()),
            ("SERVER__DATA_DIR", self.product.app.config().server.data_dir.display().to_string()),
            ("SERVER__TEST_CLOCK_AHEAD_SECONDS", self.ahead.as_secs().to_string()),
            ("DATABASE__URL", database.to_owned()),
            ("MAIL__TRANSPORT", "smtp".to_owned()),
            ("MAIL__HOST", "127.0.0.1".to_owned()),
            ("MAIL__PORT", self.sink.port().to_string()),
            ("MAIL__SECURITY", "none".to_owned()),
            ("REMINDERS__TICK_SECONDS", "1".to_owned()),
            ("JOBS__LEASE_SECONDS", "6".to_owned()),
            ("JOBS__CONCURRENCY", CONCURRENCY.to_string()),
        ];
        settings.map(|(name, value)| (format!("SALDO_{name}"), value)).into()
    }

    /// Starts a node.
    pub fn node(&self) -> Process {
        let mut command: Command = process::saldo().expect("it was there");
        command.args(["serve", "--role", "worker"]).envs(self.binary.iter().cloned());
        let node = Process::start(command);
        node.wait_for(|line| line.contains("serving").then_some(()));
        node
    }

    /// What the nodes' clocks show.
    fn now(&self) -> Timestamp {
        system_now() + SignedDuration::from_secs(self.ahead.as_secs())
    }

    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    pub fn seeded_at(&self) -> Timestamp {
        self.closes_at - CLOSES_AFTER
    }

    /// Whether the day has ended where it was about to.
    pub fn is_closed(&self) -> bool {
        self.now() > self.closes_at + SignedDuration::from_secs(2)
    }

    /// Who pays next: one from the queue, and one whose message may be about to leave at this moment.
    pub async fn next_payers(&mut self) -> Vec<DebtorId> {
        let on_the_edge = Uuid::now_v7().as_bytes()[15];
        let sql =
            format!("SELECT debtor_id FROM reminders WHERE state = 'planned' ORDER BY id LIMIT 1 OFFSET {on_the_edge}");
        let planned = self.query(&sql).await;
        let planned = planned.first().map(|row| DebtorId(row.try_get("", "debtor_id").expect("an id")));
        self.payers.pop_front().map(|place| self.debtors[place].0).into_iter().chain(planned).collect()
    }

    /// Pays all that a debtor owes.
    pub async fn pay(&self, debtor_id: DebtorId) -> Paid {
        self.product.clock.set(self.now());
        let place = self.places[&debtor_id];
        let payment = BankPayment {
            payment_id: PaymentId(Uuid::now_v7()),
            debtor_id,
            account_id: self.accounts[place],
            amount: Money::new(1_000_000 + i64::try_from(place).expect("small"), Currency::MXN),
            value_on: plus_days(self.creditor.zone.date_at(self.now()), -1).expect("a date"),
            reference: format!("SPEI {place}"),
            invoice_ids: Vec::new(),
        };
        let booked = record_bank_payment(&self.product.app, self.creditor.id, &Actor::Operator, payment).await;
        booked.expect("it is booked");
        let sql = format!("SELECT COUNT(handed_off_at) AS count FROM reminders WHERE debtor_id = '{debtor_id}'");
        Paid { too_late: self.count(&sql).await > 0, committed_at: self.now() }
    }

    /// Whether nothing is planned or on its way, and nobody is due.
    pub async fn is_quiet(&self) -> bool {
        let now = self.now();
        let due = format!("SELECT COUNT(*) AS count FROM debtors WHERE next_contact_at <= '{now}'");
        let open = "SELECT COUNT(*) AS count FROM reminders WHERE state IN ('planned', 'handing_off')";
        self.count(open).await + self.count(&due).await == 0
    }

    /// How far they are, in words.
    pub async fn standing(&self) -> String {
        let sql = "SELECT COALESCE(string_agg(word, ', '), '') AS words FROM \
                   (SELECT state || ': ' || COUNT(*) AS word FROM reminders GROUP BY state) AS counted";
        let rows = self.query(sql).await;
        rows[0].try_get("", "words").expect("words")
    }

    pub async fn reminders(&self) -> Vec<Row> {
        let sql = "SELECT id, debtor_id, step_key, state, CAST(handed_off_at AS TEXT) AS at FROM reminders";
        let read = |row: sea_orm::QueryResult| {
            let at: Option<String> = row.try_get("", "at").expect("a moment");
            Row {
                id: ReminderId(row.try_get("", "id").expect("an id")),
                debtor_id: DebtorId(row.try_get("", "debtor_id").expect("an id")),
                step_key: row.try_get("", "step_key").expect("a key"),
                state: row.try_get("", "state").expect("a state"),
                handed_off_at: at.map(|text| text.parse().expect("a moment with its offset")),
            }
        };
        self.query(sql).await.into_iter().map(read).collect()
    }

    async fn count(&self, sql: &str) -> i64 {
        self.query(sql).await[0].try_get("", "count").expect("a count")
    }

    async fn query(&self, sql: &str) -> Vec<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.database.get_database_backend(), sql);
        self.database.query_all_raw(statement).await.expect("the database answers")
    }
}
