//! P11: each event reaches each healthy subscriber at least once, signed, in the order of its object, and never a private
//! address.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use saldo_app::flows::subscribers;
use saldo_app::jobs;
use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::events_stand::{Internet, Mood, Receiver};
use crate::support::{Api, on_both_with};
use crate::world::{fresh, text};

const BOOKS: &str = "https://books.example/saldo?from=saldo";
const FLAPPING: &str = "https://flapping.example/saldo";
const REBINDING: &str = "https://rebinding.example:8443/saldo";

/// What a name may answer to lead us astray.
const PRIVATE: [&[&str]; 12] = [
    &["127.0.0.1"],
    &["10.0.0.7"],
    &["169.254.169.254"],
    &["100.64.3.2"],
    &["::1"],
    &["::ffff:127.0.0.1"],
    &["64:ff9b::7f00:1"],
    &["2002:7f00:1::"],
    &["fd00:ec2::254"],
    &["fe80::1"],
    &["224.0.0.1"],
    &["93.184.216.3", "192.168.1.1"],
];

/// How the flapping subscriber is, one mood after the other: a day in all.
const MOODS: [Mood; 9] = [
    Mood::Status(500),
    Mood::Redirect("http://169.254.169.254/latest/meta-data"),
    Mood::Well,
    Mood::Silent,
    Mood::Garbage,
    Mood::Status(404),
    Mood::Down,
    Mood::Well,
    Mood::Status(503),
];

pub struct Told {
    pub id: String,
    pub secret: String,
}

pub async fn subscribe(api: &Api, name: &str, url: &str, types: &[&str]) -> Told {
    let wish = json!({"name": name, "url": url, "types": types});
    let made = api.post("/v1/subscribers", &wish).await.expect(201).json();
    Told { id: text(&made["subscriber"]["id"]), secret: text(&made["secret"]) }
}

/// Every event that is listed, the oldest first.
pub async fn events(api: &Api, query: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("/v1/events?limit=200{query}{cursor}")).await.expect(200).json();
        found.extend(page["items"].as_array().expect("a list").iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    found.reverse();
    found
}

/// The object of an event, as the documentation names it.
fn object(event: &Value) -> String {
    let field = match event["type"].as_str().expect("a type").split('.').next().expect("a word") {
        "invoice" => "invoice_id",
        "payment" | "refund" | "chargeback" => "payment_id",
        "plan" => "plan_id",
        "promise" => "promise_id",
        "dispute" => "dispute_id",
        "message" => "message_id",
        _ => "account_id",
    };
    text(&event["data"][field])
}

/// Invoices that are issued, reduced, contested and paid, several debtors at a time.
async fn business_as_usual(product: &Product, business: &Business, api: &Api, day: usize) {
    for (debtor, name) in [(&business.ana, "A"), (&business.bruno, "B")] {
        let number = format!("{name}-day-{day}");
        let id = product.invoice((&business.creditor, debtor), &number, "2026-05-01", (10_000, "MXN")).await;
        let less = json!({"invoice_id": id, "amount": {"minor": 100, "currency": "MXN"}, "reason": "too much"});
        api.post_once("/v1/credit-notes", &less, &fresh()).await.expect(201);
        let paid = json!({"debtor_id": debtor.id, "amount": {"minor": 9_900, "currency": "MXN"},
            "value_on": "2026-03-01", "reference": number, "invoice_ids": [id]});
        api.post_once("/v1/bank-payments", &paid, &fresh()).await.expect(201);
    }
}

/// One look at what is due, with the words of P11 before anything else is looked at.
async fn deliver(product: &Product, internet: &Internet) {
    jobs::deliver_events(&product.app).await.expect("subscribers are told");
    let forbidden = internet.forbidden();
    assert!(forbidden.is_empty(), "P11: a private address was asked: {forbidden:?}");
}

