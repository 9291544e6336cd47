//! The product in this process: real databases, real HTTP, a clock that stands until a test moves it.
//!
//! Jobs, the scheduler and the sandbox's events run when a test says so ([`Product::work`], [`Product::tick`]).

mod business;
mod people;
mod terms;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::{SignedDuration, Timestamp};
use reqwest::redirect::Policy;
use saldo_app::access_token::{SigningKey, TokenKeys};
use saldo_app::ambient::{Ambient, Entropy, SteppedClock, SystemEntropy};
use saldo_app::channels::SetUp;
use saldo_app::config::Config;
use saldo_app::mail::MailboxChannel;
use saldo_app::{App, Parts, jobs};
use saldo_providers::Secret;
use saldo_providers::channel::{EventSource, MemoryChannel, MessageChannel};
use saldo_providers::outbound::{Network, SystemNetwork};
use saldo_providers::payment::PaymentProvider;
use saldo_providers::payment::sandbox::{Sandbox, SandboxConfig};
use saldo_store::{Store, StoreOptions};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use crate::plans::monthly;
pub use business::Business;

/// The name and the secret of the key that signs links here, so that tests can forge with it.
pub const LINK_KEY: (&str, [u8; 32]) = ("t1", [7; 32]);

/// Where the clock stands at first: Tuesday, 3 March 2026, 15:00 UTC, which is 9:00 in Mexico City.
#[must_use]
pub fn opening() -> Timestamp {
    Timestamp::constant(1_772_550_000, 0)
}

/// Ids count up, so that lists keep their order while the clock stands; secrets are as random as ever.
#[derive(Default)]
struct OrderedIds(AtomicU32);

impl Entropy for OrderedIds {
    fn fill(&self, buffer: &mut [u8]) {
        if buffer.len() == 10 {
            buffer[4..8].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        } else {
            SystemEntropy.fill(buffer);
        }
    }
}

/// What a product is started with.
pub struct Setup {
    database: String,
    walled: Option<String>,
    folder: TempDir,
    environment: Vec<(String, String)>,
    mail: Option<Arc<dyn MessageChannel>>,
    set_up: SetUp,
    provider: Option<Arc<dyn PaymentProvider>>,
    clock: Arc<SteppedClock>,
    network: Arc<dyn Network>,
}

impl Setup {
    /// A database of its own: `sqlite://…` or `postgres://…`; none: a fresh SQLite file.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    #[must_use]
    pub fn new(database: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let own = || format!("sqlite://{}", folder.path().join("saldo.db").display());
        Self {
            database: database.map_or_else(own, ToOwned::to_owned),
            walled: None,
            folder,
            // Tests knock more often than people do; the test of the limits sets its own.
            environment: vec![
                ("SALDO_LIMITS__API_PER_MINUTE".to_owned(), "100000".to_owned()),
                ("SALDO_LIMITS__DOORS_PER_MINUTE".to_owned(), "100000".to_owned()),
                // And their clock jumps over weeks; the tests of sessions set the real ends.
                ("SALDO_CONSOLE__IDLE_MINUTES".to_owned(), "525600".to_owned()),
                ("SALDO_CONSOLE__SESSION_HOURS".to_owned(), "8760".to_owned()),
            ],
            mail: None,
            set_up: SetUp::default(),
            provider: None,
            clock: Arc::new(SteppedClock::new(opening())),
            network: Arc::new(SystemNetwork::new()),
        }
    }

    /// A setting, named as in the environment: `SALDO_LIMITS__API_PER_MINUTE`.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The product comes to its database by this address, with a role that row-level security holds for; the test itself
    /// looks by the first one ([`Product::database`]). With `SALDO_TEST_PAST_THE_WALL` set both go past it: the difference
    /// in time is what the wall costs.
    #[must_use]
    pub fn behind_the_wall(mut self, address: &str) -> Self {
        self.walled = std::env::var_os("SALDO_TEST_PAST_THE_WALL").is_none().then(|| address.to_owned());
        self
    }

    /// Mail goes into this channel instead of the built-in mailbox.
    #[must_use]
    pub fn mail(self, channel: &MemoryChannel) -> Self {
        self.mail_by(Arc::new(channel.clone()))
    }

    /// The same with any channel.
    #[must_use]
    pub fn mail_by(mut self, channel: Arc<dyn MessageChannel>) -> Self {
        self.mail = Some(channel);
        self
    }

