//! Figures for Prometheus.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// What the process counts. Figures of the books are read from the books when they are asked for.
pub struct Metrics {
    registry: Registry,
    /// Answers by route and status.
    pub requests: Family<RequestLabels, Counter>,
    /// Finished jobs by kind and outcome.
    pub jobs: Family<JobLabels, Counter>,
    /// Provider events by provider and outcome.
    pub events: Family<EventLabels, Counter>,
    /// Messages by kind and outcome.
    pub messages: Family<MessageLabels, Counter>,
    /// Jobs that wait.
    pub jobs_ready: Gauge,
    /// Jobs that gave up.
    pub jobs_dead: Gauge,
}

/// One route's answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct RequestLabels {
    /// The route as the router has it, never the path itself.
    pub route: String,
    /// The HTTP status.
    pub status: u16,
}

/// One kind of job.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct JobLabels {
    /// The kind.
    pub kind: String,
    /// `done`, `retry`, `dead`, `lost`.
    pub outcome: &'static str,
}

/// One provider's events.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct EventLabels {
    /// The provider.
    pub provider: String,
    /// `received`, `repeated`, `worked`, `unmatched`, `refused`.
    pub outcome: &'static str,
}

/// One kind of message.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct MessageLabels {
    /// `reminder`, `receipt`, `link`.
    pub kind: &'static str,
    /// `sent`, `failed`, `suppressed`, `unknown`.
    pub outcome: &'static str,
}

impl Metrics {
    /// All at zero.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("saldo");
        let (requests, jobs) = (Family::default(), Family::default());
        let (events, messages) = (Family::default(), Family::default());
        let (jobs_ready, jobs_dead) = (Gauge::default(), Gauge::default());
        registry.register("http_requests", "Answers by route and status", Family::clone(&requests));
        registry.register("jobs", "Finished jobs by kind and outcome", Family::clone(&jobs));
        registry.register("provider_events", "Provider events by outcome", Family::clone(&events));
        registry.register("messages", "Messages by kind and outcome", Family::clone(&messages));
        registry.register("jobs_ready", "Jobs that wait", Gauge::clone(&jobs_ready));
        registry.register("jobs_dead", "Jobs that gave up", Gauge::clone(&jobs_dead));
        Self { registry, requests, jobs, events, messages, jobs_ready, jobs_dead }
    }

    /// The text that Prometheus reads.
    pub fn encode(&self) -> Option<String> {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry).ok()?;
        Some(text)
    }

    /// Counts a message.
    pub fn message(&self, kind: &'static str, outcome: &'static str) {
        self.messages.get_or_create(&MessageLabels { kind, outcome }).inc();
    }

    /// Counts a provider event.
    pub fn event(&self, provider: &str, outcome: &'static str) {
        self.events.get_or_create(&EventLabels { provider: provider.to_owned(), outcome }).inc();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