/// The teller of the moment dies while its first offers are under way.
async fn die_while_telling(product: &Product, receiver: &Receiver) {
    receiver.set(Mood::AnswerLost);
    let claimed = subscribers::claim_due(&product.app, 10).await.expect("something is due");
    let before = receiver.arrivals().len();
    let app = product.app.clone();
    let telling = tokio::spawn(async move {
        let told = claimed.iter().map(|one| subscribers::tell(&app, one));
        futures::future::join_all(told).await;
    });
    for _ in 0..100 {
        if receiver.arrivals().len() > before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    telling.abort();
    let _ = telling.await;
    receiver.set(Mood::Well);
    assert!(receiver.arrivals().len() > before, "it died with an offer under way");
}

/// What one subscriber must have: everything, signed, and of each object one after the other.
fn check(receiver: &Receiver, told: &Told, all: &[Value], who: &str) {
    let arrivals = receiver.arrivals();
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for event in all {
        places.entry(object(event)).or_default().push(text(&event["id"]));
    }
    let mut taken: HashSet<String> = HashSet::new();
    for arrival in &arrivals {
        assert!(arrival.is_signed_with(&told.secret), "P11: {who}: unsigned: {arrival:?}");
        let event = arrival.json();
        assert_eq!(event["id"], arrival.id.as_str(), "{who}");
        assert!(all.contains(&event), "{who}: what arrives is what is listed: {event}");
        let order = &places[&object(&event)];
        let place = order.iter().position(|id| *id == arrival.id).expect("it is listed");
        let early = order[..place].iter().find(|id| !taken.contains(*id));
        assert!(early.is_none(), "P11: {who}: {} arrived before {early:?}", arrival.id);
        if arrival.taken {
            taken.insert(arrival.id.clone());
        }
    }
    let missing: Vec<_> = all.iter().filter(|event| !taken.contains(event["id"].as_str().expect("an id"))).collect();
    assert!(missing.is_empty(), "P11: {who}: {} of {} never arrived: {missing:?}", missing.len(), all.len());
}

async fn run(product: &Product, internet: &Internet) {
    let business = product.business().await;
    let api = Api::new(product, &business.key);
    let [books, flapping, rebinding] = [Receiver::start().await, Receiver::start().await, Receiver::start().await];
    internet.host("books.example", "93.184.216.1", &books);
    internet.host("flapping.example", "93.184.216.2", &flapping);
    internet.host("rebinding.example", "93.184.216.3", &rebinding);
    let told = [
        (&books, subscribe(&api, "books", BOOKS, &[]).await, "books"),
        (&flapping, subscribe(&api, "flapping", FLAPPING, &[]).await, "flapping"),
        (&rebinding, subscribe(&api, "rebinding", REBINDING, &[]).await, "rebinding"),
    ];
    for (day, astray) in PRIVATE.iter().enumerate() {
        internet.point("rebinding.example", astray);
        flapping.set(MOODS[day % MOODS.len()].clone());
        business_as_usual(product, &business, &api, day).await;
        if day % 4 == 3 {
            die_while_telling(product, &books).await;
        }
        for _ in 0..4 {
            deliver(product, internet).await;
            product.advance(SignedDuration::from_mins(30));
        }
    }
    assert!(rebinding.arrivals().is_empty(), "its name led astray all the time");
    internet.point("rebinding.example", &["93.184.216.3"]);
    flapping.set(Mood::Well);
    for _ in 0..20 {
        product.advance(SignedDuration::from_mins(10));
        deliver(product, internet).await;
    }
    let all = events(&api, "").await;
    assert!(all.len() > 100, "{} events", all.len());
    for (receiver, told, who) in &told {
        check(receiver, told, &all, who);
        assert!(receiver.most_at_once() <= 4, "{who} had {} at once", receiver.most_at_once());
        let page = api.get(&format!("/v1/subscribers/{}", told.id)).await.expect(200).json();
        assert_eq!((&page["waiting"], &page["dead"]), (&json!(0), &json!(0)), "{page}");
    }
    let offers: usize = told.iter().map(|(receiver, _, _)| receiver.arrivals().len()).sum();
    let counted =
        format!("{} events for 3 subscribers, {offers} offers that arrived, 3 deaths while telling", all.len());
    figures::record(Bug::HostCheckedOnlyAtCreation, "outbound events", &counted);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_event_reaches_each_healthy_subscriber_signed_in_order_and_never_a_private_address() {
    let internet = Internet::new().await;
    on_both_with(
        |setup| setup.network(Arc::new(internet.clone())).set("SALDO_EVENTS__TIMEOUT_SECONDS", "1"),
        async |product| run(&product, &internet).await,
    )
    .await;
}