    /// A further channel is set up.
    #[must_use]
    pub fn channel(mut self, channel: Arc<dyn MessageChannel>) -> Self {
        self.set_up.channels.push(channel);
        self
    }

    /// Somebody tells what became of messages.
    #[must_use]
    pub fn source(mut self, source: Arc<dyn EventSource>) -> Self {
        self.set_up.sources.push(source);
        self
    }

    /// Somebody else than the sandbox takes payments.
    #[must_use]
    pub fn provider(mut self, provider: Arc<dyn PaymentProvider>) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Another network between it and the subscribers of events.
    #[must_use]
    pub fn network(mut self, network: Arc<dyn Network>) -> Self {
        self.network = network;
        self
    }

    /// The clock that the product will go by.
    #[must_use]
    pub fn clock(&self) -> Arc<SteppedClock> {
        Arc::clone(&self.clock)
    }

    /// Serves it on a free port.
    ///
    /// # Panics
    /// When the database or a port cannot be had.
    pub async fn start(self) -> Product {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let mut config = Config::load(None, self.environment.into_iter()).expect("settings as documented");
        config.server.data_dir = self.folder.path().to_owned();
        config.server.public_url.clone_from(&url);
        let store = Store::connect(self.walled.as_ref().unwrap_or(&self.database), StoreOptions::default())
            .await
            .expect("the database answers");
        store.migrate().await.expect("the schema is made");
        let ambient = Ambient::new(self.clock.clone(), Arc::new(OrderedIds::default()));
        let keys = TokenKeys::try_new(vec![SigningKey::new(LINK_KEY.0.to_owned(), LINK_KEY.1)]).expect("one key");
        let wish = SandboxConfig::new(Secret::new(keys.derive("sandbox")), url.clone());
        let sandbox = self.provider.is_none().then(|| Sandbox::open(wish).expect("a sandbox in memory"));
        let provider = self.provider.or_else(|| sandbox.clone().map(|sandbox| Arc::new(sandbox) as Arc<_>));
        let mailbox = || Arc::new(MailboxChannel::new(store.clone(), ambient.clone())) as Arc<dyn MessageChannel>;
        let mail = self.mail.unwrap_or_else(mailbox);
        let mut channels = self.set_up;
        channels.channels.insert(0, mail);
        let provider = provider.expect("the sandbox takes payments where nobody else does");
        let parts = Parts {
            ambient,
            store,
            config,
            public_url: url.clone(),
            keys,
            provider,
            sandbox: sandbox.clone(),
            channels,
        };
        let app = App::over(parts, self.network);
        let service = saldo_portal::routes::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, service).await;
        });
        Product { app, clock: self.clock, url, sandbox, database: self.database, server, _folder: self.folder }
    }
}

/// A running product; dropping it closes its port.
pub struct Product {
    /// Everything that flows work with.
    pub app: App,
    /// Its clock.
    pub clock: Arc<SteppedClock>,
    /// `http://127.0.0.1:PORT`, without a slash.
    pub url: String,
    /// The sandbox, where it takes the payments.
    pub sandbox: Option<Sandbox>,
    /// The address of its database.
    pub database: String,
    server: JoinHandle<()>,
    _folder: TempDir,
}

impl Drop for Product {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Product {
    /// Starts it with the built-in mailbox; none: on a fresh SQLite file.
    ///
    /// # Panics
    /// When the database or a port cannot be had.
    pub async fn start(database: Option<&str>) -> Self {
        Setup::new(database).start().await
    }

    /// Works until no job is due and the sandbox has nothing to say.
    ///
    /// # Panics
    /// When jobs breed jobs without end.
    pub async fn work(&self) {
        for _ in 0..200 {
            let carried = jobs::deliver_sandbox_events(&self.app).await.expect("events arrive");
            let worked = jobs::run_due(&self.app).await.expect("jobs are claimed");
            if carried + worked == 0 {
                return;
            }
        }
        panic!("there is always more to do");
    }

    /// One look at everything that time brings: who is to be reminded, which attempts to ask about.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn tick(&self) {
        jobs::tick(&self.app).await.expect("a tick succeeds");
    }

    /// Moves the clock on.
    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// A client with cookies of its own that does not follow redirects.
    ///
    /// # Panics
    /// Never: it needs no TLS.
    #[must_use]
    pub fn client(&self) -> reqwest::Client {
        let builder = reqwest::Client::builder().cookie_store(true).redirect(Policy::none()).no_proxy();
        builder.build().expect("a plain client")
    }
}
