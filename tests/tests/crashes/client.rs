//! One caller: a debtor with a browser, and the programs of the business that deal with that debtor.

use std::sync::Arc;

use jiff::SignedDuration;
use reqwest::Client;
use saldo_app::ambient::Ambient;
use saldo_providers::Secret;
use saldo_providers::channel::sign_standard;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::book::{Kind, bare};
use crate::installation::HOOK;
use crate::load::{World, client, named};

/// Who asks, and what the answers add up to.
pub struct Caller {
    world: Arc<World>,
    pub place: usize,
    pub debtor: String,
    account: Option<String>,
    browser: Client,
    count: usize,
    /// What the debtor owes by all that was answered, in minor units.
    pub owed: i64,
}

const MAP: &str = "debtor_reference=debtor,invoice_number=number,issued_on=issued,due_on=due,amount=amount";
const ISSUED: &str = "2026-01-10";
const DUE: &str = "2027-06-30";
/// A payment by card, in minor units, and as it is typed.
const CARD: (i64, &str) = (1_000, "10.00");

fn soon() -> String {
    let day = Ambient::system().now() + SignedDuration::from_hours(24 * 5);
    day.to_string()[..10].to_owned()
}

impl Caller {
    /// Makes the debtor, follows its link.
    pub async fn arrive(world: &Arc<World>, place: usize) -> Self {
        let reference = format!("D{place}");
        let wish = json!({"reference": reference, "name": format!("Deudora {place}"), "language": "en",
            "email": format!("d{place}@example.com")});
        let debtors = format!("{}/v1/debtors", world.url);
        let answer = world.ask(|| world.console.put(&debtors).bearer_auth(&world.key).json(&wish)).await;
        let debtor = answer.json()["id"].as_str().unwrap_or_else(|| panic!("{}", answer.body)).to_owned();
        let mut own =
            Self { world: Arc::clone(world), place, debtor, account: None, browser: client(), count: 0, owed: 0 };
        let links = json!({"debtor_id": own.debtor});
        let link = own.post("/v1/access-links", &links, &fresh()).await.expect(201).json();
        let link = link["url"].as_str().expect("a link").to_owned();
        own.world.ask(|| own.browser.post(&link)).await.expect(303);
        own.issue().await;
        own
    }

    /// The next thing.
    pub async fn act(&mut self) {
        self.count += 1;
        match (self.count + self.place) % 8 {
            0 => self.import().await,
            1 | 5 => self.issue().await,
            2 => self.pay_by_bank().await,
            3 => self.pay_by_card().await,
            4 => self.hold().await,
            6 => self.promise().await,
            _ => self.tell().await,
        }
    }

    fn name(&self, prefix: &str) -> String {
        format!("{prefix}-{}-{}", self.place, self.count)
    }

    async fn post(&self, path: &str, body: &Value, key: &str) -> crate::load::Answer {
        let url = format!("{}{path}", self.world.url);
        let request = || self.browser.post(&url).bearer_auth(&self.world.key).header("idempotency-key", key).json(body);
        self.world.ask(request).await
    }

    async fn issue(&mut self) {
        let (number, minor) = (self.name("F"), 3_000 + i64::try_from(self.count % 50).expect("small"));
        let wish = json!({"debtor_reference": format!("D{}", self.place), "number": number, "issued_on": ISSUED,
            "due_on": DUE, "amount": {"minor": minor, "currency": "MXN"}});
        let answer = self.post("/v1/invoices", &wish, &fresh()).await;
        assert!(answer.status < 300, "{} {}", answer.status, answer.body);
        self.owed += minor;
        self.world.acknowledge(Kind::Invoice, number, &answer);
        let invoice = answer.json()["id"].clone();
        let wish = json!({"invoice_id": invoice, "amount": {"minor": 100, "currency": "MXN"}, "reason": "a box"});
        // What credit has paid at once cannot be reduced any more.
        match self.post("/v1/credit-notes", &wish, &fresh()).await {
            done if done.status == 201 => self.owed -= 100,
            refused => drop(refused.expect(422)),
        }
    }

    async fn import(&mut self) {
        let name = self.name("I");
        let row = |part: usize| format!("D{},{name}-{part},{ISSUED},{DUE},20.00\n", self.place);
        let csv = format!("debtor,number,issued,due,amount\n{}{}{}", row(1), row(2), row(3));
        let url = format!("{}/v1/imports?map={MAP}&file_name={name}.csv", self.world.url);
        let request = || self.browser.post(&url).bearer_auth(&self.world.key).header("content-type", "text/csv");
        let answer = self.world.ask(|| request().body(csv.clone())).await.expect(200);
        self.owed += 3 * 2_000;
        (1..=3).for_each(|part| self.world.acknowledge(Kind::Invoice, format!("{name}-{part}"), &answer));
    }

