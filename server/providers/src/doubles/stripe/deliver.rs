//! The double's events on their way: signed when they are handed out, and disordered on command.

use super::StripeDouble;
use crate::Secret;
use crate::payment::sign;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubleEvent {
    /// Stripe's type of it.
    pub kind: String,
    /// The raw JSON, to be signed as it is.
    pub body: Vec<u8>,
}

/// How events come.
#[derive(Debug, Default)]
pub(super) struct Delivery {
    twice: bool,
    backwards: bool,
    held: bool,
}

impl StripeDouble {
    /// Whether each event comes twice.
    pub fn deliver_twice(&self, twice: bool) {
        self.shared.lock().delivery.twice = twice;
    }

    /// Whether the newest event comes first.
    pub fn deliver_backwards(&self, backwards: bool) {
        self.shared.lock().delivery.backwards = backwards;
    }

    /// Whether events wait.
    pub fn hold_events(&self, held: bool) {
        self.shared.lock().delivery.held = held;
    }

    /// Loses the next events for ever.
    pub fn drop_next_events(&self, count: usize) {
        self.shared.lock().model.drop_events = count;
    }

    /// Hands out what is due, and forgets it.
    pub fn take_events(&self) -> Vec<DoubleEvent> {
        let mut inner = self.shared.lock();
        inner.model.let_time_pass();
        if inner.delivery.held {
            return Vec::new();
        }
        let mut events: Vec<DoubleEvent> = inner.model.events.drain(..).collect();
        if inner.delivery.twice {
            events = events.into_iter().flat_map(|event| [event.clone(), event]).collect();
        }
        if inner.delivery.backwards {
            events.reverse();
        }
        events
    }

    /// The value of the `stripe-signature` header for a body, at this moment.
    pub fn sign(&self, body: &[u8]) -> String {
        let nothing = Secret::new("");
        let secret = self.shared.config.webhook_secrets.first().unwrap_or(&nothing);
        sign(secret, body, (self.shared.config.clock)())
    }

    /// Posts what is due to a webhook route on this machine. What is not answered with a success comes again, as Stripe
    /// does it. Answers the statuses; 0 stands for no answer.
    pub async fn post_events_to(&self, url: &str) -> Vec<u16> {
        let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
        let mut statuses = Vec::new();
        for event in self.take_events() {
            let request = Request::post(url)
                .header("content-type", "application/json")
                .header("stripe-signature", self.sign(&event.body))
                .body(Full::new(Bytes::from(event.body.clone())))
                .expect("a webhook route's address is a URL");
            let status = client.request(request).await.map(|response| response.status());
            if !status.as_ref().is_ok_and(StatusCode::is_success) {
                self.shared.lock().model.events.push_back(event);
            }
            statuses.push(status.map_or(0, |status| status.as_u16()));
        }
        statuses
    }
}
