//! Where worlds begin: a database with a business in it, made once and copied for each seed.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use saldo_app::App;
use saldo_app::ambient::SteppedClock;
use saldo_app::config::Config;
use saldo_app::flows::create_creditor::{self, CreateCreditor};
use saldo_app::flows::policy::{self, Draft, PolicyBody, PublishFrom};
use saldo_app::flows::put_debtor;
use saldo_contract::debtor::PutDebtor;
use saldo_domain::actor::Actor;
use saldo_domain::currency::Currency;
use saldo_domain::discount::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, PartPayments, Reduction, TierUntil,
};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::segment::Segment;
use saldo_store::{Store, StoreOptions};
use saldo_tests::plans::monthly;
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::chance::Drawn;
use crate::feed;
use crate::node::{Node, Shared};
use crate::post::Post;
use crate::provider::Bank;
use crate::seat::Seat;
use crate::world::World;

/// How many owe.
const DEBTORS: usize = 5;

/// Tuesday, 3 March 2026, 9:00 in Mexico City.
fn opening() -> Timestamp {
    Timestamp::constant(1_772_550_000, 0)
}

/// Who lives in the database that every world begins with.
#[derive(Clone)]
struct Cast {
    creditor: CreditorId,
    debtors: Vec<(DebtorId, String)>,
}

/// The database of all beginnings.
struct Ground {
    folder: TempDir,
    cast: Cast,
}

/// One thread, so that what happens follows from the seed.
pub fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// A folder in memory, where the machine has one.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a temporary folder")
}

fn url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

fn config() -> Config {
    let settings = [("SALDO_MAIL__PER_SECOND".to_owned(), "0".to_owned())];
    Config::load(None, settings.into_iter()).expect("settings as documented")
}

async fn shared(url: &str, clock: &Arc<SteppedClock>, seed: u64) -> Shared {
    let options = StoreOptions { connections_max: 2, ..StoreOptions::default() };
    let store = Store::connect(url, options).await.expect("the database answers");
    let bank = Arc::new(Bank::new(Arc::clone(clock), seed));
    Shared { store, config: config(), bank, post: Arc::new(Post::default()), drawn: Arc::new(Drawn::new(seed)) }
}

async fn auditors(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("the auditor may read")
}

/// A business with its debtors and terms.
async fn settle(url: &str) -> Cast {
    let clock = Arc::new(SteppedClock::new(opening() - SignedDuration::from_hours(24 * 40)));
    let shared = shared(url, &clock, 0).await;
    shared.store.migrate().await.expect("the schema is made");
    let app = Node::new(&shared, opening() - SignedDuration::from_hours(24 * 40), SignedDuration::ZERO).app;
    let cast = people(&app).await;
    let database = auditors(url).await;
    feed::install(&database).await;
    database.close().await.expect("it closes");
    shared.store.close().await.expect("it closes");
    cast
}

async fn people(app: &App) -> Cast {
    let wish = CreateCreditor {
        name: "Papelería Sol".to_owned(),
        country: "MX".to_owned(),
        zone: "America/Mexico_City".to_owned(),
        language: "es".to_owned(),
        currency: "MXN".to_owned(),
        reply_to: None,
        colour: "#1f5f4a".to_owned(),
    };
    let creditor = create_creditor::create(app, wish).await.expect("a creditor").id;
    let tiers = vec![DiscountTier {
        until: TierUntil::DaysAfterIssue { days: 25 },
        reduction: Reduction::Rate { rate_bps: 333 },
    }];
    let discount = DiscountPolicy {
        segment: Segment::all(Currency::MXN),
        base: DiscountBase::Gross,
        rule: DiscountRule::Tiers { tiers },
        part_payments: PartPayments::Proportional,
        grace_minutes: 10,
    };
    for body in [PolicyBody::Discount(discount), PolicyBody::PlanTemplate(monthly())] {
        let draft = Draft { name: "terms".to_owned(), body };
        let made = policy::create(app, creditor, &Actor::Operator, draft).await.expect("a draft");
        let from = PublishFrom::Now;
        policy::publish(app, creditor, &Actor::Operator, made.id, made.revision, from).await.expect("it is published");
    }
    let mut debtors = Vec::new();
    for number in 1..=DEBTORS {
        let reference = format!("D{number}");
        let wish = PutDebtor {
            reference: reference.clone(),
            name: format!("Deudora {number}"),
            email: Some(format!("d{number}@example.com")),
            phone: None,
            postal_address: None,
            language: None,
            country: Some("MX".to_owned()),
            time_zone: Some("America/Mexico_City".to_owned()),
            tags: None,
        };
        debtors.push((put_debtor::put(app, creditor, wish).await.expect("a debtor").id, reference));
    }
    Cast { creditor, debtors }
}

fn ground() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    GROUND.get_or_init(|| {
        let folder = folder();
        let file = folder.path().join("ground.db");
        let cast = std::thread::scope(|scope| {
            scope.spawn(|| runtime().block_on(settle(&url(&file)))).join().expect("the ground is laid")
        });
        Ground { folder, cast }
    })
}

/// The world of a seed, and the folder that it lives in.
pub fn world(seed: u64) -> (World, TempDir) {
    let own = folder();
    let world = world_at(&own.path().join("world.db"), seed);
    (world, own)
}

/// The world of a seed, in a file.
pub fn world_at(file: &Path, seed: u64) -> World {
    let ground = ground();
    std::fs::copy(ground.folder.path().join("ground.db"), file).expect("room for a world");
    begin(&url(file), seed, &ground.cast, opening())
}

/// A world that was closed goes on.
pub fn again(file: &Path, now: Timestamp) -> World {
    begin(&url(file), 1, &ground().cast, now)
}

/// The same on a database of its own, which may be PostgreSQL.
pub fn world_on(url: &str, seed: u64) -> World {
    let cast = runtime().block_on(settle(url));
    begin(url, seed, &cast, opening())
}

fn begin(url: &str, seed: u64, cast: &Cast, now: Timestamp) -> World {
    let runtime = runtime();
    let clock = Arc::new(SteppedClock::new(now));
    let (shared, database) = runtime.block_on(async { (shared(url, &clock, seed).await, auditors(url).await) });
    let seats = cast.debtors.iter().map(|(id, reference)| Seat {
        creditor: cast.creditor,
        id: *id,
        reference: reference.clone(),
        seen: Rc::new(RefCell::default()),
    });
    World::new(runtime, seed, shared, seats.collect(), clock, database)
}
