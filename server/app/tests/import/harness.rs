//! A creditor with an empty book on a fresh database, and short ways to import.

use futures::FutureExt;
use jiff::SignedDuration;
use saldo_app::ambient::{Ambient, Entropy, SteppedClock};
use saldo_app::flows::import_invoices::{ImportFailure, ImportWish, Importer, Inspected, Progress, Reading};
use saldo_app::import::{FileLimits, ImportReport};
use saldo_domain::calendar::{Date, Timestamp, Zone};
use saldo_domain::creditor::{Brand, Creditor};
use saldo_domain::currency::Currency;
use saldo_domain::ids::CreditorId;
use saldo_domain::invoice::Invoice;
use saldo_domain::locale::Language;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::journal::EntryRow;
use saldo_store::{PageRequest, Store, StoreOptions, creditor, debtor, invoice, journal, snapshot};
use sea_orm::{ConnectionTrait, Database};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that differ every time and are the same in every run.
pub struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        buffer.iter_mut().rev().zip(count.iter().rev()).for_each(|(byte, count)| *byte = *count);
    }
}

pub struct World {
    pub store: Store,
    pub ambient: Ambient,
    pub clock: Arc<SteppedClock>,
    pub creditor: Creditor,
    pub folder: PathBuf,
}

pub fn on(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn noon(date: &str) -> Timestamp {
    format!("{date}T18:00:00Z").parse().unwrap()
}

impl World {
    async fn new(store: Store, folder: &Path) -> Self {
        let clock = Arc::new(SteppedClock::new(noon("2026-03-02")));
        let ambient = Ambient::new(Arc::clone(&clock) as _, Arc::new(Counting(AtomicU64::new(1))));
        let creditor = Creditor {
            id: CreditorId(ambient.uuid_v7()),
            name: "Ferretería del Centro".to_owned(),
            country: "MX".to_owned(),
            zone: Zone::try_new("America/Mexico_City").unwrap(),
            language: Language::Es,
            currency: Currency::MXN,
            reply_to: None,
            paper: None,
            brand: Brand { colour: "#114477".to_owned(), logo: None },
        };
        let tx = store.write().await.unwrap();
        creditor::insert(&tx, &creditor, ambient.now()).await.unwrap();
        tx.commit().await.unwrap();
        Self { store, ambient, clock, creditor, folder: folder.to_owned() }
    }

    pub fn importer(&self) -> Importer<'_> {
        Importer::new(&self.store, &self.ambient, FileLimits::default())
    }

    pub fn wish(&self, bytes: &[u8], reading: Reading) -> ImportWish {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let path = self.folder.join(format!("{}.csv", COUNT.fetch_add(1, Ordering::Relaxed)));
        std::fs::write(&path, bytes).unwrap();
        ImportWish { path, file_name: "facturas.csv".to_owned(), import_id: None, reading }
    }

    pub async fn try_import(&self, text: &str, reading: Reading) -> Result<ImportReport, ImportFailure> {
        self.clock.advance(SignedDuration::from_secs(1));
        let report = self.importer().import(self.creditor.id, &self.wish(text.as_bytes(), reading), &|_| {}).await;
        self.assert_parity().await;
        report
    }

    pub async fn import(&self, text: &str) -> ImportReport {
        self.try_import(text, Reading::default()).await.unwrap()
    }

    pub async fn preview(&self, text: &str) -> ImportReport {
        let wish = self.wish(text.as_bytes(), Reading::default());
        self.importer().preview(self.creditor.id, &wish, &|_: Progress| {}).await.unwrap()
    }

    pub async fn inspect(&self, text: &str, reading: Reading) -> Result<Inspected, ImportFailure> {
        self.importer().inspect(self.creditor.id, &self.wish(text.as_bytes(), reading)).await
    }

    /// The books agree with themselves.
    pub async fn assert_parity(&self) {
        let tx = self.store.read().await.unwrap();
        let report = journal::parity(&tx).await.unwrap();
        assert!(report.agrees(), "{report:?}");
    }

    pub async fn find(&self, number: &str) -> Option<Invoice> {
        let tx = self.store.read().await.unwrap();
        let found = invoice::find_by_numbers(&tx, self.creditor.id, &[number.to_owned()]).await.unwrap();
        found.into_iter().next().map(|row| row.invoice)
    }

    pub async fn invoice(&self, number: &str) -> Invoice {
        self.find(number).await.unwrap_or_else(|| panic!("no invoice {number}"))
    }

    pub async fn snapshot(&self, reference: &str) -> DebtorSnapshot {
        let tx = self.store.read().await.unwrap();
        let debtor = debtor::find_by_reference(&tx, self.creditor.id, reference).await.unwrap().unwrap();
        snapshot::load(&tx, self.creditor.id, debtor.id).await.unwrap()
    }

    /// Every entry, in the order in which it was written.
    pub async fn journal(&self) -> Vec<EntryRow> {
        let tx = self.store.read().await.unwrap();
        let (mut entries, mut after) = (Vec::new(), None);
        loop {
            let page = journal::list(&tx, self.creditor.id, PageRequest::new(after, 500)).await.unwrap();
            entries.extend(page.items);
            match page.next {
                Some(next) => after = Some(next),
                None => return entries,
            }
        }
    }
}

/// Runs a test on SQLite and, where `SALDO_TEST_POSTGRES_URL` names a server, on PostgreSQL.
pub async fn on_both(test: impl AsyncFn(&World)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("saldo.db").display());
    run(&url, folder.path(), &test).await;
    let complete = std::env::var("SALDO_TESTS_COMPLETE").is_ok_and(|value| value == "1");
    match std::env::var("SALDO_TEST_POSTGRES_URL") {
        Ok(server) => on_postgres(&server, folder.path(), &test).await,
        Err(_) if complete => panic!("SALDO_TEST_POSTGRES_URL is missing"),
        Err(_) => eprintln!("#### skipped: PostgreSQL (SALDO_TEST_POSTGRES_URL is not set)"),
    }
}

async fn run(url: &str, folder: &Path, test: &impl AsyncFn(&World)) {
    let store = Store::connect(url, StoreOptions::default()).await.unwrap();
    store.migrate().await.unwrap();
    test(&World::new(store.clone(), folder).await).await;
    store.close().await.unwrap();
}

async fn on_postgres(server: &str, folder: &Path, test: &impl AsyncFn(&World)) {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = format!("saldo_import_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let admin = Database::connect(server).await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (address, query) = server.split_once('?').map_or((server, ""), |(address, query)| (address, query));
    let (scheme, rest) = address.split_once("://").expect("a postgres:// address");
    let host = rest.split('/').next().unwrap_or(rest);
    let url = format!("{scheme}://{host}/{name}?{query}");
    let outcome = AssertUnwindSafe(run(url.trim_end_matches('?'), folder, test)).catch_unwind().await;
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    admin.close().await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}
