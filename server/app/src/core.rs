use crate::access_token::TokenKeys;
use crate::ambient::Ambient;
use crate::channels::{Channels, SetUp, StoredChannel};
use crate::config::{Config, ServerMode};
use crate::flows::reconcile_attempts::Asked;
use crate::flows::upload_import::Running;
use crate::flows::widgets::Watchers;
use crate::http::Parity;
use crate::limits::Limiters;
use crate::metrics::Metrics;
use crate::wording::Cache;
use jiff::Timestamp;
use saldo_providers::channel::MessageChannel;
use saldo_providers::outbound::{Network, Poster, Rules, SystemNetwork};
use saldo_providers::payment::PaymentProvider;
use saldo_providers::payment::sandbox::Sandbox;
use saldo_store::Store;
use std::sync::Arc;
use std::time::Duration;

/// Everything that flows work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    parts: Parts,
    channels: Channels,
    limiters: Limiters,
    metrics: Metrics,
    asked: Asked,
    running_imports: Running,
    templates: Cache,
    parity: Parity,
    watchers: Watchers,
    poster: Poster,
}

/// What the composition root puts together.
pub struct Parts {
    /// Clock and randomness.
    pub ambient: Ambient,
    /// The books.
    pub store: Store,
    /// What the installation decides.
    pub config: Config,
    /// How it is reached from outside, without a slash at the end.
    pub public_url: String,
    /// The keys of links and widget tokens.
    pub keys: TokenKeys,
    /// Who takes payments.
    pub provider: Arc<dyn PaymentProvider>,
    /// The same provider, where it is the sandbox.
    pub sandbox: Option<Sandbox>,
    /// How messages leave, and who tells what became of them.
    pub channels: SetUp,
}

/// Lets tests end this process before and after every call to the outside.
#[cfg(feature = "failpoints")]
fn watch(provider: &mut Arc<dyn PaymentProvider>, set_up: &mut SetUp) {
    use crate::watched::{WatchedChannel, WatchedProvider};
    *provider = Arc::new(WatchedProvider(Arc::clone(provider)));
    for channel in &mut set_up.channels {
        *channel = Arc::new(WatchedChannel(Arc::clone(channel)));
    }
}

impl App {
    /// From its parts.
    pub fn new(parts: Parts) -> Self {
        Self::over(parts, Arc::new(SystemNetwork::new()))
    }

    /// The same with another network between it and the subscribers of events.
    pub fn over(mut parts: Parts, network: Arc<dyn Network>) -> Self {
        parts.store.tell(Arc::new(parts.ambient.clone()));
        let events = &parts.config.events;
        let timeout = Duration::from_secs(u64::from(events.timeout_seconds.max(1)));
        #[cfg(feature = "failpoints")]
        let network = Arc::new(crate::watched::WatchedNetwork(network));
        let poster = Poster::over(network, Rules { loopback: events.loopback }, timeout);
        let limiters = Limiters::new(&parts.config.limits);
        let mut set_up = std::mem::take(&mut parts.channels);
        for channel in parts.config.stored_channels() {
            let stored = StoredChannel::of(channel, parts.store.clone(), parts.ambient.clone());
            set_up.channels.extend(stored.map(|stored| Arc::new(stored) as Arc<dyn MessageChannel>));
        }
        #[cfg(feature = "failpoints")]
        watch(&mut parts.provider, &mut set_up);
        let channels = Channels::new(set_up, parts.store.clone(), parts.config.reminders.in_hand_max, |channel| {
            parts.config.per_second(channel)
        });
        Self(Arc::new(Inner {
            parts,
            channels,
            limiters,
            metrics: Metrics::new(),
            asked: Asked::default(),
            running_imports: Running::default(),
            templates: Cache::default(),
            parity: Parity::default(),
            watchers: Watchers::default(),
            poster,
        }))
    }

    /// Clock and randomness.
    pub fn ambient(&self) -> &Ambient {
        &self.0.parts.ambient
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.ambient().now()
    }

    /// The books.
    pub fn store(&self) -> &Store {
        &self.0.parts.store
    }

    /// What the installation decides.
    pub fn config(&self) -> &Config {
        &self.0.parts.config
    }

    /// The keys of links and widget tokens.
    pub fn keys(&self) -> &TokenKeys {
        &self.0.parts.keys
    }

    /// Who takes payments.
    pub fn provider(&self) -> &dyn PaymentProvider {
        self.0.parts.provider.as_ref()
    }

    /// The sandbox, where it takes the payments.
    pub fn sandbox(&self) -> Option<&Sandbox> {
        self.0.parts.sandbox.as_ref()
    }

    /// How messages leave.
    pub fn channels(&self) -> &Channels {
        &self.0.channels
    }

    /// How much callers may ask.
    pub fn limiters(&self) -> &Limiters {
        &self.0.limiters
    }

    /// Figures for Prometheus.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// Which open attempts this node has asked about.
    pub(crate) fn asked(&self) -> &Asked {
        &self.0.asked
    }

    /// How far the imports are that run on this node.
    pub fn running_imports(&self) -> &Running {
        &self.0.running_imports
    }

    /// The message templates that this node has compiled.
    pub(crate) fn templates(&self) -> &Cache {
        &self.0.templates
    }

    /// Whether the ledger balanced when this node last looked.
    pub(crate) fn parity(&self) -> &Parity {
        &self.0.parity
    }

    /// Who listens on this node for changes of what widgets show.
    pub fn watchers(&self) -> &Watchers {
        &self.0.watchers
    }

    /// Asks the addresses that creditors name for their events.
    pub fn poster(&self) -> &Poster {
        &self.0.poster
    }

    /// A path of ours as it is reached from outside.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.parts.public_url)
    }

    /// Whether no real money moves: every page says so.
    pub fn is_test(&self) -> bool {
        self.config().server.mode == ServerMode::Test || !self.provider().mode().is_live()
    }
}
