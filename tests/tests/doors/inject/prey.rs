//! A business of which every text is hostile, and one debtor for each payload.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use saldo_domain::creditor::Creditor;
use saldo_providers::channel::{ChannelFault, Mail, MemoryChannel, Scripted};
use saldo_tests::origin::Origin;
use saldo_tests::product::{Product, Setup};
use serde_json::json;

use super::fill;
use super::payloads::{PAYLOADS, aimed};
use crate::messages::twilio_door;
use crate::support::{Api, hours};
use crate::world::text;

/// A server that counts who asks it.
pub struct Hook {
    origin: Origin,
    asked: Arc<AtomicUsize>,
}

impl Hook {
    pub async fn open() -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let answer = move || {
            counter.fetch_add(1, Ordering::SeqCst);
            async { "asked" }
        };
        Self { origin: Origin::serve(Router::new().fallback(answer)).await, asked }
    }

    pub fn host(&self) -> &str {
        self.origin.url.trim_start_matches("http://")
    }

    pub fn count(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// What stands in the texts of one debtor.
#[derive(Clone)]
pub enum Says {
    /// The name of each field, as an element.
    Fields,
    /// One payload everywhere.
    Payload(String),
}

impl Says {
    pub fn of(&self, field: &str) -> String {
        match self {
            Self::Fields => format!("<i>{field}</i>"),
            Self::Payload(payload) => payload.clone(),
        }
    }
}

/// One debtor.
pub struct Prey {
    pub at: usize,
    pub says: Says,
    pub id: String,
}

pub struct World {
    pub product: Product,
    pub creditor: Creditor,
    pub api: Api,
    pub mail: MemoryChannel,
    pub hook: Hook,
    pub prey: Vec<Prey>,
    pub mails: Vec<Mail>,
}

impl World {
    /// Debtors whose texts are the fields' names and some of the payloads.
    pub async fn open(payloads: impl Fn(&str) -> bool) -> Self {
        let (mail, hook) = (MemoryChannel::new(), Hook::open().await);
        let product =
            Setup::new(None).set("SALDO_EVENTS__LOOPBACK", "true").mail(&mail).source(twilio_door()).start().await;
        let creditor = product.creditor("<i>creditor.name</i>\"><svg/onload=alert(1)>").await;
        let key = product.key(creditor.id, &saldo_app::flows::api_key::SCOPES).await;
        let api = Api::new(&product, &key);
        let mut world = Self { product, creditor, api, mail, hook, prey: Vec::new(), mails: Vec::new() };
        fill::creditor(&world, &Says::Fields).await;
        let chosen = PAYLOADS.iter().filter(|(name, _)| payloads(name));
        let texts = chosen.map(|(_, payload)| Says::Payload(aimed(payload, world.hook.host())));
        let all: Vec<Says> = std::iter::once(Says::Fields).chain(texts).collect();
        for (at, says) in all.into_iter().enumerate() {
            if at > 0 {
                fill::creditor(&world, &says).await;
            }
            let id = fill::debtor(&world, at, &says).await;
            world.prey.push(Prey { at, says, id });
        }
        world.remind().await;
        world
    }

    /// Reminders leave, and some come back with words of the mail server.
    async fn remind(&mut self) {
        self.product.work().await;
        let fault = |says: &Says| Scripted::FailBefore(ChannelFault::Permanent { detail: says.of("channel.detail") });
        self.mails.extend(self.mail.take_sent());
        self.product.tick().await;
        self.mail.script(self.prey.iter().map(|prey| fault(&prey.says)));
        self.product.work().await;
        self.product.advance(hours(24 * 3));
        for prey in &self.prey {
            fill::send_again(self, prey).await;
        }
        for _ in 0..3 {
            self.product.advance(hours(24));
            self.product.tick().await;
            self.product.work().await;
        }
        fill::unknown_again(self).await;
        self.mails.extend(self.mail.take_sent());
    }

    /// The id of the debtor's account in pesos.
    pub async fn account(&self, debtor: &str) -> String {
        let statement = self.api.get(&format!("/v1/debtors/{debtor}/statement")).await.expect(200).json();
        text(&statement["accounts"][0]["account_id"])
    }

    /// A link of a debtor.
    pub async fn link(&self, prey: &Prey) -> String {
        let wish = json!({"debtor_id": prey.id});
        text(&self.api.post_once("/v1/access-links", &wish, &crate::world::fresh()).await.expect(201).json()["url"])
    }
}
