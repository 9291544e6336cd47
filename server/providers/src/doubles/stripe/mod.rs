//! A Stripe that keeps state and misbehaves on command. Every request that it receives is kept, and judged by Stripe's own
//! description of its API.

mod deliver;
mod form;
mod model;
mod refunds;
mod routes;
mod saved;
mod schema;

pub use deliver::DoubleEvent;
pub use routes::Recorded;

use super::Clock;
use crate::Secret;
use model::Model;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How the double is set up.
#[derive(Clone)]
pub struct StripeDoubleConfig {
    /// The first one signs; give [`crate::payment::stripe::StripeConfig`] the same ones.
    pub webhook_secrets: Vec<Secret>,
    /// What time it is.
    pub clock: Clock,
    /// The account that events name.
    pub account: Option<String>,
    /// Whether events claim to be about real money.
    pub live: bool,
}

impl StripeDoubleConfig {
    /// A test-mode Stripe without a connected account.
    pub fn new(webhook_secret: Secret, clock: Clock) -> Self {
        Self { webhook_secrets: vec![webhook_secret], clock, account: None, live: false }
    }
}

/// How the debtor pays on the double's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayWith {
    /// A card that pays at once.
    Card,
    /// A card that is declined; the page stays open.
    Declined,
    /// A card without money; the page stays open.
    InsufficientFunds,
    /// A card whose bank asks first: go on with [`StripeDouble::answer_challenge`].
    Challenged,
    /// A bank debit: go on with [`StripeDouble::settle_debit`].
    Debit,
}

/// How a saved card behaves when it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedCard {
    /// It pays.
    Pays,
    /// It is declined.
    Declines,
    /// It has no money.
    NoMoney,
    /// Its bank asks for the holder, who is away.
    AsksForProof,
}

/// What can be asked of Stripe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Create a checkout session, for paying or for saving.
    Open,
    /// Retrieve one.
    Find,
    /// Expire one.
    Expire,
    /// Create a refund.
    Refund,
    /// List refunds.
    ListRefunds,
    /// Charge a saved method.
    Charge,
    /// List a holder's payments.
    ListCharges,
    /// Detach a saved method.
    Detach,
    /// Retrieve a saved method.
    FindMethod,
}

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misbehaviour {
    /// Answers this status and has done nothing.
    FailBefore(u16),
    /// Does the work, then answers this status. `replayed`: the key remembers the failure, as Stripe's does with a 500;
    /// else a repeated request gets the true answer.
    FailAfter {
        /// The HTTP status.
        status: u16,
        /// Whether the failure is what the key remembers.
        replayed: bool,
    },
    /// Never answers; the work is done or not.
    TimeOut {
        /// Whether the work is done.
        after_work: bool,
    },
    /// Closes the connection in the middle of the answer, after the work.
    BreakOff,
    /// Answers more than anybody should read, after the work.
    AnswerHugely,
    /// Answers something that is not JSON, after the work.
    AnswerGarbage,
}

/// A running double. Dropping it stops it.
pub struct StripeDouble {
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    config: StripeDoubleConfig,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    model: Model,
    recorded: Vec<Recorded>,
    violations: Vec<String>,
    misbehaviours: HashMap<Operation, VecDeque<Misbehaviour>>,
    answers: HashMap<String, routes::Remembered>,
    delivery: deliver::Delivery,
}

impl Shared {
    /// The memory, at the present moment.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.model.now = (self.config.clock)().as_second();
        inner
    }
}

impl StripeDouble {
    /// Starts a double on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(config: StripeDoubleConfig) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        let model = Model { live: config.live, account: config.account.clone(), base, ..Model::default() };
        let inner = Mutex::new(Inner { model, ..Inner::default() });
        let shared = Arc::new(Shared { config, inner });
        let routes = routes::router(shared.clone());
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { shared, server })
    }

    /// For [`crate::payment::stripe::StripeConfig::base_url`].
    pub fn base_url(&self) -> String {
        self.shared.lock().model.base.clone()
    }

    /// The debtor pays on the page, or tries to. False when the page is not open.
    pub fn pay(&self, checkout_reference: &str, with: PayWith) -> bool {
        self.shared.lock().model.pay(checkout_reference, with)
    }

    /// The debtor's answer to the bank.
    pub fn answer_challenge(&self, checkout_reference: &str, accept: bool) -> bool {
        self.shared.lock().model.answer(checkout_reference, "requires_action", accept)
    }

    /// The bank's answer to a debit.
    pub fn settle_debit(&self, checkout_reference: &str, paid: bool) -> bool {
        self.shared.lock().model.answer(checkout_reference, "processing", paid)
    }

    /// Takes the money of a paid checkout a second time, as a second payment.
    pub fn pay_again(&self, checkout_reference: &str) -> bool {
        self.shared.lock().model.pay_again(checkout_reference)
    }

    /// Ends a page unused.
    pub fn expire(&self, checkout_reference: &str) -> bool {
        self.shared.lock().model.expire(checkout_reference)
    }

    /// Whether refunds stay pending until [`StripeDouble::settle_refund`].
    pub fn keep_refunds_pending(&self, pending: bool) {
        self.shared.lock().model.refunds_stay_pending = pending;
    }

    /// Ends a refund.
    pub fn settle_refund(&self, refund_reference: &str, paid: bool) -> bool {
        self.shared.lock().model.settle_refund(refund_reference, paid)
    }

    /// Forgets every idempotency key, as Stripe does after a day.
    pub fn forget_keys(&self) {
        self.shared.lock().answers.clear();
    }

    /// Tells an event of any kind about any object.
    pub fn emit(&self, kind: &str, object: serde_json::Value) {
        self.shared.lock().model.emit(kind, object);
    }

    /// Says what goes wrong with the next request of this kind. Several queue up, one for each request.
    pub fn misbehave(&self, operation: Operation, misbehaviour: Misbehaviour) {
        self.shared.lock().misbehaviours.entry(operation).or_default().push_back(misbehaviour);
    }

    /// Forgets what was to go wrong.
    pub fn behave(&self) {
        self.shared.lock().misbehaviours.clear();
    }

    /// Every request so far, oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().recorded.clone()
    }

    /// Whatever was sent, or answered by the double itself, against Stripe's description; a POST that makes something
    /// without an idempotency key too.
    pub fn violations(&self) -> Vec<String> {
        self.shared.lock().violations.clone()
    }

    /// Whether Stripe's description is here to judge. Without it the tests say "skipped".
    pub fn schema_is_present() -> bool {
        schema::is_present()
    }

    /// How many payments were taken, and how many refunds given: what the world really did.
    pub fn counts(&self) -> (usize, usize) {
        let inner = self.shared.lock();
        let taken = inner.model.payments.values().filter(|payment| payment.status == "succeeded").count();
        (taken, inner.model.refunds.len())
    }

    /// How many checkouts were opened.
    pub fn checkout_count(&self) -> usize {
        self.shared.lock().model.sessions.len()
    }
}

impl Drop for StripeDouble {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for StripeDouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StripeDouble").finish_non_exhaustive()
    }
}