    async fn pay_by_bank(&mut self) {
        let reference = self.name("SPEI");
        let wish = json!({"debtor_id": self.debtor, "amount": {"minor": 700, "currency": "MXN"},
            "value_on": ISSUED, "reference": reference});
        let answer = self.post("/v1/bank-payments", &wish, &fresh()).await.expect(201);
        self.owed -= 700;
        self.world.acknowledge(Kind::Bank, reference, &answer);
    }

    async fn pay_by_card(&mut self) {
        let pay = format!("{}/pay", self.world.url);
        let page = self.world.ask(|| self.browser.get(&pay)).await;
        let field = |name: &str| hidden(&page.body, name);
        let (Some(attempt), Some(account), Some(version)) =
            (field("attempt"), field("account"), field("balance_version"))
        else {
            return;
        };
        let form = [
            ("attempt", attempt.as_str()),
            ("account", account.as_str()),
            ("balance_version", version.as_str()),
            ("choice", "amount"),
            ("amount", CARD.1),
        ];
        let started = self.world.ask(|| self.browser.post(&pay).form(&form)).await;
        // A balance that moved meanwhile, or an attempt that is not booked yet: nothing was begun.
        if started.status != 303 || !started.location.contains("/sandbox/") {
            return;
        }
        let card = format!("{}/card", started.location);
        let paid = self.world.ask(|| self.browser.post(&card).form(&[("number", "4242 4242 4242 4242")])).await;
        let paid = paid.expect(303);
        self.owed -= CARD.0;
        self.world.acknowledge(Kind::Card, bare(&attempt), &paid);
        if self.count.is_multiple_of(2) {
            let back = format!("{}/pay/{attempt}", self.world.url);
            self.world.ask(|| self.browser.get(&back)).await.expect(200);
        }
    }

    /// Finance, in the console.
    async fn hold(&mut self) {
        let (id, reason, until_on) = (fresh(), self.name("Hold"), soon());
        let form = [("id", id.as_str()), ("reason", reason.as_str()), ("until_on", until_on.as_str())];
        let account = format!("{}/console/debtors/{}", self.world.url, self.debtor);
        let console = &self.world.console;
        let placed = self.world.ask(|| console.post(format!("{account}/hold")).form(&form)).await.expect(303);
        self.world.acknowledge(Kind::Hold, reason.clone(), &placed);
        let end = format!("{account}/holds/{id}/end");
        self.world.ask(|| console.post(&end).form(&[("x", "")])).await.expect(303);
    }

    async fn promise(&mut self) {
        if self.account.is_none() {
            let url = format!("{}/v1/debtors/{}/statement", self.world.url, self.debtor);
            let statement = self.world.ask(|| self.browser.get(&url).bearer_auth(&self.world.key)).await.json();
            self.account = statement["accounts"][0]["account_id"].as_str().map(ToOwned::to_owned);
        }
        let wish = json!({"debtor_id": self.debtor, "account_id": self.account, "promised_on": soon()});
        let made = self.post("/v1/promises", &wish, &fresh()).await;
        // Nobody promises what is paid.
        if made.status == 422 {
            return;
        }
        let made = made.expect(201);
        self.world.acknowledge(Kind::Promise, named(&made), &made);
        let id = made.json()["id"].as_str().expect("an id").to_owned();
        self.post(&format!("/v1/promises/{id}/cancel"), &json!({}), &fresh()).await.expect(200);
    }

    /// A mail server tells what became of a mail.
    async fn tell(&mut self) {
        let id = self.name("evt");
        // A few are about a mail that is not ours, which the product looks for again and again.
        let events = match self.count.is_multiple_of(4) {
            true => json!([{"message_id": format!("{}@crash", fresh()), "state": "delivered"}]),
            false => json!([]),
        };
        let body = json!({ "events": events }).to_string();
        let url = format!("{}/v1/webhooks/mail/{}", self.world.url, self.world.creditor);
        let request = || {
            let now = Ambient::system().now();
            let signature = sign_standard(&Secret::new(HOOK), &id, now, body.as_bytes());
            let request = self.browser.post(&url).header("webhook-id", &id).body(body.clone());
            request.header("webhook-timestamp", now.as_second().to_string()).header("webhook-signature", signature)
        };
        let answer = self.world.ask(request).await.expect(200);
        self.world.acknowledge(Kind::Event, id, &answer);
    }
}

fn fresh() -> String {
    Uuid::now_v7().to_string()
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> Option<String> {
    let tag = page.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\"")))?;
    let value = tag.split("value=\"").nth(1)?;
    Some(value.split('"').next()?.to_owned())
}
