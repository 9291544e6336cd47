//! A clock that is four minutes wrong, either way: what was given out works, what arrives is believed, and nodes that share a
//! database agree about the time.

use jiff::{SignedDuration, Timestamp};
use saldo_app::ambient::{Clock, SystemClock};
use saldo_app::flows::steady_clock;
use saldo_tests::postgres::Database;
use saldo_tests::product::{Product, Setup};
use serde_json::json;
use std::time::Duration;

use crate::support::{Answer, Api, Visitor, on_both};

const WRONG: [i64; 2] = [-4, 4];

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

#[tokio::test(flavor = "multi_thread")]
async fn links_sessions_and_events_outlive_a_clock_that_is_put_right() {
    on_both(async |product| {
        let business = product.business().await;
        for (round, wrong) in WRONG.into_iter().enumerate() {
            product.advance(minutes(wrong));
            let link = product.link_for(business.creditor.id, &business.ana).await;
            let visitor = Visitor::sign_in(&product, &link).await;
            visitor.get("/statement").await.expect(200);
            let console = product.console_link(business.creditor.id).await;
            let form = visitor.pay_form().await;
            let page = visitor.pay(&form, Some("1.00")).await.expect(303).header("location").to_owned();
            visitor.post(&format!("{page}/card"), &[("number", "4242 4242 4242 4242")]).await.expect(303);
            // The provider signed by the right time what arrives at a node that has the wrong one, and the other way round.
            product.advance(minutes(-wrong));
            Answer::of(product.client().get(&link).send().await.expect("an answer")).await.expect(200);
            Answer::of(product.client().get(&console).send().await.expect("an answer")).await.expect(200);
            visitor.get("/statement").await.expect(200);
            product.work().await;
            let state = visitor.get(&format!("/pay/{}/state", form.attempt)).await.expect(200).json();
            assert_eq!(state, json!({"state": "succeeded", "booked": true}), "{wrong}");
            let api = Api::new(&product, &business.key);
            let payments = api.get("/v1/payments").await.expect(200).json();
            assert_eq!(payments["items"].as_array().map(Vec::len), Some(round + 1), "{wrong}");
        }
    })
    .await;
}

/// Two nodes on one PostgreSQL: the first has the right time, the second is wrong until it has asked the database.
async fn nodes(wrong: SignedDuration, database: &Database) -> (Product, Product) {
    let now = SystemClock.now();
    let set = |at: Timestamp| {
        let setup = Setup::new(Some(&database.url));
        setup.clock().set(at);
        setup
    };
    let right = set(now).start().await;
    let other = set(now + wrong).start().await;
    right.clock.set(SystemClock.now());
    other.clock.set(SystemClock.now() + wrong);
    for node in [&right, &other] {
        steady_clock::steady(&node.app).await.expect("the database tells its time");
    }
    (right, other)
}

fn apart(one: &Product, other: &Product) -> SignedDuration {
    one.app.now().duration_since(other.app.now()).abs()
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_go_by_the_clock_of_their_database() {
    for wrong in WRONG {
        let Some(database) = Database::create().await else { return };
        let (right, other) = nodes(minutes(wrong), &database).await;
        assert_eq!(right.app.ambient().correction(), SignedDuration::ZERO, "a right clock is left alone");
        assert!(apart(&right, &other) < SignedDuration::from_secs(5), "{wrong}: {:?}", apart(&right, &other));

        // A link of one works on the other at once.
        let business = other.business().await;
        let link = other.link_for(business.creditor.id, &business.ana).await;
        let on_right = link.replace(&other.url, &right.url);
        Visitor::sign_in(&right, &on_right).await.get("/statement").await.expect(200);

        // A job that one works on stays with it.
        let creditor = business.creditor.id;
        let tx = right.app.store().write_of(creditor).await.expect("a transaction");
        let job = saldo_app::jobs::Job::SendLink { debtor_id: business.ana.id };
        saldo_app::jobs::insert(&right.app, &tx, creditor, job).await.expect("a job");
        tx.commit().await.expect("commit");
        let claim = async |node: &Product| {
            let lease = Duration::from_secs(60);
            saldo_store::job::claim(node.app.store(), node.app.now(), lease, 10, &[]).await.expect("a claim")
        };
        assert!(!claim(&right).await.is_empty());
        assert_eq!(claim(&other).await, vec![], "{wrong}: its lease runs");

        // The machine's clock is put right by somebody: then it is left alone again.
        right.clock.set(SystemClock.now());
        other.clock.set(SystemClock.now());
        steady_clock::steady(&other.app).await.expect("the database tells its time");
        assert_eq!(other.app.ambient().correction(), SignedDuration::ZERO);
        assert!(apart(&right, &other) < SignedDuration::from_secs(5));
    }
}
