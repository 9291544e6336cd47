//! A node: an app with its own clock over the shared database. It dies and comes back; the database stays.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use saldo_app::access_token::{SigningKey, TokenKeys};
use saldo_app::ambient::{Ambient, SteppedClock};
use saldo_app::channels::SetUp;
use saldo_app::config::Config;
use saldo_app::{App, Parts};
use saldo_store::Store;

use crate::chance::Drawn;
use crate::post::{Lane, Post};
use crate::provider::Bank;

/// What all nodes of a world share.
#[derive(Clone)]
pub struct Shared {
    pub store: Store,
    pub config: Config,
    pub bank: Arc<Bank>,
    pub post: Arc<Post>,
    pub drawn: Arc<Drawn>,
}

pub struct Node {
    pub app: App,
    shared: Shared,
    clock: Arc<SteppedClock>,
    pub skew: SignedDuration,
}

impl Node {
    pub fn new(shared: &Shared, now: Timestamp, skew: SignedDuration) -> Self {
        let clock = Arc::new(SteppedClock::new(now + skew));
        let app = boot(shared, &clock);
        Self { app, shared: shared.clone(), clock, skew }
    }

    /// It died: everything that it had in memory is gone.
    pub fn restart(&mut self) {
        self.app = boot(&self.shared, &self.clock);
    }

    pub fn set_time(&self, now: Timestamp) {
        self.clock.set(now + self.skew);
    }
}

fn boot(shared: &Shared, clock: &Arc<SteppedClock>) -> App {
    let keys = vec![SigningKey::new("sim".to_owned(), [7; 32])];
    let lane = Lane { post: Arc::clone(&shared.post), clock: Arc::clone(clock) };
    App::new(Parts {
        ambient: Ambient::new(clock.clone(), shared.drawn.clone()),
        store: shared.store.clone(),
        config: shared.config.clone(),
        public_url: "https://saldo.example".to_owned(),
        keys: TokenKeys::try_new(keys).expect("one key"),
        provider: shared.bank.clone(),
        sandbox: None,
        channels: SetUp { channels: vec![Arc::new(lane) as Arc<_>], sources: Vec::new() },
    })
}
