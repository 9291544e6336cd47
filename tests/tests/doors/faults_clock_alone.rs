//! A clock that is four minutes wrong where no other one is asked, as on SQLite: deadlines and ends move by those four minutes
//! and no further, what a page has shown is what is booked, nothing is sent twice, and nothing has ended for good once the
//! clock is put right.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use saldo_domain::debtor::Debtor;
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Answer, Api, Visitor, on_both, on_both_with_mail};
use crate::terms::{draft, publish, two_ten};
use crate::world::text;

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// An invoice of 1,000.00 with 2 % off until the end of 13 March where the debtor lives; who has begun by then has fifteen
/// minutes more.
async fn with_discount(product: &Product, business: &Business) -> Debtor {
    let api = Api::new(product, &business.key);
    let policy = draft(&api, &two_ten("MXN")).await;
    publish(&api, &policy, None).await.expect(200);
    let debtor = product.debtor(&business.creditor, "LARA", "Lara Prado", "MX").await;
    product.invoice((&business.creditor, &debtor), "L-1", "2026-04-02", (100_000, "MXN")).await;
    debtor
}

async fn only(api: &Api, path: &str) -> Value {
    let listed = api.get(path).await.expect(200).json();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed}");
    listed["items"][0].clone()
}

/// How far the clock is wrong, when the debtor begins to pay (minutes after the true end), and what the page says then.
const LAST_MINUTES: [(i64, i64, &str, i64); 4] =
    [(-4, 2, "980.00", 98_000), (4, -2, "1,000.00", 100_000), (-4, -5, "980.00", 98_000), (4, 1, "1,000.00", 100_000)];

#[tokio::test(flavor = "multi_thread")]
async fn in_the_last_minute_of_a_discount_what_the_page_says_is_what_is_booked() {
    for (wrong, after, says, minor) in LAST_MINUTES {
        on_both(async |product| {
            let business = product.business().await;
            let lara = with_discount(&product, &business).await;
            let (link, debtor) = (product.link_for(business.creditor.id, &lara).await, lara.id);
            let over: Timestamp = "2026-03-14T05:59:59Z".parse().expect("a moment");
            let begun = over + minutes(after);
            product.clock.set(begun + minutes(wrong));
            let visitor = Visitor::sign_in(&product, &link).await;
            let page = visitor.get("/pay").await.expect(200);
            assert!(page.body.contains(says), "{wrong} {after}: {}", page.body);
            let form = visitor.pay_form().await;
            let provider = visitor.pay(&form, None).await.expect(303).header("location").to_owned();
            // The provider's clock is right, and what it tells arrives when ours is.
            product.clock.set(begun + minutes(1));
            visitor.post(&format!("{provider}/card"), &[("number", "4242 4242 4242 4242")]).await.expect(303);
            product.work().await;
            let api = Api::new(&product, &business.key);
            let payment = only(&api, &format!("/v1/payments?debtor_id={debtor}")).await;
            assert_eq!(payment["amount"], json!({"minor": minor, "currency": "MXN"}), "{wrong} {after}: {payment}");
            let invoice = only(&api, &format!("/v1/invoices?debtor_id={debtor}")).await;
            assert_eq!(invoice["status"], "paid", "{wrong} {after}: {invoice}");
        })
        .await;
    }
}

/// When a link ends, as it says itself.
fn end_of(link: &str) -> Timestamp {
    let token = link.rsplit('/').next().expect("a token");
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).expect("claims")).expect("base64url");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    Timestamp::from_second(claims["exp"].as_i64().expect("an end")).expect("a moment")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_seemed_over_works_again_once_the_clock_is_right() {
    on_both(async |product| {
        let business = product.business().await;
        let link = product.link_for(business.creditor.id, &business.ana).await;
        let end = end_of(&link);
        let open = async |at: Timestamp| {
            product.clock.set(at);
            Answer::of(product.client().get(&link).send().await.expect("an answer")).await.status
        };
        let (before, after) = (end - minutes(2), end + minutes(2));
        let seen = [
            open(before).await,
            open(before + minutes(4)).await,
            open(before).await,
            open(after - minutes(4)).await,
            open(after).await,
        ];
        assert_eq!(seen, [200, 410, 200, 200, 410]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_leaves_once_however_the_clock_is_put_right() {
    for wrong in [-4, 4] {
        on_both_with_mail(async |product, channel| {
            let business = product.business().await;
            product.tick().await;
            product.advance(minutes(wrong));
            let mut count = 0;
            for minute in 0..24 {
                // Half of what happens is planned under the wrong clock, all of it ends under the right one.
                if minute == 3 {
                    product.advance(minutes(-wrong));
                }
                product.tick().await;
                product.work().await;
                let sent = channel.take_sent();
                count += sent.iter().filter(|mail| mail.to.email == "ana@example.com").count();
                product.advance(minutes(1));
            }
            assert_eq!(count, 1, "{wrong}");
            let api = Api::new(&product, &business.key);
            let rows = api.get(&format!("/v1/reminders?debtor_id={}", business.ana.id)).await.expect(200).json();
            let states: Vec<String> =
                rows["items"].as_array().expect("rows").iter().map(|row| text(&row["state"])).collect();
            assert_eq!(states, ["sent"], "{wrong}");
        })
        .await;
    }
}

/// Contact hours in Mexico are 7:00 to 22:00, here on 4 March: an edge, how far the clock is wrong, what time it truly is
/// (minutes after the edge), and whether a reminder leaves then.
const EDGES: [(&str, i64, i64, bool); 8] = [
    ("2026-03-04T13:00:00Z", 4, -5, false),
    ("2026-03-04T13:00:00Z", 4, -3, true),
    ("2026-03-04T13:00:00Z", -4, 3, false),
    ("2026-03-04T13:00:00Z", -4, 5, true),
    ("2026-03-05T04:00:00Z", 4, -5, true),
    ("2026-03-05T04:00:00Z", 4, -3, false),
    ("2026-03-05T04:00:00Z", -4, 3, true),
    ("2026-03-05T04:00:00Z", -4, 5, false),
];

#[tokio::test(flavor = "multi_thread")]
async fn contact_hours_move_by_as_much_as_the_clock_is_wrong_and_no_further() {
    for (edge, wrong, after, leaves) in EDGES {
        on_both_with_mail(async |product, channel| {
            let business = product.business().await;
            let api = Api::new(&product, &business.key);
            let debtor = json!({"reference": "LARA", "name": "Lara Prado", "country": "MX",
                "time_zone": "America/Mexico_City", "email": "lara@example.com"});
            api.put("/v1/debtors", &debtor).await.expect(200);
            let invoice = json!({"debtor_reference": "LARA", "number": "L-1", "issued_on": "2026-02-01",
                "due_on": "2026-02-20", "amount": {"minor": 50_000, "currency": "MXN"}});
            api.post("/v1/invoices", &invoice).await.expect(200);
            let edge: Timestamp = edge.parse().expect("a moment");
            product.clock.set(edge + minutes(after) + minutes(wrong));
            product.tick().await;
            product.work().await;
            let sent = channel.take_sent();
            let left = sent.iter().any(|mail| mail.to.email == "lara@example.com");
            assert_eq!(left, leaves, "{after} minutes after {edge} with a clock that is {wrong} minutes wrong");
        })
        .await;
    }
}
